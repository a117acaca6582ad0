// Identity providers: their names on the wire and what their habits ask of the SCIM side.
#include "directory/connection.hpp"

#include <algorithm>
#include <array>

namespace rollcall::directory {
namespace {

struct ProviderRow {
    IdentityProvider provider;
    std::string_view name;
    scim::Profile profile;
};

constexpr scim::Profile entra{.replace_creates_missing_element = true,
                              .group_patch_without_body = true,
                              .base_url_query = "?aadOptscim062020"};
constexpr scim::Profile plain{};

// In the order of the enum; the last seven behave as generic (contract §2.1).
constexpr std::array providers{
    ProviderRow{IdentityProvider::generic, "generic", plain},
    ProviderRow{IdentityProvider::okta, "okta", plain},
    ProviderRow{IdentityProvider::microsoft_entra, "microsoft-entra", entra},
    ProviderRow{IdentityProvider::cyberark, "cyberark", plain},
    ProviderRow{IdentityProvider::jumpcloud, "jumpcloud", plain},
    ProviderRow{IdentityProvider::onelogin, "onelogin", plain},
    ProviderRow{IdentityProvider::pingfederate, "pingfederate", plain},
    ProviderRow{IdentityProvider::rippling, "rippling", plain},
    ProviderRow{IdentityProvider::classlink, "classlink", plain},
    ProviderRow{IdentityProvider::duo, "duo", plain},
    ProviderRow{IdentityProvider::google_workspace, "google-workspace", plain},
    ProviderRow{IdentityProvider::keycloak, "keycloak", plain},
    ProviderRow{IdentityProvider::miniorange, "miniorange", plain},
    ProviderRow{IdentityProvider::salesforce, "salesforce", plain},
    ProviderRow{IdentityProvider::shibboleth, "shibboleth", plain},
};

constexpr ProviderRow const& row_of(IdentityProvider provider) {
    return providers[static_cast<std::size_t>(provider)];
}

static_assert(std::ranges::all_of(providers, [](ProviderRow const& row) {
    return row_of(row.provider).name == row.name;
}));

}  // namespace

std::string_view to_string(IdentityProvider provider) noexcept {
    return row_of(provider).name;
}

std::optional<IdentityProvider> parse_identity_provider(std::string_view text) noexcept {
    auto const row = std::ranges::find(providers, text, &ProviderRow::name);
    if (row == providers.end()) return std::nullopt;
    return row->provider;
}

scim::Profile const& profile_of(IdentityProvider provider) noexcept {
    return row_of(provider).profile;
}

}  // namespace rollcall::directory
