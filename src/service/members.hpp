// Use cases of members for the developer's backend (contract §4).
#pragma once

#include "base/clock.hpp"
#include "base/limits.hpp"
#include "base/result.hpp"
#include "crypto/random.hpp"
#include "directory/keys.hpp"
#include "directory/member_plan.hpp"
#include "runtime/task.hpp"
#include "service/member_view.hpp"
#include "service/permit.hpp"
#include "service/policies.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

/// Names a member: the organization by id, slug or external id, the member by id or external id.
struct MemberReference {
    std::string organization;
    std::string member;
};

/// What names an address; at least one.
struct EmailReference {
    std::optional<std::string> email_id;
    std::optional<std::string> email_address;
};

/// Who asks to be let in, by somebody whose word the project trusts (contract §5.7).
struct Admission {
    std::string email_address;
    std::optional<std::string> external_id{};
    std::optional<std::vector<std::string>> roles{};  ///< replaces the explicit ones
    bool may_create = false;
    std::optional<MemberId> only{};  ///< whose session they show
};

/// A member who was met by address.
struct MetMember {
    MemberView view;
    bool created = false;
};

/// What belongs to another project is not found. A deleted member is not found either, where
/// nothing else is said. Thread-safe.
///
/// Errors common to all: those of service::Organizations for its reference; not_found
/// (member_not_found, member_does_not_exist_in_organization); invalid_value (ids of the other
/// environment). Of those that change: unavailable (others kept changing it).
class Members {
public:
    /// All outlive this object.
    Members(storage::Store& store, Policies& policies, Clock const& clock, crypto::IdSource& ids,
            Limits const& limits)
        : store_(store), policies_(policies), clock_(clock), ids_(ids), limits_(limits) {}

    /// @errors those of directory::plan_member_creation; uniqueness (duplicate_member_email,
    ///         retired_member_email, duplicate_member_external_id); those of `permit`.
    Task<Result<MemberView>> create(directory::ProjectKey project, std::string organization,
                                    directory::MemberFields fields, PermitOnMember permit);
    Task<Result<MemberView>> get(directory::ProjectKey project, MemberReference reference);
    Task<Result<MemberView>> get_by_email(directory::ProjectKey project, std::string organization,
                                          std::string email_address);
    /// In whatever organization of the project, by id only. Costs a look into each of them.
    Task<Result<MemberView>> get_anywhere(directory::ProjectKey project, std::string member_id,
                                          bool include_deleted);
    /// Writes nothing if nothing changes.
    /// @errors as create.
    Task<Result<MemberView>> update(directory::ProjectKey project, MemberReference reference,
                                    directory::MemberFields fields, PermitOnMember permit);
    /// The living member with that address, made active; or a new one, if one may be made.
    /// @errors as create; not_found (session_not_found: it is not `only`).
    Task<Result<MemberView>> admit(directory::ProjectKey project, std::string organization,
                                   Admission admission);
    /// The living member with the address of `fields`, or a new one, with a first password. The
    /// address counts as verified; an external id is for a new member only.
    /// @errors as create; a deleted member has the address still (duplicate_member_email); conflict
    ///         (password_already_exists).
    Task<Result<MetMember>> migrate(directory::ProjectKey project, std::string organization,
                                    directory::MemberFields fields,
                                    directory::MemberPassword password);
    /// Deactivates the member. Needs `delete`.
    /// @errors those of `permit`.
    Task<Result<MemberId>> remove(directory::ProjectKey project, MemberReference reference,
                                  PermitOnMember permit);
    /// By id only.
    /// @errors those of directory::plan_member_reactivation; uniqueness
    ///         (reactivation_email_belongs_to_another_member).
    Task<Result<MemberView>> reactivate(directory::ProjectKey project, MemberReference reference);
    Task<Result<MemberView>> remove_external_id(directory::ProjectKey project,
                                                MemberReference reference);
    /// Forgets a retired address, so that another member may have it. Needs
    /// `update.info.unlink.retired-email`.
    /// @errors invalid_value (retired_email_missing_email_identifiers); not_found
    ///         (email_not_found); those of `permit`.
    Task<Result<MemberView>> unlink_retired_email(directory::ProjectKey project,
                                                  MemberReference reference, EmailReference email,
                                                  PermitOnMember permit);

private:
    struct Opened;
    struct Found;

    Task<Result<Opened>> open(directory::ProjectKey project, std::string organization);
    Task<Result<Found>> find(directory::ProjectKey project, MemberReference const& reference);
    Task<Result<MemberView>> create_with(directory::ProjectKey project, std::string organization,
                                         directory::MemberFields fields,
                                         std::optional<directory::MemberPassword> password,
                                         PermitOnMember permit);
    template <class Plan>
    Task<Result<Found>> change(directory::ProjectKey project, MemberReference reference, Plan plan,
                               std::optional<directory::MemberPassword> password = std::nullopt);
    template <class Plan>
    Task<Result<MetMember>> meet(directory::ProjectKey project, std::string organization,
                                 directory::MemberFields fields, bool may_create, Plan plan,
                                 std::optional<directory::MemberPassword> password = std::nullopt);
    [[nodiscard]] EventId new_event_id(directory::ProjectKey const& project, Timestamp now);

    storage::Store& store_;
    Policies& policies_;
    Clock const& clock_;
    crypto::IdSource& ids_;
    Limits const& limits_;
};

}  // namespace rollcall::service
