// Lists, and POST /.search: on one type or on all (RFC 7644 §3.4.2, §3.4.3).
#include "api/scim/handlers.hpp"
#include "api/scim/response.hpp"
#include "api/scim/search_request.hpp"

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace rollcall::api::scim_api {

using directory::MemberKind;
using service::ConnectionCaller;
using service::SearchPage;
using service::SearchScope;

namespace {

/// What each type of the answer shows.
struct Projections {
    scim::Projection users;
    scim::Projection groups;
};

Result<Projections> projections_of(Query const& query, ConnectionCaller const& caller,
                                   Limits const& limits) {
    TRY(auto users, user_projection(query, caller, limits));
    TRY(auto groups, scim::Projection::parse(query.attributes, query.excluded_attributes,
                                             caller.group_type(), limits));
    return Projections{std::move(users), std::move(groups)};
}

/// Names that no type of the answer has. One that only the other type has is no news on the root.
void note_unread_names(Query const& query, ConnectionCaller const& caller, SearchScope scope,
                       scim::Notes& notes) {
    auto const note = [&](std::initializer_list<scim::ResourceType const*> types) {
        scim::note_unread_names(query.attributes, query.excluded_attributes, types, notes);
    };
    switch (scope) {
        case SearchScope::users:
            return note({&caller.user_type()});
        case SearchScope::groups:
            return note({&caller.group_type()});
        case SearchScope::all:
            return note({&caller.user_type(), &caller.group_type()});
    }
}

/// The resources as JSON texts, in the order of the page.
std::vector<std::string> bodies_of(SearchPage const& page, Call const& call,
                                   ConnectionCaller const& caller,
                                   directory::ResolvedUsers const& managers,
                                   Projections const& projections) {
    std::vector<std::string> bodies;
    bodies.reserve(page.users.size() + page.groups.size());
    auto user = page.users.begin();
    auto group = page.groups.begin();
    auto const add_user = [&] {
        bodies.push_back(
            user_body(*user++, caller.user_type(), call.base, managers, projections.users));
    };
    auto const add_group = [&] {
        bodies.push_back(group_body(*group++, caller.group_type(), call.base, projections.groups));
    };
    for (auto const kind : page.sequence) kind == MemberKind::user ? add_user() : add_group();
    while (user != page.users.end()) add_user();
    while (group != page.groups.end()) add_group();
    return bodies;
}

Task<Result<http::Response>> answer(Services const& services, ConnectionCaller caller, Call& call,
                                    Query const& query, SearchScope scope,
                                    std::size_t filter_bytes_max) {
    CO_TRY(auto const projections, projections_of(query, caller, services.limits));
    note_unread_names(query, caller, scope, call.context.notes);
    CO_TRY(auto request, read_search(query, scope, call.base, filter_bytes_max));
    request.with_groups = projections.users.wants("groups");
    request.with_members = projections.groups.wants("members");
    CO_TRY(auto const page,
           co_await services.searches.run(caller, std::move(request), call.context.notes));
    CO_TRY(auto const managers,
           co_await managers_of(services, caller, page.users, projections.users));
    auto const bodies = bodies_of(page, call, caller, managers, projections);
    co_return json_response(200,
                            list_body({page.total, page.start_index, page.next_cursor}, bodies));
}

Task<Result<http::Response>> answer_get(Services const& services, ConnectionCaller caller,
                                        Call& call, SearchScope scope) {
    co_return co_await answer(services, caller, call, call.query, scope,
                              services.limits.filter_bytes_max);
}

Task<Result<http::Response>> answer_post(Services const& services, ConnectionCaller caller,
                                         Call& call, SearchScope scope) {
    CO_TRY(auto const message, parse_body(call, services.limits));
    CO_TRY(auto const query, read_search_message(message, call.context.notes));
    co_return co_await answer(services, caller, call, query, scope,
                              services.limits.search_filter_bytes_max);
}

}  // namespace

Task<Result<http::Response>> list_users(Services const& services, ConnectionCaller caller,
                                        Call& call) {
    return answer_get(services, caller, call, SearchScope::users);
}

Task<Result<http::Response>> list_groups(Services const& services, ConnectionCaller caller,
                                         Call& call) {
    return answer_get(services, caller, call, SearchScope::groups);
}

Task<Result<http::Response>> list_resources(Services const& services, ConnectionCaller caller,
                                            Call& call) {
    return answer_get(services, caller, call, SearchScope::all);
}

Task<Result<http::Response>> search_users(Services const& services, ConnectionCaller caller,
                                          Call& call) {
    return answer_post(services, caller, call, SearchScope::users);
}

Task<Result<http::Response>> search_groups(Services const& services, ConnectionCaller caller,
                                           Call& call) {
    return answer_post(services, caller, call, SearchScope::groups);
}

Task<Result<http::Response>> search_resources(Services const& services, ConnectionCaller caller,
                                              Call& call) {
    return answer_post(services, caller, call, SearchScope::all);
}

}  // namespace rollcall::api::scim_api
