// Decides what a SCIM connection becomes: validation and defaults (contract §2). Pure.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/connection.hpp"
#include "directory/event.hpp"
#include "directory/field_permission.hpp"
#include "directory/policy.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::directory {

/// A role assignment as sent; absent means the member was missing.
struct RoleAssignmentFields {
    std::optional<std::string> role_id;
    std::optional<std::string> group_id;
};

/// The fields of a create or an update as sent, not yet validated; absent means "not given".
struct ConnectionFields {
    std::optional<std::string> display_name;
    std::optional<std::string> identity_provider;
    std::optional<std::vector<RoleAssignmentFields>> role_assignments;
};

/// A valid update; absent means untouched. Role assignments are sorted and distinct.
struct ConnectionUpdate {
    std::optional<std::string> display_name;
    std::optional<IdentityProvider> identity_provider;
    std::optional<std::vector<RoleAssignment>> role_assignments;

    /// Only what would not leave `connection` with `assignments` as it is.
    [[nodiscard]] ConnectionUpdate changes_of(
        Connection const& connection, std::vector<NamedRoleAssignment> const& assignments) const;
    [[nodiscard]] bool empty() const noexcept {
        return !display_name && !identity_provider && !role_assignments;
    }
};

/// What a member session needs for an update: `update` on the connection for its own fields and for
/// an update of nothing, `update.settings.implicit-roles` on the organization for role assignments.
/// A field that is sent but stays what it is needs nothing; role assignments only if the list is
/// empty, as SDKs send it for what they were not given.
/// @source contract §2.4.
[[nodiscard]] std::vector<FieldPermission> permissions_to_update(
    ConnectionUpdate const& update, Connection const& connection,
    std::vector<NamedRoleAssignment> const& assignments);

/// A new connection; role assignments are not read, since no group can exist yet.
/// @errors invalid_value: invalid_scim_idp, invalid_display_name,
///         forbidden_character_zero_width_space.
/// @source contract §2.2.
[[nodiscard]] Result<Connection> plan_connection_creation(ConnectionFields const& fields,
                                                          ConnectionId id,
                                                          OrganizationId organization,
                                                          BearerToken token, Timestamp now,
                                                          Limits const& limits);

/// What an update asks for. Whether the groups exist is for the store to say. An empty
/// identity_provider leaves it as it is, an empty display_name clears it (contract §1.5).
/// @param policy  of the organization: whose roles may be assigned.
/// @errors as plan_connection_creation; of role assignments: invalid_rbac_role_assignment,
///         scim_group_role_assignment_does_not_contain_group_id,
///         scim_group_role_assignment_group_does_not_exist (an id no group can have),
///         invalid_rbac_role_id, cannot_assign_default_rbac_role_id, ids of the other environment.
/// @source contract §2.4.
[[nodiscard]] Result<ConnectionUpdate> plan_connection_update(ConnectionFields const& fields,
                                                              Environment environment,
                                                              EffectivePolicy const& policy,
                                                              Limits const& limits);

/// Reads a connection id of a request.
/// @errors not_found (no_active_scim_connection) for what no connection can be called;
///         invalid_value for an id of the other environment.
[[nodiscard]] Result<ConnectionId> read_connection_id(std::string_view text,
                                                      Environment environment);

[[nodiscard]] Error no_active_connection();

/// What happened to a connection, by the management API; `label` is its display name.
[[nodiscard]] Event connection_event(EventAction action, ConnectionId const& connection,
                                     std::string label, EventId id, Timestamp now);

}  // namespace rollcall::directory
