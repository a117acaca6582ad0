// Password hashes: our own, and the one text that stands for any kind in the database.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace rollcall::crypto {

/// No kind of hash is asked about a longer password, so that none can be made slow by one.
inline constexpr std::size_t password_bytes_max = 1024;

/// What is kept of a password. It can be checked in bounded time and memory, wherever it came from:
/// about a second of processor time and 256 MiB at most. A value.
class PasswordHash {
public:
    /// ASCII, at most about 1 KB; the prefix names the kind: `$argon2id$`, `$argon2i$`, `$2b$`
    /// (also 2a, 2y), `$scrypt$`, `$pbkdf2-sha256$`, `$pbkdf2-sha512$`, `$md_5$`, `$sha_1$`,
    /// `$sha_512$`, `$P$` (also H). It is secret to the extent that the password can be guessed:
    /// not for logs.
    [[nodiscard]] std::string const& text() const noexcept { return text_; }

private:
    explicit PasswordHash(std::string text) : text_(std::move(text)) {}
    friend Result<PasswordHash> parse_password_hash(std::string_view text);

    std::string text_;
};

/// Reads what text() gave.
///
/// @errors invalid_value: not a text of a known kind, or one that would cost too much to check.
[[nodiscard]] Result<PasswordHash> parse_password_hash(std::string_view text);

/// Hashes a new password with argon2id, 64 MiB and two passes: libsodium's parameters for logins
/// (more than OWASP's least, 19 MiB and two passes). Takes about a tenth of a second of processor
/// time and the 64 MiB: not for an io thread, and few at a time. Thread-safe.
///
/// @errors invalid_value: `password` is empty or longer than password_bytes_max.
[[nodiscard]] Result<PasswordHash> hash_password(Secret const& password);

/// True if `hash` is of `password`. As costly as the kind of hash makes it. Compares in constant
/// time. Thread-safe.
[[nodiscard]] bool verify_password(PasswordHash const& hash, Secret const& password);

}  // namespace rollcall::crypto
