// Use cases of trusted-token profiles, for the developer's backend and the operator
// (docs/token-profiles.md).
#pragma once

#include "base/clock.hpp"
#include "base/limits.hpp"
#include "base/result.hpp"
#include "crypto/public_key.hpp"
#include "crypto/random.hpp"
#include "directory/keys.hpp"
#include "directory/token_profile.hpp"
#include "directory/token_profile_plan.hpp"
#include "runtime/task.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

/// @param text  one key, as a profile of that type holds it.
/// @errors those of crypto::parse_jwk and crypto::parse_pem.
[[nodiscard]] Result<crypto::PublicKey> parse_key(directory::PublicKeyType type,
                                                  std::string_view text);

/// What belongs to another project is not found. Thread-safe.
///
/// Errors common to all that take an id: not_found (trusted_token_profile_not_found); invalid_value
/// (an id of the other environment).
class TokenProfiles {
public:
    /// All outlive this object.
    TokenProfiles(storage::Store& store, Clock const& clock, crypto::IdSource& ids,
                  Limits const& limits)
        : store_(store), clock_(clock), ids_(ids), limits_(limits) {}

    /// By creation.
    Task<Result<std::vector<directory::TokenProfile>>> list(directory::ProjectKey project);
    Task<Result<directory::TokenProfile>> get(directory::ProjectKey project, std::string id);
    /// @errors those of directory::plan_token_profile_creation, also for a key that is none;
    ///         too_many (too_many_trusted_token_profiles).
    Task<Result<directory::TokenProfile>> create(directory::ProjectKey project,
                                                 directory::TokenProfileFields fields);
    /// Writes nothing if nothing changes.
    /// @errors those of directory::plan_token_profile_update, also for a key that is none.
    Task<Result<directory::TokenProfile>> update(directory::ProjectKey project, std::string id,
                                                 directory::TokenProfileFields fields);
    /// Sessions that its tokens began go on.
    Task<Result<TokenProfileId>> remove(directory::ProjectKey project, std::string id);

    /// For the operator, who needs no credentials.
    /// @errors not_found (project).
    Task<Result<directory::ProjectKey>> open_for_operator(ProjectId project);

private:
    storage::Store& store_;
    Clock const& clock_;
    crypto::IdSource& ids_;
    Limits const& limits_;
};

}  // namespace rollcall::service
