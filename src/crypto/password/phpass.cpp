// The portable hashes of Openwall's phpass: "$P$", one letter for the logarithm of the rounds,
// eight of salt, 22 of an MD5 that is fed back together with the password.
#include "crypto/openssl.hpp"
#include "crypto/password/encoding.hpp"
#include "crypto/password/kind.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <new>

namespace rollcall::crypto::password {
namespace {

constexpr std::string_view alphabet =
    "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::size_t log_rounds_min = 7;
constexpr std::size_t log_rounds_max = 18;  // half a second with the longest password
constexpr std::size_t text_size = 34;
constexpr std::size_t log_rounds_at = 3;
constexpr std::size_t salt_at = 4;
constexpr std::size_t salt_size = 8;
constexpr std::size_t digest_at = salt_at + salt_size;

using Md5 = std::array<unsigned char, 16>;

std::string_view bytes_of(Md5 const& digest) {
    return {reinterpret_cast<char const*>(digest.data()), digest.size()};
}

// Six bits a letter, the lowest first, over groups of three bytes.
std::string encode(Md5 const& digest) {
    std::string text;
    for (std::size_t i = 0; i < digest.size(); i += 3) {
        std::uint32_t group = 0;
        auto const size = std::min<std::size_t>(3, digest.size() - i);
        for (std::size_t k = 0; k < size; ++k) {
            group |= static_cast<std::uint32_t>(digest[i + k]) << (8 * k);
        }
        for (std::size_t k = 0; k <= size; ++k) text += alphabet[(group >> (6 * k)) & 0x3f];
    }
    return text;
}

}  // namespace

Result<std::string> import_phpass(ForeignPasswordHash const& foreign) {
    return canonical_phpass(foreign.hash);
}

Result<std::string> canonical_phpass(std::string_view text) {
    if (!text.starts_with("$P$") && !text.starts_with("$H$")) {
        return fail(refused("invalid_phpass_hash_prefix", "hash must begin with $P$ or $H$."));
    }
    if (text.size() != text_size ||
        !std::ranges::all_of(text.substr(salt_at), [](char c) { return c > 0x20 && c < 0x7f; })) {
        return fail(refused("invalid_hash", fmt::format("hash must be a portable phpass hash of {} "
                                                        "characters.",
                                                        text_size)));
    }
    auto const log_rounds = alphabet.find(text[log_rounds_at]);
    if (log_rounds < log_rounds_min || log_rounds > log_rounds_max) {
        return fail(
            refused("invalid_hash", fmt::format("hash: the rounds of phpass must be 2^{} to 2^{}.",
                                                log_rounds_min, log_rounds_max)));
    }
    return std::string(text);
}

bool matches_phpass(std::string const& text, std::string_view password) {
    ErrorScope const errors;
    Owned<EVP_MD, EVP_MD_free> const md5(EVP_MD_fetch(nullptr, "MD5", nullptr));
    DigestContext const context(EVP_MD_CTX_new());
    Md5 digest{};
    auto const round = [&](std::string_view first) {
        if (EVP_DigestInit_ex2(context.get(), md5.get(), nullptr) != 1 ||
            EVP_DigestUpdate(context.get(), first.data(), first.size()) != 1 ||
            EVP_DigestUpdate(context.get(), password.data(), password.size()) != 1 ||
            EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) != 1) {
            throw std::bad_alloc();
        }
    };
    std::string_view const kept = text;
    round(kept.substr(salt_at, salt_size));
    auto const rounds = std::size_t{1} << alphabet.find(kept[log_rounds_at]);
    for (std::size_t i = 0; i < rounds; ++i) round(bytes_of(digest));
    return equal_in_constant_time(encode(digest), kept.substr(digest_at));
}

}  // namespace rollcall::crypto::password
