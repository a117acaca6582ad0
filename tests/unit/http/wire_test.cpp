// The server as clients see it, byte by byte: what is answered, what is refused, what is closed.
#include "raw_connection.hpp"
#include "test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <iterator>
#include <random>

namespace rollcall::http::tests {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

std::string get(std::string const& path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
}

TEST(Wire, one_request_and_its_response) {
    TestServer server;
    RawConnection connection(server.url());
    connection.send(get("/"));
    auto const response = connection.read_response();
    EXPECT_THAT(response.head,
                MatchesRegex("HTTP/1.1 200 OK\r\n"
                             "Date: [A-Z][a-z]+, [0-9]+ [A-Z][a-z]+ [0-9]+ [0-9:]+ GMT\r\n"
                             "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\n"));
    EXPECT_EQ(response.body, "hello");
}

TEST(Wire, the_handler_receives_everything) {
    TestServer server;
    RawConnection connection(server.url());
    connection.send(
        "POST /describe/%20?a=b HTTP/1.1\r\nHost: a\r\nX-Y:  z \r\nContent-Length: 4\r\n\r\nbody");
    EXPECT_EQ(
        connection.read_response().body,
        "POST|POST|/describe/%20?a=b|/describe/%20|a=b\nHost=a\nX-Y=z\nContent-Length=4\n\nbody");
    connection.send("BREW http://a/describe HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(connection.read_response().body,
              "OTHER|BREW|http://a/describe|/describe|\nHost=a\n\n");
}

struct BrokenCase {
    std::string bytes;
    unsigned status;
    std::string body;  ///< failure and the path that was understood
};

TEST(Wire, broken_http_is_answered_and_closed) {
    TestServer server;
    for (auto const& [bytes, status, body] : {
             BrokenCase{"GET /p HTTP/1.1\r\n\r\n", 400, "malformed /p"},
             BrokenCase{"GET /p HTTP/3.0\r\nHost: a\r\n\r\n", 400, "malformed "},
             BrokenCase{"GET /p HTTP/1.1\nHost: a\n\n", 400, "malformed /p"},
             BrokenCase{"GET /p HTTP/1.1\r\nHost: a\r\nNUL: \0\r\n\r\n"s, 400, "malformed /p"},
             BrokenCase{"\0\0\0\0"s, 400, "malformed "},
             BrokenCase{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s, 400, "malformed "},
             BrokenCase{"garbage\r\n\r\n", 400, "malformed "},
             BrokenCase{"POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400,
                        "malformed /p"},
             BrokenCase{"POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
                        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400, "malformed /p"},
             BrokenCase{"POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
                        "Content-Length: 4\r\n\r\nabcd",
                        400, "malformed /p"},
             BrokenCase{"POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "10000000000000000\r\nabc",
                        400, "malformed /p"},
             BrokenCase{"POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "zz\r\nabc\r\n",
                        400, "malformed /p"},
             BrokenCase{"POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "fffffffffffffff\r\nabc",
                        413, "body_too_large /p"},
             BrokenCase{"POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" +
                            std::string(20'000, 'x'),
                        400, "malformed /p"},
             BrokenCase{"POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501,
                        "unsupported_coding /p"},
             BrokenCase{"POST /p HTTP/1.1\r\nHost: a\r\nExpect: magic\r\n\r\n", 417,
                        "expectation_failed /p"},
             BrokenCase{"POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n", 413,
                        "body_too_large /small"},
             BrokenCase{"POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n"
                        "Expect: 100-continue\r\n\r\n",
                        413, "body_too_large /small"},
             BrokenCase{"POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "5\r\nhello\r\n6\r\nworld!\r\n0\r\n\r\n",
                        413, "body_too_large /small"},
             BrokenCase{"GET /p HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n",
                        431, "header_too_large /p"},
             BrokenCase{"GET /p?" + std::string(20'000, 'x'), 414, "target_too_long /p"},
             BrokenCase{get("/p?" + std::string(13'000, 'x')), 414, "target_too_long /p"},
         }) {
        SCOPED_TRACE(bytes.substr(0, 100));
        RawConnection connection(server.url());
        connection.send(bytes);
        auto const response = connection.read_response();
        EXPECT_EQ(response.status, status);
        EXPECT_EQ(response.body, body);
        EXPECT_THAT(response.head, HasSubstr("Connection: close\r\n"));
        EXPECT_TRUE(connection.ended_silently());
    }
    EXPECT_EQ(server.handler.handled, 0U);
    RawConnection connection(server.url());
    connection.send(get("/"));
    EXPECT_EQ(connection.read_response().status, 200U);
}

TEST(Wire, truncated_requests_are_dropped) {
    TestServer server;
    for (auto const* bytes :
         {"", "GET", "GET / HTTP/1.1\r\nHost: a\r\n",
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345",
          "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"}) {
        SCOPED_TRACE(bytes);
        RawConnection connection(server.url());
        connection.send(bytes);
        connection.finish_sending();
        EXPECT_TRUE(connection.ended_silently());
    }
    EXPECT_EQ(server.handler.handled, 0U);
}

TEST(Wire, a_client_that_finished_sending_still_gets_its_response) {
    TestServer server;
    RawConnection connection(server.url());
    connection.send(get("/"));
    connection.finish_sending();
    EXPECT_EQ(connection.read_response().body, "hello");
    EXPECT_TRUE(connection.ended_silently());
}

TEST(Wire, requests_however_they_are_cut) {
    TestServer server;
    RawConnection connection(server.url());
    auto const bytes = "\r\nPOST /describe HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"s +
                       "POST /describe HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                       "5\r\nhello\r\n0\r\n\r\n";
    for (std::size_t size = 1; size <= bytes.size(); size += size < 8 ? 1 : 17) {
        for (std::size_t at = 0; at < bytes.size(); at += size) {
            ASSERT_TRUE(connection.send(std::string_view(bytes).substr(at, size)));
        }
        EXPECT_THAT(
            connection.read_response().body,
            StartsWith("POST|POST|/describe|/describe|\nHost=a\nContent-Length=5\n\nhello"));
        EXPECT_THAT(connection.read_response().body, testing::EndsWith("chunked\n\nhello"));
    }
}

TEST(Wire, pipelined_requests_are_answered_in_order) {
    TestServer server;
    RawConnection connection(server.url());
    std::string bytes;
    for (int i = 0; i < 100; ++i) {
        auto const number = std::to_string(i);
        switch (i % 3) {
            case 0:
                bytes += get("/describe?" + number);
                break;
            case 1:
                bytes += "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " +
                         std::to_string(number.size()) + "\r\n\r\n" + number;
                break;
            default:
                bytes += "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" +
                         std::to_string(number.size()) + "\r\n" + number + "\r\n0\r\n\r\n";
        }
    }
    ASSERT_TRUE(connection.send(bytes));
    for (int i = 0; i < 100; ++i) {
        auto const number = std::to_string(i);
        EXPECT_EQ(connection.read_response().body,
                  i % 3 == 0
                      ? "GET|GET|/describe?" + number + "|/describe|" + number + "\nHost=a\n\n"
                      : number);
    }
}

TEST(Wire, head_has_the_length_but_no_body) {
    TestServer server;
    RawConnection connection(server.url());
    connection.send("HEAD /shared HTTP/1.1\r\nHost: a\r\n\r\n" + get("/"));
    EXPECT_THAT(connection.read_response(false).head, HasSubstr("Content-Length: 20000\r\n"));
    EXPECT_EQ(connection.read_response().body, "hello");
}

TEST(Wire, statuses_without_body) {
    TestServer server;
    RawConnection connection(server.url());
    connection.send(get("/empty") + get("/not_modified") + get("/"));
    for (auto const* line : {"HTTP/1.1 204 No Content\r\n", "HTTP/1.1 304 Not Modified\r\n"}) {
        auto const response = connection.read_response();
        EXPECT_THAT(response.head, StartsWith(line));
        EXPECT_THAT(response.head, Not(HasSubstr("Content-")));
    }
    EXPECT_EQ(connection.read_response().body, "hello");
}

TEST(Wire, shared_body_is_sent_whole) {
    TestServer server;
    std::string large(30 * 1024 * 1024, ' ');
    for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>('a' + i % 23);
    server.handler.shared_body = std::make_shared<std::string>(large);
    RawConnection connection(server.url(), 16 * 1024);
    connection.send(get("/shared"));
    EXPECT_TRUE(connection.read_response().body == large);
    connection.send(get("/"));
    EXPECT_EQ(connection.read_response().body, "hello");
}

TEST(Wire, suffix_follows_a_shared_body) {
    TestServer server;
    server.handler.body_suffix = "request 1\n";
    RawConnection connection(server.url());
    connection.send(get("/shared"));
    EXPECT_EQ(connection.read_response().body, *server.handler.shared_body + "request 1\n");
    server.handler.shared_body = std::make_shared<std::string>(5 * 1024 * 1024, 'l');
    connection.send(get("/shared"));
    EXPECT_EQ(connection.read_response().body, *server.handler.shared_body + "request 1\n");
}

TEST(Wire, large_bodies_arrive_whole) {
    TestServer server;
    std::string body(3 * 1024 * 1024 + 17, ' ');
    for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>('a' + i % 19);
    RawConnection connection(server.url());
    connection.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_TRUE(connection.read_response().body == body);

    std::string chunks = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (std::size_t at = 0; at < body.size(); at += 0x5000) {
        auto const piece = body.substr(at, 0x5000);
        char size[20];
        std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
        chunks += size + piece + "\r\n";
    }
    connection.send(chunks + "0\r\n\r\n");
    EXPECT_TRUE(connection.read_response().body == body);
}

TEST(Wire, continue_is_sent_only_when_waited_for) {
    TestServer server;
    std::string const head =
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-Continue\r\n\r\n";
    RawConnection connection(server.url());
    connection.send(head);
    EXPECT_EQ(connection.read_response().head, "HTTP/1.1 100 Continue\r\n\r\n");
    connection.send("hello");
    EXPECT_EQ(connection.read_response().body, "hello");
    // Larger than one read, so that the head is served while the body is still coming.
    std::string const large(100'000, 'l');
    connection.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\nExpect: 100-continue\r\n\r\n" +
        large);
    auto const response = connection.read_response();
    EXPECT_EQ(response.status, 200U);
    EXPECT_TRUE(response.body == large);
    connection.send("POST /echo HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    connection.send("ab");
    EXPECT_EQ(connection.read_response().body, "ab");
}

TEST(Wire, http_1_0) {
    TestServer server;
    {
        RawConnection connection(server.url());
        connection.send("GET / HTTP/1.0\r\n\r\n");
        auto const response = connection.read_response();
        EXPECT_EQ(response.body, "hello");
        EXPECT_THAT(response.head, HasSubstr("Connection: close\r\n"));
        EXPECT_TRUE(connection.ended_silently());
    }
    RawConnection connection(server.url());
    for (int i = 0; i < 2; ++i) {
        connection.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        EXPECT_THAT(connection.read_response().head, HasSubstr("Connection: keep-alive\r\n"));
    }
}

TEST(Wire, connection_close_by_either_side) {
    TestServer server;
    for (auto const& bytes :
         {"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"s, get("/close")}) {
        RawConnection connection(server.url());
        connection.send(bytes + get("/never"));
        EXPECT_THAT(connection.read_response().head, HasSubstr("Connection: close\r\n"));
        EXPECT_TRUE(connection.ended_silently());
    }
    EXPECT_EQ(server.handler.handled, 2U);
}

TEST(Wire, a_refused_upload_still_sees_its_answer) {
    TestServer server;
    RawConnection connection(server.url());
    connection.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\n");
    // A reset while this is sent would make send() fail or the response vanish.
    EXPECT_TRUE(connection.send(std::string(8'000'000, 'x')));
    EXPECT_EQ(connection.read_response().status, 413U);
    EXPECT_TRUE(connection.ended_silently());
}

TEST(Wire, a_handler_that_throws_costs_its_connection_only) {
    TestServer server;
    RawConnection broken(server.url());
    broken.send(get("/throw"));
    EXPECT_TRUE(broken.ended_silently());
    RawConnection connection(server.url());
    connection.send(get("/inject"));
    EXPECT_THAT(connection.read_response().head, HasSubstr("Location: /x  Set-Cookie: a=b\r\n"));
}

TEST(Wire, random_bytes_harm_nobody) {
    TestServer server({}, 2);
    std::mt19937 random(3);
    std::string_view const pieces[] = {"GET ",
                                       "POST ",
                                       "/small",
                                       " HTTP/1.1\r\n",
                                       "Host: a\r\n",
                                       "Content-Length: 5\r\n",
                                       "Transfer-Encoding: chunked\r\n",
                                       "\r\n",
                                       "5\r\nhello\r\n",
                                       "0\r\n\r\n",
                                       "\n",
                                       "\x01",
                                       "x",
                                       "Expect: 100-continue\r\n",
                                       "Connection: close\r\n"};
    for (int round = 0; round < 500; ++round) {
        RawConnection connection(server.url());
        std::string bytes;
        for (auto count = random() % 25; count > 0; --count) {
            bytes += pieces[random() % std::size(pieces)];
        }
        connection.send(bytes);
        connection.finish_sending();
        connection.read_to_end();
    }
    RawConnection connection(server.url());
    connection.send(get("/"));
    EXPECT_EQ(connection.read_response().body, "hello");
}

}  // namespace
}  // namespace rollcall::http::tests
