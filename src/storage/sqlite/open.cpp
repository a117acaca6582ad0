// Opening a directory: files, lock, schema, threads.
#include "storage/sqlite/open.hpp"

#include "storage/sqlite/migrate.hpp"
#include "storage/sqlite/sqlite_store.hpp"

#include <fmt/format.h>

namespace rollcall::storage {
namespace sqlite {
namespace {

// A server holds the lock. Anyone else needs it only to change an existing schema, which must not
// happen under a server of an older release.
Result<std::optional<DirectoryLock>> lock_for(SqliteOptions const& options, Database& database) {
    auto const state = schema_state(database);
    bool const would_upgrade =
        state.is_ours && state.version < static_cast<std::int64_t>(migrations().size());
    if (options.exclusive || would_upgrade) return DirectoryLock::take(options.directory);
    return std::nullopt;
}

Result<std::unique_ptr<Store>> open(SqliteOptions const& options, crypto::IdSource& ids,
                                    Limits const& limits) {
    auto const file = options.directory / "rollcall.db";
    if (options.must_exist) {
        CHECK(find_database(options.directory, file));
    } else {
        CHECK(prepare_files(options.directory, file));
    }
    auto database = std::make_unique<Database>(file, Database::Mode::write);
    TRY(auto lock, lock_for(options, *database));
    CHECK(migrate(*database));
    if (!options.exclusive) lock.reset();
    database->script("PRAGMA journal_mode = WAL");
    return std::make_unique<SqliteStore>(file, std::move(database), std::move(lock), ids, limits);
}

Error unusable(std::filesystem::path const& directory, DriverFailure const& failure) {
    auto const file = (directory / "rollcall.db").string();
    if (failure.is_damage()) {
        return {ErrorCode::invalid_value, fmt::format("{} is damaged, or is not a database", file),
                failure.what()};
    }
    return {ErrorCode::unavailable, fmt::format("cannot open {}: {}", file, failure.what())};
}

}  // namespace
}  // namespace sqlite

Result<std::unique_ptr<Store>> open_sqlite_store(SqliteOptions const& options,
                                                 crypto::IdSource& ids, Limits const& limits) {
    try {
        auto store = sqlite::open(options, ids, limits);
        if (store || store.error().code() != ErrorCode::invalid_value) return store;
        return fail({ErrorCode::invalid_value,
                     fmt::format("{}: {}", (options.directory / "rollcall.db").string(),
                                 store.error().message())});
    } catch (sqlite::DriverFailure const& failure) {
        return fail(sqlite::unusable(options.directory, failure));
    }
}

}  // namespace rollcall::storage
