// Error responses.
#include "api/management/error_body.hpp"

#include "api/management/json.hpp"

#include <string>

namespace rollcall::api::management {

http::Response error_response(ErrorKind const& kind, std::string_view message,
                              RequestId const& request_id, std::string_view public_url,
                              std::chrono::seconds retry_after) {
    http::Response response;
    response.status = kind.status;
    response.content_type = "application/json";
    response.headers.emplace_back("Cache-Control", "no-store");
    // RFC 9110 §11.6.1, §10.2.3.
    if (kind.status == 401) {
        response.headers.emplace_back("WWW-Authenticate", "Basic realm=\"rollcall\"");
    }
    if (kind.status == 429 || kind.status == 503) {
        response.headers.emplace_back("Retry-After", std::to_string(retry_after.count()));
    }

    std::string url(public_url);
    url += "/docs/errors#";
    url += kind.name;
    JsonObject body(response.body);
    body.number("status_code", kind.status);
    body.text("request_id", to_string(request_id));
    body.text("error_type", kind.name);
    body.text("error_message", message);
    body.text("error_url", url);
    body.close();
    return response;
}

http::Response error_response(PublicError const& error, RequestId const& request_id,
                              std::string_view public_url) {
    return error_response(kind_of(error), error.message, request_id, public_url, error.retry_after);
}

}  // namespace rollcall::api::management
