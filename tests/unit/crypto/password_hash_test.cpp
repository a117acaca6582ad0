// Our own password hashes, and the text that stands for any kind.
#include "crypto/password_hash.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace rollcall::crypto {
namespace {

using namespace std::string_literals;

TEST(HashPassword, IsArgon2idWithTheDocumentedCost) {
    auto const hash = hash_password(Secret("correct horse"));
    ASSERT_TRUE(hash);
    EXPECT_TRUE(hash->text().starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << hash->text();
    EXPECT_TRUE(verify_password(*hash, Secret("correct horse")));
    EXPECT_FALSE(verify_password(*hash, Secret("correct horsf")));
    EXPECT_FALSE(verify_password(*hash, Secret("")));
}

TEST(HashPassword, TakesAnyBytesAndSaltsThem) {
    auto const password = Secret("p\0ss w\xc3\xb6rd \xff"s);
    auto const hash = hash_password(password);
    ASSERT_TRUE(hash);
    EXPECT_TRUE(verify_password(*hash, password));
    EXPECT_FALSE(verify_password(*hash, Secret("p")));
    EXPECT_NE(hash_password(password)->text(), hash->text());
}

TEST(HashPassword, RefusesEmptyAndOverlongPasswords) {
    EXPECT_TRUE(hash_password(Secret(std::string(password_bytes_max, 'a'))));
    for (auto const size : {std::size_t{0}, password_bytes_max + 1}) {
        auto const hash = hash_password(Secret(std::string(size, 'a')));
        ASSERT_FALSE(hash);
        EXPECT_EQ(hash.error().message(), "password must have 1 to 1024 bytes.");
    }
}

TEST(HashPassword, WorksFromSeveralThreads) {
    std::vector<int> verified(4);
    {
        std::vector<std::jthread> threads;
        for (auto& mine : verified) {
            threads.emplace_back([&mine] {
                auto const hash = hash_password(Secret("x"));
                mine = hash && verify_password(*hash, Secret("x")) ? 1 : 0;
            });
        }
    }
    EXPECT_EQ(verified, std::vector(4, 1));
}

TEST(PasswordHashText, ComesBack) {
    auto const hash = hash_password(Secret("x"));
    auto const again = parse_password_hash(hash->text());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->text(), hash->text());
    EXPECT_TRUE(verify_password(*again, Secret("x")));
}

TEST(PasswordHashText, RefusesWhatIsOfNoKind) {
    for (auto const& text :
         {""s, "x"s, "$"s, "$argon2d$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA"s,
          "$1$salt$hash"s, "plain password"s, "$2b$"s, "$argon2id$"s, "$scrypt$"s, "$md_5$"s,
          "$md_5$$$"s, "$P$"s, "$pbkdf2-sha256$"s, "$pbkdf2-sha1$i=1$AAAA$AAAA"s,
          "$argon2id$"s + std::string(2000, 'A')}) {
        auto const hash = parse_password_hash(text);
        ASSERT_FALSE(hash) << text;
        EXPECT_EQ(hash.error().code(), ErrorCode::invalid_value);
    }
}

}  // namespace
}  // namespace rollcall::crypto
