// Users as read from rows, and their groups.
#include "storage/sqlite/user_rows.hpp"

#include "storage/errors.hpp"
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

Result<User> user_of(Query const& row, Environment environment, AnswerSize& answer) {
    CHECK(answer.add_user(row.bytes(3).size()));
    return user_of(row, environment);
}

Result<std::vector<GroupOfUser>> groups_of(Database& database, Environment environment,
                                           std::int64_t user, AnswerSize& answer) {
    std::vector<GroupOfUser> groups;
    auto with_groups = answer;
    auto const add = [&](GroupOfUser group) -> Status {
        CHECK(with_groups.add_group_of_user(group));
        groups.push_back(std::move(group));
        return {};
    };
    std::vector<std::int64_t> direct;
    bool any_nested = false;
    {
        Query row(database, sql::groups_of_user, user);
        while (row.step()) {
            direct.push_back(row.integer(0));
            CHECK(add({{environment, row.uuid(1)}, row.text(2), true}));
            any_nested = any_nested || row.integer(3) != 0;
        }
    }
    auto const parents_of = [&](std::int64_t group) {
        std::vector<std::int64_t> parents;
        Query row(database, sql::parents_of_group, group);
        while (row.step()) parents.push_back(row.integer(0));
        return parents;
    };
    auto const indirect = any_nested ? indirect_groups(direct, answer.members_left(), parents_of)
                                     : std::vector<std::int64_t>{};
    if (!indirect) return fail(too_many_groups(answer.members_max()));
    for (auto const key : *indirect) {
        Query row(database, sql::group_name_by_key, key);
        if (row.step()) CHECK(add({{environment, row.uuid(0)}, row.text(1), false}));
    }
    answer = with_groups;
    return groups;
}

}  // namespace rollcall::storage::sqlite
