// What the server calls: one object that answers requests, and names limits and failures before it
// can.
#pragma once

#include "http/message.hpp"
#include "runtime/task.hpp"

#include <cstddef>
#include <cstdint>

namespace rollcall::http {

/// Why a request never became one.
enum class Failure : std::uint8_t {
    malformed,           ///< not HTTP/1.1, or broken framing: 400
    header_too_large,    ///< 431
    target_too_long,     ///< 414
    body_too_large,      ///< 413
    timeout,             ///< the request did not arrive in time: 408
    unsupported_coding,  ///< a Transfer-Encoding other than chunked: 501
    expectation_failed,  ///< an Expect other than 100-continue: 417
    overloaded,          ///< too many connections: 503
    memory_full,         ///< bodies of all requests together take too much for now: 503
};

class Handler {
public:
    virtual ~Handler() = default;

    /// Called once the head is read; the body may not be larger. `head.body` is empty. Nobody is
    /// authenticated yet, so a head without credentials should not be given much.
    [[nodiscard]] virtual std::size_t body_bytes_max(Request const& head) const = 0;

    /// Answers. Never throws except on cancellation. `request` lives until the response is written.
    virtual Task<Response> handle(Request const& request) = 0;

    /// The body for what failed before handle() could be called; `head` is what was understood so
    /// far (path empty if nothing was). The server closes the connection afterwards.
    [[nodiscard]] virtual Response fail(Failure failure, Request const& head) = 0;
};

}  // namespace rollcall::http
