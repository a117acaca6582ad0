// All use cases over one store, made in one place.
#pragma once

#include "base/clock.hpp"
#include "base/limits.hpp"
#include "crypto/random.hpp"
#include "service/connection_tokens.hpp"
#include "service/connections.hpp"
#include "service/credentials.hpp"
#include "service/groups.hpp"
#include "service/organizations.hpp"
#include "service/policies.hpp"
#include "service/request_notes.hpp"
#include "service/schemas.hpp"
#include "service/searches.hpp"
#include "service/users.hpp"

#include <chrono>

namespace rollcall::service {

/// What an operator decides about the use cases.
struct ServiceOptions {
    std::chrono::seconds token_lifetime = default_token_lifetime;
};

/// Thread-safe, as each of them is.
struct Services {
    /// All but `options` outlive this object.
    Services(storage::Store& store, Clock const& clock, crypto::IdSource& ids, Limits const& limits,
             ServiceOptions const& options = {})
        : credentials(store, clock),
          policies(store, clock, ids, limits),
          organizations(store, policies, clock, ids, limits),
          connections(store, policies, clock, ids, limits, options.token_lifetime),
          schemas(store, clock, ids, limits),
          tokens(store, clock),
          users(store, clock, ids, limits),
          groups(store, clock, ids, limits),
          searches(store, clock, limits),
          request_notes(store, limits) {}

    ProjectCredentials credentials;
    Policies policies;
    Organizations organizations;
    Connections connections;
    Schemas schemas;
    ConnectionTokens tokens;
    Users users;
    Groups groups;
    Searches searches;
    RequestNotes request_notes;
};

}  // namespace rollcall::service
