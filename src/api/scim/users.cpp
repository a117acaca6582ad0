// /Users (RFC 7644 §3.3 to §3.6).
#include "api/scim/handlers.hpp"
#include "api/scim/response.hpp"
#include "directory/filter_plan.hpp"
#include "directory/representation.hpp"
#include "scim/patch.hpp"
#include "scim/resource.hpp"

#include <span>
#include <utility>

namespace rollcall::api::scim_api {

using directory::User;
using service::ConnectionCaller;

namespace {

/// The id of the path. An id of the other environment, or no id at all, is nobody's.
Result<MemberId> user_id(Call const& call, ConnectionCaller const& caller) {
    auto const id = parse_id<MemberId>(call.id);
    if (!id || id->environment != caller.key.environment()) return fail(service::user_not_found());
    return *id;
}

Result<scim::Projection> projection_of(Call const& call, ConnectionCaller const& caller,
                                       Limits const& limits) {
    TRY(auto projection, user_projection(call.query, caller, limits));
    scim::note_unread_names(call.query.attributes, call.query.excluded_attributes,
                            {&caller.user_type()}, call.context.notes);
    return projection;
}

/// The answer that shows one user.
Task<Result<http::Response>> show_user(Services const& services, ConnectionCaller caller,
                                       Call const& call, User const& user,
                                       scim::Projection const& projection, unsigned status) {
    CO_TRY(auto const managers,
           co_await managers_of(services, caller, std::span(&user, 1), projection));
    auto response =
        json_response(status, user_body(user, caller.user_type(), call.base, managers, projection));
    add_resource_headers(response, user.version, directory::user_location(call.base, user.id));
    co_return response;
}

/// What a PUT makes of the user. Where the connection merges, the body leaves out what it does not
/// change, and says what a patch would (checklist W-04, W-08).
Task<Result<User>> put_user(Services const& services, ConnectionCaller caller, Call const& call,
                            MemberId id, boost::json::value const& json, bool with_groups) {
    auto& notes = call.context.notes;
    scim::note_foreign_id(json, call.id, notes);
    if (caller.profile().put_merges) {
        CO_TRY(auto patch, scim::parse_merge(json, caller.user_type(), services.limits, notes));
        co_return co_await services.users.patch(caller, id, std::move(patch),
                                                precondition(call.request), with_groups, notes);
    }
    CO_TRY(auto body,
           scim::read_resource(json, caller.user_type(), caller.profile(), services.limits, notes));
    co_return co_await services.users.replace(caller, id, std::move(body),
                                              precondition(call.request), with_groups, notes);
}

}  // namespace

Result<scim::Projection> user_projection(Query const& query, ConnectionCaller const& caller,
                                         Limits const& limits) {
    auto const& type = caller.user_type();
    TRY(auto projection,
        scim::Projection::parse(query.attributes, query.excluded_attributes, type, limits));
    // Checklist U-20: a connection may leave them out for size; asked for by name they are shown.
    if (!caller.profile().user_groups) projection.hide(*scim::resolve(type, "groups"));
    return projection;
}

Task<Result<directory::ResolvedUsers>> managers_of(Services const& services,
                                                   ConnectionCaller caller,
                                                   std::span<User const> users,
                                                   scim::Projection const& projection) {
    auto const shown = projection.wants("manager") || projection.wants(scim::enterprise_user_urn);
    if (!shown) co_return directory::ResolvedUsers{};
    co_return co_await services.users.resolve(caller, directory::manager_ids(users));
}

Task<Result<http::Response>> create_user(Services const& services, ConnectionCaller caller,
                                         Call& call) {
    CO_TRY(auto const projection, projection_of(call, caller, services.limits));
    CO_TRY(auto const json, parse_body(call, services.limits));
    scim::note_foreign_id(json, {}, call.context.notes);
    CO_TRY(auto body, scim::read_resource(json, caller.user_type(), caller.profile(),
                                          services.limits, call.context.notes));
    CO_TRY(auto const user, co_await services.users.create(caller, std::move(body)));
    co_return co_await show_user(services, caller, call, user, projection, 201);
}

Task<Result<http::Response>> get_user(Services const& services, ConnectionCaller caller,
                                      Call& call) {
    CO_TRY(auto const projection, projection_of(call, caller, services.limits));
    CO_TRY(auto const filter,
           parse_filter(call.query, caller.user_type(), services.limits, call.context.notes));
    CO_TRY(auto const id, user_id(call, caller));
    auto const with_groups =
        projection.wants("groups") || (filter && directory::mentions(*filter, "groups"));
    CO_TRY(auto const user, co_await services.users.get(caller, id, with_groups));
    // RFC 7644 §3.4.2.1 lets a filter stand on one resource; clients use it to test (T-06).
    if (filter) {
        scim::FilterCost cost(services.limits);
        CO_TRY(bool const holds,
               scim::matches(
                   *filter, directory::user_representation(user, caller.user_type(), call.base, {}),
                   cost));
        if (!holds) co_return fail(service::user_not_found());
    }
    if (has_current(call.request, user.version)) {
        http::Response response;
        response.status = 304;
        add_resource_headers(response, user.version, directory::user_location(call.base, user.id));
        co_return response;
    }
    co_return co_await show_user(services, caller, call, user, projection, 200);
}

Task<Result<http::Response>> replace_user(Services const& services, ConnectionCaller caller,
                                          Call& call) {
    CO_TRY(auto const projection, projection_of(call, caller, services.limits));
    CO_TRY(auto const id, user_id(call, caller));
    CO_TRY(auto const json, parse_body(call, services.limits));
    CO_TRY(auto const user,
           co_await put_user(services, caller, call, id, json, projection.wants("groups")));
    co_return co_await show_user(services, caller, call, user, projection, 200);
}

Task<Result<http::Response>> patch_user(Services const& services, ConnectionCaller caller,
                                        Call& call) {
    CO_TRY(auto const projection, projection_of(call, caller, services.limits));
    CO_TRY(auto const id, user_id(call, caller));
    CO_TRY(auto const json, parse_body(call, services.limits));
    CO_TRY(auto patch,
           scim::parse_patch(json, caller.user_type(), services.limits, call.context.notes));
    CO_TRY(auto const user,
           co_await services.users.patch(caller, id, std::move(patch), precondition(call.request),
                                         projection.wants("groups"), call.context.notes));
    co_return co_await show_user(services, caller, call, user, projection, 200);
}

Task<Result<http::Response>> delete_user(Services const& services, ConnectionCaller caller,
                                         Call& call) {
    CO_TRY(auto const id, user_id(call, caller));
    CO_CHECK(co_await services.users.remove(caller, id, precondition(call.request)));
    http::Response response;
    response.status = 204;
    co_return response;
}

}  // namespace rollcall::api::scim_api
