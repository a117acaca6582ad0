// Groups as read from rows.
#pragma once

#include "directory/group.hpp"
#include "storage/sqlite/codec.hpp"
#include "storage/sqlite/database.hpp"
#include "storage/sqlite/memberships.hpp"

namespace rollcall::storage::sqlite {

/// From a row of sql::group_by_id or sql::group_by_key, whose first column is the key.
[[nodiscard]] inline directory::Group group_of(Query const& row, Environment environment) {
    directory::Group group{.id = {environment, row.uuid(1)},
                           .display_name = row.text(2),
                           .external_id = row.optional_text(3),
                           .extensions = {},
                           .member_count = row.count(4),
                           .members_unset = row.integer(5) != 0,
                           .version = row.count(6),
                           .created_at = row.timestamp(7),
                           .last_modified = row.timestamp(8),
                           .members = {}};
    if (!row.is_null(9)) group.extensions = json_object(row.bytes(9));
    return group;
}

/// The same with its members if they are wanted, as far as it fits into an answer.
/// @errors too_many.
/// @throws DriverFailure.
[[nodiscard]] inline Result<directory::Group> group_of(Database& database, Query const& row,
                                                       Environment environment, bool with_members,
                                                       AnswerSize& answer) {
    auto group = group_of(row, environment);
    CHECK(answer.add_group(group, row.bytes(9).size()));
    if (with_members) {
        CHECK(answer.add_members(group.member_count));
        TRY(group.members, members_of(database, row.integer(0), answer));
    }
    return group;
}

}  // namespace rollcall::storage::sqlite
