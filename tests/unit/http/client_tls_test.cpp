// The client over TLS: who is trusted, and what is said when somebody is not.
#include "http/client.hpp"
#include "tls_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rollcall::http::tests {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(ClientTls, self_signed_certificates_are_not_trusted) {
    TlsServer server("localhost");
    Client client("https://localhost:" + server.port());
    auto const answer = client.send("GET", "/");
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code(), ErrorCode::unavailable);
    EXPECT_THAT(answer.error().message(),
                AllOf(StartsWith("https://localhost:" + server.port() +
                                 ": the certificate is not trusted: self"),
                      HasSubstr("signed certificate")));
    EXPECT_EQ(server.requests(), 0U);
}

TEST(ClientTls, a_given_authority_is_trusted) {
    TlsServer server("localhost");
    Client client("https://localhost:" + server.port() + "/base",
                  {.ca_file = server.certificate_file()});
    for (int i = 0; i < 3; ++i) {
        auto const answer = client.send("POST", "/x", {}, std::string(100'000, 'x'));
        ASSERT_TRUE(answer.has_value()) << answer.error().message();
        EXPECT_EQ(answer->body, "POST /base/x 100000");
    }
    EXPECT_EQ(server.connections(), 1U);
}

TEST(ClientTls, a_kept_connection_that_was_closed_is_replaced) {
    TlsServer server("localhost", 1);
    Client client("https://localhost:" + server.port(), {.ca_file = server.certificate_file()});
    for (int i = 0; i < 3; ++i) {
        auto const answer = client.send("GET", "/");
        ASSERT_TRUE(answer.has_value()) << answer.error().message();
    }
    EXPECT_EQ(server.connections(), 3U);
}

TEST(ClientTls, the_name_must_match) {
    TlsServer server("other.example");
    Client client("https://localhost:" + server.port(), {.ca_file = server.certificate_file()});
    auto const answer = client.send("GET", "/");
    ASSERT_FALSE(answer.has_value());
    EXPECT_THAT(answer.error().message(), HasSubstr("the certificate is not trusted: "));
    EXPECT_EQ(server.requests(), 0U);
}

TEST(ClientTls, a_missing_authority_file_is_named_as_the_reason) {
    Client client("https://localhost:1", {.ca_file = "/nonexistent/ca.pem"});
    EXPECT_THAT(client.send("GET", "/").error().message(),
                StartsWith("https://localhost:1: cannot load trusted certificates: "));
}

TEST(ClientTls, plain_http_is_no_tls) {
    TlsServer server("localhost");
    Client plain("http://localhost:" + server.port());
    EXPECT_FALSE(plain.send("GET", "/").has_value());
}

}  // namespace
}  // namespace rollcall::http::tests
