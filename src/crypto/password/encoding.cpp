// Fields, numbers and hexadecimal of password hashes.
#include "crypto/password/encoding.hpp"

#include "crypto/sodium.hpp"

#include <openssl/crypto.h>

#include <charconv>
#include <sodium.h>

namespace rollcall::crypto::password {

Error refused(std::string_view kind, std::string message) {
    return Error(ErrorCode::invalid_value, std::move(message)).with_kind(std::string(kind));
}

std::vector<std::string_view> split_fields(std::string_view text) {
    std::vector<std::string_view> fields;
    while (text.starts_with('$')) {
        text.remove_prefix(1);
        fields.push_back(text.substr(0, text.find('$')));
        text.remove_prefix(fields.back().size());
    }
    return fields;
}

std::optional<std::int64_t> parse_number(std::string_view text) noexcept {
    if (text.size() > 10 || text.starts_with('-') || (text.size() > 1 && text.starts_with('0'))) {
        return std::nullopt;
    }
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<std::string> decode_hex(std::string_view text) {
    require_sodium();
    std::string bytes(text.size() / 2, '\0');
    std::size_t size = 0;
    if (sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                       text.size(), nullptr, &size, nullptr) != 0 ||
        2 * size != text.size()) {
        return std::nullopt;
    }
    return bytes;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace rollcall::crypto::password
