// The route table of the management API, and how a request finds its line.
#pragma once

#include "api/management/handlers.hpp"
#include "api/management/parameters.hpp"
#include "api/segments.hpp"
#include "http/message.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace rollcall::api::management {

enum class Access : std::uint8_t {
    anyone,
    project,          ///< a project secret; session headers are ignored
    project_session,  ///< a project secret; a member session narrows what is allowed
    project_alone,    ///< a project secret; a member session is refused
};

/// What a member needs for a call that is made with a session (contract §6.7). Without a resource
/// it depends on the body, and the handler asks.
struct Permission {
    std::string_view resource;
    std::string_view action;
};

struct Route {
    http::Method method;
    std::string_view method_text;
    std::string_view pattern;  ///< a segment in braces stands for any text
    std::string_view name;     ///< "METHOD pattern", for the access log
    Access access;
    std::variant<Handler, OpenHandler> handler;  ///< the latter for Access::anyone
    Permission permission{};
};

[[nodiscard]] std::span<Route const> route_table() noexcept;

/// Either a route with its parameters, or why there is none.
struct RouteMatch {
    Route const* route = nullptr;
    Parameters parameters;
    std::string allow;  ///< methods of the path, if only the method was wrong; else empty
};

[[nodiscard]] RouteMatch find_route(http::Method method, Segments const& path);

}  // namespace rollcall::api::management
