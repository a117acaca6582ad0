// Argon2 by libsodium, which checks encoded forms with any number of lanes, one after the other.
#include "crypto/base64.hpp"
#include "crypto/password/encoding.hpp"
#include "crypto/password/kind.hpp"
#include "crypto/sodium.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <new>
#include <sodium.h>

namespace rollcall::crypto::password {
namespace {

constexpr std::int64_t memory_kib_max = 256 * 1024;
constexpr std::int64_t work_kib_max = 1024 * 1024;  // memory times passes: about a second
constexpr std::int64_t threads_max = 64;
constexpr std::size_t salt_bytes_min = 8;

struct Argon2 {
    std::string variant;  // "argon2i" or "argon2id"
    std::int64_t memory = 0;
    std::int64_t iterations = 0;
    std::int64_t threads = 0;
    std::string salt;
    std::string key;
};

std::string print(Argon2 const& hash) {
    return fmt::format("${}$v=19$m={},t={},p={}${}${}", hash.variant, hash.memory, hash.iterations,
                       hash.threads, encode_base64_unpadded(hash.salt),
                       encode_base64_unpadded(hash.key));
}

std::optional<Argon2> parse(std::string_view text) {
    auto const fields = split_fields(text);
    if (fields.size() != 5 || fields[1] != "v=19") return std::nullopt;
    auto const numbers = parse_numbers<3>(fields[2], {"m", "t", "p"});
    auto salt = decode_base64(fields[3]);
    auto key = decode_base64(fields[4]);
    if (!numbers || !salt || !key) return std::nullopt;
    auto const [memory, iterations, threads] = *numbers;
    return Argon2{std::string(fields[0]), memory,         iterations, threads,
                  *std::move(salt),       *std::move(key)};
}

// `place` is the field that holds the parameters.
Status check(Argon2 const& hash, std::string_view place) {
    if (hash.threads < 1 || hash.threads > threads_max) {
        return fail(refused("invalid_hash",
                            fmt::format("{}: threads must be 1 to {}.", place, threads_max)));
    }
    if (hash.memory < 8 * hash.threads || hash.memory > memory_kib_max) {
        return fail(refused("invalid_hash", fmt::format("{}: memory must be 8 KiB for each thread "
                                                        "to {} KiB.",
                                                        place, memory_kib_max)));
    }
    if (hash.iterations < 1 || hash.iterations > work_kib_max / hash.memory) {
        return fail(refused("invalid_hash",
                            fmt::format("{}: iteration_amount must be 1 or more, and at most {} "
                                        "KiB divided by memory.",
                                        place, work_kib_max)));
    }
    if (hash.salt.size() < salt_bytes_min || hash.salt.size() > salt_bytes_max) {
        return fail(
            refused("invalid_argon_2_salt", fmt::format("{}: salt must have {} to {} bytes.", place,
                                                        salt_bytes_min, salt_bytes_max)));
    }
    if (hash.key.size() < key_bytes_min || hash.key.size() > key_bytes_max) {
        return fail(refused("invalid_hash", fmt::format("hash must have {} to {} bytes.",
                                                        key_bytes_min, key_bytes_max)));
    }
    return {};
}

Result<std::string> from_config(std::string variant, std::string_view hex,
                                Argon2Config const& config) {
    auto key = decode_hex(hex);
    if (!key || std::cmp_not_equal(key->size(), config.key_length)) {
        return fail(refused("invalid_hash",
                            "hash must be the encoded form, or hexadecimal of as many bytes as "
                            "argon_2_config.key_length says."));
    }
    Argon2 const hash{std::move(variant), config.memory, config.iteration_amount,
                      config.threads,     config.salt,   *std::move(key)};
    CHECK(check(hash, "argon_2_config"));
    return print(hash);
}

}  // namespace

Result<std::string> import_argon2(ForeignPasswordHash const& foreign) {
    std::string const variant = foreign.hash_type == "argon_2i" ? "argon2i" : "argon2id";
    if (foreign.hash.starts_with(fmt::format("${}$", variant))) {
        return canonical_argon2(foreign.hash);
    }
    if (foreign.argon_2_config && !foreign.hash.starts_with('$')) {
        return from_config(variant, foreign.hash, *foreign.argon_2_config);
    }
    return fail(
        refused("invalid_hash",
                fmt::format("hash must be the encoded form, ${}$v=19$m=…,t=…,p=…$salt$hash, "
                            "or hexadecimal with argon_2_config.",
                            variant)));
}

Result<std::string> canonical_argon2(std::string_view text) {
    auto const hash = parse(text);
    if (!hash) {
        return fail(refused("invalid_hash",
                            "hash must be $argon2id$v=19$m=…,t=…,p=…$salt$hash (or argon2i); "
                            "other versions than 19 are not known."));
    }
    CHECK(check(*hash, "hash"));
    return print(*hash);
}

bool matches_argon2(std::string const& text, std::string_view password) {
    require_sodium();
    errno = 0;
    if (crypto_pwhash_str_verify(text.c_str(), password.data(), password.size()) == 0) return true;
    // libsodium tells a wrong password from a check that could not be made in this way.
    if (errno != EINVAL) throw std::bad_alloc();
    return false;
}

}  // namespace rollcall::crypto::password
