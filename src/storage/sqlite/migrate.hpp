// Bringing a database file to the current schema.
#pragma once

#include "base/result.hpp"
#include "storage/sqlite/database.hpp"

#include <span>
#include <string_view>

namespace rollcall::storage::sqlite {

/// One numbered step; its place in the list is the schema version it leads to, from 1.
struct Migration {
    std::string_view name;
    char const* sql;
};

/// The whole current schema (schema.sql).
[[nodiscard]] std::string_view full_schema();
/// All steps, oldest first.
[[nodiscard]] std::span<Migration const> migrations();

/// What a file holds, in so far as it matters for upgrading.
struct SchemaState {
    bool is_empty = false;
    bool is_ours = false;
    std::int64_t version = 0;
};
/// @throws DriverFailure.
[[nodiscard]] SchemaState schema_state(Database& database);

/// Makes the schema current, in one transaction: from full_schema() when the file is empty, else by
/// the missing steps. Does nothing when it is current. Processes may race.
///
/// @errors invalid_value (not a database of ours, or made by a newer release).
/// @throws DriverFailure.
[[nodiscard]] Status migrate(Database& database);

/// Runs the steps after version `from`, without a transaction of its own.
void run_steps(Database& database, std::int64_t from);

}  // namespace rollcall::storage::sqlite
