// Users as read from rows, and their groups.
#include "storage/sqlite/user_rows.hpp"

#include "storage/nested_groups.hpp"
#include "storage/sqlite/codec.hpp"
#include "storage/sqlite/user_sql.hpp"

namespace rollcall::storage::sqlite {

using directory::GroupOfUser;
using directory::User;

User user_of(Query const& row, Environment environment) {
    return {.id = {environment, row.uuid(1)},
            .registration = {environment, row.uuid(2)},
            .attributes = json_object(row.bytes(3)),
            .version = row.count(4),
            .created_at = row.timestamp(5),
            .last_modified = row.timestamp(6),
            .groups = {}};
}

std::optional<std::vector<GroupOfUser>> groups_of(Database& database, Environment environment,
                                                  std::int64_t user, std::size_t groups_max) {
    std::vector<GroupOfUser> groups;
    std::vector<std::int64_t> direct;
    bool any_nested = false;
    {
        Query row(database, sql::groups_of_user, user);
        while (row.step()) {
            if (direct.size() == groups_max) return std::nullopt;
            direct.push_back(row.integer(0));
            groups.push_back({{environment, row.uuid(1)}, row.text(2), true});
            any_nested = any_nested || row.integer(3) != 0;
        }
    }
    if (!any_nested) return groups;
    auto const parents_of = [&](std::int64_t group) {
        std::vector<std::int64_t> parents;
        Query row(database, sql::parents_of_group, group);
        while (row.step()) parents.push_back(row.integer(0));
        return parents;
    };
    auto const indirect = indirect_groups(direct, groups_max, parents_of);
    if (!indirect) return std::nullopt;
    for (auto const key : *indirect) {
        Query row(database, sql::group_name_by_key, key);
        if (row.step()) groups.push_back({{environment, row.uuid(0)}, row.text(1), false});
    }
    return groups;
}

}  // namespace rollcall::storage::sqlite
