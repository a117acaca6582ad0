// Reading of users.
#include "storage/errors.hpp"
#include "storage/sqlite/connection_rows.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/user_rows.hpp"
#include "storage/sqlite/user_sql.hpp"
#include "storage/sqlite/window.hpp"

namespace rollcall::storage::sqlite {

using directory::User;
using directory::UserIndex;
using directory::UserPage;
using directory::UserQuery;
using Names = std::vector<std::pair<MemberId, std::optional<std::string>>>;

namespace {

/// More users than this are not read on an io thread.
constexpr std::size_t inline_users_max = 200;

User load(Database& database, ConnectionKey const& key, std::int64_t user, bool with_groups) {
    Query row(database, sql::user_by_key, user);
    row.step();
    auto loaded = user_of(row, key.environment());
    if (with_groups) loaded.groups = groups_of(database, key.environment(), user);
    return loaded;
}

// Calls visit(key) for each candidate, in order of creation, while it returns true.
template <class Visit>
void for_each_candidate(Database& database, ConnectionKey const& key, UserIndex const& index,
                        Visit visit) {
    auto const visit_all = [&](Sql sql, auto&&... args) {
        Query row(database, sql, key.row(), args...);
        while (row.step() && visit(row.integer(0))) {
        }
    };
    if (std::holds_alternative<std::monostate>(index)) {
        visit_all(sql::user_keys_window, -1, 0);
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
    }
}

// The whole list: the total is kept, and only the page's keys are walked.
Result<UserPage> list_all(Database& database, ConnectionKey const& key, UserQuery const& query,
                          std::uint64_t total) {
    UserPage page{.total = total, .users = {}};
    std::vector<std::int64_t> users;
    {
        Query row(database, sql::user_keys_window, key.row(), query.window.count,
                  first_row(query.window));
        while (row.step()) users.push_back(row.integer(0));
    }
    for (auto const user : users) {
        page.users.push_back(load(database, key, user, query.with_groups));
    }
    return page;
}

Result<UserPage> list_indexed(Database& database, ConnectionKey const& key,
                              UserQuery const& query) {
    WindowFilter window(query.window);
    std::vector<std::int64_t> users;
    for_each_candidate(database, key, query.index, [&](std::int64_t user) {
        if (window.admit()) users.push_back(user);
        return true;
    });
    UserPage page{.total = window.total(), .users = {}};
    for (auto const user : users) {
        page.users.push_back(load(database, key, user, query.with_groups));
    }
    return page;
}

Result<UserPage> list_scanned(Database& database, ConnectionKey const& key, UserQuery const& query,
                              std::size_t rows_max) {
    std::vector<std::int64_t> candidates;
    for_each_candidate(database, key, query.index, [&](std::int64_t user) {
        candidates.push_back(user);
        return candidates.size() <= rows_max;
    });
    if (candidates.size() > rows_max) return fail(user_scan_too_large(rows_max));
    WindowFilter window(query.window);
    UserPage page;
    for (auto const candidate : candidates) {
        auto user = load(database, key, candidate, true);
        if (!query.rest(user) || !window.admit()) continue;
        if (!query.with_groups) user.groups.clear();
        page.users.push_back(std::move(user));
    }
    page.total = window.total();
    return page;
}

Result<UserPage> list(Database& database, ConnectionKey const& key, UserQuery const& query,
                      std::size_t rows_max) {
    auto const count = database.integer(sql::users_count, key.row());
    if (!count) return UserPage{};
    auto const total = static_cast<std::uint64_t>(*count);
    bool const everything = std::holds_alternative<std::monostate>(query.index);
    if (!query.rest) {
        return everything ? list_all(database, key, query, total)
                          : list_indexed(database, key, query);
    }
    if (everything && total > rows_max) return fail(user_scan_too_large(rows_max));
    return list_scanned(database, key, query, rows_max);
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
    auto const work = [&](Database& database) {
        return list(database, key, query, limits_.scan_rows_max);
    };
    bool const scans = query.rest && std::holds_alternative<std::monostate>(query.index);
    if (scans || query.window.count > inline_users_max)
        co_return co_await read_aside<UserPage>(work);
    co_return read<UserPage>(co_await this_coro::executor, work);
}

Task<Result<Names>> SqliteStore::resolve_users(ConnectionKey key, std::vector<MemberId> ids) {
    co_return read<Names>(co_await this_coro::executor,
                          [&](Database& database) { return resolve(database, key, ids); });
}

}  // namespace rollcall::storage::sqlite
