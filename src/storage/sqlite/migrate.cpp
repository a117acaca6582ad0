// Schema versions live in user_version; application_id tells our files from others'.
#include "storage/sqlite/migrate.hpp"

#include <fmt/format.h>

namespace rollcall::storage::sqlite {
namespace {

constexpr std::int64_t application_id = 0x526f6c6c;  // "Roll"

constexpr Sql read_version = "PRAGMA user_version";
constexpr Sql read_application = "PRAGMA application_id";
constexpr Sql any_table = "SELECT 1 FROM sqlite_schema LIMIT 1";

// Rolls back unless committed.
class SchemaTransaction {
public:
    explicit SchemaTransaction(Database& database) : database_(database) {
        database_.script("BEGIN IMMEDIATE");
    }
    ~SchemaTransaction() {
        if (!database_.in_transaction()) return;
        try {
            database_.script("ROLLBACK");
        } catch (DriverFailure const&) {
            // Closing the connection rolls back as well.
        }
    }
    SchemaTransaction(SchemaTransaction const&) = delete;
    SchemaTransaction& operator=(SchemaTransaction const&) = delete;
    void commit() { database_.script("COMMIT"); }

private:
    Database& database_;
};

Status check_ours(SchemaState const& state) {
    auto const latest = static_cast<std::int64_t>(migrations().size());
    if (!state.is_empty && !state.is_ours) {
        return fail({ErrorCode::invalid_value, "the file is not a Rollcall database"});
    }
    if (state.version > latest) {
        return fail({ErrorCode::invalid_value,
                     fmt::format("the database was made by a newer release (schema version {}, "
                                 "this one knows {}); run that release",
                                 state.version, latest)});
    }
    return {};
}

}  // namespace

SchemaState schema_state(Database& database) {
    SchemaState state;
    state.is_empty = !database.integer(any_table).has_value();
    state.is_ours = database.integer(read_application) == application_id;
    state.version = database.integer(read_version).value_or(0);
    return state;
}

void run_steps(Database& database, std::int64_t from) {
    for (auto const& step : migrations().subspan(static_cast<std::size_t>(from))) {
        database.script(step.sql);
    }
}

Status migrate(Database& database) {
    auto const latest = static_cast<std::int64_t>(migrations().size());
    auto state = schema_state(database);
    CHECK(check_ours(state));
    if (!state.is_empty && state.version == latest) return {};

    SchemaTransaction transaction(database);
    state = schema_state(database);  // another process may have been faster
    CHECK(check_ours(state));
    if (state.is_empty) {
        database.script(std::string(full_schema()));
    } else {
        run_steps(database, state.version);
    }
    database.script(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};",
                                application_id, latest));
    transaction.commit();
    return {};
}

}  // namespace rollcall::storage::sqlite
