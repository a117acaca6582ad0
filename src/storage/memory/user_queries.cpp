// The memory store: reading of users.
#include "base/overloaded.hpp"
#include "storage/errors.hpp"
#include "storage/memory/memory_store.hpp"
#include "storage/nested_groups.hpp"
#include "storage/paging.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace rollcall::storage::memory {

using directory::GroupOfUser;
using directory::User;
using directory::UserIndex;
using directory::UserPage;
using directory::UserQuery;

namespace {

bool has_email(directory::UserState const& state, directory::ByEmail const& wanted) {
    return std::ranges::any_of(state.emails, [&](directory::EmailKey const& email) {
        return email.value == wanted.value_key &&
               (!wanted.type_key || email.type == *wanted.type_key);
    });
}

}  // namespace

Result<std::vector<GroupOfUser>> MemoryStore::groups_of(UserRow const& user, AnswerSize& answer) {
    std::vector<GroupOfUser> groups;
    auto with_groups = answer;
    auto const add = [&](Row row, bool direct) -> Status {
        auto const& group = state_.groups.at(row).group;
        groups.push_back({group.id, group.display_name, direct});
        return with_groups.add_group_of_user(groups.back());
    };
    std::vector<Row> const direct(user.groups.begin(), user.groups.end());
    for (auto const row : direct) CHECK(add(row, true));
    auto const indirect = indirect_groups(
        direct, answer.members_left(),
        [&](Row row) -> std::set<Row> const& { return state_.groups.at(row).parents; });
    if (!indirect) return fail(too_many_groups(answer.members_max()));
    for (auto const row : *indirect) CHECK(add(row, false));
    answer = with_groups;
    return groups;
}

Result<User> MemoryStore::present(UserRow const& user, bool with_groups, AnswerSize& answer) {
    auto result = user.user;
    CHECK(answer.add_user(boost::json::serialize(result.attributes).size()));
    if (with_groups) {
        TRY(result.groups, groups_of(user, answer));
    }
    return result;
}

Task<Result<std::optional<User>>> MemoryStore::find_user(ConnectionKey key, MemberId id,
                                                         bool with_groups) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* connection = find_row(key);
    if (!connection) co_return std::nullopt;
    auto const* row = find_user_row(*connection, id);
    if (!row) co_return std::nullopt;
    AnswerSize answer(limits_);
    co_return present(*row, with_groups, answer);
}

Result<std::vector<Row>> MemoryStore::users_in_group(ConnectionRow& connection, Uuid const& id) {
    auto const found = connection.groups_by_id.find(id);
    if (found == connection.groups_by_id.end()) return std::vector<Row>{};
    auto users = users_of_group(
        found->second, limits_.response_members_max, [&](Row group, auto const& visit) {
            for (auto const& [position, membership] : state_.groups.at(group).members) {
                if (!visit(membership.member.first, membership.member.second)) return;
            }
        });
    if (!users) return fail(too_many_members_searched(limits_.response_members_max));
    return *std::move(users);
}

Result<std::vector<Row>> MemoryStore::candidates_of(ConnectionRow& connection,
                                                    UserIndex const& index) {
    using Rows = std::vector<Row>;
    auto const find = [](auto const& holders, auto const& key) {
        auto const found = holders.find(key);
        return found == holders.end() ? Rows{} : Rows{found->second};
    };
    auto const keep_if = [&](auto const& holds) {
        Rows rows;
        for (auto const row : connection.users) {
            if (holds(state_.users.at(row))) rows.push_back(row);
        }
        return rows;
    };
    return std::visit<Result<Rows>>(
        Overloaded{
            [&](std::monostate) { return keep_if([](UserRow const&) { return true; }); },
            [](directory::Nothing) { return Rows{}; },
            [&](directory::ById const& by) { return find(connection.users_by_id, by.id); },
            [&](directory::ByUserName const& by) { return find(connection.users_by_name, by.key); },
            [&](directory::ByExternalId const& by) {
                return keep_if(
                    [&](UserRow const& user) { return user.state.external_id == by.value; });
            },
            [&](directory::ByEmail const& by) {
                return keep_if([&](UserRow const& user) { return has_email(user.state, by); });
            },
            [&](directory::ByDisplayName const& by) {
                return keep_if(
                    [&](UserRow const& user) { return user.state.display_name_key == by.key; });
            },
            [&](directory::ByGroup const& by) { return users_in_group(connection, by.group); },
            [&](directory::ByLastModified const& by) {
                return keep_if([&](UserRow const& user) { return changed_within(user.user, by); });
            }},
        index);
}

Result<std::vector<directory::Place>> MemoryStore::examine(std::vector<Row> const& rows,
                                                           UserQuery const& query) {
    AnswerSize examined(limits_);
    std::size_t bytes = 0;
    bool const with_groups = query.examines_groups && examines_candidates(query);
    std::vector<directory::Place> places;
    for (auto const row : rows) {
        directory::Place place{{}, row};
        if (query.rest || query.order.key) {
            examined.forget_bytes();
            auto const user = present(state_.users.at(row), with_groups, examined);
            if (!user) {
                return fail(too_many_groups_searched(examined.members_max(), examined.bytes_max()));
            }
            TRY(bool const wanted, is_wanted(query, *user));
            if (!wanted) continue;
            if (query.order.key) place.key = query.order.key(*user);
        }
        if (examines_candidates(query)) bytes += text_bytes(place);
        if (bytes > examined.bytes_max()) {
            return fail(too_many_bytes_to_sort(examined.bytes_max()));
        }
        places.push_back(std::move(place));
    }
    return places;
}

Task<Result<UserPage>> MemoryStore::list_users(ConnectionKey key, UserQuery query) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    UserPage page;
    auto* connection = find_row(key);
    if (!connection) co_return page;
    CO_TRY(auto const rows, candidates_of(*connection, query.index));
    if (examines_candidates(query) && rows.size() > limits_.scan_rows_max) {
        co_return fail(too_many_candidates(query, limits_.scan_rows_max));
    }
    CO_TRY(auto places, examine(rows, query));
    page.total = places.size();
    if (counts_apart(query)) page.total = query.window.total.value_or(page.total);
    page.more = keep_page(places, query.window, query.order.descending);
    AnswerSize answer(limits_);
    for (auto const& place : places) {
        CO_TRY(auto user, present(state_.users.at(place.row), query.with_groups, answer));
        page.users.push_back(std::move(user));
    }
    page.places = std::move(places);
    co_return page;
}

Task<Result<std::vector<std::pair<MemberId, std::optional<std::string>>>>>
MemoryStore::resolve_users(ConnectionKey key, std::vector<MemberId> ids) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    std::vector<std::pair<MemberId, std::optional<std::string>>> resolved;
    auto* connection = find_row(key);
    if (!connection) co_return resolved;
    for (auto const& id : ids) {
        auto const* row = find_user_row(*connection, id);
        if (!row) continue;
        std::optional<std::string> name;
        auto const* value = row->user.attributes.if_contains("displayName");
        if (value && value->is_string()) name.emplace(value->as_string());
        resolved.emplace_back(id, std::move(name));
    }
    co_return resolved;
}

}  // namespace rollcall::storage::memory
