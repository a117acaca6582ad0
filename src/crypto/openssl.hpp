// Owners of OpenSSL's objects, and a guard for its error queue.
#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <memory>
#include <string_view>

namespace rollcall::crypto {

template <auto Free>
struct FreeWith {
    template <class T>
    void operator()(T* object) const noexcept {
        Free(object);
    }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, FreeWith<Free>>;

using BioHandle = Owned<BIO, BIO_free>;
using BignumHandle = Owned<BIGNUM, BN_free>;
using DigestContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using KeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using KeyHandle = Owned<EVP_PKEY, EVP_PKEY_free>;

/// Keeps errors of OpenSSL to one scope. What a refused key or signature left in the thread's queue
/// would be taken for a failure of the next TLS call on that thread.
class ErrorScope {
public:
    ErrorScope() { ERR_set_mark(); }
    ~ErrorScope() { ERR_pop_to_mark(); }
    ErrorScope(ErrorScope const&) = delete;
    ErrorScope& operator=(ErrorScope const&) = delete;
};

[[nodiscard]] inline unsigned char const* as_bytes(std::string_view text) noexcept {
    return reinterpret_cast<unsigned char const*>(text.data());
}

}  // namespace rollcall::crypto
