// Reading of users.
#include "base/overloaded.hpp"
#include "storage/errors.hpp"
#include "storage/nested_groups.hpp"
#include "storage/sqlite/connection_rows.hpp"
#include "storage/sqlite/group_sql.hpp"
#include "storage/sqlite/listing.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/user_rows.hpp"
#include "storage/sqlite/user_sql.hpp"

#include <algorithm>

namespace rollcall::storage::sqlite {

using directory::MemberKind;
using directory::Place;
using directory::User;
using directory::UserPage;
using directory::UserQuery;
using Names = std::vector<std::pair<MemberId, std::optional<std::string>>>;

namespace {

/// More users, or groups on them, than this are not read on an io thread.
constexpr std::size_t inline_users_max = 200;
constexpr std::size_t inline_groups_max = 2000;

/// The user in that row, with the groups if they are wanted; nullopt if those are too many.
std::optional<User> load(Database& database, Environment environment, Query const& row,
                         bool with_groups, MemberBudget& groups_left) {
    auto user = user_of(row, environment);
    if (!with_groups) return user;
    auto groups = groups_of(database, environment, row.integer(0), groups_left.left());
    if (!groups || !groups_left.spend(groups->size())) return std::nullopt;
    user.groups = *std::move(groups);
    return user;
}

/// Lists of users (listing.hpp).
struct UserSource {
    static constexpr ListSql const& statements = sql::list_of_users;

    Database& database;
    ConnectionKey const& key;
    UserQuery const& query;
    std::size_t rows_max;
    std::size_t members_max;  ///< or groups
    MemberBudget examined{members_max};

    template <class Visit>
    Status for_each_candidate(Visit visit);
    Result<std::vector<std::int64_t>> users_in_group(Uuid const& id);

    std::optional<User> load_by_key(std::int64_t user, bool with_groups,
                                    MemberBudget& groups_left) {
        Query row(database, sql::user_by_key, user);
        row.step();
        return load(database, key.environment(), row, with_groups, groups_left);
    }

    Result<User> examine(std::int64_t row) {
        auto user = load_by_key(row, query.examines_groups, examined);
        if (!user) return fail(too_many_groups_searched(members_max));
        return *std::move(user);
    }

    Result<UserPage> load_page(std::vector<Place> places) {
        MemberBudget shown(members_max);
        UserPage page;
        page.users.reserve(places.size());
        for (auto const& place : places) {
            auto user = load_by_key(place.row, query.with_groups, shown);
            if (!user) return fail(too_many_groups(members_max));
            page.users.push_back(*std::move(user));
        }
        page.places = std::move(places);
        return page;
    }
};

Result<std::vector<std::int64_t>> UserSource::users_in_group(Uuid const& id) {
    auto const group = database.integer(sql::group_key, key.row(), id);
    if (!group) return std::vector<std::int64_t>{};
    auto users =
        users_of_group(*group, members_max, [&](std::int64_t group_key, auto const& visit) {
            Query row(database, sql::member_keys_of_group, group_key);
            while (row.step() && visit(static_cast<MemberKind>(row.integer(0)), row.integer(1))) {
            }
        });
    if (!users) return fail(too_many_members_searched(members_max));
    return *std::move(users);
}

template <class Visit>
Status UserSource::for_each_candidate(Visit visit) {
    auto const visit_all = [&](Sql sql, auto&&... args) -> Status {
        Query row(database, sql, key.row(), args...);
        while (row.step() && visit(row.integer(0))) {
        }
        return {};
    };
    return std::visit(
        Overloaded{
            [&](std::monostate) { return visit_all(statements.orders.creation, 0, -1, 0); },
            [](directory::Nothing) { return Status{}; },
            [&](directory::ById const& by) { return visit_all(sql::user_keys_by_id, by.id); },
            [&](directory::ByUserName const& by) {
                return visit_all(sql::user_keys_by_user_name, by.key);
            },
            [&](directory::ByExternalId const& by) {
                return visit_all(sql::user_keys_by_external_id, by.value);
            },
            [&](directory::ByEmail const& by) {
                return by.type_key
                           ? visit_all(sql::user_keys_by_typed_email, by.value_key, *by.type_key)
                           : visit_all(sql::user_keys_by_email, by.value_key);
            },
            [&](directory::ByDisplayName const& by) {
                return visit_all(sql::user_keys_by_display_name, by.key);
            },
            [&](directory::ByGroup const& by) -> Status {
                TRY(auto const users, users_in_group(by.group));
                static_cast<void>(std::ranges::all_of(users, visit));
                return {};
            },
            [&](directory::ByLastModified const& by) {
                return visit_all(statements.changed_window, by.from, by.until, 0, rows_max + 1, 0);
            }},
        query.index);
}

Names resolve(Database& database, ConnectionKey const& key, std::vector<MemberId> const& ids) {
    Names names;
    for (auto const& id : ids) {
        if (id.environment != key.environment()) continue;
        Query row(database, sql::user_by_id, key.row(), id.uuid);
        if (!row.step()) continue;
        auto const user = user_of(row, key.environment());
        std::optional<std::string> name;
        auto const* value = user.attributes.if_contains("displayName");
        if (value && value->is_string()) name.emplace(value->as_string());
        names.emplace_back(id, std::move(name));
    }
    return names;
}

}  // namespace

Task<Result<std::optional<User>>> SqliteStore::find_user(ConnectionKey key, MemberId id,
                                                         bool with_groups) {
    using Found = std::optional<User>;
    co_return co_await read_here_or_aside<Found>(
        true,
        [&](Database& database, bool here) -> Result<Found> {
            if (id.environment != key.environment()) return std::nullopt;
            Query row(database, sql::user_by_id, key.row(), id.uuid);
            if (!row.step()) return std::nullopt;
            auto const groups_max = limits_.response_members_max;
            MemberBudget groups_left(here ? std::min(inline_groups_max, groups_max) : groups_max);
            auto user = load(database, key.environment(), row, with_groups, groups_left);
            if (!user) return fail(too_many_groups(groups_max));
            return user;
        },
        is_within_bounds<Found>);
}

Task<Result<UserPage>> SqliteStore::list_users(ConnectionKey key, UserQuery query) {
    bool const by_group = std::holds_alternative<directory::ByGroup>(query.index);
    co_return co_await read_here_or_aside<UserPage>(
        !by_group && !may_be_long(query, inline_users_max),
        [&](Database& database, bool here) {
            auto rows_max = limits_.scan_rows_max;
            auto groups_max = limits_.response_members_max;
            if (here) {
                rows_max = std::min(inline_users_max, rows_max);
                groups_max = std::min(inline_groups_max, groups_max);
            }
            UserSource source{database, key, query, rows_max, groups_max};
            return list(source);
        },
        is_within_bounds<UserPage>);
}

Task<Result<Names>> SqliteStore::resolve_users(ConnectionKey key, std::vector<MemberId> ids) {
    co_return read<Names>(co_await this_coro::executor,
                          [&](Database& database) { return resolve(database, key, ids); });
}

}  // namespace rollcall::storage::sqlite
