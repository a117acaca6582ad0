// Response heads, byte by byte.
#include "http/response_head.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rollcall::http {
namespace {

std::string head_of(Response const& response, HeadOptions options = {}) {
    options.date_line = "Date: D\r\n";
    std::string out;
    append_response_head(out, response, options);
    return out;
}

TEST(ResponseHead, ordinary) {
    Response response;
    response.content_type = "application/json";
    response.headers = {{"X-A", "1"}, {"X-B", "2"}};
    response.body = "hello";
    EXPECT_EQ(head_of(response),
              "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Type: application/json\r\n"
              "Content-Length: 5\r\nX-A: 1\r\nX-B: 2\r\n\r\n");
}

TEST(ResponseHead, shared_body_counts) {
    Response response;
    response.body = "ignored";
    response.shared_body = std::make_shared<std::string>(1230, 'x');
    response.body_suffix = "tail";
    EXPECT_EQ(head_of(response), "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Length: 1234\r\n\r\n");
}

TEST(ResponseHead, suffix_needs_a_shared_body) {
    Response response;
    response.body = "hello";
    response.body_suffix = "ignored";
    EXPECT_EQ(head_of(response), "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Length: 5\r\n\r\n");
}

TEST(ResponseHead, statuses_without_a_body) {
    for (auto const& [status, line] :
         {std::pair{204U, "204 No Content"}, std::pair{304U, "304 Not Modified"}}) {
        Response response;
        response.status = status;
        response.content_type = "text/plain";
        response.body = "x";
        EXPECT_EQ(head_of(response), std::string("HTTP/1.1 ") + line + "\r\nDate: D\r\n\r\n");
    }
}

TEST(ResponseHead, connection) {
    Response const response;
    EXPECT_THAT(head_of(response, {.keep_alive = false}), testing::HasSubstr("Connection: close"));
    EXPECT_THAT(head_of(response, {.keep_alive = true, .http_1_0 = true}),
                testing::HasSubstr("Connection: keep-alive"));
}

TEST(ResponseHead, values_cannot_add_headers) {
    Response response;
    response.headers = {{"Location", std::string("/x\r\nSet-Cookie: a\0b\x7f", 20)}};
    EXPECT_THAT(head_of(response),
                testing::HasSubstr("\r\nLocation: /x  Set-Cookie: a b \r\n\r\n"));
}

TEST(ResponseHead, reason_phrases) {
    for (auto const& [status, line] :
         {std::pair{201U, "HTTP/1.1 201 Created\r\n"},
          std::pair{404U, "HTTP/1.1 404 Not Found\r\n"},
          std::pair{431U, "HTTP/1.1 431 Request Header Fields Too Large\r\n"},
          std::pair{503U, "HTTP/1.1 503 Service Unavailable\r\n"}}) {
        Response response;
        response.status = status;
        EXPECT_THAT(head_of(response), testing::StartsWith(line));
    }
}

}  // namespace
}  // namespace rollcall::http
