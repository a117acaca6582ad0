// Wording of the errors of Store's methods.
#include "storage/errors.hpp"

#include "directory/member_ref.hpp"

#include <fmt/format.h>

namespace rollcall::storage {
namespace {

Error scan_too_large(std::string_view resources, std::string_view indexed, std::size_t rows_max) {
    return {ErrorCode::too_many,
            fmt::format("filter: more than {} {} would have to be examined; add a comparison with "
                        "eq on {}, or one on meta.lastModified, joined by and",
                        rows_max, resources, indexed)};
}

Error sort_too_large(std::string_view resources, std::string_view name, std::string_view indexed,
                     std::size_t rows_max) {
    return {ErrorCode::too_many,
            fmt::format("sortBy: more than {} {} would have to be compared; sort by {}, id, "
                        "meta.created or meta.lastModified, or filter with eq on {}",
                        rows_max, resources, name, indexed)};
}

}  // namespace

Error project_exists(ProjectId const& id) {
    return {ErrorCode::uniqueness, fmt::format("project {} already exists", to_string(id))};
}

Error project_not_found(ProjectId const& id) {
    return {ErrorCode::not_found, fmt::format("there is no project {}", to_string(id))};
}

Error secret_not_found(Uuid const& id) {
    return Error(ErrorCode::not_found, fmt::format("the project has no secret {}", to_string(id)))
        .with_kind("project_secret_not_found");
}

Error too_many_secrets(std::size_t secrets_max) {
    return Error(ErrorCode::too_many,
                 fmt::format("a project has at most {} secrets; revoke one first", secrets_max))
        .with_kind("too_many_project_secrets");
}

Error last_secret(Uuid const& id) {
    return Error(ErrorCode::conflict,
                 fmt::format("{} is the project's last secret, and without one nobody can call; "
                             "make another first",
                             to_string(id)))
        .with_kind("cannot_revoke_last_project_secret");
}

Error organization_not_found(OrganizationId const& id) {
    return Error(ErrorCode::not_found, fmt::format("there is no organization {}", to_string(id)))
        .with_kind("organization_not_found");
}

Error slug_in_use(std::string_view slug) {
    return Error(ErrorCode::uniqueness,
                 fmt::format("organization_slug: another organization already uses '{}'", slug))
        .with_kind("organization_slug_already_used");
}

Error organization_external_id_in_use(std::string_view external_id) {
    return Error(ErrorCode::uniqueness,
                 fmt::format("organization_external_id: another organization already uses '{}'",
                             external_id))
        .with_kind("organization_external_id_already_used");
}

Error organization_changed(OrganizationId const& id) {
    return {ErrorCode::precondition_failed,
            fmt::format("organization {} changed since it was read", to_string(id))};
}

Error connection_not_found(ConnectionId const& id) {
    return {ErrorCode::not_found, fmt::format("there is no SCIM connection {}", to_string(id))};
}

Error active_connection_exists(ConnectionId const& holder) {
    return Error(ErrorCode::conflict,
                 fmt::format("the organization already has the active SCIM connection {}; "
                             "delete it first",
                             to_string(holder)))
        .with_kind("active_scim_connection_exists");
}

Error not_rotating() {
    return Error(ErrorCode::conflict,
                 "no token rotation is under way for this SCIM connection; start one first")
        .with_kind("scim_connection_not_rotating_token");
}

Error assignment_group_missing(GroupId const& group) {
    return Error(ErrorCode::invalid_value,
                 fmt::format("scim_group_implicit_role_assignments: the SCIM connection has no "
                             "group {}",
                             to_string(group)))
        .with_kind("scim_group_role_assignment_group_does_not_exist");
}

Error too_many_schemas(std::size_t schemas_max) {
    return Error(ErrorCode::too_many,
                 fmt::format("a SCIM connection declares at most {} schemas", schemas_max))
        .with_kind("too_many_scim_schemas");
}

Error member_not_found(MemberId const& id) {
    return Error(ErrorCode::not_found, fmt::format("there is no member {}", to_string(id)))
        .with_kind("member_not_found");
}

Error member_email_in_use(MemberId const& holder, bool deleted) {
    auto const advice = deleted ? ", which is deleted; reactivate it instead" : "";
    return Error(ErrorCode::uniqueness,
                 fmt::format("email_address: already used by the member {}{}", to_string(holder),
                             advice))
        .with_kind("duplicate_member_email");
}

Error member_email_retired(MemberId const& holder) {
    return Error(ErrorCode::uniqueness,
                 fmt::format("email_address: a retired address of the member {}; unlink it there "
                             "first",
                             to_string(holder)))
        .with_kind("retired_member_email");
}

Error member_external_id_in_use(std::string_view external_id, MemberId const& holder) {
    return Error(ErrorCode::uniqueness, fmt::format("external_id: the member {} already has '{}'",
                                                    to_string(holder), external_id))
        .with_kind("duplicate_member_external_id");
}

Error user_not_found(MemberId const& id) {
    return {ErrorCode::not_found, fmt::format("there is no user {}", to_string(id))};
}

Error user_name_in_use(MemberId const& holder) {
    return {ErrorCode::uniqueness,
            fmt::format("userName: already used by user {}", to_string(holder))};
}

Error email_in_use(MemberId const& holder) {
    return {ErrorCode::uniqueness,
            fmt::format("emails: the e-mail address is already used by {}", to_string(holder))};
}

Error member_changed(MemberId const& id) {
    return {ErrorCode::conflict,
            fmt::format("member {} changed while the user was being created", to_string(id))};
}

Error user_is_known() {
    return {ErrorCode::conflict, "the new user may be a member that the organization knows"};
}

Error session_not_found(SessionId const& id) {
    return Error(ErrorCode::not_found, fmt::format("there is no session {}", to_string(id)))
        .with_kind("session_not_found");
}

Error password_exists(MemberId const& id) {
    return Error(ErrorCode::conflict,
                 fmt::format("member {} has a password already", to_string(id)))
        .with_kind("password_already_exists");
}

Error token_profile_not_found(TokenProfileId const& id) {
    return Error(ErrorCode::not_found,
                 fmt::format("the project has no trusted-token profile {}", to_string(id)))
        .with_kind("trusted_token_profile_not_found");
}

Error too_many_token_profiles(std::size_t profiles_max) {
    return Error(ErrorCode::too_many,
                 fmt::format("a project has at most {} trusted-token profiles", profiles_max))
        .with_kind("too_many_trusted_token_profiles");
}

Error group_not_found(GroupId const& id) {
    return {ErrorCode::not_found, fmt::format("there is no group {}", to_string(id))};
}

Error display_name_in_use(GroupId const& holder) {
    return {ErrorCode::uniqueness,
            fmt::format("displayName: already used by group {}", to_string(holder))};
}

Error members_unknown(std::span<directory::MemberRef const> members, Environment environment) {
    return {ErrorCode::invalid_value,
            fmt::format("members: this connection does not have {}",
                        directory::print_member_refs(members, environment))};
}

Error version_moved() {
    return {ErrorCode::precondition_failed, "the resource changed: its version is another one now"};
}

Error too_many_candidates(directory::UserQuery const& query, std::size_t rows_max) {
    constexpr std::string_view indexed = "userName, externalId, emails.value, displayName or id";
    if (tests_candidates(query) || !query.order.key)
        return scan_too_large("users", indexed, rows_max);
    return sort_too_large("users", "userName", indexed, rows_max);
}

Error too_many_candidates(directory::GroupQuery const& query, std::size_t rows_max) {
    constexpr std::string_view indexed = "displayName, externalId, members.value or id";
    if (tests_candidates(query) || !query.order.key)
        return scan_too_large("groups", indexed, rows_max);
    return sort_too_large("groups", "displayName", indexed, rows_max);
}

Error too_many_members(std::size_t members_max) {
    return {ErrorCode::too_many,
            fmt::format("the answer would hold more than {} group members; ask for fewer groups "
                        "with count, or leave the members out with excludedAttributes=members",
                        members_max)};
}

Error too_many_groups(std::size_t groups_max) {
    return {
        ErrorCode::too_many,
        fmt::format("the answer would show more than {} groups on its users; ask for fewer users "
                    "with count, or leave the groups out with excludedAttributes=groups",
                    groups_max)};
}

Error too_many_groups_searched(std::size_t groups_max, std::size_t bytes_max) {
    return {ErrorCode::too_many,
            fmt::format("filter, sortBy: more than {} groups of users would have to be examined, "
                        "or more than {} bytes of one user with its groups; filter by groups.value "
                        "with eq, or read the groups instead",
                        groups_max, bytes_max)};
}

Error too_many_members_searched(std::size_t members_max) {
    return {ErrorCode::too_many,
            fmt::format("filter: more than {} members of the group would have to be examined; read "
                        "the group instead, or add a comparison with eq on userName or id",
                        members_max)};
}

Error too_many_bytes_of_users(std::size_t bytes_max) {
    return {ErrorCode::too_many,
            fmt::format("the answer would hold more than {} bytes of users; ask for fewer with "
                        "count",
                        bytes_max)};
}

Error too_many_bytes_of_groups(std::size_t bytes_max) {
    return {ErrorCode::too_many,
            fmt::format("the answer would hold more than {} bytes of groups; ask for fewer with "
                        "count",
                        bytes_max)};
}

Error too_many_bytes_with_groups(std::size_t bytes_max) {
    return {ErrorCode::too_many,
            fmt::format("the answer would hold more than {} bytes of users and names of their "
                        "groups; ask for fewer users with count, or leave the groups out with "
                        "excludedAttributes=groups",
                        bytes_max)};
}

Error too_many_bytes_with_members(std::size_t bytes_max) {
    return {ErrorCode::too_many,
            fmt::format("the answer would hold more than {} bytes of groups and displays of their "
                        "members; ask for fewer groups with count, or leave the members out with "
                        "excludedAttributes=members",
                        bytes_max)};
}

Error too_many_bytes_to_sort(std::size_t bytes_max) {
    return {ErrorCode::too_many,
            fmt::format("sortBy: more than {} bytes of text would have to be compared; sort by id, "
                        "meta.created or meta.lastModified",
                        bytes_max)};
}

Error write_queue_full() {
    return unavailable_error("too many writes are waiting; try again later");
}

Error read_queue_full() {
    return unavailable_error("too many long reads are waiting; try again later");
}

Error store_closed() {
    return unavailable_error("the server is shutting down");
}

}  // namespace rollcall::storage
