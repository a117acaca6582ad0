// Groups of a connection: create, read, replace, patch, remove.
#pragma once

#include "base/clock.hpp"
#include "base/limits.hpp"
#include "base/result.hpp"
#include "crypto/random.hpp"
#include "directory/group.hpp"
#include "runtime/task.hpp"
#include "scim/patch.hpp"
#include "scim/resource.hpp"
#include "service/connection_tokens.hpp"
#include "service/precondition.hpp"

#include <optional>
#include <string>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

/// Thread-safe. An id of another connection is not_found everywhere. Members that the connection
/// does not have are skipped and named in `notes` (checklist R-07); `notes` outlive the call.
class Groups {
public:
    /// All outlive this object.
    Groups(storage::Store& store, Clock const& clock, crypto::IdSource& ids, Limits const& limits)
        : store_(store), clock_(clock), ids_(ids), limits_(limits) {}

    /// The group is returned with its members.
    /// @errors uniqueness (displayName).
    [[nodiscard]] Task<Result<directory::Group>> create(ConnectionCaller caller,
                                                        scim::ResourceBody body,
                                                        scim::Notes& notes);
    /// @errors not_found; too_many (more members than one response may hold).
    [[nodiscard]] Task<Result<directory::Group>> get(ConnectionCaller caller, GroupId id,
                                                     bool with_members);
    /// The group is returned without members. Cost follows the request, not the group, except that
    /// the members who leave are removed one by one.
    /// @errors not_found, precondition_failed, uniqueness, mutability, unavailable.
    [[nodiscard]] Task<Result<directory::Group>> replace(ConnectionCaller caller, GroupId id,
                                                         scim::ResourceBody body,
                                                         Precondition precondition,
                                                         scim::Notes& notes);
    /// The group is returned without members. Cost follows the request as long as every operation
    /// names its members (directory/group_plan.hpp).
    /// @param base  the connection's SCIM base URL, which references to members begin with.
    /// @errors not_found, precondition_failed, uniqueness, too_many, unavailable, and those of
    ///         scim::apply_patch.
    [[nodiscard]] Task<Result<directory::Group>> patch(ConnectionCaller caller, GroupId id,
                                                       scim::PatchRequest request, std::string base,
                                                       Precondition precondition,
                                                       scim::Notes& notes);
    /// @errors not_found, precondition_failed.
    [[nodiscard]] Task<Status> remove(ConnectionCaller caller, GroupId id,
                                      Precondition precondition);

private:
    Task<Result<std::optional<std::uint64_t>>> expected_version(ConnectionCaller caller, GroupId id,
                                                                Precondition precondition);
    Task<Result<directory::Group>> apply(ConnectionCaller caller, GroupId id,
                                         directory::GroupChange change, scim::Notes& notes);
    template <class MakePlan>
    Task<Result<std::optional<directory::Group>>> change_loaded(ConnectionCaller caller, GroupId id,
                                                                bool with_members,
                                                                Precondition precondition,
                                                                scim::Notes& notes, MakePlan plan);

    storage::Store& store_;
    Clock const& clock_;
    crypto::IdSource& ids_;
    Limits const& limits_;
};

/// "no group with this id".
[[nodiscard]] Error group_not_found();

}  // namespace rollcall::service
