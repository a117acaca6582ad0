// The contract's types of hashes, and who reads them.
#include "crypto/foreign_password_hash.hpp"

#include "crypto/password/encoding.hpp"
#include "crypto/password/kind.hpp"

#include <algorithm>
#include <array>

namespace rollcall::crypto {
namespace {

struct ForeignKind {
    std::string_view hash_type;
    Result<std::string> (*import)(ForeignPasswordHash const& foreign);
};

constexpr std::array<ForeignKind, 9> foreign_kinds{{
    {"bcrypt", password::import_bcrypt},
    {"argon_2i", password::import_argon2},
    {"argon_2id", password::import_argon2},
    {"scrypt", password::import_scrypt},
    {"pbkdf_2", password::import_pbkdf2},
    {"md_5", password::import_salted_digest},
    {"sha_1", password::import_salted_digest},
    {"sha_512", password::import_salted_digest},
    {"phpass", password::import_phpass},
}};

}  // namespace

Result<PasswordHash> import_password_hash(ForeignPasswordHash const& foreign) {
    auto const* const kind =
        std::ranges::find(foreign_kinds, foreign.hash_type, &ForeignKind::hash_type);
    if (kind == foreign_kinds.end()) {
        return fail(password::refused("invalid_hash_type",
                                      "hash_type must be bcrypt, argon_2i, argon_2id, scrypt, "
                                      "pbkdf_2, md_5, sha_1, sha_512 or phpass."));
    }
    TRY(auto const text, kind->import(foreign));
    return parse_password_hash(text);
}

}  // namespace rollcall::crypto
