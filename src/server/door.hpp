// The handler the HTTP server is given before the APIs exist.
#pragma once

#include "http/handler.hpp"

#include <atomic>
#include <cstddef>

namespace rollcall::server {

/// Passes everything on to the handler it was opened to. The public URL may depend on the port the
/// system picks, so the server has to listen before the APIs can be made; what arrives in that
/// moment is told to come back. Thread-safe.
class Door final : public http::Handler {
public:
    /// `handler` outlives the door's server.
    void open(http::Handler& handler) noexcept { handler_.store(&handler); }

    [[nodiscard]] std::size_t body_bytes_max(http::Request const& head) const override;
    Task<http::Response> handle(http::Request const& request) override;
    [[nodiscard]] http::Response fail(http::Failure failure, http::Request const& head) override;

private:
    std::atomic<http::Handler*> handler_ = nullptr;
};

}  // namespace rollcall::server
