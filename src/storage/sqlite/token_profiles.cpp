// Trusted-token profiles, and the tokens that were used.
#include "storage/errors.hpp"
#include "storage/session_json.hpp"
#include "storage/sqlite/codec.hpp"
#include "storage/sqlite/session_sql.hpp"
#include "storage/sqlite/sqlite_store.hpp"

namespace rollcall::storage::sqlite {

using directory::TokenProfile;

namespace {

TokenProfile profile_of(Query const& row, Environment environment) {
    auto profile = token_profile_from_json(json_object(row.bytes(1)));
    profile.id = {environment, row.uuid(0)};
    profile.created_at = row.timestamp(2);
    profile.updated_at = row.timestamp(3);
    return profile;
}

std::optional<TokenProfile> find(Database& database, ProjectKey const& project,
                                 TokenProfileId const& id) {
    if (id.environment != project.environment()) return std::nullopt;
    Query row(database, sql::token_profile_by_id, project.row(), id.uuid);
    if (!row.step()) return std::nullopt;
    return profile_of(row, project.environment());
}

}  // namespace

Task<Result<std::vector<TokenProfile>>> SqliteStore::list_token_profiles(ProjectKey project) {
    co_return read<std::vector<TokenProfile>>(
        co_await this_coro::executor, [&](Database& database) {
            std::vector<TokenProfile> profiles;
            Query row(database, sql::list_token_profiles, project.row());
            while (row.step()) profiles.push_back(profile_of(row, project.environment()));
            return profiles;
        });
}

Task<Result<std::optional<TokenProfile>>> SqliteStore::find_token_profile(ProjectKey project,
                                                                          TokenProfileId id) {
    co_return read<std::optional<TokenProfile>>(
        co_await this_coro::executor,
        [&](Database& database) { return find(database, project, id); });
}

Task<Status> SqliteStore::create_token_profile(ProjectKey project, TokenProfile profile) {
    return write<void>(
        {project.id().uuid},
        [this, project, profile = std::move(profile)](Database& database) -> Status {
            auto const profiles_max = limits_.token_profiles_per_project_max;
            auto const count = database.integer(sql::count_token_profiles, project.row());
            if (static_cast<std::size_t>(count.value_or(0)) >= profiles_max) {
                return fail(too_many_token_profiles(profiles_max));
            }
            database.run(sql::insert_token_profile, project.row(), profile.id.uuid,
                         json_text(to_json(profile)), profile.created_at, profile.updated_at);
            return {};
        });
}

Task<Result<TokenProfile>> SqliteStore::update_token_profile(ProjectKey project,
                                                             TokenProfile profile,
                                                             Timestamp expected_updated_at) {
    return write<TokenProfile>(
        {project.id().uuid},
        [=, profile = std::move(profile)](Database& database) -> Result<TokenProfile> {
            auto const stored = find(database, project, profile.id);
            if (!stored) return fail(token_profile_not_found(profile.id));
            if (stored->updated_at != expected_updated_at) return fail(version_moved());
            database.run(sql::update_token_profile, project.row(), profile.id.uuid,
                         json_text(to_json(profile)), profile.updated_at);
            return *find(database, project, profile.id);
        });
}

Task<Status> SqliteStore::delete_token_profile(ProjectKey project, TokenProfileId id) {
    return write<void>({project.id().uuid}, [project, id](Database& database) -> Status {
        if (!find(database, project, id)) return fail(token_profile_not_found(id));
        database.run(sql::delete_token_profile, project.row(), id.uuid);
        return {};
    });
}

Task<Result<bool>> SqliteStore::claim_token_id(ProjectKey project, TokenProfileId profile,
                                               Digest token_id, Timestamp expires_at) {
    return write<bool>({}, [=](Database& database) {
        return database.run(sql::insert_used_token, project.row(), profile.uuid, token_id,
                            expires_at) == 1;
    });
}

}  // namespace rollcall::storage::sqlite
