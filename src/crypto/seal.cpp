// Nonce, ciphertext, tag. A nonce of 24 random bytes may be drawn for every call of a key's life.
#include "crypto/seal.hpp"

#include "base/assert.hpp"
#include "crypto/openssl.hpp"
#include "crypto/random.hpp"
#include "crypto/sodium.hpp"

#include <sodium.h>

namespace rollcall::crypto {
namespace {

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(seal_key_bytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(seal_overhead_bytes == nonce_bytes + tag_bytes);

unsigned char* writable(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace

std::string seal(Secret const& key, std::string_view context, Secret const& plain) {
    require_sodium();
    ASSERT(key.reveal().size() == seal_key_bytes);
    auto sealed = random_key(nonce_bytes).reveal();
    sealed.resize(seal_overhead_bytes + plain.reveal().size());
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        writable(sealed) + nonce_bytes, nullptr, as_bytes(plain.reveal()), plain.reveal().size(),
        as_bytes(context), context.size(), nullptr, as_bytes(sealed), as_bytes(key.reveal()));
    return sealed;
}

std::optional<Secret> unseal(Secret const& key, std::string_view context, std::string_view sealed) {
    require_sodium();
    ASSERT(key.reveal().size() == seal_key_bytes);
    if (sealed.size() < seal_overhead_bytes) return std::nullopt;
    auto const nonce = sealed.substr(0, nonce_bytes);
    auto const box = sealed.substr(nonce_bytes);
    std::string plain(box.size() - tag_bytes, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(writable(plain), nullptr, nullptr, as_bytes(box),
                                                   box.size(), as_bytes(context), context.size(),
                                                   as_bytes(nonce), as_bytes(key.reveal())) != 0) {
        return std::nullopt;
    }
    return Secret(std::move(plain));
}

}  // namespace rollcall::crypto
