// bcrypt by libcrypt.
#include "base/secret.hpp"
#include "crypto/password/encoding.hpp"
#include "crypto/password/kind.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <crypt.h>
#include <memory>

namespace rollcall::crypto::password {
namespace {

constexpr int cost_min = 4;
constexpr int cost_max = 14;                     // about a second
constexpr std::size_t text_size = 60;            // $2b$10$, 22 characters of salt, 31 of hash
constexpr std::size_t setting_size = 29;         // all before the hash
constexpr std::size_t password_bytes_read = 72;  // bcrypt's own limit

bool is_bcrypt_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '/';
}

// libcrypt's working memory, which has held a password.
struct WipedCryptData {
    void operator()(crypt_data* data) const noexcept {
        OPENSSL_cleanse(data, sizeof *data);
        delete data;
    }
};

}  // namespace

Result<std::string> import_bcrypt(ForeignPasswordHash const& foreign) {
    return canonical_bcrypt(foreign.hash);
}

Result<std::string> canonical_bcrypt(std::string_view text) {
    auto const known =
        text.starts_with("$2a$") || text.starts_with("$2b$") || text.starts_with("$2y$");
    if (!known || text.size() != text_size || text[6] != '$' ||
        !std::ranges::all_of(text.substr(7), is_bcrypt_digit)) {
        return fail(refused("invalid_bcrypt_hash",
                            fmt::format("hash must be a bcrypt hash of {} characters that begins "
                                        "with $2a$, $2b$ or $2y$.",
                                        text_size)));
    }
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    auto const cost =
        is_digit(text[4]) && is_digit(text[5]) ? 10 * (text[4] - '0') + (text[5] - '0') : 0;
    if (cost < cost_min || cost > cost_max) {
        return fail(refused("invalid_bcrypt_cost",
                            fmt::format("hash: the cost of bcrypt must be 04 to {}.", cost_max)));
    }
    return std::string(text);
}

bool matches_bcrypt(std::string const& text, std::string_view password) {
    // libcrypt reads up to the first zero byte, and would take any text behind it.
    if (password.contains('\0')) return false;
    Secret const read(std::string(password.substr(0, password_bytes_read)));
    std::unique_ptr<crypt_data, WipedCryptData> const data(new crypt_data{});
    auto const* computed = crypt_r(read.reveal().c_str(), text.c_str(), data.get());
    if (computed == nullptr) return false;
    // Other implementations leave bits of the salt set that libcrypt clears; the hash is what
    // counts.
    std::string_view const result = computed;
    return result.size() == text_size &&
           equal_in_constant_time(result.substr(setting_size),
                                  std::string_view(text).substr(setting_size));
}

}  // namespace rollcall::crypto::password
