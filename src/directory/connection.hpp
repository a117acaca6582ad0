// A SCIM connection: one identity provider's link into an organization (contract §2).
#pragma once

#include "base/id.hpp"
#include "base/secret.hpp"
#include "base/timestamp.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::directory {

enum class IdentityProvider : std::uint8_t {
    generic,
    okta,
    microsoft_entra,
    cyberark,
    jumpcloud,
    onelogin,
    pingfederate,
    rippling,
    classlink,
    duo,
    google_workspace,
    keycloak,
    miniorange,
    salesforce,
    shibboleth
};

/// The contract's spelling, e.g. "microsoft-entra".
[[nodiscard]] std::string_view to_string(IdentityProvider provider) noexcept;
[[nodiscard]] std::optional<IdentityProvider> parse_identity_provider(
    std::string_view text) noexcept;

/// What a connection sets for itself; absent: as the provider's profile has it. The names are those
/// of scim::Profile (directory/connection_options.hpp).
struct ConnectionOptions {
    std::optional<bool> put_merges;
    std::optional<bool> refuses_unknown_members;
    std::optional<bool> refuses_unknown_attributes;
    std::optional<bool> unique_group_names;
    std::optional<bool> user_groups;
    std::optional<bool> basic_auth;

    friend bool operator==(ConnectionOptions const&, ConnectionOptions const&) = default;
};

/// A bearer token as stored. An expired token authenticates nobody; rotation still works.
struct BearerToken {
    Digest digest;
    std::string last_four;
    Timestamp expires_at;
};

/// Members of the group have the role (contract §6.3, source `scim_connection_group`).
struct RoleAssignment {
    std::string role_id;
    GroupId group;
    friend auto operator<=>(RoleAssignment const&, RoleAssignment const&) = default;
};

/// A role assignment with the group's name as of now.
struct NamedRoleAssignment {
    std::string role_id;
    GroupId group;
    std::string group_name;
};

/// A live connection. A deleted one is not returned by anything.
struct Connection {
    ConnectionId id;
    OrganizationId organization;
    std::string display_name;
    IdentityProvider identity_provider = IdentityProvider::generic;
    BearerToken token;
    std::optional<BearerToken> next_token;  ///< present while a rotation is under way
    Timestamp created_at;
    Timestamp updated_at;
    ConnectionOptions options{};
};

}  // namespace rollcall::directory
