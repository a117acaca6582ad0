// The memory store: searching among the organizations of a project, and counting members.
#include "storage/errors.hpp"
#include "storage/memory/memory_store.hpp"
#include "storage/search_walk.hpp"

#include <algorithm>

namespace rollcall::storage::memory {

using directory::OrganizationFacts;
using directory::OrganizationQuery;

namespace {

class Addresses final : public directory::MemberAddresses {
public:
    explicit Addresses(State const& state) : state_(state) {}

    void look_at(OrganizationRow const& organization) noexcept { organization_ = &organization; }
    [[nodiscard]] std::size_t examined() const noexcept { return examined_; }

    bool has_any(std::span<std::string const> keys) override {
        return has([&](std::string const& key) { return directory::list_has(keys, key); });
    }
    bool has_containing(std::string_view part) override {
        return has([&](std::string const& key) { return key.contains(part); });
    }

private:
    bool has(auto const& fits) {
        return std::ranges::any_of(organization_->members_by_email, [&](auto const& entry) {
            auto const& member = state_.members.at(entry.second).member;
            if (member.status == directory::MemberStatus::deleted) return false;
            ++examined_;
            return fits(entry.first);
        });
    }

    State const& state_;
    OrganizationRow const* organization_ = nullptr;
    std::size_t examined_ = 0;
};

OrganizationFacts organization_facts(OrganizationRow const& row, Addresses& addresses) {
    auto const& organization = row.organization;
    addresses.look_at(row);
    return {.id = organization.id,
            .name = organization.name,
            .slug = organization.slug,
            .external_id = organization.external_id,
            .email_allowed_domains = organization.settings.email_allowed_domains,
            .claimed_email_domains = organization.settings.claimed_email_domains,
            .addresses = addresses};
}

bool is_candidate(directory::OrganizationCandidates const& candidates,
                  directory::Organization const& organization) {
    auto const has = [](auto const& list, auto const& value) {
        return std::ranges::find(list, value) != list.end();
    };
    return has(candidates.ids, to_string(organization.id)) ||
           (organization.external_id && has(candidates.ids, *organization.external_id)) ||
           has(candidates.slugs, organization.slug);
}

}  // namespace

std::vector<OrganizationRow const*> MemoryStore::organizations_to_examine(
    ProjectKey const& project, OrganizationQuery const& query) {
    std::vector<OrganizationRow const*> rows;
    for (auto const& [row, entry] : state_.organizations) {
        if (entry.project != project.row() || entry.removed) continue;
        if (query.after && entry.organization.id.uuid <= *query.after) continue;
        if (query.candidates && !is_candidate(*query.candidates, entry.organization)) continue;
        rows.push_back(&entry);
    }
    std::ranges::sort(rows, {},
                      [](OrganizationRow const* row) { return row->organization.id.uuid; });
    return rows;
}

Task<Result<storage::OrganizationPage>> MemoryStore::list_organizations(ProjectKey project,
                                                                        OrganizationQuery query) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    SearchWalk walk(query);
    Addresses addresses(state_);
    for (auto const* row : organizations_to_examine(project, query)) {
        if (!walk.visit(organization_facts(*row, addresses), row->row)) break;
        if (addresses.examined() >= query.addresses_max) walk.exhaust();
    }
    storage::OrganizationPage page{walk.progress(), {}};
    for (auto const row : walk.rows()) {
        page.organizations.push_back(record_of(project, state_.organizations.at(row)));
    }
    co_return page;
}

Task<Result<std::uint64_t>> MemoryStore::count_members(OrganizationKey key) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* row = find_row(key);
    if (!row) co_return fail(organization_not_found(key.id()));
    auto const is_there = [&](auto const& entry) {
        return state_.members.at(entry.second).member.status != directory::MemberStatus::deleted;
    };
    co_return static_cast<std::uint64_t>(std::ranges::count_if(row->members, is_there));
}

}  // namespace rollcall::storage::memory
