// What the simulator needs of a connection to a SCIM server.
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace rollcall::cli {

struct ScimReply {
    unsigned status = 0;
    std::string body;
    std::optional<std::chrono::seconds> retry_after;
};

/// One connection; used by one thread at a time.
class ScimEndpoint {
public:
    virtual ~ScimEndpoint() = default;
    /// @param target  begins with '/', relative to the base URL.
    /// @param body    empty: none is sent.
    /// @errors unavailable (no answer).
    virtual Result<ScimReply> send(std::string_view method, std::string const& target,
                                   std::string const& body) = 0;
};

/// Makes a connection of its own for each thread of a push.
using EndpointFactory = std::function<std::unique_ptr<ScimEndpoint>()>;

}  // namespace rollcall::cli
