// Keys from PEM and JWK, and every key that must be refused.
#include "crypto/public_key.hpp"

#include "crypto/jws.hpp"
#include "crypto/rsa_key.hpp"
#include "unit/crypto/jws_vectors.hpp"

#include <gtest/gtest.h>

#include <string>

namespace rollcall::crypto {
namespace {

using enum SignatureAlgorithm;

// `json` with `members` put in front of its own.
std::string with(std::string_view members, std::string_view json) {
    return '{' + std::string(members) + ',' + std::string(json.substr(1));
}

TEST(Pem, ReadsEveryKindOfKeyAndItsAlgorithms) {
    auto const rsa = parse_pem(vectors::rsa_pem);
    ASSERT_TRUE(rsa);
    EXPECT_TRUE(rsa->fits(rs256) && rsa->fits(ps256));
    EXPECT_FALSE(rsa->fits(es256) || rsa->fits(eddsa));

    auto const ec = parse_pem(vectors::ec_pem);
    ASSERT_TRUE(ec);
    EXPECT_TRUE(ec->fits(es256));
    EXPECT_FALSE(ec->fits(rs256) || ec->fits(ps256) || ec->fits(eddsa));

    auto const ed25519 = parse_pem(vectors::ed25519_pem);
    ASSERT_TRUE(ed25519);
    EXPECT_TRUE(ed25519->fits(eddsa));
    EXPECT_FALSE(ed25519->fits(rs256) || ed25519->fits(ps256) || ed25519->fits(es256));
    EXPECT_FALSE(ed25519->key_id());
}

TEST(Pem, ReadsTheKeyOfACertificate) {
    auto const key = parse_pem(vectors::ec_certificate);
    ASSERT_TRUE(key);
    EXPECT_TRUE(verify_jws(*parse_jws(vectors::es256), *key));
}

TEST(Pem, RefusesOtherTextsAndOtherKeys) {
    auto const cut = std::string(vectors::rsa_pem.substr(0, 300));
    // It would otherwise ask the terminal for a passphrase.
    auto const* const encrypted =
        "-----BEGIN PUBLIC KEY-----\n"
        "Proc-Type: 4,ENCRYPTED\n"
        "DEK-Info: AES-256-CBC,C704F97F210B9F54E6AEA909715198EE\n\n"
        "uRT6IYYPeGp+spBZQ2a6hE4Q5dY18jT5v3udO4GQ1TU=\n"
        "-----END PUBLIC KEY-----\n";
    for (auto const& text :
         {std::string(), std::string("not PEM"), cut, std::string(vectors::rsa_1024_pem),
          std::string(vectors::p384_pem), std::string(encrypted),
          std::string(public_key_bytes_max, ' ') + std::string(vectors::rsa_pem)}) {
        auto const key = parse_pem(text);
        ASSERT_FALSE(key) << text;
        EXPECT_EQ(key.error().code(), ErrorCode::invalid_value);
    }
}

TEST(Pem, MayHaveAsManyBytesAsTheLimitSays) {
    auto text = std::string(vectors::rsa_pem);
    text.insert(0, public_key_bytes_max - text.size(), '\n');
    EXPECT_TRUE(parse_pem(text));
    EXPECT_FALSE(parse_pem('\n' + text));
}

TEST(Jwk, MayHaveAsManyBytesAsTheLimitSays) {
    auto text = std::string(vectors::ec_jwk);
    text.append(public_key_bytes_max - text.size(), ' ');
    EXPECT_TRUE(parse_jwk(text));
    EXPECT_FALSE(parse_jwk(text + ' '));
}

TEST(Jwk, ReadsEveryKindOfKey) {
    auto const rsa = parse_jwk(vectors::rsa_jwk);
    ASSERT_TRUE(rsa);
    EXPECT_TRUE(rsa->fits(rs256) && rsa->fits(ps256));
    auto const ec = parse_jwk(vectors::ec_jwk);
    ASSERT_TRUE(ec);
    EXPECT_TRUE(ec->fits(es256));
    auto const ed25519 = parse_jwk(vectors::ed25519_jwk);
    ASSERT_TRUE(ed25519);
    EXPECT_TRUE(ed25519->fits(eddsa));
}

TEST(Jwk, KeepsKidAndHoldsTheKeyToItsAlg) {
    auto const key =
        parse_jwk(with(R"("kid":"a","alg":"PS256","use":"sig","x5c":[])", vectors::rsa_jwk));
    ASSERT_TRUE(key);
    EXPECT_EQ(key->key_id(), "a");
    EXPECT_TRUE(key->fits(ps256));
    EXPECT_FALSE(key->fits(rs256));
}

TEST(Jwk, ErrorsNameTheMember) {
    struct Case {
        std::string json;
        std::string_view member;
    };
    auto const rsa_without = [](std::string_view n, std::string_view e) {
        return R"({"kty":"RSA","n":")" + std::string(n) + R"(","e":")" + std::string(e) + R"("})";
    };
    auto const modulus = std::string(340, 'w') + "_w";
    for (auto const& [json, member] : std::vector<Case>{
             {R"({"kty":"oct","k":"c2VjcmV0"})", "kty"},
             {R"({})", "kty"},
             {R"({"kty":1})", "kty"},
             {R"({"kty":"RSA","e":"AQAB"})", "n"},
             {rsa_without("", "AQAB"), "n"},
             {rsa_without("AQ==", "AQAB"), "n"},
             {rsa_without(modulus, ""), "e"},
             {rsa_without(modulus, "AQ"), "n"},                   // e = 1
             {rsa_without(modulus, "AQAA"), "n"},                 // even
             {rsa_without(modulus, std::string(40, 'w')), "n"},   // e too large
             {rsa_without(std::string(4000, 'w'), "AQAB"), "n"},  // 24,000 bits
             {std::string(vectors::rsa_1024_jwk), "n"},
             {R"({"kty":"EC","crv":"P-384","x":"AA","y":"AA"})", "crv"},
             {R"({"kty":"EC","crv":"P-256","x":"AA","y":"AA"})", "x"},
             // Not on the curve.
             {R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
              R"("y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"})",
              "x"},
             {R"({"kty":"OKP","crv":"X25519","x":"AA"})", "crv"},
             {R"({"kty":"OKP","crv":"Ed25519","x":"AAAA"})", "x"},
             {with(R"("d":"AA")", vectors::ec_jwk), "d"},
             {with(R"("use":"enc")", vectors::ec_jwk), "use"},
             {R"({"kty":"EC","key_ops":["encrypt"],"crv":"P-256"})", "key_ops"},
             {with(R"("kid":1)", vectors::ec_jwk), "kid"},
             {with(R"("alg":"RS256")", vectors::ec_jwk), "alg"},
             {with(R"("alg":"HS256")", vectors::rsa_jwk), "alg"},
             {with(R"("alg":"none")", vectors::rsa_jwk), "alg"},
             {with(R"("alg":7)", vectors::rsa_jwk), "alg"},
         }) {
        auto const key = parse_jwk(json);
        ASSERT_FALSE(key) << json;
        EXPECT_EQ(key.error().code(), ErrorCode::invalid_value);
        EXPECT_TRUE(key.error().message().starts_with(std::string(member) + " of the JWK"))
            << json << ": " << key.error().message();
    }
}

TEST(Jwk, RefusesWhatIsNoSmallJsonObject) {
    std::string const deep = R"({"kty":)" + std::string(5000, '[');
    for (auto const& json :
         {std::string(), std::string("[]"), std::string("\"RSA\""), std::string("{"), deep,
          with('"' + std::string(public_key_bytes_max, 'a') + R"(":1)", vectors::ec_jwk)}) {
        EXPECT_FALSE(parse_jwk(json)) << json;
    }
}

TEST(JwkSet, LeavesOutKeysForOtherUses) {
    auto const set = parse_jwk_set(R"({"keys":[{"kty":"oct","k":"AA"},7,)" +
                                   with(R"("kid":"a")", vectors::rsa_jwk) + ',' +
                                   with(R"("use":"enc")", vectors::ec_jwk) + ',' +
                                   with(R"("kid":"b")", vectors::ed25519_jwk) + "]}");
    ASSERT_TRUE(set);
    ASSERT_EQ(set->size(), 2u);
    EXPECT_EQ((*set)[0].key_id(), "a");
    EXPECT_EQ((*set)[1].key_id(), "b");
}

TEST(JwkSet, MayBeEmpty) {
    auto const set = parse_jwk_set(R"({"keys":[]})");
    ASSERT_TRUE(set);
    EXPECT_TRUE(set->empty());
}

TEST(JwkSet, IsBounded) {
    std::string many = R"({"keys":[0)";
    for (std::size_t i = 1; i < jwk_set_keys_max; ++i) many += ",0";
    EXPECT_TRUE(parse_jwk_set(many + "]}"));
    EXPECT_FALSE(parse_jwk_set(many + ",0]}"));
    auto const large = [](std::size_t size) {
        std::string const set = R"({"keys":[]})";
        return std::string(size - set.size(), ' ') + set;
    };
    EXPECT_TRUE(parse_jwk_set(large(jwk_set_bytes_max)));
    EXPECT_FALSE(parse_jwk_set(large(jwk_set_bytes_max + 1)));
    EXPECT_FALSE(parse_jwk_set(R"({"keys":{}})"));
    EXPECT_FALSE(parse_jwk_set(R"([])"));
}

}  // namespace
}  // namespace rollcall::crypto
