// Names of error codes and the factories that belong to no particular type.
#include "base/error.hpp"

namespace rollcall {

std::string_view to_string(ErrorCode code) noexcept {
    switch (code) {
        case ErrorCode::invalid_syntax:
            return "invalid_syntax";
        case ErrorCode::invalid_filter:
            return "invalid_filter";
        case ErrorCode::invalid_path:
            return "invalid_path";
        case ErrorCode::invalid_value:
            return "invalid_value";
        case ErrorCode::invalid_cursor:
            return "invalid_cursor";
        case ErrorCode::expired_cursor:
            return "expired_cursor";
        case ErrorCode::invalid_count:
            return "invalid_count";
        case ErrorCode::no_target:
            return "no_target";
        case ErrorCode::mutability:
            return "mutability";
        case ErrorCode::uniqueness:
            return "uniqueness";
        case ErrorCode::too_many:
            return "too_many";
        case ErrorCode::sensitive:
            return "sensitive";
        case ErrorCode::unauthenticated:
            return "unauthenticated";
        case ErrorCode::forbidden:
            return "forbidden";
        case ErrorCode::not_found:
            return "not_found";
        case ErrorCode::conflict:
            return "conflict";
        case ErrorCode::precondition_failed:
            return "precondition_failed";
        case ErrorCode::payload_too_large:
            return "payload_too_large";
        case ErrorCode::rate_limited:
            return "rate_limited";
        case ErrorCode::unavailable:
            return "unavailable";
        case ErrorCode::internal:
            return "internal";
    }
    return "unknown";
}

Error internal_error(std::string cause) {
    return {ErrorCode::internal, "The server failed to process the request.", std::move(cause)};
}

Error unavailable_error(std::string message, std::string cause) {
    return {ErrorCode::unavailable, std::move(message), std::move(cause)};
}

}  // namespace rollcall
