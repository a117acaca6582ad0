// Members as read from rows.
#pragma once

#include "directory/keys.hpp"
#include "directory/member.hpp"
#include "storage/answer_size.hpp"
#include "storage/sqlite/database.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace rollcall::storage::sqlite {

/// The active connection of an organization: whose users its members are registered as.
struct ActiveConnection {
    std::int64_t key = 0;
    ConnectionId id;
};
/// @throws DriverFailure; as all below.
[[nodiscard]] std::optional<ActiveConnection> active_connection_of(
    Database& database, directory::OrganizationKey const& organization);

[[nodiscard]] std::vector<std::string> explicit_roles_of(
    Database& database, directory::OrganizationKey const& organization, std::int64_t member);

/// The roles that the groups of the member's registration offer; sorted.
[[nodiscard]] std::vector<directory::GroupRole> group_roles_of(Database& database,
                                                               ActiveConnection const& connection,
                                                               Uuid const& member);

/// The member with that key, which must exist. `connection` is the organization's active one.
/// @param answer  is empty; the registration's groups stay away if they do not fit.
[[nodiscard]] directory::MemberRecord load_member(Database& database,
                                                  directory::OrganizationKey const& organization,
                                                  std::optional<ActiveConnection> const& connection,
                                                  std::int64_t member, AnswerSize& answer);

/// The row of a member who is not deleted, of an organization that is there.
[[nodiscard]] std::optional<std::int64_t> find_live_member(
    Database& database, directory::OrganizationKey const& organization, MemberId const& id);

}  // namespace rollcall::storage::sqlite
