// An organization: one customer, the tenant every row belongs to (contract §3.1).
#pragma once

#include "base/id.hpp"
#include "base/timestamp.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <vector>

namespace rollcall::directory {

/// Members with an address in `domain` have the role (contract §6.3).
struct EmailRoleAssignment {
    std::string domain;
    std::string role_id;
    friend bool operator==(EmailRoleAssignment const&, EmailRoleAssignment const&) = default;
};

/// Settings that are stored, validated and returned; they steer login methods this server does not
/// offer. Member initialisers are the contract's defaults.
struct OrganizationSettings {
    std::string sso_jit_provisioning = "ALL_ALLOWED";
    std::vector<std::string> sso_jit_provisioning_allowed_connections;
    std::optional<std::string> sso_default_connection_id;
    std::vector<std::string> email_allowed_domains;
    std::string email_jit_provisioning = "NOT_ALLOWED";
    std::string email_invites = "ALL_ALLOWED";
    std::string oauth_tenant_jit_provisioning = "NOT_ALLOWED";
    boost::json::object allowed_oauth_tenants;
    std::vector<std::string> claimed_email_domains;
    std::string auth_methods = "ALL_ALLOWED";
    std::vector<std::string> allowed_auth_methods;
    std::string mfa_policy = "OPTIONAL";
    std::string mfa_methods = "ALL_ALLOWED";
    std::vector<std::string> allowed_mfa_methods;
    std::vector<EmailRoleAssignment> rbac_email_implicit_role_assignments;
    std::string first_party_connected_apps_allowed_type = "ALL_ALLOWED";
    std::vector<std::string> allowed_first_party_connected_apps;
    std::string third_party_connected_apps_allowed_type = "ALL_ALLOWED";
    std::vector<std::string> allowed_third_party_connected_apps;
    friend bool operator==(OrganizationSettings const&, OrganizationSettings const&) = default;
};

struct Organization {
    OrganizationId id;
    std::string name;
    std::string slug;
    std::string logo_url;
    std::optional<std::string> external_id;
    boost::json::object trusted_metadata;
    OrganizationSettings settings;
    Timestamp created_at;
    Timestamp updated_at;
};

}  // namespace rollcall::directory
