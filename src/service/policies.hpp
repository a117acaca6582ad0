// Use cases of policies of roles (contract §6), and the ready-made policy that every check of a
// permission or of a role's name asks.
#pragma once

#include "base/clock.hpp"
#include "base/limits.hpp"
#include "base/result.hpp"
#include "crypto/random.hpp"
#include "directory/keys.hpp"
#include "directory/policy.hpp"
#include "runtime/task.hpp"
#include "service/per_thread.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

/// What holds in an organization.
struct OrganizationPolicyView {
    OrganizationId organization;
    std::shared_ptr<directory::EffectivePolicy const> policy;  ///< never null
};

/// What belongs to another project is not found. Thread-safe.
///
/// Each thread keeps the policies it put together for as long as the generations of their project
/// and organization stay, so that a check normally reads nothing; at most about `kept_max` roles,
/// resources and actions, then it starts anew.
class Policies {
public:
    using Ready = std::shared_ptr<directory::EffectivePolicy const>;

    static constexpr std::size_t kept_max = 100'000;

    /// All outlive this object.
    Policies(storage::Store& store, Clock const& clock, crypto::IdSource& ids, Limits const& limits)
        : store_(store), clock_(clock), ids_(ids), limits_(limits) {}

    /// What holds in the project as such, without roles of organizations. Never null.
    Task<Result<Ready>> effective(directory::ProjectKey project);
    /// What holds in the organization. Never null.
    Task<Result<Ready>> effective(directory::OrganizationKey organization);

    /// What the project adds to the default policy.
    Task<Result<directory::ProjectPolicy>> get_project_policy(directory::ProjectKey project);
    /// Replaces all that the project adds; writes nothing if it is this already.
    /// @return what is stored now.
    /// @errors those of directory::plan_project_policy.
    Task<Result<directory::ProjectPolicy>> put_project_policy(directory::ProjectKey project,
                                                              directory::ProjectPolicy wanted);

    /// @param reference  of the organization: id, slug or external id.
    /// @errors those common to all of service::Organizations.
    Task<Result<OrganizationPolicyView>> get_organization_policy(directory::ProjectKey project,
                                                                 std::string reference);
    /// Replaces all roles of the organization's own; writes nothing if they are these already.
    /// @return what holds now.
    /// @errors as get_organization_policy; those of directory::plan_organization_policy.
    Task<Result<OrganizationPolicyView>> put_organization_policy(
        directory::ProjectKey project, std::string reference, directory::OrganizationPolicy wanted);

    /// For the operator, who needs no credentials.
    /// @errors not_found.
    Task<Result<directory::ProjectKey>> open_for_operator(ProjectId project);

private:
    // Generations are those of the time of reading, or earlier ones.
    struct ProjectEntry {
        std::uint64_t generation = 0;
        Ready policy;
    };
    struct OrganizationEntry {
        std::uint64_t generation = 0;
        Ready project;  ///< what `policy` was made from
        Ready policy;
    };
    /// By the rows of keys.
    struct Kept {
        std::unordered_map<std::int64_t, ProjectEntry> projects;
        std::unordered_map<std::int64_t, OrganizationEntry> organizations;
        std::size_t weight = 0;  ///< of all that was put in since the maps were empty
    };

    static void make_room(Kept& kept, std::size_t weight);
    /// @return what is kept: the policy that was, if `policy` is equal to it.
    static Ready keep(Kept& kept, directory::ProjectKey const& project, std::uint64_t generation,
                      Ready policy);

    storage::Store& store_;
    Clock const& clock_;
    crypto::IdSource& ids_;
    Limits const& limits_;
    PerThread<Kept> kept_;
};

}  // namespace rollcall::service
