// The table of kinds, by the prefix of their text; our own hashes.
#include "crypto/password_hash.hpp"

#include "crypto/password/encoding.hpp"
#include "crypto/password/kind.hpp"
#include "crypto/sodium.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <new>
#include <sodium.h>

namespace rollcall::crypto {
namespace {

// Longer than any text that canonical() gives.
constexpr std::size_t text_bytes_max = 1024;

struct Kind {
    std::string_view prefix;
    Result<std::string> (*canonical)(std::string_view text);
    bool (*matches)(std::string const& text, std::string_view password);
};

constexpr std::array<Kind, 13> kinds{{
    {"$argon2id$", password::canonical_argon2, password::matches_argon2},
    {"$argon2i$", password::canonical_argon2, password::matches_argon2},
    {"$2a$", password::canonical_bcrypt, password::matches_bcrypt},
    {"$2b$", password::canonical_bcrypt, password::matches_bcrypt},
    {"$2y$", password::canonical_bcrypt, password::matches_bcrypt},
    {"$scrypt$", password::canonical_scrypt, password::matches_scrypt},
    {"$pbkdf2-sha256$", password::canonical_pbkdf2, password::matches_pbkdf2},
    {"$pbkdf2-sha512$", password::canonical_pbkdf2, password::matches_pbkdf2},
    {"$md_5$", password::canonical_salted_digest, password::matches_salted_digest},
    {"$sha_1$", password::canonical_salted_digest, password::matches_salted_digest},
    {"$sha_512$", password::canonical_salted_digest, password::matches_salted_digest},
    {"$P$", password::canonical_phpass, password::matches_phpass},
    {"$H$", password::canonical_phpass, password::matches_phpass},
}};

Kind const* find_kind(std::string_view text) {
    auto const found =
        std::ranges::find_if(kinds, [text](Kind const& k) { return text.starts_with(k.prefix); });
    return found == kinds.end() ? nullptr : &*found;
}

}  // namespace

Result<PasswordHash> parse_password_hash(std::string_view text) {
    auto const* kind = text.size() <= text_bytes_max ? find_kind(text) : nullptr;
    if (kind == nullptr) {
        return fail(password::refused("invalid_hash", "hash is of no known kind."));
    }
    TRY(auto canonical, kind->canonical(text));
    return PasswordHash(std::move(canonical));
}

Result<PasswordHash> hash_password(Secret const& password) {
    require_sodium();
    auto const& clear = password.reveal();
    if (clear.empty() || clear.size() > password_bytes_max) {
        return fail(Error(ErrorCode::invalid_value,
                          fmt::format("password must have 1 to {} bytes.", password_bytes_max)));
    }
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str_alg(
            text.data(), clear.data(), clear.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
            crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        throw std::bad_alloc();
    }
    return parse_password_hash(text.data());
}

bool verify_password(PasswordHash const& hash, Secret const& password) {
    if (password.reveal().size() > password_bytes_max) return false;
    return find_kind(hash.text())->matches(hash.text(), password.reveal());
}

}  // namespace rollcall::crypto
