// What each kind of identity provider needs from the SCIM side; docs/providers.md is the same table
// for people.
#pragma once

#include "directory/connection.hpp"
#include "scim/profile.hpp"

#include <span>

namespace rollcall::directory {

struct ProviderProfile {
    IdentityProvider provider;
    scim::Profile profile;
};

/// One row for each kind of provider, in the order of the enum.
[[nodiscard]] std::span<ProviderProfile const> provider_profiles() noexcept;

/// The row of one kind, before a connection's own options.
[[nodiscard]] scim::Profile const& profile_of(IdentityProvider provider) noexcept;

}  // namespace rollcall::directory
