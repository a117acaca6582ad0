// One digest of a password between two salts. Kept as "$sha_1$salt$salt$hash", all in base64.
#include "crypto/base64.hpp"
#include "crypto/openssl.hpp"
#include "crypto/password/encoding.hpp"
#include "crypto/password/kind.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <new>

namespace rollcall::crypto::password {
namespace {

struct Algorithm {
    std::string_view hash_type;
    std::string_view error_kind;
    std::size_t digest_bytes;
    EVP_MD const* (*digest)();
    SaltConfig ForeignPasswordHash::* config;
};

constexpr std::array<Algorithm, 3> algorithms{{
    {"md_5", "invalid_md_5_hash", 16, EVP_md5, &ForeignPasswordHash::md_5_config},
    {"sha_1", "invalid_sha_1_hash", 20, EVP_sha1, &ForeignPasswordHash::sha_1_config},
    {"sha_512", "invalid_sha_512_hash", 64, EVP_sha512, &ForeignPasswordHash::sha_512_config},
}};

struct SaltedDigest {
    Algorithm const* algorithm;
    std::string prepend_salt;
    std::string append_salt;
    std::string digest;
};

Algorithm const* find_algorithm(std::string_view hash_type) {
    auto const* const found = std::ranges::find(algorithms, hash_type, &Algorithm::hash_type);
    return found == algorithms.end() ? nullptr : found;
}

std::string print(SaltedDigest const& hash) {
    return fmt::format(
        "${}${}${}${}", hash.algorithm->hash_type, encode_base64_unpadded(hash.prepend_salt),
        encode_base64_unpadded(hash.append_salt), encode_base64_unpadded(hash.digest));
}

std::optional<SaltedDigest> parse(std::string_view text) {
    auto const fields = split_fields(text);
    if (fields.size() != 4) return std::nullopt;
    auto const* algorithm = find_algorithm(fields[0]);
    auto prepend_salt = decode_base64(fields[1]);
    auto append_salt = decode_base64(fields[2]);
    auto digest = decode_base64(fields[3]);
    if (algorithm == nullptr || !prepend_salt || !append_salt || !digest) return std::nullopt;
    return SaltedDigest{algorithm, *std::move(prepend_salt), *std::move(append_salt),
                        *std::move(digest)};
}

Status check(SaltedDigest const& hash) {
    auto const& algorithm = *hash.algorithm;
    if (hash.digest.size() != algorithm.digest_bytes) {
        return fail(refused(algorithm.error_kind,
                            fmt::format("hash must have {} bytes.", algorithm.digest_bytes)));
    }
    if (hash.prepend_salt.size() > salt_bytes_max || hash.append_salt.size() > salt_bytes_max) {
        return fail(refused(algorithm.error_kind,
                            fmt::format("{}_config: prepend_salt and append_salt must not exceed "
                                        "{} bytes.",
                                        algorithm.hash_type, salt_bytes_max)));
    }
    return {};
}

}  // namespace

Result<std::string> import_salted_digest(ForeignPasswordHash const& foreign) {
    auto const& algorithm = *find_algorithm(foreign.hash_type);
    auto digest = decode_hex(foreign.hash);
    if (!digest) {
        return fail(
            refused(algorithm.error_kind,
                    fmt::format("hash must be {} bytes in hexadecimal.", algorithm.digest_bytes)));
    }
    auto const& config = foreign.*algorithm.config;
    SaltedDigest const hash{&algorithm, config.prepend_salt, config.append_salt,
                            *std::move(digest)};
    CHECK(check(hash));
    return print(hash);
}

Result<std::string> canonical_salted_digest(std::string_view text) {
    auto const hash = parse(text);
    if (!hash) return fail(refused("invalid_hash", "hash must be $kind$salt$salt$hash."));
    CHECK(check(*hash));
    return print(*hash);
}

bool matches_salted_digest(std::string const& text, std::string_view password) {
    ErrorScope const errors;
    auto const hash = *parse(text);
    std::string digest(hash.algorithm->digest_bytes, '\0');
    DigestContext const context(EVP_MD_CTX_new());
    auto const add = [&context](std::string_view bytes) {
        return EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1;
    };
    if (EVP_DigestInit_ex2(context.get(), hash.algorithm->digest(), nullptr) != 1 ||
        !add(hash.prepend_salt) || !add(password) || !add(hash.append_salt) ||
        EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()),
                           nullptr) != 1) {
        throw std::bad_alloc();
    }
    return equal_in_constant_time(digest, hash.digest);
}

}  // namespace rollcall::crypto::password
