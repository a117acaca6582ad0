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
    ErrorKind{"cannot_revoke_last_project_secret", 400, "A project keeps at least one live secret, since without one nobody could call. Make another first."},
    ErrorKind{"cannot_update_trusted_metadata", 401, "trusted_metadata belongs to the backend: a call with a member session cannot change it."},
    ErrorKind{"custom_claims_too_large", 400, "The custom claims of a session may take at most 4096 bytes as JSON."},
    ErrorKind{"duplicate_member_email", 400, "Another member of the organization has this e-mail address. A deleted one can be reactivated."},
    ErrorKind{"duplicate_member_external_id", 400, "Another member of the organization has this external id; those of deleted members stay reserved."},
    ErrorKind{"email_not_found", 404, "The member has no such retired e-mail address."},
    ErrorKind{"email_unverified_for_reactivation", 400, "A deleted member can be reactivated only if its e-mail address was verified. A member that an identity provider manages returns when the provider activates it."},
    ErrorKind{"expectation_failed", 417, "The only Expect header that is understood is 100-continue."},
    ErrorKind{"external_organization_id_same_as_organization_id", 400, "An external id must not have the form of an organization id."},
    ErrorKind{"forbidden_character_zero_width_space", 400, "Names must not contain the invisible character U+200B."},
    ErrorKind{"internal_server_error", 500, "The server failed. Nothing is wrong with the request; the operator finds the cause in the log under the request id."},
    ErrorKind{"invalid_argon_2_salt", 400, "The salt of an argon2 hash has 8 to 256 bytes."},
    ErrorKind{"invalid_argument", 400, "A value is not allowed for its field. The message names field and rule."},
    ErrorKind{"invalid_authorization_header", 400, "The Authorization header must be Basic with the base64 of project_id:secret."},
    ErrorKind{"invalid_base64_scrypt_hash", 400, "A scrypt hash is base64 with scrypt_config, or the form $scrypt$ln=…,r=…,p=…$salt$hash."},
    ErrorKind{"invalid_bcrypt_cost", 400, "The cost of a bcrypt hash is from 04 to 14."},
    ErrorKind{"invalid_bcrypt_hash", 400, "A bcrypt hash is written $2a$, $2b$ or $2y$, two digits of cost, and 53 characters."},
    ErrorKind{"invalid_display_name", 400, "A display name has at most 128 characters, none of them a control character."},
    ErrorKind{"invalid_email", 400, "An e-mail address has at most 254 bytes, one @, and neither spaces nor control characters."},
    ErrorKind{"invalid_email_domain", 400, "An e-mail address ends in a domain name of at least two labels."},
    ErrorKind{"invalid_hash", 400, "The password hash or a parameter of it cannot be used. The message names field and rule."},
    ErrorKind{"invalid_hash_type", 400, "hash_type is bcrypt, argon_2i, argon_2id, scrypt, pbkdf_2, md_5, sha_1, sha_512 or phpass."},
    ErrorKind{"invalid_md_5_hash", 400, "An md_5 hash is hexadecimal of 16 bytes."},
    ErrorKind{"invalid_member_get_fields", 400, "A member is got by member_id or by email_address: exactly one of them."},
    ErrorKind{"invalid_mfa_default_method", 400, "default_mfa_method is sms_otp or totp."},
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
    ErrorKind{"invalid_pbkdf_2_hash", 400, "A pbkdf_2 hash is base64 and needs pbkdf_2_config."},
    ErrorKind{"invalid_pbkdf_2_iteration_amount", 400, "iteration_amount is missing, or larger than is computed in a login."},
    ErrorKind{"invalid_pbkdf_2_salt", 400, "The salt of a pbkdf_2 hash is base64 of 1 to 256 bytes."},
    ErrorKind{"invalid_phone_number", 400, "A phone number has the form of E.164: a plus sign and at most 15 digits, the first of them not 0."},
    ErrorKind{"invalid_phpass_hash_prefix", 400, "A phpass hash begins with $P$ or $H$."},
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
    ErrorKind{"invalid_scrypt_salt_length", 400, "The salt of a scrypt hash has 1 to 256 bytes."},
    ErrorKind{"invalid_secret_authentication", 400, "The password part of the Basic credentials is not a project secret."},
    ErrorKind{"invalid_session_duration_minutes", 400, "A session lasts from 5 to 527040 minutes."},
    ErrorKind{"invalid_session_id", 400, "The value does not have the form of the id of a member session."},
    ErrorKind{"invalid_session_token", 400, "X-Stytch-Member-Session does not have the form of a session token."},
    ErrorKind{"invalid_sha_1_hash", 400, "A sha_1 hash is hexadecimal of 20 bytes."},
    ErrorKind{"invalid_sha_512_hash", 400, "A sha_512 hash is hexadecimal of 64 bytes."},
    ErrorKind{"invalid_sso_default_connection_id", 400, "sso_default_connection_id does not have the form of an id."},
    ErrorKind{"invalid_token_organization_id_claim", 400, "The trusted token names another organization than organization_id does."},
    ErrorKind{"invalid_trusted_auth_token", 401, "The trusted token was refused: its signature, issuer, audience or times are wrong, or a claim that the profile maps is missing. The message says which."},
    ErrorKind{"invalid_trusted_token_profile", 400, "A trusted-token profile cannot be as it is. The message names the field and the rule."},
    ErrorKind{"invalid_url", 400, "The value must be an absolute http or https URL."},
    ErrorKind{"live_id_used_in_test_environment", 400, "An id of a live project was used with the credentials of a test project."},
    ErrorKind{"member_cannot_update_their_email_address", 403, "With their own session, members cannot change their e-mail address."},
    ErrorKind{"member_does_not_exist_in_organization", 404, "The member exists, but in another organization of the project."},
    ErrorKind{"member_not_found", 404, "The organization has no such member, or the member is deleted."},
    ErrorKind{"member_search_cannot_mix_internal_and_external_member_ids", 400, "member_ids holds ids or external ids, not both."},
    ErrorKind{"member_search_expected_array_of_strings", 400, "The filter takes an array of strings."},
    ErrorKind{"member_search_expected_boolean", 400, "The filter takes true or false."},
    ErrorKind{"member_search_expected_string", 400, "The filter takes a string."},
    ErrorKind{"member_search_filter_name_must_be_string", 400, "The filter_name of an operand is a string."},
    ErrorKind{"member_search_filter_name_not_recognized", 400, "There is no filter of this name."},
    ErrorKind{"member_search_member_email_fuzzy_too_short", 400, "member_email_fuzzy takes at least 3 characters."},
    ErrorKind{"member_search_member_mfa_phone_number_fuzzy_too_short", 400, "member_mfa_phone_number_fuzzy takes at least 3 characters."},
    ErrorKind{"member_search_missing_filter_name", 400, "Each operand needs a filter_name."},
    ErrorKind{"member_search_missing_filter_value", 400, "Each operand needs a filter_value."},
    ErrorKind{"member_search_organization_ids_empty", 400, "A search among members names at least one organization in organization_ids."},
    ErrorKind{"metadata_invalid_format", 400, "Metadata must be a JSON object."},
    ErrorKind{"metadata_too_large", 400, "Metadata may take at most 4096 bytes as JSON."},
    ErrorKind{"metadata_too_many_keys", 400, "Metadata may have at most 20 top-level keys."},
    ErrorKind{"method_not_allowed", 405, "The path exists, but not for this method. The Allow header lists those it has."},
    ErrorKind{"no_active_scim_connection", 404, "The organization has no SCIM connection, or not the one that was named: the id is unknown, deleted, or of another organization."},
    ErrorKind{"no_deleted_member_found_for_reactivation", 404, "The organization has no deleted member with this id."},
    ErrorKind{"no_session_arguments", 400, "Send session_token or session_jwt."},
    ErrorKind{"no_session_revoke_arguments", 400, "Send member_session_id, session_token, session_jwt or member_id."},
    ErrorKind{"operation_restricted_by_organization_auth_methods", 403, "The organization restricts how its members log in, and a password is not among the allowed methods."},
    ErrorKind{"operation_restricted_by_organization_mfa_methods", 403, "The organization or the member needs a second factor, which this server does not have. A token of a trusted issuer is enough."},
    ErrorKind{"organization_external_id_already_used", 400, "Another organization of the project has this external id."},
    ErrorKind{"organization_logo_url_too_long", 400, "A logo URL may have at most 2048 bytes."},
    ErrorKind{"organization_name_missing", 400, "An organization needs a name."},
    ErrorKind{"organization_not_found", 404, "No organization of the project has this id, slug or external id."},
    ErrorKind{"organization_search_allowed_domain_fuzzy_too_short", 400, "allowed_domain_fuzzy takes at least 3 characters."},
    ErrorKind{"organization_search_expected_array_of_strings", 400, "The filter takes an array of strings."},
    ErrorKind{"organization_search_expected_boolean", 400, "The filter takes true or false."},
    ErrorKind{"organization_search_expected_string", 400, "The filter takes a string."},
    ErrorKind{"organization_search_filter_name_must_be_string", 400, "The filter_name of an operand is a string."},
    ErrorKind{"organization_search_filter_name_not_recognized", 400, "There is no filter of this name."},
    ErrorKind{"organization_search_member_email_fuzzy_too_short", 400, "member_email_fuzzy takes at least 3 characters."},
    ErrorKind{"organization_search_missing_filter_name", 400, "Each operand needs a filter_name."},
    ErrorKind{"organization_search_missing_filter_value", 400, "Each operand needs a filter_value."},
    ErrorKind{"organization_search_organization_name_fuzzy_too_short", 400, "organization_name_fuzzy takes at least 3 characters."},
    ErrorKind{"organization_search_organization_slug_fuzzy_too_short", 400, "organization_slug_fuzzy takes at least 3 characters."},
    ErrorKind{"organization_settings_claimed_domain_too_common", 400, "A public mail domain cannot be claimed."},
    ErrorKind{"organization_settings_disposable_domain", 400, "A domain of throw-away addresses cannot be used."},
    ErrorKind{"organization_settings_domain_too_common", 400, "Users of a public mail domain share nothing; it cannot be allowed for an organization."},
    ErrorKind{"organization_settings_duplicate_claimed_domain", 400, "claimed_email_domains lists a domain twice."},
    ErrorKind{"organization_settings_duplicate_domain", 400, "email_allowed_domains lists a domain twice."},
    ErrorKind{"organization_settings_invalid_claimed_domain", 400, "claimed_email_domains holds something that is not a domain name."},
    ErrorKind{"organization_settings_invalid_domain", 400, "email_allowed_domains holds something that is not a domain name."},
    ErrorKind{"organization_slug_already_used", 400, "Another organization of the project has this slug."},
    ErrorKind{"password_already_exists", 400, "The member has a password already; a migration does not replace one."},
    ErrorKind{"pbkdf_2_key_length_mismatch", 400, "The hash does not have as many bytes as pbkdf_2_config.key_length says."},
    ErrorKind{"project_not_found", 404, "There is no such project."},
    ErrorKind{"project_secret_not_found", 404, "The project has no secret of this id."},
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
    ErrorKind{"reactivation_email_belongs_to_another_member", 400, "The address of the deleted member is another member's by now."},
    ErrorKind{"request_body_too_large", 413, "The body is larger than this API accepts."},
    ErrorKind{"request_header_too_large", 431, "The request's headers are larger than the server accepts."},
    ErrorKind{"request_target_too_long", 414, "The request's path and query are longer than the server accepts."},
    ErrorKind{"request_timeout", 408, "The request did not arrive completely in time."},
    ErrorKind{"retired_email_missing_email_identifiers", 400, "A retired address is named by email_id, email_address, or both."},
    ErrorKind{"retired_member_email", 400, "The address was another member's, and stays reserved until it is unlinked there."},
    ErrorKind{"route_not_found", 404, "There is no such path."},
    ErrorKind{"scim_connection_not_rotating_token", 400, "No token rotation is under way; start one first."},
    ErrorKind{"scim_group_role_assignment_does_not_contain_group_id", 400, "Each element of scim_group_implicit_role_assignments needs a group_id."},
    ErrorKind{"scim_group_role_assignment_group_does_not_exist", 400, "The group is not one of this connection's. The identity provider must have pushed it first."},
    ErrorKind{"scim_schema_not_found", 404, "The connection declares no schema with this URN."},
    ErrorKind{"scrypt_key_length_mismatch", 400, "The hash does not have as many bytes as scrypt_config.key_length says."},
    ErrorKind{"search_invalid_status_filter", 400, "statuses may hold active, pending, invited and deleted."},
    ErrorKind{"server_unavailable", 503, "The server is too busy or is stopping. Nothing was done; try again."},
    ErrorKind{"session_authorization_error", 403, "The roles of the member do not permit this."},
    ErrorKind{"session_authorization_tenancy_error", 403, "The member session is of another organization."},
    ErrorKind{"session_jwt_too_large", 400, "The roles of the member and the custom claims do not fit into a session JWT that a header can carry."},
    ErrorKind{"session_not_found", 404, "The member session is unknown, has expired, or was revoked."},
    ErrorKind{"session_not_mutable", 400, "An impersonated session cannot be extended."},
    ErrorKind{"stytch_claims_in_custom_claims", 400, "Names of custom claims must not begin with https://stytch.com/."},
    ErrorKind{"test_id_used_in_live_environment", 400, "An id of a test project was used with the credentials of a live project."},
    ErrorKind{"token_missing_organization_id_claim", 400, "Neither the request nor the trusted token says the organization. Where a profile makes members, the token must."},
    ErrorKind{"too_many_domains", 400, "A list of domains may have at most 1000 elements."},
    ErrorKind{"too_many_project_secrets", 400, "A project has at most 20 secrets that are not revoked. Revoke one first."},
    ErrorKind{"too_many_requests", 429, "Too many requests in too short a time; wait as long as Retry-After says."},
    ErrorKind{"too_many_roles", 400, "A member has at most 100 roles assigned explicitly."},
    ErrorKind{"too_many_scim_schemas", 400, "A connection declares at most 16 schemas."},
    ErrorKind{"too_many_session_arguments", 400, "Send X-Stytch-Member-Session or X-Stytch-Member-SessionJWT, session_token or session_jwt, not both, and a header once."},
    ErrorKind{"too_many_session_revoke_arguments", 400, "Send only one of member_session_id, session_token, session_jwt and member_id."},
    ErrorKind{"too_many_trusted_token_profiles", 400, "A project has at most 100 trusted-token profiles."},
    ErrorKind{"transfer_coding_not_supported", 501, "The only Transfer-Encoding that is understood is chunked."},
    ErrorKind{"trusted_token_profile_not_found", 404, "The project has no trusted-token profile of this id."},
    ErrorKind{"unable_to_auth_impersonation_token", 401, "The impersonation token is unknown, was used already, or is older than five minutes."},
    ErrorKind{"unable_to_parse_session_jwt", 400, "X-Stytch-Member-SessionJWT does not have the form of a JWT."},
    ErrorKind{"unauthorized_action", 403, "The caller is known and may not do this."},
    ErrorKind{"unauthorized_credentials", 401, "The project is unknown, or the secret is wrong or revoked, or no credentials were sent. Of a login: the address or the password is wrong."},
    ErrorKind{"user_search_invalid_cursor", 400, "A cursor is the next_cursor of an earlier page of the same list, unchanged."},
    ErrorKind{"user_search_invalid_limit", 400, "limit is a whole number from 0 to 1000; 0 means the default of 100."},
    ErrorKind{"user_search_invalid_operator", 400, "The operator of a query is AND or OR."},
    ErrorKind{"user_search_maximum_filter_value_count_exceeded", 400, "A query has at most 20 operands and 1000 values in them."},
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
