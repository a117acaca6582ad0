// A session in one organization for one in another (contract §5.9).
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "directory/keys.hpp"
#include "directory/session_plan.hpp"
#include "runtime/task.hpp"
#include "service/members.hpp"
#include "service/sessions.hpp"

#include <string>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

struct ExchangeRequest {
    SessionCredential session;
    std::string organization;  ///< where to: id, slug or external id
    directory::SessionWishes wishes;
};

/// Thread-safe.
class SessionExchange {
public:
    /// All outlive this object.
    SessionExchange(storage::Store& store, Members& members, Sessions& sessions, Clock const& clock)
        : store_(store), members_(members), sessions_(sessions), clock_(clock) {}

    /// Begins a session of the other organization's member with the same verified address. It has
    /// the factors of the first session, which lives on, but not its claims.
    /// @errors not_found (session_not_found, organization_not_found, member_not_found: nobody there
    ///         has the address); forbidden (those of directory::check_exchange and of
    ///         directory::check_login in the other organization); invalid_value (those of
    ///         directory::plan_session).
    Task<Result<Login>> exchange(directory::ProjectKey project, ExchangeRequest request);

private:
    storage::Store& store_;
    Members& members_;
    Sessions& sessions_;
    Clock const& clock_;
};

}  // namespace rollcall::service
