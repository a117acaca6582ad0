// The one way into both APIs: request id, choice of API, exception wall, access log.
#pragma once

#include "api/api.hpp"
#include "base/clock.hpp"
#include "crypto/random.hpp"
#include "http/handler.hpp"
#include "runtime/log.hpp"

#include <string_view>

namespace rollcall::api {

/// Steps of a request, in this order: a request id; the API, by path; that API's answer, or its 500
/// if it throws; one access log line. Thread-safe.
class Dispatch final : public http::Handler {
public:
    /// All outlive this object.
    Dispatch(Api& management, Api& scim, Clock const& clock, crypto::IdSource& ids,
             runtime::Log& log)
        : management_(management), scim_(scim), clock_(clock), ids_(ids), log_(log) {}

    [[nodiscard]] std::size_t body_bytes_max(http::Request const& head) const override;
    Task<http::Response> handle(http::Request const& request) override;
    [[nodiscard]] http::Response fail(http::Failure failure, http::Request const& head) override;

private:
    /// Both APIs share /v1/b2b/scim/{id}: what follows the id decides (contract §1.1).
    [[nodiscard]] Api& choose(std::string_view path) const;
    [[nodiscard]] Context make_context();
    [[nodiscard]] http::Response answer_exception(Api& api, Context& context,
                                                  std::string_view what);
    void write_access_log(http::Request const& request, Context const& context,
                          http::Response const& response);

    Api& management_;
    Api& scim_;
    Clock const& clock_;
    crypto::IdSource& ids_;
    runtime::Log& log_;
};

}  // namespace rollcall::api
