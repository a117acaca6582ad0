// The client against our own server, and against servers that behave badly.
#include "http/client.hpp"

#include "scripted_server.hpp"
#include "test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rollcall::http::tests {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

ClientOptions const quick{.timeout = 500ms};
std::string const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

TEST(Client, methods_headers_and_bodies) {
    TestServer server;
    Client client(server.url() + "/describe/");
    auto const host = server.url().substr(7);
    auto const answer =
        client.send("PATCH", "/Users/1?a=%20b", {{{"Accept", "x"}, {"X-A", "y z"}}}, "body");
    ASSERT_TRUE(answer.has_value()) << answer.error().message();
    EXPECT_EQ(answer->status, 200U);
    EXPECT_EQ(answer->header("content-type"), "text/plain");
    EXPECT_EQ(answer->header("absent"), "");
    EXPECT_EQ(answer->body,
              "PATCH|PATCH|/describe/Users/1?a=%20b|/describe/Users/1|a=%20b\nHost=" + host +
                  "\nUser-Agent=rollcall\nAccept=x\nX-A=y z\nContent-Length=4\n\nbody");
    EXPECT_THAT(client.send("GET", "/x")->body, StartsWith("GET|GET|/describe/x|"));
    EXPECT_THAT(client.send("DELETE", "/x")->body, StartsWith("DELETE|"));
    EXPECT_THAT(client.send("PROPFIND", "/x")->body, StartsWith("OTHER|PROPFIND|"));
}

TEST(Client, responses_without_and_with_large_bodies) {
    TestServer server;
    server.handler.shared_body = std::make_shared<std::string>(20 * 1024 * 1024, 'l');
    Client client(server.url());
    auto const head = client.send("HEAD", "/shared");
    EXPECT_EQ(head->header("Content-Length"), std::to_string(server.handler.shared_body->size()));
    EXPECT_EQ(head->body, "");
    EXPECT_EQ(client.send("GET", "/empty")->status, 204U);
    EXPECT_TRUE(client.send("GET", "/shared")->body == *server.handler.shared_body);
    auto const large = std::string(5 * 1024 * 1024, 'u');
    EXPECT_TRUE(client.send("POST", "/echo", {}, large)->body == large);
    EXPECT_EQ(client.send("POST", "/small", {}, large)->status, 413U);
    EXPECT_EQ(client.send("GET", "/close")->body, "last");
    EXPECT_EQ(client.send("GET", "/")->body, "hello");
}

TEST(Client, one_connection_serves_many_requests) {
    ScriptedServer server({{ok, ok, ok}});
    Client client(server.url());
    for (int i = 0; i < 3; ++i) EXPECT_EQ(client.send("GET", "/")->body, "ok");
    EXPECT_EQ(server.connections(), 1U);
}

TEST(Client, a_kept_connection_that_was_closed_is_replaced_once) {
    ScriptedServer server({{ok}, {ok, ""}, {ok}});
    Client client(server.url());
    for (int i = 0; i < 3; ++i) {
        auto const answer = client.send("POST", "/", {}, "x");
        ASSERT_TRUE(answer.has_value()) << answer.error().message();
        EXPECT_EQ(answer->body, "ok");
    }
    EXPECT_EQ(server.connections(), 3U);
}

TEST(Client, a_response_that_breaks_off_is_not_asked_for_again) {
    for (auto const& end : {std::string(), ScriptedServer::reset}) {
        ScriptedServer server({{ok, "HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\nab" +
                                        std::string(400'000, 'x') + end},
                               {ok}});
        Client client(server.url());
        EXPECT_TRUE(client.send("GET", "/").has_value());
        auto const broken = client.send("GET", "/");
        ASSERT_FALSE(broken.has_value());
        EXPECT_EQ(broken.error().code(), ErrorCode::unavailable);
        EXPECT_EQ(server.connections(), 1U);
        EXPECT_TRUE(client.send("GET", "/").has_value());
    }
}

TEST(Client, a_fresh_connection_that_is_closed_is_an_error) {
    ScriptedServer server({{""}, {ok}});
    Client client(server.url());
    auto const answer = client.send("GET", "/");
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().message(),
              server.url() + ": no response: the server closed the connection");
}

TEST(Client, interim_responses_are_skipped) {
    ScriptedServer server({{"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ok}});
    Client client(server.url());
    EXPECT_EQ(client.send("GET", "/")->body, "ok");
}

TEST(Client, bodies_until_the_end_of_the_connection) {
    ScriptedServer server({{"HTTP/1.0 200 OK\r\n\r\nall of it"}, {ok}});
    Client client(server.url());
    EXPECT_EQ(client.send("GET", "/")->body, "all of it");
    EXPECT_EQ(client.send("GET", "/")->body, "ok");
}

TEST(Client, timeouts_and_nonsense) {
    struct Case {
        std::string response, reason;
    };
    for (auto const& [response, reason] :
         {Case{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab" + ScriptedServer::stall,
               "timed out"},
          Case{ScriptedServer::stall, "timed out"}, Case{"nonsense\r\n\r\n", "bad version"},
          Case{"HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n",
               "header limit exceeded"}}) {
        SCOPED_TRACE(reason);
        ScriptedServer server({{response}});
        Client client(server.url(), quick);
        auto const answer =
            client.send("GET", "/secret-path", {{{"Authorization", "Bearer t0ken"}}});
        ASSERT_FALSE(answer.has_value());
        EXPECT_EQ(answer.error().code(), ErrorCode::unavailable);
        EXPECT_EQ(answer.error().message(), server.url() + ": no response: " + reason);
    }
}

TEST(Client, response_size_is_bounded) {
    ScriptedServer server(
        {{"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + std::string(1001, 'x')}});
    Client client(server.url(), {.response_bytes_max = 1000});
    auto const answer = client.send("GET", "/");
    ASSERT_FALSE(answer.has_value());
    EXPECT_THAT(answer.error().message(), HasSubstr("larger than allowed"));
}

TEST(Client, nobody_listens) {
    std::string url;
    {
        TestServer const server;
        url = server.url();
    }
    Client client(url);
    auto const answer = client.send("GET", "/");
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().message(), url + ": cannot connect: Connection refused");
    EXPECT_THAT(Client("http://no.such.host.invalid").send("GET", "/").error().message(),
                StartsWith("http://no.such.host.invalid: cannot find the host: "));
}

TEST(Client, requests_that_cannot_be_sent) {
    TestServer server;
    Client client(server.url());
    for (auto const* path : {"", "x", "/a b", "/a\r\nX: y", "/#f"}) {
        EXPECT_EQ(client.send("GET", path).error().code(), ErrorCode::invalid_value) << path;
    }
    EXPECT_EQ(client.send("GE T", "/").error().code(), ErrorCode::invalid_value);
    EXPECT_EQ(client.send("", "/").error().code(), ErrorCode::invalid_value);
    for (auto const& header : {ClientHeader{"X", "a\r\nY: b"}, ClientHeader{"X:", "a"},
                               ClientHeader{"", "a"}, ClientHeader{"X\n", "a"}}) {
        auto const answer = client.send("GET", "/", {&header, 1});
        ASSERT_FALSE(answer.has_value());
        EXPECT_EQ(answer.error().code(), ErrorCode::invalid_value);
        EXPECT_THAT(answer.error().message(), Not(HasSubstr("Y: b")));
    }
    EXPECT_EQ(Client("nonsense").send("GET", "/").error().code(), ErrorCode::invalid_value);
    EXPECT_EQ(server.handler.handled, 0U);
}

TEST(Client, ipv6_addresses) {
    TestHandler handler;
    Server server({.host = "::1", .port = 0, .threads = 1}, {}, handler);
    ASSERT_TRUE(server.start()) << "this test needs the IPv6 loopback address";
    Client client(server.url());
    auto const answer = client.send("GET", "/describe");
    ASSERT_TRUE(answer.has_value()) << answer.error().message();
    EXPECT_THAT(answer->body, HasSubstr("\nHost=" + server.url().substr(7) + "\n"));
}

TEST(Client, can_be_moved) {
    TestServer server;
    Client first(server.url());
    EXPECT_TRUE(first.send("GET", "/").has_value());
    Client second = std::move(first);
    EXPECT_TRUE(second.send("GET", "/").has_value());
}

}  // namespace
}  // namespace rollcall::http::tests
