// Both alphabets, and everything that must not be read as one of them.
#include "crypto/base64.hpp"

#include <gtest/gtest.h>

namespace rollcall::crypto {
namespace {

using namespace std::string_view_literals;

TEST(Base64Url, KnownAnswers) {
    EXPECT_EQ(encode_base64url(""), "");
    EXPECT_EQ(encode_base64url("f"), "Zg");
    EXPECT_EQ(encode_base64url("foobar"), "Zm9vYmFy");
    EXPECT_EQ(encode_base64url("\xfb\xff\x00"sv), "-_8A");
}

TEST(Base64Url, RoundTrip) {
    std::string bytes;
    for (int i = 0; i < 300; ++i) {
        EXPECT_EQ(decode_base64url(encode_base64url(bytes)), bytes);
        bytes += static_cast<char>(i * 7);
    }
}

TEST(Base64Url, RefusesEverythingNotCanonical) {
    for (auto const text :
         {"Zg==", "Zh", "Z", "Zm9v\n", "Z m9v", "+/8A", "Zm9vY", "\xc3\xa4", "===="}) {
        EXPECT_FALSE(decode_base64url(text)) << text;
    }
}

TEST(Base64, ReadsWithAndWithoutPadding) {
    EXPECT_EQ(decode_base64(""), "");
    EXPECT_EQ(decode_base64("Zg=="), "f");
    EXPECT_EQ(decode_base64("Zg"), "f");
    EXPECT_EQ(decode_base64("Zm8="), "fo");
    EXPECT_EQ(decode_base64("+/8A"), "\xfb\xff\x00"sv);
}

TEST(Base64, RefusesOtherCharacters) {
    for (auto const text : {"-_8A", "Zg===", "Z g=", "Zm9v\n", "Z", "Z=g="}) {
        EXPECT_FALSE(decode_base64(text)) << text;
    }
}

}  // namespace
}  // namespace rollcall::crypto
