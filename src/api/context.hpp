// What accompanies one request through its API.
#pragma once

#include "base/id.hpp"
#include "base/timestamp.hpp"
#include "directory/keys.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rollcall::api {

/// Made by dispatch for every request; the APIs fill in what the access log and the request's note
/// should say. Holds no secret, no query string, no value of a body.
struct Context {
    RequestId request_id;
    Timestamp received_at;
    std::string route;               ///< the pattern that matched, e.g. "GET /v1/{x}/groups"
    std::string organization;        ///< once known
    std::string connection;          ///< once known; of a provider, the one that its path names
    std::vector<std::string> notes;  ///< what tolerance did; who impersonates whom
    bool is_grave = false;           ///< its log line is a warning, and so written without delay
    std::string error;               ///< code, public message and cause, when not 2xx

    // Of a provider's request, for its note.
    std::optional<directory::ConnectionKey> provider;  ///< once authenticated
    std::string path;       ///< below the base URL, without anything personal
    std::string scim_type;  ///< of a failure, where RFC 7644 has one
    std::string detail;     ///< of a failure, as the caller gets it
};

}  // namespace rollcall::api
