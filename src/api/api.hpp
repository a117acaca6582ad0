// The seam between dispatch and the two APIs.
#pragma once

#include "api/context.hpp"
#include "http/handler.hpp"
#include "http/message.hpp"
#include "runtime/task.hpp"

#include <string_view>
#include <vector>

namespace rollcall::api {

/// One line of the route table, for listings, documents and the coverage test.
struct RouteInfo {
    std::string_view method;
    std::string_view pattern;
    std::string_view caller;  ///< "project", "connection", "anyone"
};

/// One API with its own routes, credentials and error body. Thread-safe.
class Api {
public:
    virtual ~Api() = default;
    [[nodiscard]] virtual std::size_t body_bytes_max(http::Request const& head) const = 0;
    /// Answers every request, unknown routes included; each non-2xx has this API's error body.
    virtual Task<http::Response> handle(http::Request const& request, Context& context) = 0;
    /// The error body for a request that never was one; `head` is what was understood of it.
    [[nodiscard]] virtual http::Response fail(http::Failure failure, http::Request const& head,
                                              Context& context) = 0;
    /// The answer after an exception; its text is already logged.
    [[nodiscard]] virtual http::Response internal_error(Context& context) = 0;
    [[nodiscard]] virtual std::vector<RouteInfo> routes() const = 0;
};

}  // namespace rollcall::api
