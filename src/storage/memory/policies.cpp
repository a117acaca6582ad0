// The memory store: policies of roles.
#include "storage/errors.hpp"
#include "storage/memory/memory_store.hpp"

#include <algorithm>
#include <chrono>

namespace rollcall::storage::memory {

using directory::Event;
using directory::OrganizationPolicy;
using directory::ProjectPolicy;

Task<Result<ProjectPolicy>> MemoryStore::get_policy(ProjectKey project) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    co_return state_.projects.at(project.row()).policy;
}

Task<Status> MemoryStore::put_policy(ProjectKey project, ProjectPolicy policy) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    state_.projects.at(project.row()).policy = std::move(policy);
    generations_.raise(project.id().uuid);
    co_return Status{};
}

Task<Result<OrganizationPolicy>> MemoryStore::get_organization_policy(OrganizationKey key) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* row = find_row(key);
    co_return row ? row->policy : OrganizationPolicy{};
}

Task<Status> MemoryStore::put_organization_policy(OrganizationKey key, OrganizationPolicy policy,
                                                  Timestamp now, std::vector<Event> events) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* row = find_row(key);
    if (!row) co_return fail(organization_not_found(key.id()));
    auto& updated_at = row->organization.updated_at;
    updated_at = std::max(now, updated_at + std::chrono::microseconds{1});
    row->policy = std::move(policy);
    emit(row->row, std::move(events));
    generations_.raise(key.id().uuid);
    co_return Status{};
}

}  // namespace rollcall::storage::memory
