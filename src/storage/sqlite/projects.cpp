// Projects, their secrets, and the settings of the installation.
#include "storage/errors.hpp"
#include "storage/key_issuer.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/tenant_sql.hpp"

#include <algorithm>

namespace rollcall::storage::sqlite {

using directory::Project;
using directory::ProjectSecret;

namespace {

constexpr std::string_view cursor_key_name = "cursor_key";
constexpr std::size_t cursor_key_bytes = 32;

std::optional<Secret> find_cursor_key(Database& database) {
    Query query(database, sql::find_setting, cursor_key_name);
    if (!query.step()) return std::nullopt;
    return Secret(query.text(0));
}

std::int64_t insert(Database& database, Project const& project) {
    database.run(sql::insert_project, project.id.uuid, project.id.environment, project.name,
                 project.public_token.uuid, project.created_at);
    return database.last_key();
}

void insert(Database& database, std::int64_t project, ProjectSecret const& secret) {
    database.run(sql::insert_secret, project, secret.id, secret.digest, secret.last_four,
                 secret.created_at, secret.revoked_at);
}

std::optional<std::int64_t> find(Database& database, ProjectId const& id) {
    return database.integer(sql::find_project, id.uuid, id.environment);
}

Project project_of(Query const& row) {
    auto const environment = static_cast<Environment>(row.integer(1));
    return {.id = {environment, row.uuid(0)},
            .name = row.text(2),
            .public_token = {environment, row.uuid(3)},
            .created_at = row.timestamp(4)};
}

std::size_t count_live_secrets(Database& database, std::int64_t project) {
    return static_cast<std::size_t>(database.integer(sql::count_live_secrets, project).value_or(0));
}

std::vector<ProjectSecret> secrets_of(Database& database, std::int64_t project) {
    std::vector<ProjectSecret> secrets;
    Query query(database, sql::list_secrets, project);
    while (query.step()) {
        secrets.push_back({.id = query.uuid(0),
                           .digest = query.digest(1),
                           .last_four = query.text(2),
                           .created_at = query.timestamp(3),
                           .revoked_at = {}});
        if (!query.is_null(4)) secrets.back().revoked_at = query.timestamp(4);
    }
    return secrets;
}

}  // namespace

Task<Result<Secret>> SqliteStore::cursor_key() {
    CO_TRY(auto const known,
           read<std::optional<Secret>>(co_await this_coro::executor, find_cursor_key));
    if (known) co_return *known;
    co_return co_await write<Secret>({}, [](Database& database) -> Result<Secret> {
        auto const fresh = crypto::random_key(cursor_key_bytes);
        database.run(sql::insert_setting, cursor_key_name, Blob{fresh.reveal()});
        return *find_cursor_key(database);
    });
}

Task<Status> SqliteStore::create_project(Project project, ProjectSecret secret) {
    return write<void>({project.id.uuid}, [project, secret](Database& database) -> Status {
        if (database.integer(sql::find_project_uuid, project.id.uuid)) {
            return fail(project_exists(project.id));
        }
        insert(database, insert(database, project), secret);
        return {};
    });
}

Task<Status> SqliteStore::ensure_project(Project project, ProjectSecret secret) {
    return write<void>({project.id.uuid}, [project, secret](Database& database) -> Status {
        auto key = find(database, project.id);
        if (!key) key = insert(database, project);
        auto const secrets = secrets_of(database, *key);
        bool const known = std::ranges::any_of(secrets, [&](ProjectSecret const& other) {
            return equal_in_constant_time(other.digest, secret.digest);
        });
        if (!known) insert(database, *key, secret);
        return {};
    });
}

Task<Result<std::vector<Project>>> SqliteStore::list_projects() {
    co_return read<std::vector<Project>>(co_await this_coro::executor, [](Database& database) {
        std::vector<Project> projects;
        Query query(database, sql::list_projects);
        while (query.step()) projects.push_back(project_of(query));
        return projects;
    });
}

Task<Result<Project>> SqliteStore::get_project(ProjectKey project) {
    co_return read<Project>(co_await this_coro::executor,
                            [&](Database& database) -> Result<Project> {
                                Query query(database, sql::project_by_key, project.row());
                                if (!query.step()) return fail(project_not_found(project.id()));
                                return project_of(query);
                            });
}

Task<Result<std::optional<ProjectKey>>> SqliteStore::find_project_for_operator(ProjectId id) {
    using Found = std::optional<ProjectKey>;
    co_return read<Found>(co_await this_coro::executor, [&](Database& database) -> Found {
        auto const row = find(database, id);
        if (!row) return std::nullopt;
        return KeyIssuer::project(id, *row);
    });
}

Task<Status> SqliteStore::create_secret(ProjectId project, ProjectSecret secret) {
    return write<void>({project.uuid}, [this, project, secret](Database& database) -> Status {
        auto const key = find(database, project);
        if (!key) return fail(project_not_found(project));
        if (count_live_secrets(database, *key) >= limits_.project_secrets_max) {
            return fail(too_many_secrets(limits_.project_secrets_max));
        }
        insert(database, *key, secret);
        return {};
    });
}

Task<Result<std::vector<ProjectSecret>>> SqliteStore::list_secrets(ProjectId project) {
    co_return read<std::vector<ProjectSecret>>(
        co_await this_coro::executor,
        [&](Database& database) -> Result<std::vector<ProjectSecret>> {
            auto const key = find(database, project);
            if (!key) return fail(project_not_found(project));
            return secrets_of(database, *key);
        });
}

Task<Status> SqliteStore::revoke_secret(ProjectId project, Uuid secret, Timestamp now,
                                        bool keep_last) {
    return write<void>({project.uuid}, [=](Database& database) -> Status {
        auto const key = find(database, project);
        if (!key) return fail(project_not_found(project));
        auto const secret_key = database.integer(sql::find_secret, *key, secret);
        if (!secret_key) return fail(secret_not_found(secret));
        if (keep_last && database.integer(sql::is_live_secret, *secret_key) == 1 &&
            count_live_secrets(database, *key) == 1) {
            return fail(last_secret(secret));
        }
        database.run(sql::revoke_secret, *secret_key, now);
        return {};
    });
}

Task<Result<std::optional<ProjectKey>>> SqliteStore::authenticate_project(ProjectId project,
                                                                          Digest secret) {
    co_return read<std::optional<ProjectKey>>(
        co_await this_coro::executor, [&](Database& database) {
            std::optional<ProjectKey> accepted;
            Query query(database, sql::live_secrets, project.uuid, project.environment);
            while (query.step()) {
                if (equal_in_constant_time(query.digest(1), secret)) {
                    accepted = KeyIssuer::project(project, query.integer(0));
                }
            }
            return accepted;
        });
}

}  // namespace rollcall::storage::sqlite
