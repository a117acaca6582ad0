// All use cases over one store, made in one place.
#pragma once

#include "base/clock.hpp"
#include "base/limits.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "runtime/workers.hpp"
#include "service/attestation.hpp"
#include "service/connection_tokens.hpp"
#include "service/connections.hpp"
#include "service/credentials.hpp"
#include "service/groups.hpp"
#include "service/impersonation.hpp"
#include "service/member_searches.hpp"
#include "service/members.hpp"
#include "service/organization_searches.hpp"
#include "service/organizations.hpp"
#include "service/passwords.hpp"
#include "service/policies.hpp"
#include "service/projects.hpp"
#include "service/request_notes.hpp"
#include "service/schemas.hpp"
#include "service/searches.hpp"
#include "service/session_exchange.hpp"
#include "service/sessions.hpp"
#include "service/signing_keys.hpp"
#include "service/token_profiles.hpp"
#include "service/users.hpp"

#include <chrono>

namespace rollcall::service {

/// What an operator decides about the use cases.
struct ServiceOptions {
    std::chrono::seconds token_lifetime = default_token_lifetime;
    /// crypto::seal_key_bytes; seals signing keys. One of its own is good for as long as the
    /// object.
    Secret encryption_key = crypto::random_key(crypto::seal_key_bytes);
};

/// Thread-safe, as each of them is.
struct Services {
    /// All but `options` outlive this object.
    Services(storage::Store& store, Clock const& clock, crypto::IdSource& ids, Limits const& limits,
             ServiceOptions const& options = {})
        : workers(worker_threads, limits.work_waiting_max,
                  "Too many session JWTs and keys at once; try again."),
          projects(store, clock, ids),
          credentials(store, clock),
          policies(store, clock, ids, limits),
          organizations(store, policies, clock, ids, limits),
          organization_searches(store, policies, limits),
          members(store, policies, clock, ids, limits),
          member_searches(store, policies, limits),
          signing_keys(store, clock, ids, workers, options.encryption_key),
          sessions(store, policies, members, signing_keys, workers, clock, ids, limits),
          token_profiles(store, clock, ids, limits),
          attestation(store, token_profiles, members, sessions, workers, clock, limits),
          passwords(store, members, sessions, clock, ids, limits),
          impersonation(store, members, sessions, clock),
          session_exchange(store, members, sessions, clock),
          connections(store, policies, clock, ids, limits, options.token_lifetime),
          schemas(store, clock, ids, limits),
          tokens(store, clock),
          users(store, clock, ids, limits),
          groups(store, clock, ids, limits),
          searches(store, clock, limits),
          request_notes(store, limits) {}

    static constexpr std::size_t worker_threads = 2;

    runtime::Workers workers;
    Projects projects;
    ProjectCredentials credentials;
    Policies policies;
    Organizations organizations;
    OrganizationSearches organization_searches;
    Members members;
    MemberSearches member_searches;
    SigningKeys signing_keys;
    Sessions sessions;
    TokenProfiles token_profiles;
    Attestation attestation;
    Passwords passwords;
    Impersonation impersonation;
    SessionExchange session_exchange;
    Connections connections;
    Schemas schemas;
    ConnectionTokens tokens;
    Users users;
    Groups groups;
    Searches searches;
    RequestNotes request_notes;
};

}  // namespace rollcall::service
