// Sealed bytes come back under the same key and context only.
#include "crypto/seal.hpp"

#include "crypto/random.hpp"

#include <gtest/gtest.h>

namespace rollcall::crypto {
namespace {

using namespace std::string_view_literals;

Secret const key(std::string(seal_key_bytes, 'k'));

TEST(Seal, ComesBack) {
    for (std::size_t const size : {0u, 1u, 31u, 32u, 5000u}) {
        auto const plain = random_key(size);
        auto const sealed = seal(key, "row 1", plain);
        EXPECT_EQ(sealed.size(), size + seal_overhead_bytes);
        auto const again = unseal(key, "row 1", sealed);
        ASSERT_TRUE(again);
        EXPECT_EQ(again->reveal(), plain.reveal());
    }
}

TEST(Seal, NeverLooksTheSame) {
    EXPECT_NE(seal(key, "", Secret("plain")), seal(key, "", Secret("plain")));
}

TEST(Seal, StaysShutForAnotherKeyOrContext) {
    auto const sealed = seal(key, "row 1", Secret("plain"));
    EXPECT_FALSE(unseal(Secret(std::string(seal_key_bytes, 'l')), "row 1", sealed));
    EXPECT_FALSE(unseal(key, "row 2", sealed));
    EXPECT_FALSE(unseal(key, "", sealed));
}

TEST(Seal, StaysShutIfAnyBitChanged) {
    auto const sealed = seal(key, "row 1", Secret("plain"));
    for (std::size_t i = 0; i < 8 * sealed.size(); ++i) {
        auto changed = sealed;
        changed[i / 8] = static_cast<char>(changed[i / 8] ^ (1 << (i % 8)));
        EXPECT_FALSE(unseal(key, "row 1", changed)) << i;
    }
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        EXPECT_FALSE(unseal(key, "row 1", sealed.substr(0, size))) << size;
    }
    EXPECT_FALSE(unseal(key, "row 1", sealed + '\0'));
}

// draft-irtf-cfrg-xchacha-03 §A.3.1: the form is nonce, ciphertext, tag, so others can read it.
TEST(Seal, OpensThePublishedVector) {
    std::string vector_key;
    for (int i = 0x80; i < 0xa0; ++i) vector_key += static_cast<char>(i);
    std::string sealed;
    for (int i = 0x40; i < 0x58; ++i) sealed += static_cast<char>(i);
    sealed +=
        "\xbd\x6d\x17\x9d\x3e\x83\xd4\x3b\x95\x76\x57\x94\x93\xc0\xe9\x39"
        "\x57\x2a\x17\x00\x25\x2b\xfa\xcc\xbe\xd2\x90\x2c\x21\x39\x6c\xbb"
        "\x73\x1c\x7f\x1b\x0b\x4a\xa6\x44\x0b\xf3\xa8\x2f\x4e\xda\x7e\x39"
        "\xae\x64\xc6\x70\x8c\x54\xc2\x16\xcb\x96\xb7\x2e\x12\x13\xb4\x52"
        "\x2f\x8c\x9b\xa4\x0d\xb5\xd9\x45\xb1\x1b\x69\xb9\x82\xc1\xbb\x9e"
        "\x3f\x3f\xac\x2b\xc3\x69\x48\x8f\x76\xb2\x38\x35\x65\xd3\xff\xf9"
        "\x21\xf9\x66\x4c\x97\x63\x7d\xa9\x76\x88\x12\xf6\x15\xc6\x8b\x13"
        "\xb5\x2e\xc0\x87\x59\x24\xc1\xc7\x98\x79\x47\xde\xaf\xd8\x78\x0a"
        "\xcf\x49"sv;
    auto const plain =
        unseal(Secret(vector_key), "\x50\x51\x52\x53\xc0\xc1\xc2\xc3\xc4\xc5\xc6\xc7"sv, sealed);
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->reveal(),
              "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
              "future, sunscreen would be it.");
}

}  // namespace
}  // namespace rollcall::crypto
