// What the server does when peers are slow, silent, or too many.
#include "raw_connection.hpp"
#include "test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <sys/resource.h>
#include <thread>
#include <vector>

namespace rollcall::http::tests {
namespace {

using namespace std::chrono_literals;

std::string const hello = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// The smallest time limits there are.
Limits impatient() {
    Limits limits;
    limits.idle_timeout = 1s;
    limits.read_timeout = 1s;
    limits.write_timeout = 1s;
    return limits;
}

/// The status of a request on a connection of its own.
unsigned status_of(TestServer& server, std::string const& request) {
    RawConnection connection(server.url());
    connection.send(request);
    return connection.read_response().status;
}

// K-11
TEST(ServerLimits, sizes_are_accepted_up_to_the_limit_and_not_one_beyond) {
    TestServer server;
    auto const head_of = [](std::size_t size) {
        std::string const start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
        return start + std::string(size - start.size() - 4, 'x') + "\r\n\r\n";
    };
    auto const head_max = Limits{}.header_bytes_max;
    EXPECT_EQ(status_of(server, head_of(head_max)), 200U);
    EXPECT_EQ(status_of(server, head_of(head_max + 1)), 431U);

    auto const target_of = [](std::size_t size) {
        return "GET /?" + std::string(size - 2, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n";
    };
    auto const target_max = Limits{}.target_bytes_max;
    EXPECT_EQ(status_of(server, target_of(target_max)), 200U);
    EXPECT_EQ(status_of(server, target_of(target_max + 1)), 414U);

    std::string const post = "POST /small HTTP/1.1\r\nHost: a\r\n";
    std::string const chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
    EXPECT_EQ(status_of(server, post + "Content-Length: 10\r\n\r\n0123456789"), 200U);
    EXPECT_EQ(status_of(server, post + "Content-Length: 11\r\n\r\n"), 413U);
    EXPECT_EQ(status_of(server, chunked + "a\r\n0123456789\r\n0\r\n\r\n"), 200U);
    EXPECT_EQ(status_of(server, chunked + "b\r\n0123456789x\r\n0\r\n\r\n"), 413U);
}

TEST(ServerLimits, idle_connections_are_closed_without_a_word) {
    TestServer server(impatient());
    RawConnection fresh(server.url());
    RawConnection used(server.url());
    used.send(hello);
    EXPECT_EQ(used.read_response().status, 200U);
    EXPECT_TRUE(fresh.ended_silently());
    EXPECT_TRUE(used.ended_silently());
}

TEST(ServerLimits, slow_requests_time_out) {
    TestServer server(impatient());
    std::vector<RawConnection> connections;
    for (auto const* bytes :
         {"GET /slow", "GET /slow HTTP/1.1\r\nHost: a\r\n",
          "POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab",
          "POST /slow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"}) {
        connections.emplace_back(server.url()).send(bytes);
    }
    for (auto& connection : connections) {
        auto const response = connection.read_response();
        EXPECT_EQ(response.status, 408U);
        EXPECT_EQ(response.body, "timeout /slow");
        EXPECT_TRUE(connection.ended_silently());
    }
    EXPECT_EQ(server.handler.handled, 0U);
}

TEST(ServerLimits, who_takes_half_the_time_is_served) {
    TestServer server(impatient());
    server.handler.shared_body = std::make_shared<std::string>(64 * 1024 * 1024, 's');
    std::string const request = "GET /shared HTTP/1.1\r\nHost: a\r\n\r\n";
    RawConnection connection(server.url());
    std::this_thread::sleep_for(500ms);
    connection.send(request.substr(0, 10));
    std::this_thread::sleep_for(500ms);
    connection.send(request.substr(10));
    // No buffer holds so much: the response waits for its reader.
    std::this_thread::sleep_for(500ms);
    auto const response = connection.read_response();
    EXPECT_EQ(response.status, 200U);
    EXPECT_EQ(response.body.size(), server.handler.shared_body->size());
}

TEST(ServerLimits, a_trickle_of_bytes_does_not_extend_the_read_timeout) {
    TestServer server(impatient());
    RawConnection connection(server.url());
    connection.send("GET / HTTP/1.1\r\n");
    auto const begin = std::chrono::steady_clock::now();
    std::jthread const trickle([&connection](std::stop_token const& stop) {
        while (!stop.stop_requested() && connection.send("X: y\r\n"))
            std::this_thread::sleep_for(50ms);
    });
    EXPECT_EQ(connection.read_response().status, 408U);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
}

TEST(ServerLimits, readers_that_stall_are_cut_off) {
    TestServer server(impatient());
    server.handler.shared_body = std::make_shared<std::string>(64 * 1024 * 1024, 's');
    RawConnection stalled(server.url(), 4096);
    stalled.send("GET /shared HTTP/1.1\r\nHost: a\r\n\r\n");
    // Destroying the server waits for requests in flight; the stalled one must not be among them.
    auto const begin = std::chrono::steady_clock::now();
    while (server.handler.handled == 0) std::this_thread::yield();
    server.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 6s);
    EXPECT_LT(stalled.read_to_end().size(), server.handler.shared_body->size());
}

std::string const refused_post = "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\n\r\n";

TEST(ServerLimits, a_refused_sender_may_still_send_so_many_bytes) {
    TestServer server;
    RawConnection connection(server.url());
    connection.send(refused_post);
    EXPECT_EQ(connection.read_response().status, 413U);
    std::string const part(64 * 1024, 'x');
    std::size_t sent = 0;
    while (sent < 10 * Limits::linger_bytes_max && connection.send(part)) sent += part.size();
    EXPECT_GE(sent, Limits::linger_bytes_max);
    // What comes to it are the buffers of the two sockets.
    EXPECT_LT(sent, 4 * Limits::linger_bytes_max);
}

TEST(ServerLimits, a_refused_sender_may_still_send_for_a_while) {
    TestServer server;
    RawConnection connection(server.url());
    connection.send(refused_post);
    EXPECT_EQ(connection.read_response().status, 413U);
    auto const begin = std::chrono::steady_clock::now();
    while (connection.send("x")) std::this_thread::sleep_for(50ms);
    auto const took = std::chrono::steady_clock::now() - begin;
    EXPECT_GE(took, Limits::linger_timeout);
    EXPECT_LT(took, 2 * Limits::linger_timeout);
}

TEST(ServerLimits, too_many_connections_are_turned_away) {
    Limits limits;
    limits.connections_max = 3;
    TestServer server(limits, 2);
    std::vector<RawConnection> connections;
    for (int i = 0; i < 3; ++i) {
        connections.emplace_back(server.url());
        connections.back().send(hello);
        EXPECT_EQ(connections.back().read_response().status, 200U);
    }
    RawConnection extra(server.url());
    auto const response = extra.read_response();
    EXPECT_EQ(response.status, 503U);
    EXPECT_EQ(response.body, "overloaded ");
    EXPECT_TRUE(extra.ended_silently());

    connections.pop_back();
    // The place is free as soon as the server has seen the end of the connection.
    for (unsigned status = 503; status != 200;) {
        RawConnection next(server.url());
        next.send(hello);
        status = next.read_response().status;
    }
}

// K-11
TEST(ServerLimits, half_sent_bodies_share_a_budget) {
    Limits limits;
    limits.held_bodies_bytes_max = 1024 * 1024;
    TestServer server(limits);
    // What is only announced costs nothing.
    std::vector<RawConnection> liars;
    for (int i = 0; i < 20; ++i) {
        liars.emplace_back(server.url())
            .send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20000000\r\n\r\n");
    }
    std::string const sized = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 310000\r\n\r\n";
    std::string const chunked =
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4baf0\r\n";
    EXPECT_EQ(status_of(server, sized + std::string(310'000, 'x')), 200U);

    // Three of them fit, however they mix.
    std::vector<RawConnection> connections;
    for (int i = 0; i < 8; ++i) {
        connections.emplace_back(server.url())
            .send((i % 2 == 0 ? sized : chunked) + std::string(300'000, 'x'));
    }
    auto const begin = std::chrono::steady_clock::now();
    while (server.handler.failed < 5 && std::chrono::steady_clock::now() - begin < 10s) {
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_EQ(server.handler.failed, 5U);
    // Small requests go on meanwhile.
    EXPECT_EQ(status_of(server, hello), 200U);
    EXPECT_EQ(status_of(server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 16000\r\n\r\n" +
                                    std::string(16'000, 'x')),
              200U);

    unsigned served = 0;
    for (std::size_t i = 0; i < connections.size(); ++i) {
        connections[i].send(std::string(10'000, 'x') + (i % 2 == 0 ? "" : "\r\n0\r\n\r\n"));
        auto const response = connections[i].read_response();
        if (response.status == 200) {
            ++served;
            EXPECT_EQ(response.body.size(), 310'000U);
        } else {
            EXPECT_EQ(response.status, 503U);
            EXPECT_EQ(response.body, "memory_full /");
            EXPECT_NE(response.head.find("Connection: close\r\n"), std::string::npos);
            EXPECT_TRUE(connections[i].ended_silently());
        }
    }
    EXPECT_EQ(served, 3U);
}

TEST(ServerLimits, a_body_is_held_until_its_request_is_answered) {
    Limits limits;
    limits.held_bodies_bytes_max = 1024 * 1024;
    TestServer server(limits);
    auto const request = [](std::string const& path) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 700000\r\n\r\n" +
               std::string(700'000, 'x');
    };
    RawConnection slow(server.url());
    slow.send(request("/gate"));
    server.handler.gate.wait_until_entered();
    EXPECT_EQ(status_of(server, request("/")), 503U);
    server.handler.gate.open();
    EXPECT_EQ(slow.read_response().status, 200U);
    // On a connection that stays open, too.
    for (int i = 0; i < 3; ++i) {
        slow.send(request("/"));
        EXPECT_EQ(slow.read_response().status, 200U);
    }
    EXPECT_EQ(status_of(server, request("/")), 200U);
}

TEST(ServerLimits, a_client_that_goes_away_leaves_no_body_behind) {
    Limits limits;
    limits.held_bodies_bytes_max = 1024 * 1024;
    TestServer server(limits);
    std::string const head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 700000\r\n\r\n";
    for (int i = 0; i < 5; ++i) {
        RawConnection leaver(server.url());
        leaver.send(head + std::string(699'999, 'x'));
        leaver.finish_sending();
        // The server ends the connection when it has read all of that.
        EXPECT_TRUE(leaver.ended_silently());
    }
    EXPECT_EQ(server.handler.failed, 0U);
    EXPECT_EQ(status_of(server, head + std::string(700'000, 'x')), 200U);
}

TEST(ServerLimits, a_flood_beyond_the_limit_is_closed) {
    Limits limits;
    limits.connections_max = 1;
    TestServer server(limits);
    RawConnection holder(server.url());
    holder.send(hello);
    EXPECT_EQ(holder.read_response().status, 200U);
    std::vector<RawConnection> flood;
    for (int i = 0; i < 400; ++i) flood.emplace_back(server.url());
    unsigned answered = 0;
    unsigned closed = 0;
    for (auto& connection : flood) {
        auto const received = connection.read_to_end();
        if (received.starts_with("HTTP/1.1 503 ")) ++answered;
        if (received.empty()) ++closed;
    }
    EXPECT_EQ(answered + closed, 400U);
    EXPECT_GE(answered, Limits::turned_away_max);
    EXPECT_GT(closed, 0U);
    holder.send(hello);
    EXPECT_EQ(holder.read_response().status, 200U);
}

TEST(ServerLimits, running_out_of_descriptors_pauses_accepting) {
    TestServer server;
    rlimit original{};
    getrlimit(RLIMIT_NOFILE, &original);
    // The test's own sockets exist before the limit falls onto what is in use.
    RawConnection waiting_1(server.url());
    waiting_1.send(hello);
    EXPECT_EQ(waiting_1.read_response().status, 200U);
    int const highest = ::socket(AF_INET, SOCK_STREAM, 0);
    ASSERT_GE(highest, 0);
    rlimit low = original;
    low.rlim_cur = static_cast<rlim_t>(highest) + 1;
    setrlimit(RLIMIT_NOFILE, &low);
    // This socket takes the last free descriptor, so accepting it has none.
    ::close(highest);
    RawConnection refused(server.url());
    refused.send(hello);
    rusage before{};
    getrusage(RUSAGE_SELF, &before);
    std::this_thread::sleep_for(500ms);
    rusage after{};
    getrusage(RUSAGE_SELF, &after);
    auto const cpu = [](rusage const& usage) {
        return std::chrono::seconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
               std::chrono::microseconds(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
    };
    EXPECT_LT(cpu(after) - cpu(before), 50ms) << "accepting spins";
    setrlimit(RLIMIT_NOFILE, &original);
    EXPECT_EQ(refused.read_response().status, 200U);
}

}  // namespace
}  // namespace rollcall::http::tests
