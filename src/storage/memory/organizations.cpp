// The memory store: organizations.
#include "storage/errors.hpp"
#include "storage/key_issuer.hpp"
#include "storage/memory/memory_store.hpp"

#include <algorithm>

namespace rollcall::storage::memory {

using directory::Event;
using directory::Organization;

OrganizationRow* MemoryStore::find_row(OrganizationKey const& key) {
    auto const found = state_.organizations.find(key.row());
    if (found == state_.organizations.end() || found->second.removed) return nullptr;
    return &found->second;
}

OrganizationRow* MemoryStore::find_by_reference(ProjectKey const& project,
                                                std::string const& reference) {
    auto const find = [&](auto const& matches) -> OrganizationRow* {
        for (auto& [row, entry] : state_.organizations) {
            if (entry.project != project.row() || entry.removed) continue;
            if (matches(entry.organization)) return &entry;
        }
        return nullptr;
    };
    if (auto const id = parse_id<OrganizationId>(reference)) {
        if (auto* row = find([&](Organization const& o) { return o.id == *id; })) return row;
    }
    if (auto* row = find([&](Organization const& o) { return o.slug == reference; })) return row;
    return find([&](Organization const& o) { return o.external_id == reference; });
}

storage::OrganizationRecord MemoryStore::record_of(ProjectKey const& project,
                                                   OrganizationRow const& row) {
    storage::OrganizationRecord record{
        KeyIssuer::organization(project, row.organization.id, row.row),
        row.organization,
        {},
        row.policy};
    if (auto const* active = find_active_row(row.row))
        record.active_connection = active->connection;
    return record;
}

Status MemoryStore::check_unique(ProjectKey const& project, Organization const& organization,
                                 Row self) {
    // A reference is tried as a slug and as an external id: what is either of another is taken.
    auto const is_taken = [&](std::string const& reference) {
        return std::ranges::any_of(state_.organizations, [&](auto const& entry) {
            auto const& [row, other] = entry;
            return row != self && other.project == project.row() && !other.removed &&
                   (other.organization.slug == reference ||
                    other.organization.external_id == reference);
        });
    };
    if (is_taken(organization.slug)) return fail(slug_in_use(organization.slug));
    auto const& external_id = organization.external_id;
    if (external_id && is_taken(*external_id)) {
        return fail(organization_external_id_in_use(*external_id));
    }
    return {};
}

Task<Result<storage::OrganizationRecord>> MemoryStore::create_organization(
    ProjectKey project, Organization organization, std::vector<Event> events) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    CO_CHECK(check_unique(project, organization, 0));
    auto const row = state_.next_row();
    auto const& stored =
        state_.organizations.emplace(row, OrganizationRow{row, project.row(), organization})
            .first->second;
    emit(row, std::move(events));
    generations_.raise(project.id().uuid);
    generations_.raise(organization.id.uuid);
    co_return record_of(project, stored);
}

Task<Result<std::optional<OrganizationKey>>> MemoryStore::find_organization(ProjectKey project,
                                                                            std::string reference) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* row = find_by_reference(project, reference);
    if (!row) co_return std::nullopt;
    co_return KeyIssuer::organization(project, row->organization.id, row->row);
}

Task<Result<std::optional<storage::OrganizationRecord>>> MemoryStore::find_organization_record(
    ProjectKey project, std::string reference) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* row = find_by_reference(project, reference);
    if (!row) co_return std::nullopt;
    co_return record_of(project, *row);
}

Task<Result<storage::OrganizationRecord>> MemoryStore::update_organization(
    OrganizationKey key, Organization organization, Timestamp expected_updated_at,
    std::vector<Event> events) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* row = find_row(key);
    if (!row) co_return fail(organization_not_found(key.id()));
    if (row->organization.updated_at != expected_updated_at) {
        co_return fail(organization_changed(key.id()));
    }
    CO_CHECK(check_unique(key.project(), organization, row->row));
    organization.id = row->organization.id;
    organization.created_at = row->organization.created_at;
    row->organization = std::move(organization);
    emit(row->row, std::move(events));
    generations_.raise(key.project().id().uuid);
    generations_.raise(key.id().uuid);
    co_return record_of(key.project(), *row);
}

Task<Status> MemoryStore::delete_organization(OrganizationKey key, Timestamp /*now*/,
                                              std::vector<Event> events) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* row = find_row(key);
    if (!row) co_return fail(organization_not_found(key.id()));
    row->removed = true;
    if (auto* active = find_active_row(row->row)) remove_connection(*active);
    emit(row->row, std::move(events));
    generations_.raise(key.project().id().uuid);
    generations_.raise(key.id().uuid);
    co_return Status{};
}

}  // namespace rollcall::storage::memory
