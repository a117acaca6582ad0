// Many connections over several threads: every answer is whole, right, and counted once.
#include "raw_connection.hpp"
#include "test_server.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <thread>
#include <vector>

namespace rollcall::http::tests {
namespace {

constexpr unsigned clients = 8;
constexpr unsigned requests_each = 1000;

void push_requests(std::string const& url, unsigned client, unsigned& right) {
    std::optional<RawConnection> connection;
    for (unsigned i = 0; i < requests_each; ++i) {
        // A new connection now and then, so that starts and ends mix with requests.
        if (i % 100 == 0) connection.emplace(url);
        auto const text = std::to_string(client) + '/' + std::to_string(i);
        connection->send(
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(text.size()) +
            "\r\n\r\n" + text + "GET /shared HTTP/1.1\r\nHost: a\r\n\r\n");
        if (connection->read_response().body != text) continue;
        if (connection->read_response().body.size() == 20'000) ++right;
    }
}

TEST(ServerLoad, thousands_of_requests_over_several_threads) {
    TestServer server({}, 3);
    std::vector<unsigned> right(clients, 0);
    {
        std::vector<std::jthread> threads;
        for (unsigned client = 0; client < clients; ++client) {
            threads.emplace_back(
                [&, client] { push_requests(server.url(), client, right[client]); });
        }
    }
    for (auto const count : right) EXPECT_EQ(count, requests_each);
    EXPECT_EQ(server.handler.handled, 2 * clients * requests_each);
}

TEST(ServerLoad, stopping_under_load_ends) {
    TestServer server({}, 2);
    std::vector<std::jthread> threads;
    for (unsigned client = 0; client < 4; ++client) {
        threads.emplace_back([url = server.url()](std::stop_token const& stop) {
            while (!stop.stop_requested()) {
                try {
                    RawConnection connection(url);
                    for (;;) {
                        if (!connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")) break;
                        if (connection.read_response().body != "hello") ADD_FAILURE();
                    }
                } catch (std::runtime_error const&) {
                    // Stopping ends connections between requests and refuses new ones.
                }
            }
        });
    }
    while (server.handler.handled < 1000) std::this_thread::yield();
    server.stop();
}

}  // namespace
}  // namespace rollcall::http::tests
