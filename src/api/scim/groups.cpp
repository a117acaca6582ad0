// /Groups (RFC 7644 §3.3 to §3.6).
#include "api/scim/handlers.hpp"
#include "api/scim/response.hpp"
#include "directory/filter_plan.hpp"
#include "directory/representation.hpp"
#include "scim/notes.hpp"
#include "scim/patch.hpp"
#include "scim/resource.hpp"

#include <fmt/format.h>

#include <utility>

namespace rollcall::api::scim_api {

using directory::Group;
using service::ConnectionCaller;

namespace {

Result<scim::Projection> projection_of(Call const& call, ConnectionCaller const& caller,
                                       Limits const& limits) {
    auto const& query = call.query;
    auto const& type = caller.group_type();
    TRY(auto projection,
        scim::Projection::parse(query.attributes, query.excluded_attributes, type, limits));
    scim::note_unread_names(query.attributes, query.excluded_attributes, {&type},
                            call.context.notes);
    return projection;
}

/// The id of the path. An id of the other environment, or no id at all, is nobody's.
Result<GroupId> group_id(Call const& call, ConnectionCaller const& caller) {
    auto const id = parse_id<GroupId>(call.id);
    if (!id || id->environment != caller.key.environment()) return fail(service::group_not_found());
    return *id;
}

http::Response without_body(unsigned status, Call const& call, Group const& group) {
    http::Response response;
    response.status = status;
    add_resource_headers(response, group.version, directory::group_location(call.base, group.id));
    return response;
}

http::Response show_group(Call const& call, ConnectionCaller const& caller, Group const& group,
                          scim::Projection const& projection, unsigned status,
                          bool with_members = true) {
    auto response = json_response(
        status, group_body(group, caller.group_type(), call.base, projection, with_members));
    add_resource_headers(response, group.version, directory::group_location(call.base, group.id));
    return response;
}

void note_left_out(Error const& why, Limits const& limits, scim::Notes& notes) {
    if (why.code() != ErrorCode::too_many) {
        return scim::add_note(notes, "members", "left out of the answer: could not be read back");
    }
    scim::add_note(notes, "members",
                   fmt::format("left out of the answer, which would hold more than {} of them, or "
                               "{} bytes",
                               limits.response_members_max, limits.response_bytes_max));
}

/// Shows a group after a write, whose outcome has no members with it. The write is done, so a
/// failure to read them back must not look like a failure of the write: the group is then shown
/// without them (checklist P-50, W-09).
Task<http::Response> show_written(Services const& services, ConnectionCaller caller,
                                  Call const& call, Group const& written,
                                  scim::Projection const& projection) {
    if (!projection.wants("members") || written.member_count == 0) {
        co_return show_group(call, caller, written, projection, 200);
    }
    auto const whole = co_await services.groups.get(caller, written.id, true);
    if (whole) co_return show_group(call, caller, *whole, projection, 200);
    note_left_out(whole.error(), services.limits, call.context.notes);
    co_return show_group(call, caller, written, projection, 200, false);
}

/// What a PUT makes of the group. Where the connection merges, the body leaves out what it does not
/// change, and says what a patch would (checklist W-04, W-08).
Task<Result<Group>> put_group(Services const& services, ConnectionCaller caller, Call const& call,
                              GroupId id, boost::json::value const& json) {
    auto& notes = call.context.notes;
    scim::note_foreign_id(json, call.id, notes);
    if (caller.profile().put_merges) {
        CO_TRY(auto patch, scim::parse_merge(json, caller.group_type(), services.limits, notes));
        co_return co_await services.groups.patch(caller, id, std::move(patch), call.base,
                                                 precondition(call.request), notes);
    }
    CO_TRY(auto body, scim::read_resource(json, caller.group_type(), caller.profile(),
                                          services.limits, notes));
    co_return co_await services.groups.replace(caller, id, std::move(body),
                                               precondition(call.request), notes);
}

}  // namespace

Task<Result<http::Response>> create_group(Services const& services, ConnectionCaller caller,
                                          Call& call) {
    CO_TRY(auto const projection, projection_of(call, caller, services.limits));
    CO_TRY(auto const json, parse_body(call, services.limits));
    scim::note_foreign_id(json, {}, call.context.notes);
    CO_TRY(auto body, scim::read_resource(json, caller.group_type(), caller.profile(),
                                          services.limits, call.context.notes));
    CO_TRY(auto const group,
           co_await services.groups.create(caller, std::move(body), call.context.notes));
    co_return show_group(call, caller, group, projection, 201);
}

Task<Result<http::Response>> get_group(Services const& services, ConnectionCaller caller,
                                       Call& call) {
    CO_TRY(auto const projection, projection_of(call, caller, services.limits));
    CO_TRY(auto const filter,
           parse_filter(call.query, caller.group_type(), services.limits, call.context.notes));
    CO_TRY(auto const id, group_id(call, caller));
    auto const with_members =
        projection.wants("members") || (filter && directory::mentions(*filter, "members"));
    CO_TRY(auto const group, co_await services.groups.get(caller, id, with_members));
    if (filter) {
        scim::FilterCost cost(services.limits);
        CO_TRY(bool const holds,
               scim::matches(*filter,
                             directory::group_representation(group, caller.group_type(), call.base,
                                                             with_members),
                             cost));
        if (!holds) co_return fail(service::group_not_found());
    }
    if (has_current(call.request, group.version)) co_return without_body(304, call, group);
    co_return show_group(call, caller, group, projection, 200);
}

Task<Result<http::Response>> replace_group(Services const& services, ConnectionCaller caller,
                                           Call& call) {
    CO_TRY(auto const projection, projection_of(call, caller, services.limits));
    CO_TRY(auto const id, group_id(call, caller));
    CO_TRY(auto const json, parse_body(call, services.limits));
    CO_TRY(auto const group, co_await put_group(services, caller, call, id, json));
    co_return co_await show_written(services, caller, call, group, projection);
}

Task<Result<http::Response>> patch_group(Services const& services, ConnectionCaller caller,
                                         Call& call) {
    CO_TRY(auto const projection, projection_of(call, caller, services.limits));
    CO_TRY(auto const id, group_id(call, caller));
    CO_TRY(auto const json, parse_body(call, services.limits));
    CO_TRY(auto patch,
           scim::parse_patch(json, caller.group_type(), services.limits, call.context.notes));
    CO_TRY(auto const group,
           co_await services.groups.patch(caller, id, std::move(patch), call.base,
                                          precondition(call.request), call.context.notes));
    auto const short_answer = caller.profile().group_patch_without_body ||
                              group.member_count > services.limits.echoed_members_max;
    if (short_answer && projection.is_default()) co_return without_body(204, call, group);
    co_return co_await show_written(services, caller, call, group, projection);
}

Task<Result<http::Response>> delete_group(Services const& services, ConnectionCaller caller,
                                          Call& call) {
    CO_TRY(auto const id, group_id(call, caller));
    CO_CHECK(co_await services.groups.remove(caller, id, precondition(call.request)));
    http::Response response;
    response.status = 204;
    co_return response;
}

}  // namespace rollcall::api::scim_api
