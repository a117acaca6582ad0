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

/// More users, groups on them, or bytes of both than this are not read on an io thread.
constexpr std::size_t inline_users_max = 200;
constexpr std::size_t inline_groups_max = 2000;
constexpr std::size_t inline_bytes_max = 1024 * 1024;

AnswerSize answer_size(Limits const& limits, bool here) {
    if (!here) return AnswerSize(limits);
    return {std::min(inline_groups_max, limits.response_members_max),
            std::min(inline_bytes_max, limits.response_bytes_max)};
}

/// The user in that row, with the groups if they are wanted.
/// @errors too_many (does not fit into the answer).
Result<User> load(Database& database, Environment environment, Query const& row, bool with_groups,
                  AnswerSize& answer) {
    TRY(auto user, user_of(row, environment, answer));
    if (with_groups) {
        TRY(user.groups, groups_of(database, environment, row.integer(0), answer));
    }
    return user;
}

/// Lists of users (listing.hpp).
struct UserSource {
    static constexpr ListSql const& statements = sql::list_of_users;

    Database& database;
    ConnectionKey const& key;
    UserQuery const& query;
    std::size_t rows_max;
    AnswerSize answer;  ///< empty, with its bounds
    AnswerSize examined{answer};

    template <class Visit>
    Status for_each_candidate(Visit visit);
    Result<std::vector<std::int64_t>> users_in_group(Uuid const& id);

    Result<User> load_by_key(std::int64_t user, bool with_groups, AnswerSize& size) {
        Query row(database, sql::user_by_key, user);
        row.step();
        return load(database, key.environment(), row, with_groups, size);
    }

    static bool passes(std::int64_t /*row*/) { return true; }
    Result<User> examine(std::int64_t row) {
        examined.forget_bytes();
        auto user = load_by_key(row, query.examines_groups, examined);
        if (user) return user;
        return fail(too_many_groups_searched(answer.members_max(), answer.bytes_max()));
    }

    Result<UserPage> load_page(std::vector<Place> places) {
        UserPage page;
        page.users.reserve(places.size());
        for (auto const& place : places) {
            TRY(auto user, load_by_key(place.row, query.with_groups, answer));
            page.users.push_back(std::move(user));
        }
        page.places = std::move(places);
        return page;
    }
};

Result<std::vector<std::int64_t>> UserSource::users_in_group(Uuid const& id) {
    auto const group = database.integer(sql::group_key, key.row(), id);
    if (!group) return std::vector<std::int64_t>{};
    auto users = users_of_group(
        *group, answer.members_max(), [&](std::int64_t group_key, auto const& visit) {
            Query row(database, sql::member_keys_of_group, group_key);
            while (row.step() && visit(static_cast<MemberKind>(row.integer(0)), row.integer(1))) {
            }
        });
    if (!users) return fail(too_many_members_searched(answer.members_max()));
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
            auto answer = answer_size(limits_, here);
            return load(database, key.environment(), row, with_groups, answer);
        },
        is_within_bounds<Found>);
}

Task<Result<UserPage>> SqliteStore::list_users(ConnectionKey key, UserQuery query) {
    bool const by_group = std::holds_alternative<directory::ByGroup>(query.index);
    co_return co_await read_here_or_aside<UserPage>(
        !by_group && !may_be_long(query, inline_users_max),
        [&](Database& database, bool here) {
            auto const rows_max =
                here ? std::min(inline_users_max, limits_.scan_rows_max) : limits_.scan_rows_max;
            UserSource source{database, key, query, rows_max, answer_size(limits_, here)};
            return list(source);
        },
        is_within_bounds<UserPage>);
}

Task<Result<Names>> SqliteStore::resolve_users(ConnectionKey key, std::vector<MemberId> ids) {
    co_return read<Names>(co_await this_coro::executor,
                          [&](Database& database) { return resolve(database, key, ids); });
}

}  // namespace rollcall::storage::sqlite
