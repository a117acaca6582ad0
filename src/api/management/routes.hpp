// The route table of the management API, and how a request finds its line.
#pragma once

#include "api/segments.hpp"
#include "http/message.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace rollcall::api::management {

enum class Endpoint : std::uint8_t {
    create_connection,
    get_connection,
    update_connection,
    delete_connection,
    get_groups,
    start_rotation,
    complete_rotation,
    cancel_rotation,
    get_options,
    set_options,
    get_requests,
    list_schemas,
    get_schema,
    put_schema,
    delete_schema,
    create_organization,
    get_organization,
    update_organization,
    delete_organization,
    error_page
};

enum class Access : std::uint8_t {
    anyone,
    project,          ///< a project secret; session headers are ignored
    project_session,  ///< a project secret; a member session narrows what is allowed
};

struct Route {
    http::Method method;
    std::string_view method_text;
    std::string_view pattern;  ///< a segment in braces stands for any text
    std::string_view name;     ///< "METHOD pattern", for the access log
    Access access;
    Endpoint endpoint;
};

[[nodiscard]] std::span<Route const> route_table() noexcept;

/// What a path in braces stood for; views into the Segments.
struct Parameters {
    std::string_view organization;
    std::string_view connection;
    std::string_view schema;
};

/// Either a route with its parameters, or why there is none.
struct RouteMatch {
    Route const* route = nullptr;
    Parameters parameters;
    std::string allow;  ///< methods of the path, if only the method was wrong; else empty
};

[[nodiscard]] RouteMatch find_route(http::Method method, Segments const& path);

}  // namespace rollcall::api::management
