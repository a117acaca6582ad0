// Password hashes that other systems made, as contract §5.9 sends them.
#pragma once

#include "crypto/password_hash.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace rollcall::crypto {

/// Goes with a hash of `argon_2i` or `argon_2id` in hexadecimal.
struct Argon2Config {
    std::string salt;                   ///< its bytes as they are, 8 to 256
    std::int64_t iteration_amount = 0;  ///< passes; with `memory` at most 1 GiB in all
    std::int64_t memory = 0;            ///< KiB, from 8 times `threads` to 262,144
    std::int64_t threads = 0;           ///< 1 to 64
    std::int64_t key_length = 0;        ///< bytes of the hash, 16 to 256
};

/// Goes with a hash of `scrypt` in base64.
struct ScryptConfig {
    std::string salt;              ///< base64 of 1 to 256 bytes
    std::int64_t n_parameter = 0;  ///< a power of two, 2 to 262,144; to 32,768 if r is 1
    std::int64_t r_parameter = 0;  ///< 1 to 64; n * r at most 2,097,152 (256 MiB)
    std::int64_t p_parameter = 0;  ///< 1 to 64; n * r * p at most 2,097,152
    std::int64_t key_length = 0;   ///< bytes of the hash, 16 to 256
};

/// Goes with a hash of `pbkdf_2` in base64.
struct Pbkdf2Config {
    std::string salt;                   ///< base64 of 1 to 256 bytes
    std::int64_t iteration_amount = 0;  ///< times the blocks of the hash at most 2,000,000
    std::int64_t key_length = 0;        ///< bytes of the hash, 16 to 256
    std::string algorithm = "sha256";   ///< or sha512
};

/// May go with a hash of `md_5`, `sha_1` or `sha_512`: texts around the password, at most 256 bytes
/// each.
struct SaltConfig {
    std::string prepend_salt;
    std::string append_salt;
};

/// The fields of `passwords/migrate` that say what the hash is, under the contract's names.
struct ForeignPasswordHash {
    /// `bcrypt`, `argon_2i`, `argon_2id`, `scrypt`, `pbkdf_2`, `md_5`, `sha_1`, `sha_512` or
    /// `phpass`.
    std::string hash_type;
    /// bcrypt, phpass: as every library writes it. argon_2i, argon_2id: the encoded form
    /// `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, or hexadecimal with the config. scrypt: the PHC form
    /// `$scrypt$ln=…,r=…,p=…$salt$hash`, or base64 with the config. pbkdf_2: base64 with the
    /// config. md_5, sha_1, sha_512: hexadecimal.
    std::string hash;
    std::optional<Argon2Config> argon_2_config{};
    std::optional<ScryptConfig> scrypt_config{};
    std::optional<Pbkdf2Config> pbkdf_2_config{};
    SaltConfig md_5_config{};
    SaltConfig sha_1_config{};
    SaltConfig sha_512_config{};
};

/// Turns a foreign hash into one that verify_password knows.
///
/// @errors invalid_value, its kind one of the contract's words (invalid_hash_type,
///         invalid_bcrypt_cost, …): an unknown type; a hash or a parameter that is malformed,
///         missing or too costly. The message names the field and the rule, never the hash.
[[nodiscard]] Result<PasswordHash> import_password_hash(ForeignPasswordHash const& foreign);

}  // namespace rollcall::crypto
