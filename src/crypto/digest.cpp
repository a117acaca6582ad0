// Digests; a failure inside OpenSSL is exhaustion and ends as an exception.
#include "crypto/digest.hpp"

#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <stdexcept>

namespace rollcall::crypto {
namespace {

unsigned char const* as_bytes(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}

}  // namespace

Digest sha256(std::string_view data) {
    Digest digest;
    SHA256(as_bytes(data), data.size(), digest.bytes.data());
    return digest;
}

Digest hmac_sha256(Secret const& key, std::string_view data) {
    Digest digest;
    unsigned int length = 0;
    auto const& secret = key.reveal();
    if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), as_bytes(data),
             data.size(), digest.bytes.data(), &length) == nullptr) {
        throw std::runtime_error("HMAC-SHA-256 failed");
    }
    return digest;
}

}  // namespace rollcall::crypto
