// What an operator should know about one SCIM request: why it failed, or what tolerance did with
// it.
#pragma once

#include "base/id.hpp"
#include "base/timestamp.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace rollcall::directory {

/// Kept for requests that failed or that tolerance changed. Holds names and ids, never a value that
/// a client sent, and no secret (checklist K-10).
struct RequestNote {
    RequestId request;
    Timestamp received_at;
    std::string method;
    std::string path;  ///< below the connection's base URL: "/Users/member-test-…?filter"
    unsigned status = 0;
    std::string scim_type;  ///< of a failure, where RFC 7644 has one
    std::string detail;     ///< of a failure, as the caller got it
    std::vector<std::string> notes;

    [[nodiscard]] bool failed() const noexcept { return status >= 400; }
};

enum class RequestNoteFilter : std::uint8_t {
    all,
    failed,
    noted  ///< tolerance changed something, whether or not the request then failed
};

}  // namespace rollcall::directory
