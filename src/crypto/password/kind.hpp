// What each kind of password hash offers: from what was sent to the text that is kept, from that
// text to itself if it holds, and the check of a password.
#pragma once

#include "base/result.hpp"
#include "crypto/foreign_password_hash.hpp"

#include <string>
#include <string_view>

namespace rollcall::crypto::password {

// import_… reads what a migration sent and gives the text to keep. canonical_… reads such a text,
// checks all its bounds and gives it back as this program writes it. matches_… takes a text that
// canonical_… gave, and a password of at most password_bytes_max bytes; it throws bad_alloc if
// there is no memory for the check.

/// argon_2i and argon_2id: RFC 9106, version 19.
[[nodiscard]] Result<std::string> import_argon2(ForeignPasswordHash const& foreign);
[[nodiscard]] Result<std::string> canonical_argon2(std::string_view text);
[[nodiscard]] bool matches_argon2(std::string const& text, std::string_view password);

/// bcrypt: `$2a$`, `$2b$`, `$2y$`; like every bcrypt, it reads 72 bytes of a password.
[[nodiscard]] Result<std::string> import_bcrypt(ForeignPasswordHash const& foreign);
[[nodiscard]] Result<std::string> canonical_bcrypt(std::string_view text);
[[nodiscard]] bool matches_bcrypt(std::string const& text, std::string_view password);

/// scrypt: RFC 7914.
[[nodiscard]] Result<std::string> import_scrypt(ForeignPasswordHash const& foreign);
[[nodiscard]] Result<std::string> canonical_scrypt(std::string_view text);
[[nodiscard]] bool matches_scrypt(std::string const& text, std::string_view password);

/// pbkdf_2: RFC 8018 §5.2 with HMAC-SHA-256 or HMAC-SHA-512.
[[nodiscard]] Result<std::string> import_pbkdf2(ForeignPasswordHash const& foreign);
[[nodiscard]] Result<std::string> canonical_pbkdf2(std::string_view text);
[[nodiscard]] bool matches_pbkdf2(std::string const& text, std::string_view password);

/// md_5, sha_1, sha_512: one digest of salt, password, salt.
[[nodiscard]] Result<std::string> import_salted_digest(ForeignPasswordHash const& foreign);
[[nodiscard]] Result<std::string> canonical_salted_digest(std::string_view text);
[[nodiscard]] bool matches_salted_digest(std::string const& text, std::string_view password);

/// phpass: the portable hashes of PHP applications, `$P$` and `$H$`.
[[nodiscard]] Result<std::string> import_phpass(ForeignPasswordHash const& foreign);
[[nodiscard]] Result<std::string> canonical_phpass(std::string_view text);
[[nodiscard]] bool matches_phpass(std::string const& text, std::string_view password);

}  // namespace rollcall::crypto::password
