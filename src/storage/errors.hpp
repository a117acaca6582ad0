// The errors of Store's methods, worded once for all implementations. Messages name the attribute,
// the rule and, where there is one, the holder of the value.
#pragma once

#include "base/error.hpp"
#include "base/id.hpp"
#include "directory/query.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace rollcall::storage {

[[nodiscard]] Error project_exists(ProjectId const& id);
[[nodiscard]] Error project_not_found(ProjectId const& id);
[[nodiscard]] Error secret_not_found(Uuid const& id);
[[nodiscard]] Error too_many_secrets(std::size_t secrets_max);
[[nodiscard]] Error last_secret(Uuid const& id);

[[nodiscard]] Error organization_not_found(OrganizationId const& id);
[[nodiscard]] Error slug_in_use(std::string_view slug);
[[nodiscard]] Error organization_external_id_in_use(std::string_view external_id);
[[nodiscard]] Error organization_changed(OrganizationId const& id);

[[nodiscard]] Error connection_not_found(ConnectionId const& id);
[[nodiscard]] Error active_connection_exists(ConnectionId const& holder);
[[nodiscard]] Error not_rotating();
[[nodiscard]] Error assignment_group_missing(GroupId const& group);
[[nodiscard]] Error too_many_schemas(std::size_t schemas_max);

[[nodiscard]] Error member_not_found(MemberId const& id);
/// `deleted`: the holder is, and could be reactivated.
[[nodiscard]] Error member_email_in_use(MemberId const& holder, bool deleted);
[[nodiscard]] Error member_email_retired(MemberId const& holder);
[[nodiscard]] Error member_external_id_in_use(std::string_view external_id, MemberId const& holder);

[[nodiscard]] Error user_not_found(MemberId const& id);
[[nodiscard]] Error user_name_in_use(MemberId const& holder);
[[nodiscard]] Error email_in_use(MemberId const& holder);
/// The member to link to is not what the plan saw.
[[nodiscard]] Error member_changed(MemberId const& id);
[[nodiscard]] Error user_is_known();

[[nodiscard]] Error session_not_found(SessionId const& id);
[[nodiscard]] Error password_exists(MemberId const& id);
[[nodiscard]] Error token_profile_not_found(TokenProfileId const& id);
[[nodiscard]] Error too_many_token_profiles(std::size_t profiles_max);

[[nodiscard]] Error group_not_found(GroupId const& id);
[[nodiscard]] Error display_name_in_use(GroupId const& holder);
[[nodiscard]] Error members_unknown(std::span<directory::MemberRef const> members,
                                    Environment environment);

[[nodiscard]] Error version_moved();
/// A filter or an order without index over more than `rows_max` resources.
[[nodiscard]] Error too_many_candidates(directory::UserQuery const& query, std::size_t rows_max);
[[nodiscard]] Error too_many_candidates(directory::GroupQuery const& query, std::size_t rows_max);
[[nodiscard]] Error too_many_members(std::size_t members_max);
/// The groups shown on a page of users.
[[nodiscard]] Error too_many_groups(std::size_t groups_max);
/// The groups of users that a filter or an order looks at; `bytes_max` of one user with groups.
[[nodiscard]] Error too_many_groups_searched(std::size_t groups_max, std::size_t bytes_max);
/// A filter on the group of users.
[[nodiscard]] Error too_many_members_searched(std::size_t members_max);

/// The users of an answer themselves, or its groups.
[[nodiscard]] Error too_many_bytes_of_users(std::size_t bytes_max);
[[nodiscard]] Error too_many_bytes_of_groups(std::size_t bytes_max);
/// With the groups shown on users, or the members of groups.
[[nodiscard]] Error too_many_bytes_with_groups(std::size_t bytes_max);
[[nodiscard]] Error too_many_bytes_with_members(std::size_t bytes_max);
/// The texts that an order without an index compares.
[[nodiscard]] Error too_many_bytes_to_sort(std::size_t bytes_max);

[[nodiscard]] Error write_queue_full();
[[nodiscard]] Error read_queue_full();
[[nodiscard]] Error store_closed();

}  // namespace rollcall::storage
