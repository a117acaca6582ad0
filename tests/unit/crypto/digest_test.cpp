// Digests against published test vectors (FIPS 180-2 appendix B.1, RFC 4231 test case 2).
#include "crypto/digest.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace rollcall::crypto {
namespace {

std::string hex(Digest const& digest) {
    return fmt::format("{:02x}", fmt::join(digest.bytes, ""));
}

TEST(Sha256, MatchesThePublishedVector) {
    EXPECT_EQ(hex(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(HmacSha256, MatchesThePublishedVector) {
    EXPECT_EQ(hex(hmac_sha256(Secret("Jefe"), "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

}  // namespace
}  // namespace rollcall::crypto
