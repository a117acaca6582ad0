// What an endpoint is given, and what it gives back.
#pragma once

#include "api/context.hpp"
#include "api/management/authenticate.hpp"
#include "api/management/page_cache.hpp"
#include "api/management/parameters.hpp"
#include "base/limits.hpp"
#include "base/result.hpp"
#include "http/message.hpp"
#include "runtime/task.hpp"
#include "service/per_thread.hpp"
#include "service/services.hpp"

#include <memory>
#include <optional>
#include <string>

namespace rollcall::api::management {

/// A success: the members of the body's object without braces. status_code and request_id follow.
struct Reply {
    std::string members;
    /// Instead of `members`: all of the body up to the text of the request id.
    std::shared_ptr<std::string const> kept;
    /// Instead of both: an answer that is not of this API's shape.
    std::optional<http::Response> whole;
    std::string cache_control = "no-store";
};

/// What all calls share; outlives them. Thread-safe.
struct Shared {
    service::Services& services;
    Limits const& limits;
    std::string const& public_url;
    service::PerThread<PageCache> pages;
};

/// A request that anybody may make. Lives until its handler has returned.
struct OpenCall {
    http::Request const& request;
    Parameters const& parameters;
    Context& context;
    Shared& shared;

    [[nodiscard]] service::Services& services() const noexcept { return shared.services; }
    [[nodiscard]] Limits const& limits() const noexcept { return shared.limits; }
    [[nodiscard]] std::string const& public_url() const noexcept { return shared.public_url; }
};

/// A request of a backend.
struct Call : OpenCall {
    ManagementCaller const& caller;

    [[nodiscard]] directory::ProjectKey const& project() const noexcept { return caller.project(); }
    /// The organization of the path, as it was written.
    [[nodiscard]] std::string organization() const { return std::string(parameters.organization); }
};

/// An endpoint: typed input in, one use case, the answer out. Thread-safe.
using OpenHandler = Task<Result<Reply>> (*)(OpenCall const& call);
using Handler = Task<Result<Reply>> (*)(Call const& call);

/// `members` with braces, status_code and the name of request_id: a body that only lacks the text
/// of the id and its closing quote and brace.
[[nodiscard]] std::string open_body(std::string_view members);

}  // namespace rollcall::api::management
