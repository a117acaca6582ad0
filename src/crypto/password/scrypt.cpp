// scrypt by OpenSSL. Kept in the PHC form, whose `ln` is the logarithm of n.
#include "crypto/base64.hpp"
#include "crypto/openssl.hpp"
#include "crypto/password/encoding.hpp"
#include "crypto/password/kind.hpp"

#include <fmt/format.h>

#include <bit>
#include <new>

namespace rollcall::crypto::password {
namespace {

constexpr std::int64_t n_max = 262'144;
constexpr std::int64_t n_max_of_r_1 = 32'768;
constexpr std::int64_t r_max = 64;
constexpr std::int64_t p_max = 64;
constexpr std::int64_t work_max = 2'097'152;  // n * r * p: 256 MiB, about a second
constexpr std::uint64_t openssl_bytes_max = 300u * 1024 * 1024;  // the same and its small change

struct Scrypt {
    std::int64_t n = 0;
    std::int64_t r = 0;
    std::int64_t p = 0;
    std::string salt;
    std::string key;
};

std::string print(Scrypt const& hash) {
    return fmt::format("$scrypt$ln={},r={},p={}${}${}",
                       std::countr_zero(static_cast<std::uint64_t>(hash.n)), hash.r, hash.p,
                       encode_base64_unpadded(hash.salt), encode_base64_unpadded(hash.key));
}

std::optional<Scrypt> parse(std::string_view text) {
    auto const fields = split_fields(text);
    if (fields.size() != 4 || fields[0] != "scrypt") return std::nullopt;
    auto const numbers = parse_numbers<3>(fields[1], {"ln", "r", "p"});
    auto salt = decode_base64(fields[2]);
    auto key = decode_base64(fields[3]);
    if (!numbers || !salt || !key) return std::nullopt;
    auto const [log_n, r, p] = *numbers;
    return Scrypt{log_n < 32 ? std::int64_t{1} << log_n : 0, r, p, *std::move(salt),
                  *std::move(key)};
}

// `place` is the field that holds the parameters.
Status check(Scrypt const& hash, std::string_view place) {
    if (hash.n < 2 || hash.n > n_max || !std::has_single_bit(static_cast<std::uint64_t>(hash.n))) {
        return fail(refused(
            "invalid_hash",
            fmt::format("{}: n_parameter must be a power of two from 2 to {}.", place, n_max)));
    }
    // RFC 7914 §6; for more than one block of r the bound is beyond n_max.
    if (hash.r == 1 && hash.n > n_max_of_r_1) {
        return fail(refused("invalid_hash",
                            fmt::format("{}: n_parameter must not exceed {} if r_parameter is 1.",
                                        place, n_max_of_r_1)));
    }
    if (hash.r < 1 || hash.r > r_max || hash.p < 1 || hash.p > p_max) {
        return fail(refused("invalid_hash",
                            fmt::format("{}: r_parameter must be 1 to {}, p_parameter 1 to {}.",
                                        place, r_max, p_max)));
    }
    if (hash.n * hash.r * hash.p > work_max) {
        return fail(refused("invalid_hash",
                            fmt::format("{}: n_parameter * r_parameter * p_parameter must not "
                                        "exceed {}.",
                                        place, work_max)));
    }
    if (hash.salt.empty() || hash.salt.size() > salt_bytes_max) {
        return fail(
            refused("invalid_scrypt_salt_length",
                    fmt::format("{}: salt must have 1 to {} bytes.", place, salt_bytes_max)));
    }
    if (hash.key.size() < key_bytes_min || hash.key.size() > key_bytes_max) {
        return fail(refused("invalid_hash", fmt::format("hash must have {} to {} bytes.",
                                                        key_bytes_min, key_bytes_max)));
    }
    return {};
}

Result<std::string> from_config(std::string_view base64, ScryptConfig const& config) {
    auto key = decode_base64(base64);
    if (!key) {
        return fail(refused("invalid_base64_scrypt_hash",
                            "hash must be the PHC form $scrypt$…, or base64."));
    }
    if (std::cmp_not_equal(key->size(), config.key_length)) {
        return fail(refused("scrypt_key_length_mismatch",
                            "hash must have as many bytes as scrypt_config.key_length says."));
    }
    auto salt = decode_base64(config.salt);
    if (!salt) return fail(refused("invalid_hash", "scrypt_config: salt must be base64."));
    Scrypt const hash{config.n_parameter, config.r_parameter, config.p_parameter, *std::move(salt),
                      *std::move(key)};
    CHECK(check(hash, "scrypt_config"));
    return print(hash);
}

}  // namespace

Result<std::string> import_scrypt(ForeignPasswordHash const& foreign) {
    if (foreign.hash.starts_with('$')) return canonical_scrypt(foreign.hash);
    if (foreign.scrypt_config) return from_config(foreign.hash, *foreign.scrypt_config);
    return fail(refused("invalid_hash",
                        "hash must be the PHC form, $scrypt$ln=…,r=…,p=…$salt$hash, or base64 with "
                        "scrypt_config."));
}

Result<std::string> canonical_scrypt(std::string_view text) {
    auto const hash = parse(text);
    if (!hash) {
        return fail(
            refused("invalid_hash", "hash must be $scrypt$ln=…,r=…,p=…$salt$hash or base64."));
    }
    CHECK(check(*hash, "hash"));
    return print(*hash);
}

bool matches_scrypt(std::string const& text, std::string_view password) {
    ErrorScope const errors;
    auto const hash = *parse(text);
    std::string key(hash.key.size(), '\0');
    if (EVP_PBE_scrypt(password.data(), password.size(), as_bytes(hash.salt), hash.salt.size(),
                       static_cast<std::uint64_t>(hash.n), static_cast<std::uint64_t>(hash.r),
                       static_cast<std::uint64_t>(hash.p), openssl_bytes_max,
                       reinterpret_cast<unsigned char*>(key.data()), key.size()) != 1) {
        throw std::bad_alloc();
    }
    return equal_in_constant_time(key, hash.key);
}

}  // namespace rollcall::crypto::password
