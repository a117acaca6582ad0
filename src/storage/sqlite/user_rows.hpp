// Users as read from rows.
#pragma once

#include "directory/keys.hpp"
#include "directory/user.hpp"
#include "storage/sqlite/database.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace rollcall::storage::sqlite {

/// From a row of sql::user_by_id or sql::user_by_key, without groups.
[[nodiscard]] directory::User user_of(Query const& row, Environment environment);

/// The groups of the user with that key: direct ones, then indirect ones, each by creation. nullopt
/// if they are more than `groups_max`, and then as many were read.
/// @throws DriverFailure.
[[nodiscard]] std::optional<std::vector<directory::GroupOfUser>> groups_of(Database& database,
                                                                           Environment environment,
                                                                           std::int64_t user,
                                                                           std::size_t groups_max);

}  // namespace rollcall::storage::sqlite
