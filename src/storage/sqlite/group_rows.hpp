// Groups as read from rows.
#pragma once

#include "directory/group.hpp"
#include "storage/sqlite/codec.hpp"
#include "storage/sqlite/database.hpp"

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

}  // namespace rollcall::storage::sqlite
