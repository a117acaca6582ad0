// The route table of the SCIM side (RFC 7644 §3.2).
#pragma once

#include "api/api.hpp"
#include "api/scim/handlers.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace rollcall::api::scim_api {

/// One line of the table. Without a method the line answers all of them.
struct Route {
    std::optional<http::Method> method;
    std::string_view pattern;
    std::string_view name;  ///< "METHOD pattern", for the access log
    Shape shape;
    std::string_view endpoint;  ///< matched in any case (checklist H-10)
    std::variant<ConnectionHandler, OpenHandler> handler;

    [[nodiscard]] bool is_open() const noexcept {
        return std::holds_alternative<OpenHandler>(handler);
    }
};

[[nodiscard]] std::span<Route const> route_table() noexcept;

/// What the table says about a path and a method.
struct RouteMatch {
    Route const* route = nullptr;  ///< null: no line with this method
    bool path_known = false;
    std::string_view endpoint;  ///< as the table spells it
    bool is_open = false;       ///< the path is one that needs no token
    std::string allow;          ///< methods of the path, for the Allow header
};

/// HEAD finds the line of GET.
[[nodiscard]] RouteMatch find_route(Target const& target, http::Method method);

[[nodiscard]] std::vector<RouteInfo> route_infos();

}  // namespace rollcall::api::scim_api
