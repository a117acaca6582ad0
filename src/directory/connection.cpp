// Names of identity providers on the wire.
#include "directory/connection.hpp"

#include <algorithm>
#include <array>

namespace rollcall::directory {
namespace {

struct ProviderName {
    IdentityProvider provider;
    std::string_view name;
};

// In the order of the enum.
constexpr std::array names{
    ProviderName{IdentityProvider::generic, "generic"},
    ProviderName{IdentityProvider::okta, "okta"},
    ProviderName{IdentityProvider::microsoft_entra, "microsoft-entra"},
    ProviderName{IdentityProvider::cyberark, "cyberark"},
    ProviderName{IdentityProvider::jumpcloud, "jumpcloud"},
    ProviderName{IdentityProvider::onelogin, "onelogin"},
    ProviderName{IdentityProvider::pingfederate, "pingfederate"},
    ProviderName{IdentityProvider::rippling, "rippling"},
    ProviderName{IdentityProvider::classlink, "classlink"},
    ProviderName{IdentityProvider::duo, "duo"},
    ProviderName{IdentityProvider::google_workspace, "google-workspace"},
    ProviderName{IdentityProvider::keycloak, "keycloak"},
    ProviderName{IdentityProvider::miniorange, "miniorange"},
    ProviderName{IdentityProvider::salesforce, "salesforce"},
    ProviderName{IdentityProvider::shibboleth, "shibboleth"},
};

constexpr ProviderName const& row_of(IdentityProvider provider) {
    return names[static_cast<std::size_t>(provider)];
}

static_assert(std::ranges::all_of(names, [](ProviderName const& row) {
    return row_of(row.provider).name == row.name;
}));

}  // namespace

std::string_view to_string(IdentityProvider provider) noexcept {
    return row_of(provider).name;
}

std::optional<IdentityProvider> parse_identity_provider(std::string_view text) noexcept {
    auto const row = std::ranges::find(names, text, &ProviderName::name);
    if (row == names.end()) return std::nullopt;
    return row->provider;
}

}  // namespace rollcall::directory
