// Domain names and the lists of mailbox providers.
#include "directory/email_domain.hpp"

#include <gtest/gtest.h>

namespace rollcall::directory {
namespace {

TEST(NormalizeDomain, Good) {
    EXPECT_EQ(normalize_domain("Example.COM"), "example.com");
    EXPECT_EQ(normalize_domain(" a.b-c.xn--p1ai "), "a.b-c.xn--p1ai");
    EXPECT_EQ(normalize_domain("1.2.com"), "1.2.com");
    EXPECT_TRUE(normalize_domain(std::string(63, 'a') + ".com"));
}

TEST(NormalizeDomain, Bad) {
    for (std::string const text :
         {"", "com", ".com", "a.", "a..b", "-a.com", "a-.com", "a_b.com", "a b.com", "a@b.com",
          "1.2.3.4", "\xc3\xa4.com", "a.com/", "*.com"}) {
        EXPECT_FALSE(normalize_domain(text)) << text;
    }
    EXPECT_FALSE(normalize_domain(std::string(64, 'a') + ".com"));
    std::string deep;
    for (int i = 0; i < 126; ++i) deep += "a.";
    EXPECT_TRUE(normalize_domain(deep + "b"));
    EXPECT_FALSE(normalize_domain(deep + "bb"));
}

TEST(ClassifyDomain, Kinds) {
    EXPECT_EQ(classify_domain("gmail.com"), DomainKind::common);
    EXPECT_EQ(classify_domain("126.com"), DomainKind::common);
    EXPECT_EQ(classify_domain("ymail.com"), DomainKind::common);
    EXPECT_EQ(classify_domain("mailinator.com"), DomainKind::disposable);
    EXPECT_EQ(classify_domain("acme.com"), DomainKind::organizational);
    EXPECT_EQ(classify_domain("mail.gmail.com"), DomainKind::organizational);
}

}  // namespace
}  // namespace rollcall::directory
