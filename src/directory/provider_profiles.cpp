// The table of provider habits. A new habit is a field of scim::Profile and a column here.
#include "directory/provider_profiles.hpp"

#include <array>

namespace rollcall::directory {
namespace {

using enum IdentityProvider;

constexpr bool no = false;
constexpr bool yes = true;

// Every provider deserves the defaults unless its own documents or traffic say otherwise. The last
// seven behave as generic (contract §2.1).
//
// clang-format off
constexpr std::array profiles{
    //                                 replace  group  PUT     refuses  refuses     unique  groups   Basic
    //                                 creates  PATCH  merges  unknown  unknown     group   on       accepted  base URL
    //                                 missing  204            members  attributes  names   users              ends in
    ProviderProfile{generic,          {no,      no,    no,     no,      no,         yes,    yes,     no,       ""}},
    ProviderProfile{okta,             {no,      no,    no,     no,      no,         yes,    yes,     no,       ""}},
    ProviderProfile{microsoft_entra,  {yes,     yes,   no,     no,      no,         yes,    yes,     no,       "?aadOptscim062020"}},
    ProviderProfile{cyberark,         {no,      no,    no,     no,      no,         yes,    yes,     no,       ""}},
    ProviderProfile{jumpcloud,        {no,      no,    no,     no,      no,         yes,    yes,     yes,      ""}},
    ProviderProfile{onelogin,         {no,      no,    no,     no,      no,         yes,    yes,     no,       ""}},
    ProviderProfile{pingfederate,     {no,      no,    no,     no,      no,         yes,    yes,     yes,      ""}},
    ProviderProfile{rippling,         {no,      no,    no,     no,      no,         yes,    yes,     no,       ""}},
    ProviderProfile{classlink,        {no,      no,    no,     no,      no,         yes,    yes,     no,       ""}},
    ProviderProfile{duo,              {no,      no,    no,     no,      no,         yes,    yes,     no,       ""}},
    ProviderProfile{google_workspace, {no,      no,    no,     no,      no,         yes,    yes,     no,       ""}},
    ProviderProfile{keycloak,         {no,      no,    no,     no,      no,         yes,    yes,     no,       ""}},
    ProviderProfile{miniorange,       {no,      no,    no,     no,      no,         yes,    yes,     no,       ""}},
    ProviderProfile{salesforce,       {no,      no,    no,     no,      no,         yes,    yes,     no,       ""}},
    ProviderProfile{shibboleth,       {no,      no,    no,     no,      no,         yes,    yes,     no,       ""}},
};
// clang-format on

constexpr bool is_in_order() {
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        if (profiles[i].provider != static_cast<IdentityProvider>(i)) return false;
    }
    return profiles.back().provider == shibboleth;
}
static_assert(is_in_order());

}  // namespace

std::span<ProviderProfile const> provider_profiles() noexcept {
    return profiles;
}

scim::Profile const& profile_of(IdentityProvider provider) noexcept {
    return profiles[static_cast<std::size_t>(provider)].profile;
}

}  // namespace rollcall::directory
