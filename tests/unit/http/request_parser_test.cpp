// RequestParser: what becomes a request, what is refused and why.
#include "http/request_parser.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace rollcall::http {
namespace {

using namespace std::string_literals;

std::optional<Failure> parse(std::string const& head) {
    Request request;
    RequestParser parser(request);
    return parser.parse_head(head);
}

std::string get(std::string const& target) {
    return "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
}

std::string post(std::string const& headers, std::string const& version = "1.1") {
    return "POST / HTTP/" + version + "\r\nHost: a\r\n" + headers + "\r\n";
}

TEST(RequestParser, fills_the_request_with_views_into_the_head) {
    std::string const head =
        "PATCH /a/b%20c?x=1&y HTTP/1.1\r\nHost: example\r\nX-Thing:  two words \r\nEmpty:\r\n\r\n";
    Request request;
    RequestParser parser(request);
    EXPECT_EQ(parser.parse_head(head), std::nullopt);
    EXPECT_EQ(request.method, Method::patch);
    EXPECT_EQ(request.method_text, "PATCH");
    EXPECT_EQ(request.target, "/a/b%20c?x=1&y");
    EXPECT_EQ(request.path, "/a/b%20c");
    EXPECT_EQ(request.query, "x=1&y");
    ASSERT_EQ(request.headers.size(), 3U);
    EXPECT_EQ(request.header("x-thing"), "two words");
    EXPECT_TRUE(request.has_header("empty"));
    EXPECT_GE(request.path.data(), head.data());
    EXPECT_LT(request.path.data(), head.data() + head.size());
    EXPECT_TRUE(parser.framing().keep_alive);
    EXPECT_FALSE(parser.framing().has_body());
}

struct TargetCase {
    std::string target, path, query;
};

TEST(RequestParser, targets) {
    for (auto const& [target, path, query] : {
             TargetCase{"/", "/", ""},
             TargetCase{"/?", "/", ""},
             TargetCase{"/a?b?c", "/a", "b?c"},
             TargetCase{"//v1//x", "//v1//x", ""},
             TargetCase{"http://host/path?q", "/path", "q"},
             TargetCase{"HTTPS://host:1/path", "/path", ""},
             TargetCase{"http://host", "/", ""},
             TargetCase{"http://host?q=1", "/", "q=1"},
             TargetCase{"/caf\xc3\xa9", "/caf\xc3\xa9", ""},
         }) {
        Request request;
        auto const head = get(target);
        RequestParser parser(request);
        EXPECT_EQ(parser.parse_head(head), std::nullopt) << target;
        EXPECT_EQ(request.target, target);
        EXPECT_EQ(request.path, path) << target;
        EXPECT_EQ(request.query, query) << target;
    }
    for (auto const* target : {"path", "*", "http://", "http:///x", "ftp://host/", "/a#b", "?a",
                               "host:443", "http:/x", "/a b", "/\x01"}) {
        EXPECT_EQ(parse(get(target)), Failure::malformed) << target;
    }
    EXPECT_EQ(parse("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"), std::nullopt);
    EXPECT_EQ(parse("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n"), std::nullopt);
}

TEST(RequestParser, unusual_methods_keep_their_text) {
    Request request;
    RequestParser parser(request);
    std::string const head = "BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n";
    EXPECT_EQ(parser.parse_head(head), std::nullopt);
    EXPECT_EQ(request.method, Method::other);
    EXPECT_EQ(request.method_text, "BREW");
}

TEST(RequestParser, malformed_heads) {
    for (auto const& head : {
             "GET / HTTP/1.1\r\n\r\n"s,                                // no Host
             "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"s,          // two
             "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"s,          //
             "GET / HTTP/2.0\r\nHost: a\r\n\r\n"s,                     // versions
             "GET / HTTP/1.2\r\nHost: a\r\n\r\n"s,                     //
             "GET / HTTP/0.9\r\nHost: a\r\n\r\n"s,                     //
             "GET / http/1.1\r\nHost: a\r\n\r\n"s,                     //
             "GET /\r\nHost: a\r\n\r\n"s,                              //
             "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"s,                      //
             "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"s,                    // spaces
             " GET / HTTP/1.1\r\nHost: a\r\n\r\n"s,                    //
             "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"s,                    //
             "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"s,                     // no token
             "GET / HTTP/1.1\r\nHost : a\r\n\r\n"s,                    // field names
             "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n"s,              //
             "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n"s,         //
             "GET / HTTP/1.1\r\n Host: a\r\n\r\n"s,                    //
             "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n folded\r\n\r\n"s,  // folding
             "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"s,               // bare LF
             "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n"s,               // bare CR
             "GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n"s,                  // NUL
             "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"s,                   //
             "\r\n\r\n"s,
             "garbage\r\n\r\n"s,
             ""s,
         }) {
        EXPECT_EQ(parse(head), Failure::malformed) << head;
    }
}

// RFC 9110 §5.3: Authorization is no list.
TEST(RequestParser, credentials_are_given_once) {
    auto const given = "Authorization: Basic YTpi\r\n"s;
    EXPECT_EQ(parse(post(given)), std::nullopt);
    for (auto const& second : {given, "authorization: Bearer x\r\n"s, "Authorization:\r\n"s}) {
        EXPECT_EQ(parse(post(given + second)), Failure::malformed) << second;
        EXPECT_EQ(parse(post(second + given)), Failure::malformed) << second;
    }
}

TEST(RequestParser, framing) {
    struct Case {
        std::string headers;
        std::optional<Failure> failure;
        std::uint64_t length = 0;
        bool chunked = false;
        std::string version = "1.1";
    };
    for (auto const& [headers, failure, length, chunked, version] : {
             Case{"Content-Length: 12\r\n", {}, 12},
             Case{"Content-Length: 0\r\n", {}},
             Case{"Content-Length: 12\r\nContent-Length: 12\r\n", {}, 12},
             Case{"Content-Length: 12, 12\r\n", {}, 12},
             Case{"Transfer-Encoding: chunked\r\n", {}, 0, true},
             Case{"Transfer-Encoding: Chunked\r\n", {}, 0, true},
             Case{"Content-Length: 12\r\nContent-Length: 13\r\n", Failure::malformed},
             Case{"Content-Length: 12, 13\r\n", Failure::malformed},
             Case{"Content-Length: -1\r\n", Failure::malformed},
             Case{"Content-Length: +1\r\n", Failure::malformed},
             Case{"Content-Length: 1x\r\n", Failure::malformed},
             Case{"Content-Length: 0x10\r\n", Failure::malformed},
             Case{"Content-Length:\r\n", Failure::malformed},
             Case{"Content-Length: 18446744073709551616\r\n", Failure::malformed},
             Case{"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", Failure::malformed},
             Case{"Transfer-Encoding: chunked\r\nContent-Length: 1\r\n", Failure::malformed},
             Case{"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                  Failure::malformed},
             Case{"Transfer-Encoding: chunked\r\n", Failure::malformed, 0, false, "1.0"},
             Case{"Transfer-Encoding: gzip\r\n", Failure::unsupported_coding},
             Case{"Transfer-Encoding: gzip, chunked\r\n", Failure::unsupported_coding},
             Case{"Transfer-Encoding: chunked, gzip\r\n", Failure::unsupported_coding},
             Case{"Transfer-Encoding: identity\r\n", Failure::unsupported_coding},
             Case{"Transfer-Encoding:\r\n", Failure::unsupported_coding},
             Case{"Expect: something\r\n", Failure::expectation_failed},
             Case{"Expect: something\r\nContent-Length: 3\r\n", {}, 3, false, "1.0"},
         }) {
        Request request;
        RequestParser parser(request);
        auto const head = post(headers, version);
        EXPECT_EQ(parser.parse_head(head), failure) << headers << version;
        if (failure) continue;
        EXPECT_EQ(parser.framing().content_length, length) << headers;
        EXPECT_EQ(parser.framing().chunked, chunked) << headers;
    }
}

TEST(RequestParser, keep_alive_by_version_and_header) {
    struct Case {
        std::string version, header;
        bool keep_alive;
    };
    for (auto const& [version, header, keep_alive] : {
             Case{"1.1", "", true},
             Case{"1.1", "Connection: close\r\n", false},
             Case{"1.1", "Connection: Keep-Alive, Close\r\n", false},
             Case{"1.0", "", false},
             Case{"1.0", "Connection: keep-alive\r\n", true},
         }) {
        Request request;
        RequestParser parser(request);
        auto const head = post(header, version);
        EXPECT_EQ(parser.parse_head(head), std::nullopt);
        EXPECT_EQ(parser.framing().keep_alive, keep_alive) << version << header;
        EXPECT_EQ(parser.framing().http_1_0, version == "1.0");
    }
}

TEST(RequestParser, refused_heads_still_tell_their_path) {
    for (auto const* head : {"HEAD /v1/x?y=zzz", "HEAD /v1/x HTTP/1.1\r\nBroken", "HEAD /v1/x"}) {
        Request request;
        understand_request_line(head, request);
        EXPECT_EQ(request.path, "/v1/x") << head;
        EXPECT_EQ(request.method, Method::head) << head;
    }
    for (auto const* head : {"", "GET", "\x16\x03 /x", "GET x"}) {
        Request request;
        understand_request_line(head, request);
        EXPECT_EQ(request.path, "") << head;
    }
}

/// Feeds `body` in the pieces that `cut` decides, as the session would, with `room` bytes of
/// memory.
std::expected<std::string, Failure> read_chunks(std::string_view body, std::size_t body_max,
                                                auto cut, std::size_t room = 4096) {
    Request request;
    RequestParser parser(request);
    std::string const head = post("Transfer-Encoding: chunked\r\n");
    EXPECT_EQ(parser.parse_head(head), std::nullopt);
    std::string unread;
    while (!parser.body_complete()) {
        if (body.empty() || unread.size() >= room) return std::unexpected(Failure::timeout);
        auto const piece = std::min<std::size_t>({cut(), body.size(), room - unread.size()});
        unread += body.substr(0, piece);
        body.remove_prefix(piece);
        // A copy of just the right size: reading behind it would be seen by a sanitizer.
        std::vector<char> const exact(unread.begin(), unread.end());
        auto const used = parser.parse_chunks({exact.data(), exact.size()}, body_max);
        if (!used) return std::unexpected(used.error());
        unread.erase(0, *used);
    }
    return request.body;
}

TEST(RequestParser, chunked_bodies_however_they_are_cut) {
    auto const body =
        "5\r\nhello\r\n1;a=b;c=\"d\"\r\n \r\n00A\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n"s;
    for (std::size_t size = 1; size <= body.size(); ++size) {
        auto const read = read_chunks(body, 100, [size] { return size; });
        ASSERT_TRUE(read.has_value()) << size;
        EXPECT_EQ(*read, "hello 0123456789");
    }
}

TEST(RequestParser, chunk_limits) {
    auto const whole = [] { return std::size_t{1000}; };
    EXPECT_EQ(read_chunks("5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n", 10, whole), "helloworld");
    EXPECT_EQ(read_chunks("5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n", 9, whole),
              std::unexpected(Failure::body_too_large));
    EXPECT_EQ(read_chunks("ffffffffffffffff\r\nhello", 9, whole),
              std::unexpected(Failure::body_too_large));
    for (auto const* body :
         {"10000000000000000\r\nhello", "g\r\n", "\r\n", "-1\r\n", "5\r\nhelloX\r\n0\r\n\r\n",
          "5 5\r\nhello\r\n", "5;=\r\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n"}) {
        EXPECT_EQ(read_chunks(body, 100, whole), std::unexpected(Failure::malformed)) << body;
    }
}

TEST(RequestParser, random_bytes_never_break_it) {
    std::mt19937 random(11);
    std::string_view const alphabet("05aF\r\n;=\"\\ :,\tx\x00\xff", 17);
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes;
        for (auto length = random() % 60; length > 0; --length)
            bytes += alphabet[random() % alphabet.size()];
        auto const read = read_chunks(bytes, 50, [&] { return 1 + random() % 9; }, 40);
        if (read) {
            EXPECT_LE(read->size(), 50U);
        }
        static_cast<void>(parse("GET / HTTP/1.1\r\n" + bytes + "\r\n\r\n"));
        static_cast<void>(parse(bytes));
    }
}

}  // namespace
}  // namespace rollcall::http
