// Every path the SCIM side answers, in one list.
#include "api/scim/routes.hpp"

#include "base/text.hpp"

#include <array>

namespace rollcall::api::scim_api {
namespace {

using http::Method;

#define BASE "/v1/b2b/scim/{connection_id}"
#define ROUTE(enumerator, method, path) Method::enumerator, BASE path, method " " BASE path

constexpr std::array table{
    Route{ROUTE(post, "POST", "/Users"), Shape::collection, "Users", create_user},
    Route{ROUTE(get, "GET", "/Users"), Shape::collection, "Users", list_users},
    Route{ROUTE(get, "GET", "/Users/{id}"), Shape::item, "Users", get_user},
    Route{ROUTE(put, "PUT", "/Users/{id}"), Shape::item, "Users", replace_user},
    Route{ROUTE(patch, "PATCH", "/Users/{id}"), Shape::item, "Users", patch_user},
    Route{ROUTE(delete_, "DELETE", "/Users/{id}"), Shape::item, "Users", delete_user},

    Route{ROUTE(post, "POST", "/Groups"), Shape::collection, "Groups", create_group},
    Route{ROUTE(get, "GET", "/Groups"), Shape::collection, "Groups", list_groups},
    Route{ROUTE(get, "GET", "/Groups/{id}"), Shape::item, "Groups", get_group},
    Route{ROUTE(put, "PUT", "/Groups/{id}"), Shape::item, "Groups", replace_group},
    Route{ROUTE(patch, "PATCH", "/Groups/{id}"), Shape::item, "Groups", patch_group},
    Route{ROUTE(delete_, "DELETE", "/Groups/{id}"), Shape::item, "Groups", delete_group},

    Route{ROUTE(get, "GET", "/"), Shape::root, "", list_resources},
    Route{ROUTE(post, "POST", "/.search"), Shape::search, ".search", search_resources},
    Route{ROUTE(post, "POST", "/Users/.search"), Shape::sub_search, "Users", search_users},
    Route{ROUTE(post, "POST", "/Groups/.search"), Shape::sub_search, "Groups", search_groups},

    Route{ROUTE(get, "GET", "/ServiceProviderConfig"), Shape::collection, "ServiceProviderConfig",
          get_service_provider_config},
    Route{ROUTE(get, "GET", "/ResourceTypes"), Shape::collection, "ResourceTypes",
          list_resource_types},
    Route{ROUTE(get, "GET", "/ResourceTypes/{id}"), Shape::item, "ResourceTypes",
          get_resource_type},
    Route{ROUTE(get, "GET", "/Schemas"), Shape::collection, "Schemas", list_schemas},
    Route{ROUTE(get, "GET", "/Schemas/{id}"), Shape::item, "Schemas", get_schema},

    Route{std::nullopt, BASE "/Me", "* " BASE "/Me", Shape::collection, "Me", not_offered},
    Route{ROUTE(post, "POST", "/Bulk"), Shape::collection, "Bulk", run_bulk},
};

#undef ROUTE
#undef BASE

void allow(std::string& list, std::string_view method) {
    if (!list.empty()) list += ", ";
    list += method;
}

}  // namespace

std::span<Route const> route_table() noexcept {
    return table;
}

RouteMatch find_route(Target const& target, http::Method method) {
    auto const wanted = method == Method::head ? Method::get : method;
    RouteMatch match;
    for (auto const& route : table) {
        if (route.shape != target.shape || !equal_ascii_case(route.endpoint, target.endpoint)) {
            continue;
        }
        match.path_known = true;
        match.endpoint = route.endpoint;
        match.is_open = route.is_open();
        if (!route.method || *route.method == wanted) match.route = &route;
        allow(match.allow,
              route.method ? http::to_string(*route.method) : "GET, POST, PUT, PATCH, DELETE");
        if (route.method == Method::get) allow(match.allow, "HEAD");
    }
    if (match.path_known) allow(match.allow, "OPTIONS");
    return match;
}

std::vector<RouteInfo> route_infos() {
    std::vector<RouteInfo> infos;
    infos.reserve(table.size());
    for (auto const& route : table) {
        infos.push_back({route.method ? http::to_string(*route.method) : "*", route.pattern,
                         route.is_open() ? "anyone" : "connection"});
    }
    return infos;
}

}  // namespace rollcall::api::scim_api
