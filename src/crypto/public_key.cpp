// What makes a key acceptable, and keys from PEM.
#include "crypto/public_key.hpp"

#include "crypto/acceptable_key.hpp"
#include "crypto/openssl.hpp"

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>

namespace rollcall::crypto {
namespace {

constexpr std::array<std::pair<std::string_view, SignatureAlgorithm>, 4> algorithm_names{{
    {"RS256", SignatureAlgorithm::rs256},
    {"PS256", SignatureAlgorithm::ps256},
    {"ES256", SignatureAlgorithm::es256},
    {"EdDSA", SignatureAlgorithm::eddsa},
}};

bool is_acceptable_rsa(EVP_PKEY* key) {
    auto const bits = EVP_PKEY_get_bits(key);
    BIGNUM* found = nullptr;
    if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &found) != 1) return false;
    BignumHandle const exponent(found);
    // A huge exponent is legal and makes every check as slow as a signature.
    return bits >= rsa_bits_min && bits <= rsa_bits_max && BN_is_odd(exponent.get()) &&
           !BN_is_one(exponent.get()) && BN_num_bits(exponent.get()) <= 64;
}

bool is_p256(EVP_PKEY* key) {
    std::array<char, 32> name{};
    return EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, name.data(), name.size(),
                                          nullptr) == 1 &&
           std::string_view(name.data()) == "prime256v1";
}

// Encrypted blocks would otherwise make OpenSSL ask the terminal.
int no_passphrase(char*, int, int, void*) {
    return -1;
}

KeyHandle read_pem(std::string_view pem) {
    auto const open = [pem] {
        return BioHandle(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    };
    if (KeyHandle key{PEM_read_bio_PUBKEY(open().get(), nullptr, no_passphrase, nullptr)}) {
        return key;
    }
    Owned<X509, X509_free> const certificate(
        PEM_read_bio_X509(open().get(), nullptr, no_passphrase, nullptr));
    return KeyHandle(certificate ? X509_get_pubkey(certificate.get()) : nullptr);
}

}  // namespace

std::optional<SignatureAlgorithm> parse_signature_algorithm(std::string_view name) noexcept {
    for (auto const& [known, algorithm] : algorithm_names) {
        if (known == name) return algorithm;
    }
    return std::nullopt;
}

PublicKey::PublicKey(std::shared_ptr<evp_pkey_st> handle, std::optional<std::string> key_id,
                     std::optional<SignatureAlgorithm> only)
    : handle_(std::move(handle)), key_id_(std::move(key_id)), only_(only) {}

bool PublicKey::fits(SignatureAlgorithm algorithm) const noexcept {
    if (only_ && *only_ != algorithm) return false;
    switch (algorithm) {
        case SignatureAlgorithm::rs256:
        case SignatureAlgorithm::ps256:
            return EVP_PKEY_is_a(handle(), "RSA") == 1;
        case SignatureAlgorithm::es256:
            return EVP_PKEY_is_a(handle(), "EC") == 1;
        case SignatureAlgorithm::eddsa:
            return EVP_PKEY_is_a(handle(), "ED25519") == 1;
    }
    return false;
}

bool is_acceptable(EVP_PKEY* key) {
    if (EVP_PKEY_is_a(key, "RSA") == 1) return is_acceptable_rsa(key);
    if (EVP_PKEY_is_a(key, "EC") == 1) return is_p256(key);
    return EVP_PKEY_is_a(key, "ED25519") == 1;
}

Result<PublicKey> parse_pem(std::string_view pem) {
    ErrorScope const errors;
    if (pem.size() <= public_key_bytes_max) {
        auto key = read_pem(pem);
        if (key && is_acceptable(key.get())) return PublicKey(std::move(key));
    }
    return fail(Error(ErrorCode::invalid_value,
                      fmt::format("The PEM text must be a public key or a certificate of at most "
                                  "{} bytes, with a key of RSA ({} to {} bits), EC P-256 or "
                                  "Ed25519.",
                                  public_key_bytes_max, rsa_bits_min, rsa_bits_max)));
}

}  // namespace rollcall::crypto
