// The one way into both APIs: request id, choice of API, exception wall, access log.
#pragma once

#include "api/api.hpp"
#include "base/clock.hpp"
#include "crypto/random.hpp"
#include "http/handler.hpp"
#include "runtime/log.hpp"

#include <string_view>

namespace rollcall::service {
class RequestNotes;
}

namespace rollcall::api {

/// Steps of a request, in this order: a request id; the API, by path; that API's answer, or its 500
/// if it throws; one access log line; a note for the operator, if a provider's request failed or
/// tolerance changed it. Thread-safe.
class Dispatch final : public http::Handler {
public:
    /// All outlive this object.
    Dispatch(Api& management, Api& scim, Clock const& clock, crypto::IdSource& ids,
             runtime::Log& log, service::RequestNotes& notes)
        : management_(management),
          scim_(scim),
          clock_(clock),
          ids_(ids),
          log_(log),
          notes_(notes) {}

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
    void keep_note(http::Request const& request, Context& context, unsigned status);

    Api& management_;
    Api& scim_;
    Clock const& clock_;
    crypto::IdSource& ids_;
    runtime::Log& log_;
    service::RequestNotes& notes_;
};

}  // namespace rollcall::api
