// A server that answers with given bytes: for each connection a list of answers, then it closes.
#pragma once

#include <atomic>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace rollcall::http::tests {

class ScriptedServer {
public:
    /// At the end of an answer: wait for the client to leave instead of going on.
    static inline std::string const stall = std::string("\0STALL", 6);
    /// At the end of an answer: reset the connection.
    static inline std::string const reset = std::string("\0RESET", 6);
    using Answers = std::vector<std::string>;

    /// An empty answer closes the connection once a request has arrived.
    explicit ScriptedServer(std::vector<Answers> connections)
        : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 16) != 0 ||
            ::getsockname(listener_, generic, &size) != 0) {
            throw std::runtime_error("cannot listen");
        }
        url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
        thread_ = std::thread([this, script = std::move(connections)] { run(script); });
    }
    ~ScriptedServer() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    ScriptedServer(ScriptedServer const&) = delete;
    ScriptedServer& operator=(ScriptedServer const&) = delete;

    [[nodiscard]] std::string const& url() const noexcept { return url_; }
    [[nodiscard]] unsigned connections() const noexcept { return connections_; }

private:
    void run(std::vector<Answers> const& script) {
        for (auto const& answers : script) {
            int const socket = ::accept(listener_, nullptr, nullptr);
            if (socket < 0) return;
            ++connections_;
            for (auto const& answer : answers) {
                if (!read_request(socket)) break;
                send_all(socket, answer.substr(0, answer.find('\0')));
                if (answer.ends_with(stall)) wait_for_end(socket);
                if (answer.ends_with(reset)) reset_at_close(socket);
            }
            ::close(socket);
        }
    }

    /// Up to the empty line; bodies of these tests come in the same segment.
    static bool read_request(int socket) {
        std::string received;
        char buffer[4096];
        while (received.find("\r\n\r\n") == std::string::npos) {
            auto const count = ::recv(socket, buffer, sizeof buffer, 0);
            if (count <= 0) return false;
            received.append(buffer, static_cast<std::size_t>(count));
        }
        return true;
    }

    static void send_all(int socket, std::string const& bytes) {
        std::size_t at = 0;
        while (at < bytes.size()) {
            auto const sent = ::send(socket, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
            if (sent <= 0) return;
            at += static_cast<std::size_t>(sent);
        }
    }

    static void wait_for_end(int socket) {
        char byte = 0;
        while (::recv(socket, &byte, 1, 0) > 0) {
        }
    }

    static void reset_at_close(int socket) {
        linger const at_once{1, 0};
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }

    int listener_;
    std::string url_;
    std::atomic<unsigned> connections_ = 0;
    std::thread thread_;
};

}  // namespace rollcall::http::tests
