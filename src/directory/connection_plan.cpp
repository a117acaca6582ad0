// Rules of SCIM connections and of the roles their groups imply.
#include "directory/connection_plan.hpp"

#include "base/sort_distinct.hpp"
#include "directory/field_rules.hpp"
#include "directory/organization_plan.hpp"
#include "directory/policy_plan.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rollcall::directory {
namespace {

constexpr std::string_view assignments_field = "scim_group_implicit_role_assignments";

Status check_display_name(std::string_view name, Limits const& limits) {
    return check_name(name, "display_name", "invalid_display_name", limits.name_code_points_max);
}

Result<IdentityProvider> read_identity_provider(std::string_view text) {
    // As Stytch's SDKs for Java and Rust spell it.
    if (text == "microsoftentra") return IdentityProvider::microsoft_entra;
    auto const provider = parse_identity_provider(text);
    if (provider) return *provider;
    return fail(
        invalid_field("invalid_scim_idp",
                      "identity_provider must be one of the names that the API's description "
                      "lists, such as okta, microsoft-entra or generic."));
}

Error unknown_group() {
    return invalid_field(
        "scim_group_role_assignment_group_does_not_exist",
        fmt::format("{}: group_id must name a group of this connection.", assignments_field));
}

Result<RoleAssignment> read_role_assignment(RoleAssignmentFields const& given,
                                            Environment environment,
                                            EffectivePolicy const& policy) {
    if (!given.role_id || given.role_id->empty()) {
        return fail(
            invalid_field("invalid_rbac_role_assignment",
                          fmt::format("{}: each element needs a role_id.", assignments_field)));
    }
    if (!given.group_id || given.group_id->empty()) {
        return fail(
            invalid_field("scim_group_role_assignment_does_not_contain_group_id",
                          fmt::format("{}: each element needs a group_id.", assignments_field)));
    }
    CHECK(check_assignable_role(*given.role_id, fmt::format("{}: role_id", assignments_field),
                                policy));
    auto const group = parse_id<GroupId>(*given.group_id);
    if (!group) return fail(unknown_group());
    if (group->environment != environment) return fail(wrong_environment(group->environment));
    return RoleAssignment{*given.role_id, *group};
}

Result<std::vector<RoleAssignment>> read_role_assignments(
    std::vector<RoleAssignmentFields> const& given, Environment environment,
    EffectivePolicy const& policy) {
    if (given.size() > Limits::role_assignments_max) {
        return fail(invalid_field("invalid_rbac_role_assignment",
                                  fmt::format("{} must not have more than {} elements.",
                                              assignments_field, Limits::role_assignments_max)));
    }
    std::vector<RoleAssignment> result;
    result.reserve(given.size());
    for (auto const& fields : given) {
        TRY(auto assignment, read_role_assignment(fields, environment, policy));
        result.push_back(std::move(assignment));
    }
    sort_distinct(result);
    return result;
}

bool changes_assignments(ConnectionUpdate const& update,
                         std::vector<NamedRoleAssignment> const& assignments) {
    if (!update.role_assignments) return false;
    std::vector<RoleAssignment> current;
    for (auto const& assignment : assignments) {
        current.push_back({assignment.role_id, assignment.group});
    }
    std::ranges::sort(current);
    return current != *update.role_assignments;
}

}  // namespace

ConnectionUpdate ConnectionUpdate::changes_of(
    Connection const& connection, std::vector<NamedRoleAssignment> const& assignments) const {
    auto changes = *this;
    if (display_name == connection.display_name) changes.display_name.reset();
    if (identity_provider == connection.identity_provider) changes.identity_provider.reset();
    if (!changes_assignments(*this, assignments)) changes.role_assignments.reset();
    return changes;
}

std::vector<FieldPermission> permissions_to_update(
    ConnectionUpdate const& update, Connection const& connection,
    std::vector<NamedRoleAssignment> const& assignments) {
    std::vector<FieldPermission> needed;
    auto const changes = update.changes_of(connection, assignments);
    auto const asks_for_roles =
        (update.role_assignments && !update.role_assignments->empty()) || changes.role_assignments;
    if (changes.display_name || changes.identity_provider || !asks_for_roles) {
        needed.push_back({"display_name and identity_provider", "stytch.scim", "update"});
    }
    if (asks_for_roles) {
        needed.push_back({"scim_group_implicit_role_assignments", "stytch.organization",
                          "update.settings.implicit-roles"});
    }
    return needed;
}

Result<Connection> plan_connection_creation(ConnectionFields const& fields, ConnectionId id,
                                            OrganizationId organization, BearerToken token,
                                            Timestamp now, Limits const& limits) {
    Connection connection{.id = id,
                          .organization = organization,
                          .display_name = fields.display_name.value_or(""),
                          .identity_provider = IdentityProvider::generic,
                          .token = std::move(token),
                          .next_token = std::nullopt,
                          .created_at = now,
                          .updated_at = now};
    CHECK(check_display_name(connection.display_name, limits));
    if (fields.identity_provider) {
        TRY(connection.identity_provider, read_identity_provider(*fields.identity_provider));
    }
    return connection;
}

Result<ConnectionUpdate> plan_connection_update(ConnectionFields const& fields,
                                                Environment environment,
                                                EffectivePolicy const& policy,
                                                Limits const& limits) {
    ConnectionUpdate update;
    if (fields.display_name) {
        CHECK(check_display_name(*fields.display_name, limits));
        update.display_name = fields.display_name;
    }
    if (fields.identity_provider && !fields.identity_provider->empty()) {
        TRY(update.identity_provider, read_identity_provider(*fields.identity_provider));
    }
    if (fields.role_assignments) {
        TRY(update.role_assignments,
            read_role_assignments(*fields.role_assignments, environment, policy));
    }
    return update;
}

Result<ConnectionId> read_connection_id(std::string_view text, Environment environment) {
    auto const id = parse_id<ConnectionId>(text);
    if (!id) return fail(no_active_connection());
    if (id->environment != environment) return fail(wrong_environment(id->environment));
    return *id;
}

Error no_active_connection() {
    return Error(ErrorCode::not_found, "The organization has no such active SCIM connection.")
        .with_kind("no_active_scim_connection");
}

Event connection_event(EventAction action, ConnectionId const& connection, std::string label,
                       EventId id, Timestamp now) {
    return {.id = id,
            .source = EventSource::direct,
            .object = EventObject::scim_connection,
            .action = action,
            .object_id = to_string(connection),
            .related_id = {},
            .label = std::move(label),
            .occurred_at = now};
}

}  // namespace rollcall::directory
