// Passwords: brought along from another system, and shown to log in (contract §5.9).
#pragma once

#include "base/clock.hpp"
#include "base/limits.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/foreign_password_hash.hpp"
#include "crypto/random.hpp"
#include "directory/keys.hpp"
#include "directory/member_plan.hpp"
#include "directory/session_plan.hpp"
#include "runtime/task.hpp"
#include "runtime/workers.hpp"
#include "service/guess_brake.hpp"
#include "service/members.hpp"
#include "service/sessions.hpp"

#include <mutex>
#include <optional>
#include <string>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

struct PasswordMigration {
    std::string organization;  ///< id, slug or external id
    crypto::ForeignPasswordHash hash;
    directory::MemberFields fields;  ///< with the address
};

struct PasswordLogin {
    std::string organization;  ///< id, slug or external id
    std::string email_address;
    Secret password;
    directory::SessionWishes wishes;
    std::optional<SessionCredential> session;  ///< gets the factor, instead of a new one
};

/// Thread-safe.
class Passwords {
public:
    /// All outlive this object.
    Passwords(storage::Store& store, Members& members, Sessions& sessions, Clock const& clock,
              crypto::IdSource& ids, Limits const& limits)
        : store_(store),
          members_(members),
          sessions_(sessions),
          clock_(clock),
          ids_(ids),
          workers_(2, limits.passwords_waiting_max, "Too many passwords at once; try again.") {}

    /// Gives the member with the address, or a new one, a first password. Sessions stay.
    /// @errors those of crypto::import_password_hash and of Members::migrate.
    Task<Result<MetMember>> migrate(directory::ProjectKey project, PasswordMigration migration);

    /// Whether there is no such member, or one without a password, or the password is wrong, looks
    /// the same from outside, and takes as long as long as all passwords are of one kind.
    /// @errors unauthenticated; not_found (organization_not_found, session_not_found); rate_limited
    ///         (too many wrong ones for this address); unavailable (too many passwords at
    ///         once);
    ///         forbidden (those of directory::check_login); invalid_value (those of
    ///         directory::plan_session).
    Task<Result<Login>> authenticate(directory::ProjectKey project, PasswordLogin login);

private:
    Task<Result<bool>> verify(std::optional<directory::MemberPassword> password,
                              Secret const& shown);
    [[nodiscard]] std::string usual_hash();

    storage::Store& store_;
    Members& members_;
    Sessions& sessions_;
    Clock const& clock_;
    crypto::IdSource& ids_;
    /// Threads of its own: each check may take 256 MiB and a second, and what signs sessions must
    /// not wait for it.
    runtime::Workers workers_;
    GuessBrake brake_{Limits::wrong_passwords_at_once, Limits::wrong_password_interval,
                      Limits::wrong_password_addresses_max};
    std::mutex usual_mutex_;
    std::string usual_hash_;  ///< the latest that was checked
};

}  // namespace rollcall::service
