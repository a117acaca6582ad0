// RSA keys; a failure of OpenSSL that is not the caller's text is exhaustion and ends as an
// exception.
#include "crypto/rsa_key.hpp"

#include "crypto/acceptable_key.hpp"
#include "crypto/base64.hpp"
#include "crypto/openssl.hpp"

#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <stdexcept>

namespace rollcall::crypto {
namespace {

using Pkcs8Handle = Owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;

std::string encoded_number(EVP_PKEY* key, char const* name) {
    BIGNUM* found = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &found) != 1) {
        throw std::runtime_error("a number of an RSA key cannot be read");
    }
    BignumHandle const number(found);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(number.get())), '\0');
    BN_bn2bin(number.get(), reinterpret_cast<unsigned char*>(bytes.data()));
    return encode_base64url(bytes);
}

// Null unless `der` is one PKCS#8 structure and nothing else.
KeyHandle read_pkcs8(std::string const& der) {
    auto const* position = as_bytes(der);
    auto const* const end = position + der.size();
    Pkcs8Handle const wrapped(
        d2i_PKCS8_PRIV_KEY_INFO(nullptr, &position, static_cast<long>(der.size())));
    return KeyHandle(wrapped && position == end ? EVP_PKCS82PKEY(wrapped.get()) : nullptr);
}

}  // namespace

RsaKey RsaKey::generate() {
    KeyHandle key(EVP_RSA_gen(static_cast<unsigned>(rsa_bits_min)));
    if (!key) throw std::runtime_error("an RSA key cannot be made");
    return RsaKey(std::move(key));
}

Result<RsaKey> RsaKey::from_pkcs8(Secret const& der) {
    ErrorScope const errors;
    KeyHandle key;
    if (der.reveal().size() <= public_key_bytes_max) key = read_pkcs8(der.reveal());
    if (!key || EVP_PKEY_is_a(key.get(), "RSA") != 1 || !is_acceptable(key.get())) {
        return fail(
            Error(ErrorCode::invalid_value, "The private key must be an RSA key in PKCS#8 DER."));
    }
    return RsaKey(std::move(key));
}

Secret RsaKey::pkcs8() const {
    Pkcs8Handle const wrapped(EVP_PKEY2PKCS8(handle()));
    unsigned char* der = nullptr;
    auto const size = wrapped ? i2d_PKCS8_PRIV_KEY_INFO(wrapped.get(), &der) : -1;
    if (size <= 0) throw std::runtime_error("an RSA key cannot be written");
    Secret result(std::string(reinterpret_cast<char const*>(der), static_cast<std::size_t>(size)));
    OPENSSL_clear_free(der, static_cast<std::size_t>(size));
    return result;
}

std::string RsaKey::modulus() const {
    return encoded_number(handle(), OSSL_PKEY_PARAM_RSA_N);
}

std::string RsaKey::exponent() const {
    return encoded_number(handle(), OSSL_PKEY_PARAM_RSA_E);
}

PublicKey RsaKey::public_key() const {
    return PublicKey(handle_, std::nullopt, SignatureAlgorithm::rs256);
}

}  // namespace rollcall::crypto
