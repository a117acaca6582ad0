// Changing who is in a group, at a cost that follows the change.
#pragma once

#include "directory/group.hpp"
#include "directory/keys.hpp"
#include "storage/answer_size.hpp"
#include "storage/sqlite/database.hpp"

#include <cstdint>
#include <vector>

namespace rollcall::storage::sqlite {

/// What a change did to a group's members.
struct MemberDelta {
    std::vector<directory::MemberRef> removed;
    std::vector<directory::MemberRef> added;
    std::vector<directory::MemberRef> unknown;
    bool displays_changed = false;

    [[nodiscard]] bool any() const {
        return !removed.empty() || !added.empty() || displays_changed;
    }
};

/// Removes and adds what `change` says, in this order, or with clear_members makes the members
/// exactly those of `add`. Does not touch the group's own row.
/// @throws DriverFailure.
[[nodiscard]] MemberDelta change_members(Database& database, directory::ConnectionKey const& key,
                                         std::int64_t group, directory::GroupChange const& change);

/// The row of a user or group of the connection.
[[nodiscard]] std::optional<std::int64_t> find_member(Database& database,
                                                      directory::ConnectionKey const& key,
                                                      directory::MemberRef const& ref);

/// The members of a group in order of insertion; their number is in the answer's size already.
/// @errors too_many (their displays do not fit into the answer).
[[nodiscard]] Result<std::vector<directory::GroupMember>> members_of(Database& database,
                                                                     std::int64_t group,
                                                                     AnswerSize& answer);

}  // namespace rollcall::storage::sqlite
