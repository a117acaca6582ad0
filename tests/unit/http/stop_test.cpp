// Starting and stopping: addresses, requests in flight, and those that never end.
#include "raw_connection.hpp"
#include "test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace rollcall::http::tests {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

TEST(ServerStart, ipv6_and_names) {
    TestHandler handler;
    Server v6({.host = "::1", .port = 0, .threads = 1}, {}, handler);
    if (auto const started = v6.start(); started) {
        EXPECT_THAT(v6.url(), StartsWith("http://[::1]:"));
    } else {
        // A machine without IPv6 must say so.
        EXPECT_THAT(started.error().message(), StartsWith("cannot listen on [::1]:0: "));
    }
    Server named({.host = "localhost", .port = 0, .threads = 1}, {}, handler);
    EXPECT_TRUE(named.start().has_value());
}

TEST(ServerStart, failure_names_address_and_reason) {
    TestServer first;
    auto const port = std::stoi(first.url().substr(first.url().rfind(':') + 1));
    TestHandler handler;
    Server second({.host = "127.0.0.1", .port = static_cast<std::uint16_t>(port), .threads = 1}, {},
                  handler);
    auto const started = second.start();
    ASSERT_FALSE(started.has_value());
    EXPECT_EQ(started.error().code(), ErrorCode::unavailable);
    EXPECT_EQ(started.error().message(),
              "cannot listen on 127.0.0.1:" + std::to_string(port) + ": Address already in use");
    second.stop();

    Server unknown({.host = "no.such.host.invalid", .port = 0, .threads = 1}, {}, handler);
    EXPECT_THAT(unknown.start().error().message(),
                StartsWith("cannot listen on no.such.host.invalid:0: "));
}

TEST(ServerStop, idle_connections_end_at_once) {
    TestServer server({}, 2);
    RawConnection fresh(server.url());
    RawConnection used(server.url());
    used.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(used.read_response().status, 200U);
    auto const begin = std::chrono::steady_clock::now();
    server.stop();
    server.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
    EXPECT_TRUE(used.ended_silently());
    fresh.read_to_end();
    EXPECT_THROW(RawConnection(server.url()), std::runtime_error);
}

TEST(ServerStop, requests_in_flight_are_finished) {
    TestServer server;
    RawConnection handling(server.url());
    RawConnection reading(server.url());
    reading.send(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(reading.read_response().status, 100U);
    handling.send("GET /gate HTTP/1.1\r\nHost: a\r\n\r\n");
    server.handler.gate.wait_until_entered();
    RawConnection idle(server.url());
    idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(idle.read_response().status, 200U);

    std::thread stopper([&server] { server.stop(); });
    // The end of the idle connection shows that stopping has begun.
    EXPECT_TRUE(idle.ended_silently());
    server.handler.gate.open();
    auto const passed = handling.read_response();
    EXPECT_EQ(passed.body, "passed");
    EXPECT_THAT(passed.head, HasSubstr("Connection: close\r\n"));
    reading.send("0123456789");
    auto const echoed = reading.read_response();
    EXPECT_EQ(echoed.body, "0123456789");
    EXPECT_THAT(echoed.head, HasSubstr("Connection: close\r\n"));
    EXPECT_TRUE(handling.ended_silently());
    EXPECT_TRUE(reading.ended_silently());
    stopper.join();
}

TEST(ServerStop, requests_that_never_end_are_cancelled_after_the_grace) {
    Limits limits;
    limits.shutdown_grace = 1s;
    TestServer server(limits);
    RawConnection stuck(server.url());
    stuck.send("GET /gate HTTP/1.1\r\nHost: a\r\n\r\n");
    RawConnection half(server.url());
    half.send("GET / HTTP/1.1\r\n");
    server.handler.gate.wait_until_entered();
    auto const begin = std::chrono::steady_clock::now();
    server.stop();
    auto const taken = std::chrono::steady_clock::now() - begin;
    EXPECT_GE(taken, 1s);
    EXPECT_LT(taken, 3s);
    EXPECT_TRUE(server.handler.gate.cancelled());
    EXPECT_EQ(stuck.read_to_end(), "");
    EXPECT_EQ(half.read_to_end(), "");
}

}  // namespace
}  // namespace rollcall::http::tests
