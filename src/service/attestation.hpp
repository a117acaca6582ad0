// Logging in with a token of an issuer that the project trusts (contract §5.7).
#pragma once

#include "base/clock.hpp"
#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/keys.hpp"
#include "directory/session_plan.hpp"
#include "directory/token_profile.hpp"
#include "runtime/task.hpp"
#include "runtime/workers.hpp"
#include "service/members.hpp"
#include "service/sessions.hpp"
#include "service/token_profiles.hpp"

#include <optional>
#include <string>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

struct AttestationRequest {
    std::string profile_id;
    Secret token;
    std::optional<std::string> organization;  ///< id, slug or external id
    directory::SessionWishes wishes;
    std::optional<SessionCredential> session;  ///< gets the factor, instead of a new one
};

/// Thread-safe.
class Attestation {
public:
    /// All outlive this object.
    Attestation(storage::Store& store, TokenProfiles& profiles, Members& members,
                Sessions& sessions, runtime::Workers& workers, Clock const& clock,
                Limits const& limits)
        : store_(store),
          profiles_(profiles),
          members_(members),
          sessions_(sessions),
          workers_(workers),
          clock_(clock),
          limits_(limits) {}

    /// @errors not_found (trusted_token_profile_not_found, organization_not_found,
    ///         member_not_found, session_not_found); unauthenticated (invalid_trusted_auth_token);
    ///         invalid_value (token_missing_organization_id_claim,
    ///         invalid_token_organization_id_claim, those of directory::plan_session and of
    ///         Members::admit).
    Task<Result<Login>> attest(directory::ProjectKey project, AttestationRequest request);

private:
    Task<Result<std::string>> choose_organization(directory::ProjectKey project,
                                                  directory::TokenProfile const& profile,
                                                  std::optional<std::string> asked,
                                                  std::optional<std::string> claimed);

    storage::Store& store_;
    TokenProfiles& profiles_;
    Members& members_;
    Sessions& sessions_;
    runtime::Workers& workers_;
    Clock const& clock_;
    Limits const& limits_;
};

}  // namespace rollcall::service
