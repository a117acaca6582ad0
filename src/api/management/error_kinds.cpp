// The table of error kinds. A new kind is one line here; /docs/errors shows it by itself.
#include "api/management/error_kinds.hpp"

#include "base/assert.hpp"

#include <algorithm>
#include <array>

namespace rollcall::api::management {
namespace {

// clang-format off
constexpr std::array kinds{
    ErrorKind{"active_scim_connection_exists", 400, "The organization already has an active SCIM connection; an organization has at most one. Delete it first."},
    ErrorKind{"allowed_auth_methods_required_for_restricted", 400, "auth_methods is RESTRICTED, so allowed_auth_methods must name at least one method."},
    ErrorKind{"allowed_mfa_methods_required_for_restricted", 400, "mfa_methods is RESTRICTED, so allowed_mfa_methods must name at least one method."},
    ErrorKind{"bad_request", 400, "The request could not be read: broken HTTP, or a body that is not a JSON object. The message says where."},
    ErrorKind{"cannot_assign_default_rbac_role_id", 400, "Every member has the role stytch_member; it cannot be assigned."},
    ErrorKind{"expectation_failed", 417, "The only Expect header that is understood is 100-continue."},
    ErrorKind{"external_organization_id_same_as_organization_id", 400, "An external id must not have the form of an organization id."},
    ErrorKind{"forbidden_character_zero_width_space", 400, "Names must not contain the invisible character U+200B."},
    ErrorKind{"internal_server_error", 500, "The server failed. Nothing is wrong with the request; the operator finds the cause in the log under the request id."},
    ErrorKind{"invalid_argument", 400, "A value is not allowed for its field. The message names field and rule."},
    ErrorKind{"invalid_authorization_header", 400, "The Authorization header must be Basic with the base64 of project_id:secret."},
    ErrorKind{"invalid_display_name", 400, "A display name has at most 128 characters, none of them a control character."},
    ErrorKind{"invalid_oauth_allowed_tenants_format", 400, "allowed_oauth_tenants is an object with the keys slack, hubspot and github, each an array of tenant ids."},
    ErrorKind{"invalid_organization_allowed_auth_methods", 400, "allowed_auth_methods names a method that does not exist."},
    ErrorKind{"invalid_organization_allowed_mfa_methods", 400, "allowed_mfa_methods may hold sms_otp and totp only."},
    ErrorKind{"invalid_organization_auth_factor_setting", 400, "A provisioning or invitation setting has a value that does not exist. The message lists those that do."},
    ErrorKind{"invalid_organization_auth_method_settings", 400, "auth_methods and mfa_methods are ALL_ALLOWED or RESTRICTED."},
    ErrorKind{"invalid_organization_external_id", 400, "An external id has 1 to 128 characters: letters, digits, '.', '_', '-', '|'."},
    ErrorKind{"invalid_organization_id", 400, "The value can be neither an organization id, nor a slug, nor an external id."},
    ErrorKind{"invalid_organization_mfa_policy", 400, "mfa_policy is OPTIONAL or REQUIRED_FOR_ALL."},
    ErrorKind{"invalid_organization_name", 400, "An organization name has 1 to 128 characters, none of them a control character."},
    ErrorKind{"invalid_organization_slug", 400, "A slug has 2 to 128 characters: letters, digits, '-', '.', '_', '~'. It must not look like an organization id."},
    ErrorKind{"invalid_project_id_authentication", 400, "The user part of the Basic credentials is not a project id."},
    ErrorKind{"invalid_rbac_custom_resource", 400, "A custom resource or one of its actions cannot be called so. The message names the place and the rule."},
    ErrorKind{"invalid_rbac_custom_role", 400, "A role cannot be called so, or one of its permissions names a resource or an action that does not exist. The message names the place and the rule."},
    ErrorKind{"invalid_rbac_role_assignment", 400, "A role assignment must be an object with a role_id, and there may be at most 1000."},
    ErrorKind{"invalid_rbac_role_id", 400, "The role exists neither in the project nor in the organization."},
    ErrorKind{"invalid_rbac_scope", 400, "This server has no scopes; custom_scopes must be empty."},
    ErrorKind{"invalid_rbac_stytch_role_edit", 400, "stytch_member and stytch_admin cannot be defined anew. A project extends their permissions under their own names."},
    ErrorKind{"invalid_request_value", 400, "A value has the wrong JSON type. The message names the field and the type it must have."},
    ErrorKind{"invalid_scim_connection_option", 400, "The options of a SCIM connection have no such name, or the option cannot have that value. The message lists what there is."},
    ErrorKind{"invalid_scim_idp", 400, "identity_provider is not a name the API knows. Use generic for a provider that is not listed."},
    ErrorKind{"invalid_scim_schema", 400, "The schema cannot be declared as it is. The message names attribute and rule."},
    ErrorKind{"invalid_secret_authentication", 400, "The password part of the Basic credentials is not a project secret."},
    ErrorKind{"invalid_session_token", 400, "X-Stytch-Member-Session does not have the form of a session token."},
    ErrorKind{"invalid_sso_default_connection_id", 400, "sso_default_connection_id does not have the form of an id."},
    ErrorKind{"invalid_url", 400, "The value must be an absolute http or https URL."},
    ErrorKind{"live_id_used_in_test_environment", 400, "An id of a live project was used with the credentials of a test project."},
    ErrorKind{"metadata_invalid_format", 400, "Metadata must be a JSON object."},
    ErrorKind{"metadata_too_large", 400, "Metadata may take at most 4096 bytes as JSON."},
    ErrorKind{"metadata_too_many_keys", 400, "Metadata may have at most 20 top-level keys."},
    ErrorKind{"method_not_allowed", 405, "The path exists, but not for this method. The Allow header lists those it has."},
    ErrorKind{"no_active_scim_connection", 404, "The organization has no SCIM connection, or not the one that was named: the id is unknown, deleted, or of another organization."},
    ErrorKind{"organization_external_id_already_used", 400, "Another organization of the project has this external id."},
    ErrorKind{"organization_logo_url_too_long", 400, "A logo URL may have at most 2048 bytes."},
    ErrorKind{"organization_name_missing", 400, "An organization needs a name."},
    ErrorKind{"organization_not_found", 404, "No organization of the project has this id, slug or external id."},
    ErrorKind{"organization_settings_claimed_domain_too_common", 400, "A public mail domain cannot be claimed."},
    ErrorKind{"organization_settings_disposable_domain", 400, "A domain of throw-away addresses cannot be used."},
    ErrorKind{"organization_settings_domain_too_common", 400, "Users of a public mail domain share nothing; it cannot be allowed for an organization."},
    ErrorKind{"organization_settings_duplicate_claimed_domain", 400, "claimed_email_domains lists a domain twice."},
    ErrorKind{"organization_settings_duplicate_domain", 400, "email_allowed_domains lists a domain twice."},
    ErrorKind{"organization_settings_invalid_claimed_domain", 400, "claimed_email_domains holds something that is not a domain name."},
    ErrorKind{"organization_settings_invalid_domain", 400, "email_allowed_domains holds something that is not a domain name."},
    ErrorKind{"organization_slug_already_used", 400, "Another organization of the project has this slug."},
    ErrorKind{"rbac_action_duplicate", 400, "A list names an action twice."},
    ErrorKind{"rbac_action_too_long", 400, "An action has at most 128 characters."},
    ErrorKind{"rbac_description_too_long", 400, "The description of a role or a resource has at most 1000 characters."},
    ErrorKind{"rbac_domain_too_common", 400, "A role cannot be implied by a public mail domain."},
    ErrorKind{"rbac_invalid_domain", 400, "A role assignment by mail domain needs a domain name."},
    ErrorKind{"rbac_permission_missing_actions", 400, "A permission needs at least one action; an asterisk stands for all of the resource."},
    ErrorKind{"rbac_policy_too_large", 400, "A policy has more roles, resources, actions or text than is allowed. The message names the limit."},
    ErrorKind{"rbac_resource_duplicate", 400, "A resource comes twice, in a policy or among the permissions of one role."},
    ErrorKind{"rbac_resource_id_too_long", 400, "A resource_id has at most 128 characters."},
    ErrorKind{"rbac_resource_missing_actions", 400, "A custom resource needs at least one action."},
    ErrorKind{"rbac_role_duplicate", 400, "A role_id comes twice, or an organization's role has the id of a role of the project."},
    ErrorKind{"rbac_role_id_too_long", 400, "A role_id has at most 128 characters."},
    ErrorKind{"rbac_role_missing_permissions", 400, "A role needs at least one permission."},
    ErrorKind{"request_body_too_large", 413, "The body is larger than this API accepts."},
    ErrorKind{"request_header_too_large", 431, "The request's headers are larger than the server accepts."},
    ErrorKind{"request_target_too_long", 414, "The request's path and query are longer than the server accepts."},
    ErrorKind{"request_timeout", 408, "The request did not arrive completely in time."},
    ErrorKind{"route_not_found", 404, "There is no such path."},
    ErrorKind{"scim_connection_not_rotating_token", 400, "No token rotation is under way; start one first."},
    ErrorKind{"scim_group_role_assignment_does_not_contain_group_id", 400, "Each element of scim_group_implicit_role_assignments needs a group_id."},
    ErrorKind{"scim_group_role_assignment_group_does_not_exist", 400, "The group is not one of this connection's. The identity provider must have pushed it first."},
    ErrorKind{"scim_schema_not_found", 404, "The connection declares no schema with this URN."},
    ErrorKind{"server_unavailable", 503, "The server is too busy or is stopping. Nothing was done; try again."},
    ErrorKind{"session_not_found", 404, "The member session is unknown, has expired, or was revoked."},
    ErrorKind{"test_id_used_in_live_environment", 400, "An id of a test project was used with the credentials of a live project."},
    ErrorKind{"too_many_domains", 400, "A list of domains may have at most 1000 elements."},
    ErrorKind{"too_many_requests", 429, "Too many requests in too short a time; wait as long as Retry-After says."},
    ErrorKind{"too_many_scim_schemas", 400, "A connection declares at most 16 schemas."},
    ErrorKind{"too_many_session_arguments", 400, "Send X-Stytch-Member-Session or X-Stytch-Member-SessionJWT, not both."},
    ErrorKind{"transfer_coding_not_supported", 501, "The only Transfer-Encoding that is understood is chunked."},
    ErrorKind{"unable_to_parse_session_jwt", 400, "X-Stytch-Member-SessionJWT does not have the form of a JWT."},
    ErrorKind{"unauthorized_action", 403, "The caller is known and may not do this."},
    ErrorKind{"unauthorized_credentials", 401, "The project is unknown, or the secret is wrong or revoked, or no credentials were sent."},
    ErrorKind{"user_search_invalid_cursor", 400, "A cursor is the next_cursor of an earlier page of the same list, unchanged."},
    ErrorKind{"user_search_invalid_limit", 400, "limit is a whole number from 0 to 1000; 0 means the default of 100."},
};
// clang-format on
static_assert(std::ranges::is_sorted(kinds, {}, &ErrorKind::name));

// For errors that carry no kind of their own.
std::string_view fallback(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_syntax:
            return "bad_request";
        case ErrorCode::invalid_filter:
        case ErrorCode::invalid_path:
        case ErrorCode::invalid_value:
        case ErrorCode::no_target:
        case ErrorCode::mutability:
        case ErrorCode::uniqueness:
        case ErrorCode::too_many:
        case ErrorCode::sensitive:
        case ErrorCode::conflict:
        case ErrorCode::precondition_failed:
            return "invalid_argument";
        case ErrorCode::invalid_cursor:
        case ErrorCode::expired_cursor:
            return "user_search_invalid_cursor";
        case ErrorCode::invalid_count:
            return "user_search_invalid_limit";
        case ErrorCode::unauthenticated:
            return "unauthorized_credentials";
        case ErrorCode::forbidden:
            return "unauthorized_action";
        case ErrorCode::not_found:
            return "route_not_found";
        case ErrorCode::payload_too_large:
            return "request_body_too_large";
        case ErrorCode::rate_limited:
            return "too_many_requests";
        case ErrorCode::unavailable:
            return "server_unavailable";
        case ErrorCode::internal:
            return "internal_server_error";
    }
    return "internal_server_error";
}

ErrorKind const* find(std::string_view name) noexcept {
    auto const found = std::ranges::lower_bound(kinds, name, {}, &ErrorKind::name);
    return found != kinds.end() && found->name == name ? &*found : nullptr;
}

}  // namespace

std::span<ErrorKind const> error_kinds() noexcept {
    return kinds;
}

ErrorKind const& kind_of(PublicError const& error) noexcept {
    if (auto const* own = find(error.kind)) return *own;
    return kind_named(fallback(error.code));
}

ErrorKind const& kind_named(std::string_view name) noexcept {
    auto const* kind = find(name);
    ASSERT(kind != nullptr);
    return *kind;
}

}  // namespace rollcall::api::management
