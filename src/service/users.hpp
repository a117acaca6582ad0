// Users of a connection: create or link, read, replace, patch, remove.
#pragma once

#include "base/clock.hpp"
#include "base/limits.hpp"
#include "base/result.hpp"
#include "crypto/random.hpp"
#include "directory/representation.hpp"
#include "directory/user.hpp"
#include "runtime/task.hpp"
#include "scim/patch.hpp"
#include "scim/resource.hpp"
#include "service/connection_tokens.hpp"
#include "service/precondition.hpp"

#include <string>
#include <vector>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

/// Thread-safe. An id of another connection is not_found everywhere.
class Users {
public:
    /// All outlive this object.
    Users(storage::Store& store, Clock const& clock, crypto::IdSource& ids, Limits const& limits)
        : store_(store), clock_(clock), ids_(ids), limits_(limits) {}

    /// Creates a user: a new member, or the registration of a known one (directory/link.hpp).
    /// @errors uniqueness; unavailable (planned again too often).
    [[nodiscard]] Task<Result<directory::User>> create(ConnectionCaller caller,
                                                       scim::ResourceBody body);
    /// @errors not_found; too_many (more groups than one answer shows).
    [[nodiscard]] Task<Result<directory::User>> get(ConnectionCaller caller, MemberId id,
                                                    bool with_groups);
    /// Replaces all attributes, keeping what W-04 keeps. Nothing is written if nothing changes.
    /// @param notes  gains that the groups are more than one answer shows, and left out; outlives
    ///               the call.
    /// @errors not_found, precondition_failed, uniqueness, invalid_value, unavailable.
    [[nodiscard]] Task<Result<directory::User>> replace(ConnectionCaller caller, MemberId id,
                                                        scim::ResourceBody body,
                                                        Precondition precondition, bool with_groups,
                                                        scim::Notes& notes);
    /// @param notes  the same, and what tolerance did.
    /// @errors as replace, and those of scim::apply_patch.
    [[nodiscard]] Task<Result<directory::User>> patch(ConnectionCaller caller, MemberId id,
                                                      scim::PatchRequest request,
                                                      Precondition precondition, bool with_groups,
                                                      scim::Notes& notes);
    /// Removes the user from the connection and deactivates the member.
    /// @errors not_found, precondition_failed, unavailable.
    [[nodiscard]] Task<Status> remove(ConnectionCaller caller, MemberId id,
                                      Precondition precondition);
    /// Those of `ids` that are users of the connection. Without ids no store access.
    [[nodiscard]] Task<Result<directory::ResolvedUsers>> resolve(ConnectionCaller caller,
                                                                 std::vector<MemberId> ids);

private:
    Task<Result<directory::User>> get_to_change(ConnectionCaller caller, MemberId id,
                                                bool with_groups, scim::Notes& notes);
    template <class Plan>
    Task<Result<directory::User>> change(ConnectionCaller caller, MemberId id,
                                         Precondition precondition, bool with_groups,
                                         scim::Notes& notes, Plan plan);
    [[nodiscard]] EventId new_event_id(Environment environment);

    storage::Store& store_;
    Clock const& clock_;
    crypto::IdSource& ids_;
    Limits const& limits_;
};

/// "no user with this id".
[[nodiscard]] Error user_not_found();

}  // namespace rollcall::service
