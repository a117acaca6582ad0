// Tokens and keys of others: whatever is read as a token is what its parts encode, no token is good
// for a key that the fuzzer cannot know, and what is read as a key can be asked about any token.
#include "crypto/jws.hpp"

#include "check.hpp"
#include "crypto/base64.hpp"

#include <string>

namespace {

using namespace rollcall;

crypto::PublicKey const& unknown_key() {
    static auto const key = crypto::RsaKey::generate().public_key();
    return key;
}

crypto::CompactJws const& a_token() {
    static auto const token =
        *crypto::parse_jws("eyJhbGciOiJFUzI1NiJ9.e30." + std::string(86, 'A'));
    return token;
}

void try_key(Result<crypto::PublicKey> const& key) {
    if (key) ASSERT(!crypto::verify_jws(a_token(), *key));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = fuzz::as_text(data, size);
    if (auto const token = crypto::parse_jws(text)) {
        ASSERT(token->signed_text == crypto::encode_base64url(token->header) + '.' +
                                         crypto::encode_base64url(token->payload));
        ASSERT(text == token->signed_text + '.' + crypto::encode_base64url(token->signature));
        ASSERT(!crypto::verify_jws(*token, unknown_key()));
    }
    // The same bytes as a header, which they hardly ever are when they have to be base64url first.
    (void)crypto::parse_jws(crypto::encode_base64url(text) + ".e30.c2ln");

    try_key(crypto::parse_pem(text));
    try_key(crypto::parse_jwk(text));
    if (auto const keys = crypto::parse_jwk_set(text)) {
        for (auto const& key : *keys) try_key(key);
    }
    return 0;
}
