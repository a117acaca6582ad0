// Wiping and constant-time comparison.
#include "base/secret.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace rollcall {
namespace {

void wipe(std::string& value) noexcept {
    explicit_bzero(value.data(), value.size());
    value.clear();
}

}  // namespace

Secret::Secret(Secret&& other) noexcept : value_(std::move(other.value_)) {
    wipe(other.value_);
}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        wipe(value_);
        value_ = std::move(other.value_);
        wipe(other.value_);
    }
    return *this;
}

Secret::~Secret() {
    wipe(value_);
}

std::string Secret::last_four() const {
    return value_.substr(value_.size() - std::min<std::size_t>(4, value_.size()));
}

bool equal_in_constant_time(Digest const& a, Digest const& b) noexcept {
    std::uint8_t difference = 0;
    for (std::size_t i = 0; i < a.bytes.size(); ++i) {
        difference = static_cast<std::uint8_t>(difference | (a.bytes[i] ^ b.bytes[i]));
    }
    return difference == 0;
}

}  // namespace rollcall
