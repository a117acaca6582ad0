// Reading of users.
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

User load(Database& database, ConnectionKey const& key, std::int64_t user, bool with_groups) {
    Query row(database, sql::user_by_key, user);
    row.step();
    auto loaded = user_of(row, key.environment());
    if (with_groups) loaded.groups = groups_of(database, key.environment(), user);
    return loaded;
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

    Result<User> examine(std::int64_t row) {
        auto user = load(database, key, row, query.examines_groups);
        if (!examined.spend(user.groups.size())) return fail(too_many_groups_searched(members_max));
        return user;
    }

    Result<UserPage> load_page(std::vector<Place> places) {
        MemberBudget shown(members_max);
        UserPage page;
        page.users.reserve(places.size());
        for (auto const& place : places) {
            auto const& user =
                page.users.emplace_back(load(database, key, place.row, query.with_groups));
            if (!shown.spend(user.groups.size())) return fail(too_many_groups(members_max));
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
    auto const& index = query.index;
    auto const visit_all = [&](Sql sql, auto&&... args) {
        Query row(database, sql, key.row(), args...);
        while (row.step() && visit(row.integer(0))) {
        }
    };
    if (std::holds_alternative<std::monostate>(index)) {
        visit_all(statements.orders.creation, 0, -1, 0);
    } else if (auto const* by_id = std::get_if<directory::ById>(&index)) {
        visit_all(sql::user_keys_by_id, by_id->id);
    } else if (auto const* by_name = std::get_if<directory::ByUserName>(&index)) {
        visit_all(sql::user_keys_by_user_name, by_name->key);
    } else if (auto const* by_external_id = std::get_if<directory::ByExternalId>(&index)) {
        visit_all(sql::user_keys_by_external_id, by_external_id->value);
    } else if (auto const* by_email = std::get_if<directory::ByEmail>(&index)) {
        if (by_email->type_key) {
            visit_all(sql::user_keys_by_typed_email, by_email->value_key, *by_email->type_key);
        } else {
            visit_all(sql::user_keys_by_email, by_email->value_key);
        }
    } else if (auto const* by_display_name = std::get_if<directory::ByDisplayName>(&index)) {
        visit_all(sql::user_keys_by_display_name, by_display_name->key);
    } else if (auto const* changed = std::get_if<directory::ByLastModified>(&index)) {
        visit_all(statements.changed_window, changed->from, changed->until, 0, rows_max + 1, 0);
    } else if (auto const* by_group = std::get_if<directory::ByGroup>(&index)) {
        TRY(auto const users, users_in_group(by_group->group));
        static_cast<void>(std::ranges::all_of(users, visit));
    }
    return {};
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
    co_return read<std::optional<User>>(
        co_await this_coro::executor, [&](Database& database) -> std::optional<User> {
            if (id.environment != key.environment()) return std::nullopt;
            Query row(database, sql::user_by_id, key.row(), id.uuid);
            if (!row.step()) return std::nullopt;
            auto user = user_of(row, key.environment());
            if (with_groups) user.groups = groups_of(database, key.environment(), row.integer(0));
            return user;
        });
}

Task<Result<UserPage>> SqliteStore::list_users(ConnectionKey key, UserQuery query) {
    auto const list_with = [&](Database& database, std::size_t rows_max, std::size_t members_max) {
        UserSource source{database, key, query, rows_max, members_max};
        return list(source);
    };
    bool const by_group = std::holds_alternative<directory::ByGroup>(query.index);
    if (!by_group && !may_be_long(query, inline_users_max)) {
        auto page = read<UserPage>(co_await this_coro::executor, [&](Database& database) {
            return list_with(database, std::min(inline_users_max, limits_.scan_rows_max),
                             std::min(inline_groups_max, limits_.response_members_max));
        });
        // What turns out to be long is read again elsewhere, whole.
        if (page || page.error().code() != ErrorCode::too_many) co_return page;
    }
    co_return co_await read_aside<UserPage>([&](Database& database) {
        return list_with(database, limits_.scan_rows_max, limits_.response_members_max);
    });
}

Task<Result<Names>> SqliteStore::resolve_users(ConnectionKey key, std::vector<MemberId> ids) {
    co_return read<Names>(co_await this_coro::executor,
                          [&](Database& database) { return resolve(database, key, ids); });
}

}  // namespace rollcall::storage::sqlite
