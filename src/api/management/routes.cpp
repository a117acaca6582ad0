// One table; looked through from top to bottom, which costs less than the request's parsing.
#include "api/management/routes.hpp"

#include "api/management/connection_handlers.hpp"
#include "api/management/error_page.hpp"
#include "api/management/group_handlers.hpp"
#include "api/management/login_handlers.hpp"
#include "api/management/member_handlers.hpp"
#include "api/management/openapi.hpp"
#include "api/management/option_handlers.hpp"
#include "api/management/organization_handlers.hpp"
#include "api/management/project_handlers.hpp"
#include "api/management/rbac_handlers.hpp"
#include "api/management/request_handlers.hpp"
#include "api/management/schema_handlers.hpp"
#include "api/management/session_handlers.hpp"
#include "api/management/token_profile_handlers.hpp"

#include <array>
#include <utility>

namespace rollcall::api::management {
namespace {

using http::Method;

#define CONNECTION "/v1/b2b/scim/{organization_id}/connection"
#define ONE_CONNECTION CONNECTION "/{connection_id}"
// What the contract does not know is under a name of our own.
#define OWN_CONNECTION "/v1/rollcall/scim/{organization_id}/connection/{connection_id}"
#define ORGANIZATIONS "/v1/b2b/organizations"
#define ONE_ORGANIZATION ORGANIZATIONS "/{organization_id}"
#define ORGANIZATION_POLICY "/v1/b2b/rbac/organizations/{organization_id}"
#define OWN_POLICY "/v1/rollcall/rbac/policy"
#define SESSIONS "/v1/b2b/sessions"
#define OWN_PROJECT "/v1/rollcall/project"
#define TOKEN_PROFILES "/v1/rollcall/trusted_token_profiles"
#define ONE_TOKEN_PROFILE TOKEN_PROFILES "/{profile_id}"
#define MEMBERS ONE_ORGANIZATION "/members"
#define ONE_MEMBER MEMBERS "/{member_id}"
#define ROUTE(enumerator, method, pattern) Method::enumerator, method, pattern, method " " pattern

constexpr Permission scim_create{"stytch.scim", "create"};
constexpr Permission scim_get{"stytch.scim", "get"};
constexpr Permission scim_update{"stytch.scim", "update"};
constexpr Permission scim_delete{"stytch.scim", "delete"};

constexpr Permission member_create{"stytch.member", "create"};
constexpr Permission member_search{"stytch.member", "search"};

// The busiest first.
constexpr std::array routes{
    Route{ROUTE(get, "GET", ONE_CONNECTION), Access::project_session, get_groups, scim_get},
    Route{ROUTE(get, "GET", CONNECTION), Access::project_session, get_connection, scim_get},
    Route{ROUTE(post, "POST", CONNECTION), Access::project_session, create_connection, scim_create},
    Route{ROUTE(put, "PUT", ONE_CONNECTION), Access::project_session, update_connection},
    Route{ROUTE(delete_, "DELETE", ONE_CONNECTION), Access::project_session, delete_connection,
          scim_delete},
    Route{ROUTE(post, "POST", ONE_CONNECTION "/rotate/start"), Access::project_session,
          start_rotation, scim_update},
    Route{ROUTE(post, "POST", ONE_CONNECTION "/rotate/complete"), Access::project_session,
          complete_rotation, scim_update},
    Route{ROUTE(post, "POST", ONE_CONNECTION "/rotate/cancel"), Access::project_session,
          cancel_rotation, scim_update},
    Route{ROUTE(get, "GET", OWN_CONNECTION "/options"), Access::project_session, get_options,
          scim_get},
    Route{ROUTE(put, "PUT", OWN_CONNECTION "/options"), Access::project_session, set_options,
          scim_update},
    Route{ROUTE(get, "GET", OWN_CONNECTION "/requests"), Access::project_session, get_requests,
          scim_get},
    Route{ROUTE(get, "GET", ONE_ORGANIZATION "/member"), Access::project, get_member},
    Route{ROUTE(post, "POST", ORGANIZATIONS "/members/search"), Access::project_session,
          search_members, member_search},
    Route{ROUTE(post, "POST", MEMBERS), Access::project_session, create_member, member_create},
    Route{ROUTE(put, "PUT", ONE_MEMBER), Access::project_session, update_member},
    Route{ROUTE(delete_, "DELETE", ONE_MEMBER), Access::project_session, delete_member},
    Route{ROUTE(put, "PUT", ONE_MEMBER "/reactivate"), Access::project_session, reactivate_member,
          member_create},
    Route{ROUTE(delete_, "DELETE", ONE_MEMBER "/external_id"), Access::project_alone,
          delete_member_external_id},
    Route{ROUTE(post, "POST", ONE_MEMBER "/unlink_retired_email"), Access::project_session,
          unlink_retired_email},
    Route{ROUTE(get, "GET", ORGANIZATIONS "/members/dangerously_get/{member_id}"), Access::project,
          get_member_anywhere},
    Route{ROUTE(post, "POST", ORGANIZATIONS), Access::project, create_organization},
    Route{ROUTE(get, "GET", ONE_ORGANIZATION), Access::project, get_organization},
    Route{ROUTE(put, "PUT", ONE_ORGANIZATION), Access::project_session, update_organization},
    Route{ROUTE(delete_, "DELETE", ONE_ORGANIZATION),
          Access::project_session,
          delete_organization,
          {"stytch.organization", "delete"}},
    Route{ROUTE(post, "POST", ORGANIZATIONS "/search"), Access::project, search_organizations},
    Route{ROUTE(get, "GET", ONE_ORGANIZATION "/metrics"), Access::project,
          get_organization_metrics},
    Route{ROUTE(delete_, "DELETE", ONE_ORGANIZATION "/external_id"), Access::project_alone,
          delete_organization_external_id},
    Route{ROUTE(get, "GET", ONE_ORGANIZATION "/connected_apps"), Access::project,
          list_connected_apps},
    Route{ROUTE(get, "GET", "/v1/debug/whoami"), Access::project, who_am_i},
    Route{ROUTE(get, "GET", OWN_CONNECTION "/schemas"), Access::project_session, list_schemas,
          scim_get},
    Route{ROUTE(get, "GET", OWN_CONNECTION "/schemas/{schema_id}"), Access::project_session,
          get_schema, scim_get},
    Route{ROUTE(put, "PUT", OWN_CONNECTION "/schemas/{schema_id}"), Access::project_session,
          put_schema, scim_update},
    Route{ROUTE(delete_, "DELETE", OWN_CONNECTION "/schemas/{schema_id}"), Access::project_session,
          delete_schema, scim_update},
    Route{ROUTE(get, "GET", "/v1/b2b/rbac/policy"), Access::project, get_policy},
    Route{ROUTE(get, "GET", ORGANIZATION_POLICY), Access::project, get_organization_policy},
    Route{ROUTE(put, "PUT", ORGANIZATION_POLICY), Access::project, put_organization_policy},
    Route{ROUTE(get, "GET", OWN_POLICY), Access::project_alone, get_project_policy},
    Route{ROUTE(put, "PUT", OWN_POLICY), Access::project_alone, put_project_policy},
    Route{ROUTE(post, "POST", SESSIONS "/authenticate"), Access::project, authenticate_session},
    Route{ROUTE(post, "POST", SESSIONS "/attest"), Access::project, attest_session},
    Route{ROUTE(post, "POST", SESSIONS "/exchange"), Access::project, exchange_session},
    Route{ROUTE(get, "GET", SESSIONS), Access::project, get_sessions},
    Route{ROUTE(post, "POST", SESSIONS "/revoke"), Access::project_session, revoke_session},
    Route{ROUTE(get, "GET", SESSIONS "/jwks/{project_id}"), Access::anyone, get_jwks},
    Route{ROUTE(get, "GET", OWN_PROJECT), Access::project_alone, get_project},
    Route{ROUTE(get, "GET", OWN_PROJECT "/secrets"), Access::project_alone, list_secrets},
    Route{ROUTE(post, "POST", OWN_PROJECT "/secrets"), Access::project_alone, create_secret},
    Route{ROUTE(delete_, "DELETE", OWN_PROJECT "/secrets/{secret_id}"), Access::project_alone,
          revoke_secret},
    Route{ROUTE(get, "GET", TOKEN_PROFILES), Access::project_alone, list_token_profiles},
    Route{ROUTE(post, "POST", TOKEN_PROFILES), Access::project_alone, create_token_profile},
    Route{ROUTE(get, "GET", ONE_TOKEN_PROFILE), Access::project_alone, get_token_profile},
    Route{ROUTE(put, "PUT", ONE_TOKEN_PROFILE), Access::project_alone, update_token_profile},
    Route{ROUTE(delete_, "DELETE", ONE_TOKEN_PROFILE), Access::project_alone, delete_token_profile},
    Route{ROUTE(post, "POST", "/v1/b2b/passwords/authenticate"), Access::project,
          authenticate_password},
    Route{ROUTE(post, "POST", "/v1/b2b/passwords/migrate"), Access::project, migrate_password},
    Route{ROUTE(post, "POST", "/v1/b2b/impersonation/authenticate"), Access::project,
          authenticate_impersonation},
    Route{ROUTE(get, "GET", "/docs/errors"), Access::anyone, error_page},
    Route{ROUTE(get, "GET", "/openapi.json"), Access::anyone, get_openapi},
};

#undef ROUTE
#undef SESSIONS
#undef ONE_MEMBER
#undef MEMBERS
#undef ONE_TOKEN_PROFILE
#undef TOKEN_PROFILES
#undef OWN_PROJECT
#undef OWN_POLICY
#undef ORGANIZATION_POLICY
#undef ONE_ORGANIZATION
#undef ORGANIZATIONS
#undef OWN_CONNECTION
#undef ONE_CONNECTION
#undef CONNECTION

constexpr std::array<std::pair<std::string_view, std::string_view Parameters::*>, 7> names{{
    {"{organization_id}", &Parameters::organization},
    {"{connection_id}", &Parameters::connection},
    {"{schema_id}", &Parameters::schema},
    {"{member_id}", &Parameters::member},
    {"{project_id}", &Parameters::project},
    {"{profile_id}", &Parameters::profile},
    {"{secret_id}", &Parameters::secret},
}};

// Whether a segment may stand where the pattern says `piece`; if that is a name, it is kept.
bool fits(std::string_view piece, std::string_view segment, Parameters& parameters) {
    if (!piece.starts_with('{')) return piece == segment;
    for (auto const& [name, field] : names) {
        if (name == piece) parameters.*field = segment;
    }
    return true;
}

bool matches(std::string_view pattern, Segments const& path, Parameters& parameters) {
    std::size_t index = 0;
    while (!pattern.empty()) {
        pattern.remove_prefix(1);
        auto const piece = pattern.substr(0, pattern.find('/'));
        auto const segment = path[index];
        if (index++ >= path.size()) return false;
        if (!fits(piece, segment, parameters)) return false;
        pattern.remove_prefix(piece.size());
    }
    return index == path.size();
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
        if (!match.allow.empty()) match.allow += ", ";
        match.allow += route.method_text;
    }
    return match;
}

}  // namespace rollcall::api::management
