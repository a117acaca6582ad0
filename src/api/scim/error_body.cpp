// One line for each code; a new one does not compile until it has its own.
#include "api/scim/error_body.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <iterator>

namespace rollcall::api::scim_api {

Problem problem_of(ErrorCode code) noexcept {
    switch (code) {
        case ErrorCode::invalid_syntax:
            return {400, "invalidSyntax"};
        case ErrorCode::invalid_filter:
            return {400, "invalidFilter"};
        case ErrorCode::invalid_path:
            return {400, "invalidPath"};
        case ErrorCode::invalid_value:
            return {400, "invalidValue"};
        case ErrorCode::invalid_cursor:
            return {400, "invalidCursor"};
        case ErrorCode::expired_cursor:
            return {400, "expiredCursor"};
        case ErrorCode::invalid_count:
            return {400, "invalidCount"};
        case ErrorCode::no_target:
            return {400, "noTarget"};
        case ErrorCode::mutability:
            return {400, "mutability"};
        case ErrorCode::uniqueness:
            return {409, "uniqueness"};
        case ErrorCode::too_many:
            return {400, "tooMany"};
        case ErrorCode::sensitive:
            return {403, "sensitive"};
        case ErrorCode::unauthenticated:
            return {401, {}};
        case ErrorCode::forbidden:
            return {403, {}};
        case ErrorCode::not_found:
            return {404, {}};
        case ErrorCode::conflict:
            return {409, {}};
        case ErrorCode::precondition_failed:
            return {412, {}};
        case ErrorCode::payload_too_large:
            return {413, {}};
        case ErrorCode::rate_limited:
            return {429, {}};
        case ErrorCode::unavailable:
            return {503, {}};
        case ErrorCode::internal:
            return {500, {}};
    }
    return {500, {}};
}

std::string error_body(Problem problem, std::string_view detail) {
    std::string body = R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":")";
    fmt::format_to(std::back_inserter(body), "{}\"", problem.status);
    if (!problem.scim_type.empty()) {
        fmt::format_to(std::back_inserter(body), R"(,"scimType":"{}")", problem.scim_type);
    }
    body += R"(,"detail":")";
    append_json_escaped(body, detail);
    body += "\"}";
    return body;
}

}  // namespace rollcall::api::scim_api
