// Signed tokens: others' tokens verify, ours have the form of the contract, and nothing else
// passes.
#include "crypto/jws.hpp"

#include "crypto/base64.hpp"
#include "unit/crypto/jws_vectors.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rollcall::crypto {
namespace {

struct Vector {
    std::string_view name;
    std::string_view token;
    Result<PublicKey> key;
};

std::vector<Vector> all_vectors() {
    return {{"RFC 7515 A.2", vectors::rfc_rs256, parse_jwk(vectors::rfc_rsa_jwk)},
            {"RFC 7515 A.3", vectors::rfc_es256, parse_jwk(vectors::rfc_ec_jwk)},
            {"RFC 8037 A.4", vectors::rfc_eddsa, parse_jwk(vectors::rfc_ed25519_jwk)},
            {"RS256, JWK", vectors::rs256, parse_jwk(vectors::rsa_jwk)},
            {"RS256, PEM", vectors::rs256, parse_pem(vectors::rsa_pem)},
            {"PS256, JWK", vectors::ps256, parse_jwk(vectors::rsa_jwk)},
            {"PS256, PEM", vectors::ps256, parse_pem(vectors::rsa_pem)},
            {"ES256, JWK", vectors::es256, parse_jwk(vectors::ec_jwk)},
            {"ES256, PEM", vectors::es256, parse_pem(vectors::ec_pem)},
            {"EdDSA, JWK", vectors::eddsa, parse_jwk(vectors::ed25519_jwk)},
            {"EdDSA, PEM", vectors::eddsa, parse_pem(vectors::ed25519_pem)}};
}

bool verifies(std::string_view token, PublicKey const& key) {
    auto const parts = parse_jws(token);
    return parts && verify_jws(*parts, key);
}

std::string with_header(std::string_view header) {
    return encode_base64url(header) + ".e30.c2ln";
}

TEST(VerifyJws, AcceptsTokensThatOthersSigned) {
    for (auto const& [name, token, key] : all_vectors()) {
        ASSERT_TRUE(key) << name;
        EXPECT_TRUE(verifies(token, *key)) << name;
    }
}

TEST(VerifyJws, RefusesATokenThatWasChangedAnywhere) {
    for (auto const& [name, token, key] : all_vectors()) {
        for (std::size_t i = 0; i < token.size(); ++i) {
            std::string changed(token);
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            if (changed != token) EXPECT_FALSE(verifies(changed, *key)) << name << " at " << i;
        }
        auto parts = *parse_jws(token);
        parts.signature.pop_back();
        EXPECT_FALSE(verify_jws(parts, *key)) << name;
        parts.signature.clear();
        EXPECT_FALSE(verify_jws(parts, *key)) << name;
    }
}

TEST(VerifyJws, RefusesEveryOtherKey) {
    for (auto const& [name, token, key] : all_vectors()) {
        auto const good_key_id = parse_jws(token)->key_id;
        for (auto const& other : all_vectors()) {
            auto const same = parse_jws(other.token)->key_id == good_key_id &&
                              parse_jws(other.token)->algorithm == parse_jws(token)->algorithm;
            auto const same_rsa =
                good_key_id == "rsa-1" && parse_jws(other.token)->key_id == "rsa-1";
            EXPECT_EQ(verifies(token, *other.key), same || same_rsa) << name << ", " << other.name;
        }
    }
}

// RFC 8725 §2.1: the public key as the secret of an HMAC, and no signature at all.
TEST(VerifyJws, RefusesConfusedAndAbsentAlgorithms) {
    auto const key = *parse_pem(vectors::rsa_pem);
    EXPECT_FALSE(verifies(vectors::hs256_of_rsa_pem, key));
    auto parts = *parse_jws(vectors::rs256);
    for (auto const* const algorithm :
         {"none", "None", "", "HS256", "RS384", "RS512", "ES256", "EdDSA", "PS256", "rs256"}) {
        parts.algorithm = algorithm;
        EXPECT_FALSE(verify_jws(parts, key)) << algorithm;
    }
    parts.algorithm = "none";
    parts.signature.clear();
    EXPECT_FALSE(verify_jws(parts, key));
}

TEST(VerifyJws, HoldsAKeyToItsAlg) {
    auto const jwk = R"({"alg":"PS256",)" + std::string(vectors::rsa_jwk.substr(1));
    EXPECT_TRUE(verifies(vectors::ps256, *parse_jwk(jwk)));
    EXPECT_FALSE(verifies(vectors::rs256, *parse_jwk(jwk)));
}

TEST(VerifyJws, RefusesZeroesAsAnEs256Signature) {
    auto parts = *parse_jws(vectors::es256);
    parts.signature.assign(64, '\0');
    EXPECT_FALSE(verify_jws(parts, *parse_pem(vectors::ec_pem)));
}

TEST(ParseJws, TakesATokenApart) {
    auto const token = parse_jws(vectors::rs256);
    ASSERT_TRUE(token);
    EXPECT_EQ(token->header, R"({"alg":"RS256","kid":"rsa-1","typ":"JWT"})");
    EXPECT_EQ(token->payload, vectors::claims);
    EXPECT_EQ(token->signature.size(), 256u);
    EXPECT_EQ(token->algorithm, "RS256");
    EXPECT_EQ(token->key_id, "rsa-1");
    EXPECT_EQ(token->signed_text, vectors::rs256.substr(0, vectors::rs256.rfind('.')));
    EXPECT_FALSE(parse_jws(vectors::rfc_rs256)->key_id);
}

TEST(ParseJws, RefusesEverythingThatIsNotThreePartsOfBase64Url) {
    std::string const good(vectors::es256);
    for (auto const& token :
         {std::string(), std::string("."), std::string(".."), std::string("a.b"), good + ".",
          good + ".e30", good + "=", good + " ", ' ' + good, "Bearer " + good, good + '\n',
          with_header(R"({"alg":"RS256"})") + "+", std::string("!!.e30.c2ln")}) {
        EXPECT_FALSE(parse_jws(token)) << token;
    }
}

TEST(ParseJws, RefusesHeadersItCannotGoOnWith) {
    EXPECT_TRUE(parse_jws(with_header(R"({"alg":"RS256","jku":"https://evil.example.com"})")));
    for (auto const* const header :
         {"", "{", "[]", "\"alg\"", "{}", R"({"alg":1})", R"({"alg":null})",
          R"({"alg":"RS256","kid":1})", R"({"alg":"RS256","crit":["b64"],"b64":false})",
          R"({"alg":"RS256","crit":[]})", R"({"alg":"RS256"} x)", "{\"alg\":\"\xff\"}"}) {
        EXPECT_FALSE(parse_jws(with_header(header))) << header;
    }
    EXPECT_FALSE(parse_jws(with_header(std::string(2000, '[') + std::string(2000, ']'))));
}

// RFC 7515 §4: a parser may refuse such a header or take the last.
TEST(ParseJws, TheLastOfTwoMembersCounts) {
    EXPECT_EQ(parse_jws(with_header(R"({"alg":"none","alg":"RS256"})"))->algorithm, "RS256");
}

TEST(ParseJws, IsBounded) {
    auto const head = with_header(R"({"alg":"RS256"})");
    std::string const fits = head + std::string((jws_bytes_max - head.size()) / 4 * 4, 'A');
    EXPECT_TRUE(parse_jws(fits));
    EXPECT_FALSE(parse_jws(head + std::string(jws_bytes_max, 'A')));
}

TEST(SignJws, HasTheHeaderOfTheContractAndVerifies) {
    auto const key = RsaKey::generate();
    auto const text = sign_jws(vectors::claims, "jwk-test-1", key);
    auto const token = parse_jws(text);
    ASSERT_TRUE(token);
    EXPECT_EQ(token->header, R"({"alg":"RS256","kid":"jwk-test-1","typ":"JWT"})");
    EXPECT_EQ(token->payload, vectors::claims);
    EXPECT_TRUE(verify_jws(*token, key.public_key()));
    // What the JWKS endpoint publishes is enough to verify.
    auto const published =
        parse_jwk(R"({"kty":"RSA","use":"sig","alg":"RS256","key_ops":["verify"],)"
                  R"("kid":"jwk-test-1","n":")" +
                  key.modulus() + R"(","e":")" + key.exponent() + R"("})");
    ASSERT_TRUE(published);
    EXPECT_TRUE(verify_jws(*token, *published));
    EXPECT_FALSE(verify_jws(*token, RsaKey::generate().public_key()));
}

TEST(SignJws, EscapesTheKeyId) {
    auto const token = parse_jws(sign_jws("{}", "a\"b\\c", RsaKey::generate()));
    ASSERT_TRUE(token);
    EXPECT_EQ(token->key_id, "a\"b\\c");
}

}  // namespace
}  // namespace rollcall::crypto
