// Base URLs of the client.
#include "http/base_url.hpp"

#include <gtest/gtest.h>

namespace rollcall::http {
namespace {

TEST(BaseUrl, taken_apart) {
    struct Case {
        std::string text;
        bool tls;
        std::string host, port, prefix, authority;
    };
    for (auto const& [text, tls, host, port, prefix, authority] : {
             Case{"http://example.com", false, "example.com", "80", "", "example.com"},
             Case{"http://example.com/", false, "example.com", "80", "", "example.com"},
             Case{"HTTPS://example.com:8443/a/b//", true, "example.com", "8443", "/a/b",
                  "example.com:8443"},
             Case{"https://example.com:443/%7Ex", true, "example.com", "443", "/%7Ex",
                  "example.com"},
             Case{"http://[::1]:8080", false, "::1", "8080", "", "[::1]:8080"},
             Case{"http://127.0.0.1:1", false, "127.0.0.1", "1", "", "127.0.0.1:1"},
             Case{"http://example.com:", false, "example.com", "80", "", "example.com"},
         }) {
        auto const base = parse_base_url(text);
        ASSERT_TRUE(base.has_value()) << text;
        EXPECT_EQ(base->tls, tls) << text;
        EXPECT_EQ(base->host, host) << text;
        EXPECT_EQ(base->port, port) << text;
        EXPECT_EQ(base->prefix, prefix) << text;
        EXPECT_EQ(base->authority(), authority) << text;
    }
}

TEST(BaseUrl, refused) {
    for (auto const* text :
         {"", "example.com", "/path", "ftp://example.com", "http://", "http:///x",
          "http://user:secret@example.com", "http://example.com?x", "http://example.com#x",
          "http://example.com:0", "http://example.com:65536",
          "http://example.com:99999999999999999999", "http://exa mple.com"}) {
        auto const base = parse_base_url(text);
        ASSERT_FALSE(base.has_value()) << text;
        EXPECT_EQ(base.error().code(), ErrorCode::invalid_value) << text;
        EXPECT_EQ(base.error().message().find("secret"), std::string::npos);
    }
}

}  // namespace
}  // namespace rollcall::http
