// Users as read from rows.
#pragma once

#include "directory/keys.hpp"
#include "directory/user.hpp"
#include "storage/answer_size.hpp"
#include "storage/sqlite/database.hpp"

#include <cstdint>
#include <vector>

namespace rollcall::storage::sqlite {

/// From a row of sql::user_by_id or sql::user_by_key, without groups.
[[nodiscard]] directory::User user_of(Query const& row, Environment environment);

/// The same, as far as it fits into an answer.
/// @errors too_many.
[[nodiscard]] Result<directory::User> user_of(Query const& row, Environment environment,
                                              AnswerSize& answer);

/// The groups of the user with that key: direct ones, then indirect ones, each by creation.
/// @errors too_many: they do not all fit into the answer; then as many were read as do, and none
///         counts.
/// @throws DriverFailure.
[[nodiscard]] Result<std::vector<directory::GroupOfUser>> groups_of(Database& database,
                                                                    Environment environment,
                                                                    std::int64_t user,
                                                                    AnswerSize& answer);

}  // namespace rollcall::storage::sqlite
