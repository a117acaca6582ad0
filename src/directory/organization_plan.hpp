// Decides what an organization becomes: validation, defaults and merging (contract §1.5, §3). Pure.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/event.hpp"
#include "directory/field_rules.hpp"
#include "directory/organization.hpp"
#include "directory/policy.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::directory {

/// A role for a mail domain as sent; absent means the member was missing.
struct EmailRoleFields {
    std::optional<std::string> domain;
    std::optional<std::string> role_id;
};

/// The fields of a create or an update as sent, not yet validated; absent means "not given".
struct OrganizationFields {
    std::optional<std::string> name;
    std::optional<std::string> slug;
    std::optional<std::string> logo_url;
    std::optional<std::string> external_id;
    std::optional<boost::json::object> trusted_metadata;  ///< merged by key, null deletes
    std::optional<std::string> sso_jit_provisioning;
    std::optional<std::vector<std::string>> sso_jit_provisioning_allowed_connections;
    std::optional<std::string> sso_default_connection_id;
    std::optional<std::vector<std::string>> email_allowed_domains;
    std::optional<std::string> email_jit_provisioning;
    std::optional<std::string> email_invites;
    std::optional<std::string> oauth_tenant_jit_provisioning;
    std::optional<boost::json::object> allowed_oauth_tenants;
    std::optional<std::vector<std::string>> claimed_email_domains;
    std::optional<std::string> auth_methods;
    std::optional<std::vector<std::string>> allowed_auth_methods;
    std::optional<std::string> mfa_policy;
    std::optional<std::string> mfa_methods;
    std::optional<std::vector<std::string>> allowed_mfa_methods;
    std::optional<std::vector<EmailRoleFields>> rbac_email_implicit_role_assignments;
    std::optional<std::string> first_party_connected_apps_allowed_type;
    std::optional<std::vector<std::string>> allowed_first_party_connected_apps;
    std::optional<std::string> third_party_connected_apps_allowed_type;
    std::optional<std::vector<std::string>> allowed_third_party_connected_apps;
};

/// A new organization. Empty strings and lists count as not given; without a slug one is derived
/// from the name (see derive_slug), which may be taken.
///
/// @param policy  of the project: whose roles may be assigned.
/// @errors invalid_value with the contract's kind for the field; the message names field and rule.
/// @source contract §3.1, §3.2.
[[nodiscard]] Result<Organization> plan_organization_creation(OrganizationFields const& fields,
                                                              OrganizationId id,
                                                              EffectivePolicy const& policy,
                                                              Timestamp now, Limits const& limits);

/// The organization after an update. Empty strings leave names, slugs, ids and settings as they are
/// and clear the logo; empty lists clear. If nothing changes, the result equals `current`; else
/// `updated_at` has moved, even when the clock has not.
///
/// @param policy  of the organization: whose roles may be assigned.
/// @errors as plan_organization_creation.
/// @source contract §1.5, §3.3.
[[nodiscard]] Result<Organization> plan_organization_update(Organization const& current,
                                                            OrganizationFields const& fields,
                                                            EffectivePolicy const& policy,
                                                            Timestamp now, Limits const& limits);

/// The organization without its external id; equal to `current` if it has none.
[[nodiscard]] Organization plan_external_id_removal(Organization const& current, Timestamp now);

/// A slug made of a name: ASCII lower case, everything else "-". Always a legal slug, short enough
/// to take a suffix.
[[nodiscard]] std::string derive_slug(std::string_view name);

/// `slug` with "-" and `suffix` behind it, cut to the allowed size.
[[nodiscard]] std::string with_suffix(std::string_view slug, std::string_view suffix);

/// Checks that `reference`, given in `field`, can be an id of `environment`, a slug, or an external
/// id.
/// @errors invalid_value: invalid_organization_id, or an id of the other environment.
/// @source contract §1.8, §1.10.
[[nodiscard]] Status check_organization_reference(std::string_view reference,
                                                  Environment environment,
                                                  std::string_view field = "organization_id");

/// An id of `found` was used by a caller of the other environment.
[[nodiscard]] Error wrong_environment(Environment found);

[[nodiscard]] Error organization_not_found();

/// What happened to an organization, by the management API.
[[nodiscard]] Event organization_event(EventAction action, Organization const& organization,
                                       EventId id, Timestamp now);

}  // namespace rollcall::directory
