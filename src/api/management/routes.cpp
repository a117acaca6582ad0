// One table; looked through from top to bottom, which costs less than the request's parsing.
#include "api/management/routes.hpp"

namespace rollcall::api::management {
namespace {

using http::Method;

#define CONNECTION "/v1/b2b/scim/{organization_id}/connection"
#define ONE_CONNECTION CONNECTION "/{connection_id}"
// What the contract does not know is under a name of our own.
#define OWN_CONNECTION "/v1/rollcall/scim/{organization_id}/connection/{connection_id}"
#define ORGANIZATIONS "/v1/b2b/organizations"
#define ONE_ORGANIZATION ORGANIZATIONS "/{organization_id}"
#define ROUTE(enumerator, method, pattern) Method::enumerator, method, pattern, method " " pattern

// The busiest first.
constexpr std::array routes{
    Route{ROUTE(get, "GET", ONE_CONNECTION), Access::project_session, Endpoint::get_groups},
    Route{ROUTE(get, "GET", CONNECTION), Access::project_session, Endpoint::get_connection},
    Route{ROUTE(post, "POST", CONNECTION), Access::project_session, Endpoint::create_connection},
    Route{ROUTE(put, "PUT", ONE_CONNECTION), Access::project_session, Endpoint::update_connection},
    Route{ROUTE(delete_, "DELETE", ONE_CONNECTION), Access::project_session,
          Endpoint::delete_connection},
    Route{ROUTE(post, "POST", ONE_CONNECTION "/rotate/start"), Access::project_session,
          Endpoint::start_rotation},
    Route{ROUTE(post, "POST", ONE_CONNECTION "/rotate/complete"), Access::project_session,
          Endpoint::complete_rotation},
    Route{ROUTE(post, "POST", ONE_CONNECTION "/rotate/cancel"), Access::project_session,
          Endpoint::cancel_rotation},
    Route{ROUTE(get, "GET", OWN_CONNECTION "/options"), Access::project_session,
          Endpoint::get_options},
    Route{ROUTE(put, "PUT", OWN_CONNECTION "/options"), Access::project_session,
          Endpoint::set_options},
    Route{ROUTE(get, "GET", OWN_CONNECTION "/requests"), Access::project_session,
          Endpoint::get_requests},
    Route{ROUTE(post, "POST", ORGANIZATIONS), Access::project, Endpoint::create_organization},
    Route{ROUTE(get, "GET", ONE_ORGANIZATION), Access::project, Endpoint::get_organization},
    Route{ROUTE(put, "PUT", ONE_ORGANIZATION), Access::project_session,
          Endpoint::update_organization},
    Route{ROUTE(delete_, "DELETE", ONE_ORGANIZATION), Access::project_session,
          Endpoint::delete_organization},
    Route{ROUTE(get, "GET", OWN_CONNECTION "/schemas"), Access::project_session,
          Endpoint::list_schemas},
    Route{ROUTE(get, "GET", OWN_CONNECTION "/schemas/{schema_id}"), Access::project_session,
          Endpoint::get_schema},
    Route{ROUTE(put, "PUT", OWN_CONNECTION "/schemas/{schema_id}"), Access::project_session,
          Endpoint::put_schema},
    Route{ROUTE(delete_, "DELETE", OWN_CONNECTION "/schemas/{schema_id}"), Access::project_session,
          Endpoint::delete_schema},
    Route{ROUTE(get, "GET", "/docs/errors"), Access::anyone, Endpoint::error_page},
};

#undef ROUTE
#undef ONE_ORGANIZATION
#undef ORGANIZATIONS
#undef OWN_CONNECTION
#undef ONE_CONNECTION
#undef CONNECTION

bool matches(std::string_view pattern, Segments const& path, Parameters& parameters) {
    std::size_t index = 0;
    while (!pattern.empty()) {
        pattern.remove_prefix(1);
        auto const piece = pattern.substr(0, pattern.find('/'));
        auto const segment = path[index];
        if (index++ >= path.size()) return false;
        if (piece == "{organization_id}") {
            parameters.organization = segment;
        } else if (piece == "{connection_id}") {
            parameters.connection = segment;
        } else if (piece == "{schema_id}") {
            parameters.schema = segment;
        } else if (piece != segment) {
            return false;
        }
        pattern.remove_prefix(piece.size());
    }
    return index == path.size();
}

// Until there is a search, its path must not pass for an organization of that name that lacks the
// method.
bool is_search(Segments const& path) {
    return path.size() == 4 && path[2] == "organizations" && path[3] == "search";
}

}  // namespace

std::span<Route const> route_table() noexcept {
    return routes;
}

RouteMatch find_route(http::Method method, Segments const& path) {
    RouteMatch match;
    for (auto const& route : routes) {
        Parameters parameters;
        if (!matches(route.pattern, path, parameters)) continue;
        if (route.method == method) {
            match.route = &route;
            match.parameters = parameters;
            return match;
        }
        if (is_search(path)) continue;
        if (!match.allow.empty()) match.allow += ", ";
        match.allow += route.method_text;
    }
    return match;
}

}  // namespace rollcall::api::management
