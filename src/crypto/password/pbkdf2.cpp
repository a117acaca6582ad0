// PBKDF2 by OpenSSL. Kept as "$pbkdf2-sha256$i=600000$salt$hash".
#include "crypto/base64.hpp"
#include "crypto/openssl.hpp"
#include "crypto/password/encoding.hpp"
#include "crypto/password/kind.hpp"

#include <fmt/format.h>

#include <new>

namespace rollcall::crypto::password {
namespace {

constexpr std::int64_t work_max = 2'000'000;  // iterations times blocks: about a second

struct Pbkdf2 {
    std::string algorithm;  // "sha256" or "sha512"
    std::int64_t iterations = 0;
    std::string salt;
    std::string key;
};

EVP_MD const* digest_of(Pbkdf2 const& hash) {
    return hash.algorithm == "sha256" ? EVP_sha256() : EVP_sha512();
}

std::string print(Pbkdf2 const& hash) {
    return fmt::format("$pbkdf2-{}$i={}${}${}", hash.algorithm, hash.iterations,
                       encode_base64_unpadded(hash.salt), encode_base64_unpadded(hash.key));
}

std::optional<Pbkdf2> parse(std::string_view text) {
    constexpr std::string_view prefix = "pbkdf2-";
    auto const fields = split_fields(text);
    if (fields.size() != 4 || !fields[0].starts_with(prefix)) return std::nullopt;
    auto const numbers = parse_numbers<1>(fields[1], {"i"});
    auto salt = decode_base64(fields[2]);
    auto key = decode_base64(fields[3]);
    if (!numbers || !salt || !key) return std::nullopt;
    return Pbkdf2{std::string(fields[0].substr(prefix.size())), numbers->front(), *std::move(salt),
                  *std::move(key)};
}

// `place` is the field that holds the parameters.
Status check(Pbkdf2 const& hash, std::string_view place) {
    if (hash.algorithm != "sha256" && hash.algorithm != "sha512") {
        return fail(refused("invalid_pbkdf_2_hash",
                            fmt::format("{}: algorithm must be sha256 or sha512.", place)));
    }
    if (hash.key.size() < key_bytes_min || hash.key.size() > key_bytes_max) {
        return fail(refused("invalid_pbkdf_2_hash", fmt::format("hash must have {} to {} bytes.",
                                                                key_bytes_min, key_bytes_max)));
    }
    auto const block = static_cast<std::size_t>(EVP_MD_get_size(digest_of(hash)));
    auto const blocks = static_cast<std::int64_t>((hash.key.size() + block - 1) / block);
    if (hash.iterations < 1 || hash.iterations > work_max / blocks) {
        return fail(refused("invalid_pbkdf_2_iteration_amount",
                            fmt::format("{}: iteration_amount must be 1 to {} for a hash of {} "
                                        "bytes.",
                                        place, work_max / blocks, hash.key.size())));
    }
    if (hash.salt.empty() || hash.salt.size() > salt_bytes_max) {
        return fail(refused("invalid_pbkdf_2_salt", fmt::format("{}: salt must have 1 to {} bytes.",
                                                                place, salt_bytes_max)));
    }
    return {};
}

}  // namespace

Result<std::string> import_pbkdf2(ForeignPasswordHash const& foreign) {
    auto key = decode_base64(foreign.hash);
    if (!key || !foreign.pbkdf_2_config) {
        return fail(refused("invalid_pbkdf_2_hash", "hash must be base64 with pbkdf_2_config."));
    }
    auto const& config = *foreign.pbkdf_2_config;
    if (std::cmp_not_equal(key->size(), config.key_length)) {
        return fail(refused("pbkdf_2_key_length_mismatch",
                            "hash must have as many bytes as pbkdf_2_config.key_length says."));
    }
    auto salt = decode_base64(config.salt);
    if (!salt) return fail(refused("invalid_pbkdf_2_salt", "pbkdf_2_config: salt must be base64."));
    Pbkdf2 const hash{config.algorithm, config.iteration_amount, *std::move(salt), *std::move(key)};
    CHECK(check(hash, "pbkdf_2_config"));
    return print(hash);
}

Result<std::string> canonical_pbkdf2(std::string_view text) {
    auto const hash = parse(text);
    if (!hash) {
        return fail(refused("invalid_pbkdf_2_hash", "hash must be $pbkdf2-sha256$i=…$salt$hash."));
    }
    CHECK(check(*hash, "hash"));
    return print(*hash);
}

bool matches_pbkdf2(std::string const& text, std::string_view password) {
    ErrorScope const errors;
    auto const hash = *parse(text);
    std::string key(hash.key.size(), '\0');
    if (PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), as_bytes(hash.salt),
                          static_cast<int>(hash.salt.size()), static_cast<int>(hash.iterations),
                          digest_of(hash), static_cast<int>(key.size()),
                          reinterpret_cast<unsigned char*>(key.data())) != 1) {
        throw std::bad_alloc();
    }
    return equal_in_constant_time(key, hash.key);
}

}  // namespace rollcall::crypto::password
