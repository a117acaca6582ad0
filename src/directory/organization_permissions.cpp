// The table of fields and actions.
#include "directory/organization_permissions.hpp"

#include <array>

namespace rollcall::directory {
namespace {

struct Row {
    std::string_view field;
    std::string_view action;
    bool (*differs)(Organization const&, Organization const&);
};

template <auto Field>
bool differs(Organization const& a, Organization const& b) {
    if constexpr (requires { a.*Field; }) {
        return a.*Field != b.*Field;
    } else {
        return a.settings.*Field != b.settings.*Field;
    }
}

using O = Organization;
using S = OrganizationSettings;

// The developer's own: no role of a member reaches them.
constexpr std::string_view never;

// clang-format off
constexpr std::array rows{
    Row{"organization_name", "update.info.name", differs<&O::name>},
    Row{"organization_slug", "update.info.slug", differs<&O::slug>},
    Row{"organization_logo_url", "update.info.logo-url", differs<&O::logo_url>},
    Row{"organization_external_id", never, differs<&O::external_id>},
    Row{"trusted_metadata", never, differs<&O::trusted_metadata>},
    Row{"sso_default_connection_id", "update.settings.default-sso-connection", differs<&S::sso_default_connection_id>},
    Row{"sso_jit_provisioning", "update.settings.sso-jit-provisioning", differs<&S::sso_jit_provisioning>},
    Row{"sso_jit_provisioning_allowed_connections", "update.settings.sso-jit-provisioning", differs<&S::sso_jit_provisioning_allowed_connections>},
    Row{"email_allowed_domains", "update.settings.allowed-domains", differs<&S::email_allowed_domains>},
    Row{"email_jit_provisioning", "update.settings.email-jit-provisioning", differs<&S::email_jit_provisioning>},
    Row{"email_invites", "update.settings.email-invites", differs<&S::email_invites>},
    Row{"auth_methods", "update.settings.allowed-auth-methods", differs<&S::auth_methods>},
    Row{"allowed_auth_methods", "update.settings.allowed-auth-methods", differs<&S::allowed_auth_methods>},
    Row{"mfa_policy", "update.settings.mfa-policy", differs<&S::mfa_policy>},
    Row{"mfa_methods", "update.settings.allowed-mfa-methods", differs<&S::mfa_methods>},
    Row{"allowed_mfa_methods", "update.settings.allowed-mfa-methods", differs<&S::allowed_mfa_methods>},
    Row{"rbac_email_implicit_role_assignments", "update.settings.implicit-roles", differs<&S::rbac_email_implicit_role_assignments>},
    Row{"oauth_tenant_jit_provisioning", "update.settings.oauth-tenant-jit-provisioning", differs<&S::oauth_tenant_jit_provisioning>},
    Row{"allowed_oauth_tenants", "update.settings.allowed-oauth-tenants", differs<&S::allowed_oauth_tenants>},
    Row{"claimed_email_domains", never, differs<&S::claimed_email_domains>},
    Row{"first_party_connected_apps_allowed_type", never, differs<&S::first_party_connected_apps_allowed_type>},
    Row{"allowed_first_party_connected_apps", never, differs<&S::allowed_first_party_connected_apps>},
    Row{"third_party_connected_apps_allowed_type", never, differs<&S::third_party_connected_apps_allowed_type>},
    Row{"allowed_third_party_connected_apps", never, differs<&S::allowed_third_party_connected_apps>},
};
// clang-format on

FieldPermission permission_of(Row const& row) {
    return {row.field, "stytch.organization", row.action};
}

}  // namespace

std::vector<FieldPermission> organization_field_permissions() {
    std::vector<FieldPermission> permissions;
    for (auto const& row : rows) permissions.push_back(permission_of(row));
    return permissions;
}

std::vector<FieldPermission> permissions_to_change(Organization const& current,
                                                   Organization const& next) {
    std::vector<FieldPermission> permissions;
    for (auto const& row : rows) {
        if (row.differs(current, next)) permissions.push_back(permission_of(row));
    }
    return permissions;
}

}  // namespace rollcall::directory
