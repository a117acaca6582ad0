// Every path the SCIM side answers, in one list.
#include "api/scim/routes.hpp"

#include "base/text.hpp"

#include <array>

namespace rollcall::api::scim_api {
namespace {

using http::Method;

#define BASE "/v1/b2b/scim/{connection_id}"

constexpr std::array table{
    Route{Method::post, Shape::collection, "Users", BASE "/Users", create_user},
    Route{Method::get, Shape::collection, "Users", BASE "/Users", list_users},
    Route{Method::get, Shape::item, "Users", BASE "/Users/{id}", get_user},
    Route{Method::put, Shape::item, "Users", BASE "/Users/{id}", replace_user},
    Route{Method::patch, Shape::item, "Users", BASE "/Users/{id}", patch_user},
    Route{Method::delete_, Shape::item, "Users", BASE "/Users/{id}", delete_user},

    Route{Method::post, Shape::collection, "Groups", BASE "/Groups", create_group},
    Route{Method::get, Shape::collection, "Groups", BASE "/Groups", list_groups},
    Route{Method::get, Shape::item, "Groups", BASE "/Groups/{id}", get_group},
    Route{Method::put, Shape::item, "Groups", BASE "/Groups/{id}", replace_group},
    Route{Method::patch, Shape::item, "Groups", BASE "/Groups/{id}", patch_group},
    Route{Method::delete_, Shape::item, "Groups", BASE "/Groups/{id}", delete_group},

    Route{Method::get, Shape::root, "", BASE "/", list_resources},
    Route{Method::post, Shape::search, ".search", BASE "/.search", search_resources},
    Route{Method::post, Shape::sub_search, "Users", BASE "/Users/.search", search_users},
    Route{Method::post, Shape::sub_search, "Groups", BASE "/Groups/.search", search_groups},

    Route{Method::get, Shape::collection, "ServiceProviderConfig", BASE "/ServiceProviderConfig",
          get_service_provider_config},
    Route{Method::get, Shape::collection, "ResourceTypes", BASE "/ResourceTypes",
          list_resource_types},
    Route{Method::get, Shape::item, "ResourceTypes", BASE "/ResourceTypes/{id}", get_resource_type},
    Route{Method::get, Shape::collection, "Schemas", BASE "/Schemas", list_schemas},
    Route{Method::get, Shape::item, "Schemas", BASE "/Schemas/{id}", get_schema},

    Route{std::nullopt, Shape::collection, "Me", BASE "/Me", not_offered},
    Route{Method::post, Shape::collection, "Bulk", BASE "/Bulk", run_bulk},
};

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
