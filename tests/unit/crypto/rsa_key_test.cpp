// Signing keys: made, written, read again, shown.
#include "crypto/rsa_key.hpp"

#include "crypto/base64.hpp"
#include "crypto/jws.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace rollcall::crypto {
namespace {

// Making one is slow; the key itself is immutable.
RsaKey const& a_key() {
    static RsaKey const key = RsaKey::generate();
    return key;
}

TEST(RsaKey, HasTwoThousandAndFortyEightBitsAndTheUsualExponent) {
    auto const modulus = decode_base64url(a_key().modulus());
    ASSERT_TRUE(modulus);
    EXPECT_EQ(modulus->size(), 256u);
    EXPECT_GE(static_cast<unsigned char>(modulus->front()), 0x80);
    EXPECT_EQ(a_key().exponent(), "AQAB");
}

TEST(RsaKey, NoTwoAreTheSame) {
    EXPECT_NE(RsaKey::generate().modulus(), a_key().modulus());
}

TEST(RsaKey, ComesBackFromPkcs8) {
    auto const again = RsaKey::from_pkcs8(a_key().pkcs8());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->modulus(), a_key().modulus());
    auto const token = parse_jws(sign_jws("{}", "k", *again));
    ASSERT_TRUE(token);
    EXPECT_TRUE(verify_jws(*token, a_key().public_key()));
}

TEST(RsaKey, RefusesEverythingThatIsNotOnePkcs8Key) {
    auto const der = a_key().pkcs8().reveal();
    auto changed = der;
    changed[19] = static_cast<char>(changed[19] ^ 1);  // the end of the type's object identifier
    for (auto const& text : {std::string(), std::string("PKCS"), der.substr(0, der.size() - 1),
                             der + '\0', changed, std::string(100'000, '\x30')}) {
        auto const key = RsaKey::from_pkcs8(Secret(text));
        ASSERT_FALSE(key) << text.size();
        EXPECT_EQ(key.error().code(), ErrorCode::invalid_value);
    }
}

TEST(RsaKey, SignsAndVerifiesFromSeveralThreads) {
    auto const key = a_key().public_key();
    std::vector<int> verified(4);
    {
        std::vector<std::jthread> threads;
        for (auto& mine : verified) {
            threads.emplace_back([&key, &mine] {
                for (int i = 0; i < 20; ++i) {
                    auto const token = parse_jws(sign_jws(std::to_string(i), "k", a_key()));
                    mine += token && verify_jws(*token, key) ? 1 : 0;
                }
            });
        }
    }
    EXPECT_EQ(verified, std::vector(4, 20));
}

}  // namespace
}  // namespace rollcall::crypto
