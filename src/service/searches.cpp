// Plans both types (directory/query_plan.hpp), asks the store for each, and puts the pages
// together.
#include "service/searches.hpp"

#include "service/search_cursor.hpp"
#include "storage/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rollcall::service {

using directory::GroupPage;
using directory::GroupQuery;
using directory::MemberKind;
using directory::Place;
using directory::UserPage;
using directory::UserQuery;
using directory::Window;

/// What each type is asked; a type that is not asked has no query.
struct Searches::Plan {
    std::optional<UserQuery> users;
    std::optional<GroupQuery> groups;
    bool is_ordered = false;
    bool descending = false;
};

/// The page that is wanted.
struct Searches::Paging {
    std::size_t count = 0;
    std::size_t start_index = 1;
    std::optional<Place> users{};
    std::optional<Place> groups{};
    std::optional<std::uint64_t> users_total{};
    std::optional<std::uint64_t> groups_total{};
};

struct Searches::Found {
    UserPage users{};
    GroupPage groups{};
    std::vector<MemberKind> sequence{};
    bool more = false;
};

namespace {

Error invalid_cursor() {
    return {ErrorCode::invalid_cursor,
            "cursor: must be the nextCursor of an earlier page of the same query"};
}

Error expired_cursor(std::chrono::seconds timeout) {
    return {ErrorCode::expired_cursor,
            fmt::format("cursor: was given out more than {} seconds ago; begin again with an empty "
                        "cursor",
                        timeout.count())};
}

Error invalid_count(std::size_t count_max) {
    return {ErrorCode::invalid_count,
            fmt::format("count: must be from 0 to {}, and the same for every page of a cursor",
                        count_max)};
}

Error unfit_place(std::size_t bytes_max) {
    return {ErrorCode::too_many,
            fmt::format("sortBy: a value of more than {} bytes cannot be where a cursor stands; "
                        "page with startIndex",
                        bytes_max)};
}

Error deep_merge(std::size_t rows_max) {
    return {ErrorCode::too_many,
            fmt::format("startIndex: with sortBy, the first {} resources of all types can be paged "
                        "by index; page with cursor, or one type at a time",
                        rows_max)};
}

PagedList list_of(SearchScope scope) {
    switch (scope) {
        case SearchScope::users:
            return PagedList::scim_users;
        case SearchScope::groups:
            return PagedList::scim_groups;
        case SearchScope::all:
            break;
    }
    return PagedList::scim_resources;
}

CursorScope scope_of(ConnectionCaller const& caller, SearchRequest const& request) {
    auto const& criteria = request.criteria;
    auto const filter = criteria.filter.value_or("");
    return {
        caller.key.organization().project().id(), list_of(request.scope), caller.key.id().uuid,
        fmt::format("{}:{} {} {}", filter.size(), filter, criteria.descending, criteria.sort_by)};
}

/// What changed within a range is found in the order of the changes, at the cost of the page alone,
/// and a walk by cursor is free to be in that one. Pages by index are not: what changes meanwhile
/// would move to the end, and others into its place, unseen.
template <class Resource, class Query>
void walk_by_change(Query& query) {
    auto const is_range = std::holds_alternative<directory::ByLastModified>(query.index);
    if (is_range && !tests_candidates(query)) query.order = directory::order_of_change<Resource>();
}

bool fits(std::optional<Place> const& place, std::size_t bytes_max) {
    auto const* text = place ? std::get_if<std::string>(&place->key) : nullptr;
    return text == nullptr || text->size() <= bytes_max;
}

/// Keeps [first, last).
template <class T>
void keep(std::vector<T>& values, std::size_t first, std::size_t last) {
    values.erase(values.begin() + static_cast<std::ptrdiff_t>(last), values.end());
    values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(first));
}

/// Merges both pages in their order: passes over `skip` resources, then takes `count`.
/// @return from which list each one was taken.
std::vector<MemberKind> merge(UserPage& users, GroupPage& groups, bool descending, std::size_t skip,
                              std::size_t count) {
    std::vector<MemberKind> sequence;
    std::size_t user = 0;
    std::size_t group = 0;
    auto const group_is_first = [&] {
        if (user == users.places.size()) return true;
        if (group == groups.places.size()) return false;
        auto const& ours = users.places[user].key;
        auto const& theirs = groups.places[group].key;
        return descending ? scim::precedes(ours, theirs) : scim::precedes(theirs, ours);
    };
    auto const left = [&] { return users.places.size() + groups.places.size() - user - group; };
    for (; skip > 0 && left() > 0; --skip) ++(group_is_first() ? group : user);
    auto const first_user = user;
    auto const first_group = group;
    for (; count > 0 && left() > 0; --count) {
        auto const kind = group_is_first() ? MemberKind::group : MemberKind::user;
        ++(kind == MemberKind::group ? group : user);
        sequence.push_back(kind);
    }
    users.more = users.more || user < users.places.size();
    groups.more = groups.more || group < groups.places.size();
    keep(users.users, first_user, user);
    keep(users.places, first_user, user);
    keep(groups.groups, first_group, group);
    keep(groups.places, first_group, group);
    return sequence;
}

}  // namespace

Result<Searches::Plan> Searches::plan(ConnectionCaller const& caller, SearchRequest const& request,
                                      scim::Notes& notes) const {
    // What one type lacks the other may have.
    scim::Notes of_both;
    auto& noted = request.scope == SearchScope::all ? of_both : notes;
    auto const environment = caller.key.environment();
    Plan plan{{}, {}, !request.criteria.sort_by.empty(), request.criteria.descending};
    if (request.scope != SearchScope::groups) {
        TRY(plan.users, directory::plan_user_query(request.criteria, caller.user_type(),
                                                   environment, limits_, noted));
        plan.users->with_groups = request.with_groups;
    }
    if (request.scope != SearchScope::users) {
        TRY(plan.groups, directory::plan_group_query(request.criteria, caller.group_type(),
                                                     environment, limits_, noted));
        plan.groups->with_members = request.with_members;
    }
    if (request.cursor && !plan.is_ordered) {
        if (plan.users) walk_by_change<directory::User>(*plan.users);
        if (plan.groups) walk_by_change<directory::Group>(*plan.groups);
    }
    return plan;
}

Result<Searches::Paging> Searches::page_by_index(SearchRequest const& request) const {
    constexpr auto index_max = std::int64_t{1} << 53;
    auto const count_max = static_cast<std::int64_t>(limits_.scim_page_max);
    auto const count = request.count.value_or(static_cast<std::int64_t>(limits_.scim_page_default));
    auto const start = request.start_index.value_or(1);
    // L-06, L-08, L-09: what is out of range is moved into it.
    return Paging{static_cast<std::size_t>(std::clamp<std::int64_t>(count, 0, count_max)),
                  static_cast<std::size_t>(std::clamp<std::int64_t>(start, 1, index_max))};
}

Task<Result<Searches::Paging>> Searches::page_by_cursor(ConnectionCaller caller,
                                                        SearchRequest const& request) {
    if (request.start_index) {
        co_return fail(
            {ErrorCode::invalid_value, "startIndex: cannot be given together with cursor"});
    }
    auto const count_max = limits_.scim_page_max;
    if (request.count && (*request.count < 0 ||
                          static_cast<std::uint64_t>(*request.count) > limits_.scim_page_max)) {
        co_return fail(invalid_count(count_max));
    }
    auto const asked =
        request.count ? std::optional(static_cast<std::size_t>(*request.count)) : std::nullopt;
    if (request.cursor->empty()) {
        co_return Paging{asked.value_or(limits_.scim_page_default)};
    }
    CO_TRY(auto const* signer, co_await signers_.get());
    auto const bytes = signer->open(scope_of(caller, request), *request.cursor);
    auto const cursor = bytes ? unpack_search_cursor(*bytes) : std::nullopt;
    if (!cursor) co_return fail(invalid_cursor());
    if (clock_.now() - cursor->issued_at > limits_.cursor_timeout) {
        co_return fail(expired_cursor(limits_.cursor_timeout));
    }
    if (asked && *asked != cursor->count) co_return fail(invalid_count(count_max));
    co_return Paging{cursor->count,       1, cursor->users, cursor->groups, cursor->users_total,
                     cursor->groups_total};
}

Task<Result<Searches::Found>> Searches::find_one_by_one(ConnectionCaller caller, Plan plan,
                                                        Paging const& paging) {
    Found found;
    if (plan.users) {
        plan.users->window = {paging.start_index, paging.count, paging.users, paging.users_total};
        CO_TRY(found.users, co_await store_.list_users(caller.key, std::move(*plan.users)));
    }
    if (plan.groups) {
        auto const passed = static_cast<std::size_t>(found.users.total);
        plan.groups->window = {paging.start_index - std::min(paging.start_index - 1, passed),
                               paging.count - found.users.users.size(), paging.groups,
                               paging.groups_total};
        CO_TRY(found.groups, co_await store_.list_groups(caller.key, std::move(*plan.groups)));
    }
    found.more = found.users.more || found.groups.more;
    co_return found;
}

Task<Result<Searches::Found>> Searches::find_merged(ConnectionCaller caller, Plan plan,
                                                    Paging const& paging) {
    auto const skip = paging.start_index - 1;
    auto const needed = skip + paging.count;
    if (needed > limits_.scan_rows_max) co_return fail(deep_merge(limits_.scan_rows_max));
    Found found;
    plan.users->window = {1, needed, paging.users, paging.users_total};
    plan.groups->window = {1, needed, paging.groups, paging.groups_total};
    CO_TRY(found.users, co_await store_.list_users(caller.key, std::move(*plan.users)));
    CO_TRY(found.groups, co_await store_.list_groups(caller.key, std::move(*plan.groups)));
    found.sequence = merge(found.users, found.groups, plan.descending, skip, paging.count);
    found.more = found.users.more || found.groups.more;
    co_return found;
}

Task<Result<std::string>> Searches::next_cursor(ConnectionCaller caller,
                                                SearchRequest const& request, Paging const& paging,
                                                Found const& found) {
    SearchCursor cursor{.issued_at = clock_.now(),
                        .count = static_cast<std::uint32_t>(paging.count),
                        .users = paging.users,
                        .groups = paging.groups,
                        .users_total = found.users.total,
                        .groups_total = found.groups.total};
    if (!found.users.places.empty()) cursor.users = found.users.places.back();
    if (!found.groups.places.empty()) cursor.groups = found.groups.places.back();
    auto const bytes_max = limits_.sort_text_bytes_max;
    if (!fits(cursor.users, bytes_max) || !fits(cursor.groups, bytes_max)) {
        co_return fail(unfit_place(bytes_max));
    }
    CO_TRY(auto const* signer, co_await signers_.get());
    co_return signer->seal(scope_of(caller, request), pack(cursor));
}

Task<Result<SearchPage>> Searches::run(ConnectionCaller caller, SearchRequest request,
                                       scim::Notes& notes) {
    CO_TRY(auto plan, this->plan(caller, request, notes));
    Paging paging;
    if (request.cursor) {
        CO_TRY(paging, co_await page_by_cursor(caller, request));
    } else {
        CO_TRY(paging, page_by_index(request));
    }
    auto const merges = plan.users && plan.groups && plan.is_ordered;
    auto finding = merges ? find_merged(caller, std::move(plan), paging)
                          : find_one_by_one(caller, std::move(plan), paging);
    CO_TRY(auto found, co_await std::move(finding));

    SearchPage page;
    page.total = found.users.total + found.groups.total;
    if (!request.cursor) page.start_index = paging.start_index;
    if (request.cursor && found.more && paging.count > 0) {
        CO_TRY(page.next_cursor, co_await next_cursor(caller, request, paging, found));
    }
    page.users = std::move(found.users.users);
    page.groups = std::move(found.groups.groups);
    page.sequence = std::move(found.sequence);
    co_return page;
}

}  // namespace rollcall::service
