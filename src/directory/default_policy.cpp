// The table of contract §6.2.
#include "directory/policy.hpp"

namespace rollcall::directory {
namespace {

std::vector<Resource> default_resources() {
    return {
        {"stytch.organization",
         "The organization: its name, slug and settings.",
         {"update.info.name", "update.info.slug", "update.info.logo-url",
          "update.settings.allowed-auth-methods", "update.settings.allowed-mfa-methods",
          "update.settings.email-jit-provisioning", "update.settings.email-invites",
          "update.settings.allowed-domains", "update.settings.default-sso-connection",
          "update.settings.sso-jit-provisioning", "update.settings.mfa-policy",
          "update.settings.implicit-roles", "update.settings.oauth-tenant-jit-provisioning",
          "update.settings.allowed-oauth-tenants", "delete"}},
        {"stytch.member",
         "The members of the organization.",
         {"create", "search", "delete", "update.info.name", "update.info.email",
          "update.info.untrusted-metadata", "update.info.mfa-phone", "update.info.delete.mfa-phone",
          "update.info.delete.mfa-totp", "update.info.delete.password",
          "update.info.unlink.retired-email", "update.settings.is-breakglass",
          "update.settings.mfa-enrolled", "update.settings.default-mfa-method",
          "update.settings.roles", "revoke-sessions", "get.connected-apps",
          "revoke.connected-app"}},
        {"stytch.self",
         "The member who makes the request.",
         {"update.info.name", "update.info.untrusted-metadata", "update.info.mfa-phone",
          "update.info.delete.mfa-phone", "update.info.delete.mfa-totp",
          "update.info.delete.password", "update.info.email", "update.info.unlink.retired-email",
          "update.settings.mfa-enrolled", "update.settings.default-mfa-method", "delete",
          "revoke-sessions", "get.connected-apps", "revoke.connected-app"}},
        {"stytch.sso",
         "The SSO connections of the organization.",
         {"create", "get", "update", "delete"}},
        {"stytch.scim",
         "The SCIM connection of the organization.",
         {"create", "get", "update", "delete"}},
        {"stytch.custom-org-roles",
         "The roles of the organization alone.",
         {"create", "get", "update", "delete"}},
    };
}

Permission everything_on(std::string resource_id) {
    return {std::move(resource_id), {std::string(every_action)}};
}

std::vector<Role> default_roles() {
    return {
        {std::string(member_role), "Granted to every member.", {everything_on("stytch.self")}},
        {std::string(admin_role),
         "Granted to administrators of the organization.",
         {everything_on("stytch.organization"), everything_on("stytch.member"),
          everything_on("stytch.sso"), everything_on("stytch.scim"),
          everything_on("stytch.custom-org-roles")}},
    };
}

}  // namespace

Policy const& default_policy() {
    static Policy const policy{default_roles(), default_resources()};
    return policy;
}

}  // namespace rollcall::directory
