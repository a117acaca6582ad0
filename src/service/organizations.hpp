// Use cases of organizations for the developer's backend (contract §3).
#pragma once

#include "base/clock.hpp"
#include "base/limits.hpp"
#include "base/result.hpp"
#include "crypto/random.hpp"
#include "directory/connection.hpp"
#include "directory/keys.hpp"
#include "directory/organization.hpp"
#include "directory/organization_plan.hpp"
#include "directory/policy.hpp"
#include "runtime/task.hpp"
#include "service/permit.hpp"
#include "service/policies.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rollcall::storage {
class Store;
struct OrganizationRecord;
}  // namespace rollcall::storage

namespace rollcall::service {

struct OrganizationView {
    directory::Organization organization;
    std::optional<directory::Connection> active_connection;
    std::vector<directory::Role> custom_roles;  ///< the organization's own, as they have effect
};

struct OrganizationMetrics {
    OrganizationId organization;
    std::uint64_t members = 0;  ///< not deleted
};

/// `reference` is everywhere an id, else a slug, else an external id (contract §1.10). What belongs
/// to another project is not found. Thread-safe.
///
/// Errors common to all that take a reference: not_found (organization_not_found), invalid_value
/// (invalid_organization_id, ids of the other environment).
class Organizations {
public:
    /// All outlive this object.
    Organizations(storage::Store& store, Policies& policies, Clock const& clock,
                  crypto::IdSource& ids, Limits const& limits)
        : store_(store), policies_(policies), clock_(clock), ids_(ids), limits_(limits) {}

    /// A slug derived from the name gets a random suffix when it is taken.
    /// @errors those of directory::plan_organization_creation; uniqueness
    ///         (organization_slug_already_used, organization_external_id_already_used).
    Task<Result<OrganizationView>> create(directory::ProjectKey project,
                                          directory::OrganizationFields fields);
    Task<Result<OrganizationView>> get(directory::ProjectKey project, std::string reference);
    Task<Result<OrganizationId>> find_id(directory::ProjectKey project, std::string reference);
    /// @errors as create; those of `permit`; unavailable (others kept changing it).
    Task<Result<OrganizationView>> update(directory::ProjectKey project, std::string reference,
                                          directory::OrganizationFields fields, Permit permit);
    /// Does nothing to an organization that has none.
    /// @errors unavailable (others kept changing it).
    Task<Result<OrganizationView>> remove_external_id(directory::ProjectKey project,
                                                      std::string reference);
    /// Costs an index entry for each member, on a thread of its own.
    Task<Result<OrganizationMetrics>> measure(directory::ProjectKey project, std::string reference);
    Task<Result<OrganizationId>> remove(directory::ProjectKey project, std::string reference);

private:
    /// What an organization is to become.
    using Plan = std::function<Result<directory::Organization>(
        storage::OrganizationRecord const& record, directory::EffectivePolicy const& project,
        Timestamp now)>;

    Task<Result<OrganizationView>> change(directory::ProjectKey project, std::string reference,
                                          Plan plan);
    [[nodiscard]] directory::Event make_event(directory::EventAction action,
                                              directory::Organization const& organization,
                                              Timestamp now);

    storage::Store& store_;
    Policies& policies_;
    Clock const& clock_;
    crypto::IdSource& ids_;
    Limits const& limits_;
};

}  // namespace rollcall::service
