// The memory store: projects, secrets, the outbox, and what belongs to the server itself.
#include "storage/errors.hpp"
#include "storage/key_issuer.hpp"
#include "storage/memory/memory_store.hpp"
#include "storage/memory/open.hpp"

#include <algorithm>

namespace rollcall::storage {

std::unique_ptr<Store> open_memory_store(crypto::IdSource& ids, Limits const& limits) {
    return std::make_unique<memory::MemoryStore>(ids, limits);
}

namespace memory {

using directory::Project;
using directory::ProjectSecret;

namespace {

std::size_t count_live(ProjectRow const& project) {
    auto const is_live = [](ProjectSecret const& secret) { return !secret.revoked_at; };
    return static_cast<std::size_t>(std::ranges::count_if(project.secrets, is_live));
}

}  // namespace

Status MemoryStore::check_open() const {
    if (state_.closed) return fail(store_closed());
    return {};
}

Task<Result<Secret>> MemoryStore::cursor_key() {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    if (!state_.cursor_key) state_.cursor_key = crypto::random_key(32);
    co_return *state_.cursor_key;
}

Task<Status> MemoryStore::close() {
    std::lock_guard const lock(mutex_);
    state_.closed = true;
    co_return Status{};
}

ProjectRow* MemoryStore::find_project_row(ProjectId const& id) {
    for (auto& [row, project] : state_.projects) {
        if (project.project.id == id) return &project;
    }
    return nullptr;
}

Task<Status> MemoryStore::create_project(Project project, ProjectSecret secret) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    for (auto const& [row, other] : state_.projects) {
        if (other.project.id.uuid == project.id.uuid) co_return fail(project_exists(project.id));
    }
    auto const row = state_.next_row();
    state_.projects.emplace(row, ProjectRow{row, project, {secret}});
    generations_.raise(project.id.uuid);
    co_return Status{};
}

Task<Status> MemoryStore::ensure_project(Project project, ProjectSecret secret) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* existing = find_project_row(project.id);
    if (!existing) {
        auto const row = state_.next_row();
        existing = &state_.projects.emplace(row, ProjectRow{row, project, {}}).first->second;
    }
    auto const known = std::ranges::any_of(existing->secrets, [&](ProjectSecret const& other) {
        return equal_in_constant_time(other.digest, secret.digest);
    });
    if (!known) existing->secrets.push_back(secret);
    generations_.raise(project.id.uuid);
    co_return Status{};
}

Task<Result<std::vector<Project>>> MemoryStore::list_projects() {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    std::vector<Project> projects;
    for (auto const& [row, project] : state_.projects) projects.push_back(project.project);
    co_return projects;
}

Task<Result<Project>> MemoryStore::get_project(ProjectKey project) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* row = find_project_row(project.id());
    if (!row) co_return fail(project_not_found(project.id()));
    co_return row->project;
}

Task<Result<std::optional<ProjectKey>>> MemoryStore::find_project_for_operator(ProjectId id) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* row = find_project_row(id);
    if (!row) co_return std::nullopt;
    co_return KeyIssuer::project(id, row->row);
}

Task<Status> MemoryStore::create_secret(ProjectId project, ProjectSecret secret) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* row = find_project_row(project);
    if (!row) co_return fail(project_not_found(project));
    if (count_live(*row) >= limits_.project_secrets_max) {
        co_return fail(too_many_secrets(limits_.project_secrets_max));
    }
    row->secrets.push_back(secret);
    generations_.raise(project.uuid);
    co_return Status{};
}

Task<Result<std::vector<ProjectSecret>>> MemoryStore::list_secrets(ProjectId project) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* row = find_project_row(project);
    if (!row) co_return fail(project_not_found(project));
    co_return row->secrets;
}

Task<Status> MemoryStore::revoke_secret(ProjectId project, Uuid secret, Timestamp now,
                                        bool keep_last) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* row = find_project_row(project);
    if (!row) co_return fail(project_not_found(project));
    auto const found = std::ranges::find(row->secrets, secret, &ProjectSecret::id);
    if (found == row->secrets.end()) co_return fail(secret_not_found(secret));
    if (!found->revoked_at) {
        if (keep_last && count_live(*row) == 1) co_return fail(last_secret(secret));
        found->revoked_at = now;
    }
    generations_.raise(project.uuid);
    co_return Status{};
}

Task<Result<std::optional<ProjectKey>>> MemoryStore::authenticate_project(ProjectId project,
                                                                          Digest secret) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* row = find_project_row(project);
    if (!row) co_return std::nullopt;
    bool accepted = false;
    for (auto const& candidate : row->secrets) {
        bool const equal = equal_in_constant_time(candidate.digest, secret);
        accepted |= equal && !candidate.revoked_at;
    }
    if (!accepted) co_return std::nullopt;
    co_return KeyIssuer::project(project, row->row);
}

void MemoryStore::emit(Row organization, directory::Event event) {
    state_.outbox.emplace_back(organization, StoredEvent{newest_position() + 1, std::move(event)});
}

std::int64_t MemoryStore::newest_position() const {
    return state_.outbox.empty() ? 0 : state_.outbox.back().second.position;
}

void MemoryStore::emit(Row organization, std::vector<directory::Event> events) {
    for (auto& event : events) emit(organization, std::move(event));
}

Task<Result<std::vector<StoredEvent>>> MemoryStore::list_events(OrganizationKey organization,
                                                                std::int64_t after,
                                                                std::size_t limit) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    std::vector<StoredEvent> events;
    for (auto const& [owner, event] : state_.outbox) {
        if (events.size() == limit) break;
        if (owner == organization.row() && event.position > after) events.push_back(event);
    }
    co_return events;
}

Task<Result<bool>> MemoryStore::forget_events(Timestamp before, std::size_t rows_max) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto& outbox = state_.outbox;
    std::size_t forgotten = 0;
    while (forgotten < rows_max && forgotten + 1 < outbox.size() &&
           outbox[forgotten].second.event.occurred_at < before) {
        ++forgotten;
    }
    outbox.erase(outbox.begin(), outbox.begin() + static_cast<std::ptrdiff_t>(forgotten));
    co_return forgotten == rows_max;
}

// Everything at once: what a database does in chunks costs nothing here.
Task<Result<bool>> MemoryStore::purge(std::size_t /*rows_max*/) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const organization_removed = [&](Row row) { return state_.organizations.at(row).removed; };
    auto const connection_removed = [&](Row row) { return state_.connections.at(row).removed; };
    std::erase_if(state_.groups, [&](auto const& entry) {
        return entry.second.removed || connection_removed(entry.second.connection);
    });
    std::erase_if(state_.users, [&](auto const& entry) {
        return organization_removed(state_.connections.at(entry.second.connection).organization);
    });
    std::erase_if(state_.sessions, [&](auto const& entry) {
        return organization_removed(entry.second.organization);
    });
    std::erase_if(state_.passwords, [&](auto const& entry) {
        return organization_removed(entry.second.organization);
    });
    std::erase_if(state_.impersonation_tokens, [&](ImpersonationRow const& row) {
        return organization_removed(row.organization);
    });
    std::erase_if(state_.members, [&](auto const& entry) {
        return organization_removed(entry.second.organization);
    });
    std::erase_if(state_.outbox, [&, newest = newest_position()](auto const& entry) {
        return organization_removed(entry.first) && entry.second.position < newest;
    });
    for (auto& [row, user] : state_.users) {
        if (!connection_removed(user.connection)) continue;
        user.state.attributes.clear();
        user.user.attributes.clear();
        user.groups.clear();
    }
    co_return false;
}

}  // namespace memory
}  // namespace rollcall::storage
