// A TCP connection of a test: sends any bytes, reads what comes, never waits for ever.
#pragma once

#include <arpa/inet.h>
#include <charconv>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <utility>

namespace rollcall::http::tests {

/// A response as it came over the wire.
struct RawResponse {
    unsigned status = 0;
    std::string head;  ///< status line and headers, with the closing empty line
    std::string body;
};

class RawConnection {
public:
    /// @param url  "http://127.0.0.1:PORT", as Server::url() gives it.
    explicit RawConnection(std::string const& url, int receive_buffer_bytes = 0)
        : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        if (socket_ < 0) throw std::runtime_error("no socket");
        if (receive_buffer_bytes > 0) {
            setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof(int));
        }
        timeval const patience{20, 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        int const on = 1;
        setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port =
            htons(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            ::close(socket_);
            throw std::runtime_error("cannot connect");
        }
    }
    ~RawConnection() { close(); }
    RawConnection(RawConnection&& other) noexcept
        : socket_(std::exchange(other.socket_, -1)), received_(std::move(other.received_)) {}
    RawConnection& operator=(RawConnection&&) = delete;

    /// False if the peer no longer takes bytes.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    void finish_sending() { ::shutdown(socket_, SHUT_WR); }
    void close() {
        if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    }

    /// One response; `with_body` false after HEAD. Throws if the connection ends or stalls before.
    RawResponse read_response(bool with_body = true) {
        RawResponse response;
        auto end = received_.find("\r\n\r\n");
        for (; end == std::string::npos; end = received_.find("\r\n\r\n")) {
            if (!read_more()) throw std::runtime_error("no response, but '" + received_ + "'");
        }
        if (!received_.starts_with("HTTP/1.1 ")) {
            throw std::runtime_error("no status line, but '" + received_ + "'");
        }
        response.head = received_.substr(0, end + 4);
        received_.erase(0, end + 4);
        auto const status = response.head.substr(9, 3);
        std::from_chars(status.data(), status.data() + status.size(), response.status);
        auto const length = with_body ? content_length(response.head) : 0;
        while (received_.size() < length) {
            if (!read_more()) throw std::runtime_error("body ends early");
        }
        response.body = received_.substr(0, length);
        received_.erase(0, length);
        return response;
    }

    /// Everything up to the end of the connection. Throws after twenty seconds without it.
    std::string read_to_end() {
        while (read_more()) {
        }
        return std::exchange(received_, {});
    }

    /// True if the peer ended the connection in order, and sent nothing before.
    bool ended_silently() { return read_to_end().empty() && !was_reset_; }
    [[nodiscard]] bool was_reset() const noexcept { return was_reset_; }

private:
    static std::size_t content_length(std::string const& head) {
        auto const at = head.find("Content-Length: ");
        if (at == std::string::npos) return 0;
        return static_cast<std::size_t>(std::stoul(head.substr(at + 16)));
    }

    bool read_more() {
        char buffer[16 * 1024];
        auto const count = ::recv(socket_, buffer, sizeof buffer, 0);
        if (count > 0) {
            received_.append(buffer, static_cast<std::size_t>(count));
            return true;
        }
        if (count < 0 && errno == ECONNRESET) was_reset_ = true;
        if (count < 0 && errno != ECONNRESET) throw std::runtime_error("nothing came");
        return false;
    }

    int socket_;
    bool was_reset_ = false;
    std::string received_;
};

}  // namespace rollcall::http::tests
