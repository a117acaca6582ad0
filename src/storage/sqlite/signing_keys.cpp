// Keys that sign session JWTs.
#include "storage/errors.hpp"
#include "storage/sqlite/session_sql.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/tenant_sql.hpp"

namespace rollcall::storage::sqlite {

using directory::SigningKey;

Task<Result<std::optional<std::vector<SigningKey>>>> SqliteStore::list_signing_keys(
    ProjectId project) {
    using Keys = std::optional<std::vector<SigningKey>>;
    co_return read<Keys>(co_await this_coro::executor, [&](Database& database) -> Keys {
        auto const owner = database.integer(sql::find_project, project.uuid, project.environment);
        if (!owner) return std::nullopt;
        std::vector<SigningKey> keys;
        Query row(database, sql::list_signing_keys, *owner);
        while (row.step()) {
            keys.push_back({.id = {project.environment, row.uuid(0)},
                            .sealed_private = row.text(1),
                            .modulus = row.text(2),
                            .exponent = row.text(3),
                            .created_at = row.timestamp(4),
                            .retired_at = {}});
            if (!row.is_null(5)) keys.back().retired_at = row.timestamp(5);
        }
        return keys;
    });
}

Task<Status> SqliteStore::add_signing_key(ProjectId project, SigningKey key,
                                          std::optional<SigningKeyId> expected) {
    return write<void>(
        {project.uuid}, [project, key = std::move(key), expected](Database& database) -> Status {
            auto const owner =
                database.integer(sql::find_project, project.uuid, project.environment);
            if (!owner) return fail(project_not_found(project));
            std::optional<std::int64_t> newest;
            std::optional<Uuid> newest_id;
            {
                Query row(database, sql::newest_signing_key, *owner);
                if (row.step()) {
                    newest = row.integer(0);
                    newest_id = row.uuid(1);
                }
            }
            auto const expected_id = expected ? std::optional(expected->uuid) : std::nullopt;
            if (newest_id != expected_id) return fail(version_moved());
            if (newest) database.run(sql::retire_signing_key, *newest, key.created_at);
            database.run(sql::insert_signing_key, *owner, key.id.uuid, Blob{key.sealed_private},
                         key.modulus, key.exponent, key.created_at);
            return {};
        });
}

}  // namespace rollcall::storage::sqlite
