// The HTTP/1.1 server: one io_context per thread, one acceptor that deals sockets out in turn,
// keep-alive, pipelining in order, bounded everything (RFC 9112).
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "http/handler.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace rollcall::http {

struct ServerOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;  ///< 0 picks a free one
    unsigned threads = 1;
};

class Server {
public:
    /// `handler` outlives the server.
    Server(ServerOptions options, Limits const& limits, Handler& handler);
    ~Server();
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;

    /// Binds, listens, and starts the threads.
    /// @errors unavailable (message names address and reason).
    [[nodiscard]] Status start();

    /// The address in use, "http://127.0.0.1:8080"; after start().
    [[nodiscard]] std::string url() const;

    /// Stops accepting, lets requests in flight finish for at most limits.shutdown_grace, closes
    /// idle connections at once, joins the threads. Idempotent; any thread but an io thread.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace rollcall::http
