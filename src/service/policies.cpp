// A policy is planned against what it builds on, then stored whole; reading puts the parts
// together.
#include "service/policies.hpp"

#include "directory/organization_plan.hpp"
#include "directory/policy_plan.hpp"
#include "service/organization_access.hpp"
#include "storage/errors.hpp"
#include "storage/store.hpp"

#include <utility>
#include <vector>

namespace rollcall::service {
namespace {

std::size_t weight_of(std::vector<directory::Role> const& roles) {
    std::size_t weight = 1;
    for (auto const& role : roles) {
        ++weight;
        for (auto const& permission : role.permissions) weight += permission.actions.size();
    }
    return weight;
}

std::size_t weight_of(directory::Policy const& policy) {
    auto weight = weight_of(policy.roles);
    for (auto const& resource : policy.resources) weight += 1 + resource.actions.size();
    return weight;
}

}  // namespace

void Policies::make_room(Kept& kept, std::size_t weight) {
    if (kept.weight + weight > kept_max) kept = {};
    kept.weight += weight;
}

Policies::Ready Policies::keep(Kept& kept, directory::ProjectKey const& project,
                               std::uint64_t generation, Ready policy) {
    auto const found = kept.projects.find(project.row());
    if (found != kept.projects.end()) {
        auto& known = found->second;
        if (known.policy->project_policy() == policy->project_policy()) {
            // Something else of the project has changed.
            known.generation = generation;
            return known.policy;
        }
        kept = {};  // with all that organizations hold of the old one
    }
    make_room(kept, weight_of(policy->project_policy()));
    kept.projects.insert_or_assign(project.row(), ProjectEntry{generation, policy});
    return policy;
}

Task<Result<Policies::Ready>> Policies::effective(directory::ProjectKey project) {
    // Before the data, which is then current for as long as the generation stays.
    auto const generation = store_.generation(project.id().uuid);
    auto const& known = kept_.local().projects;
    auto const found = known.find(project.row());
    if (found != known.end() && found->second.generation == generation) {
        co_return found->second.policy;
    }
    CO_TRY(auto const stored, co_await store_.get_policy(project));
    co_return keep(kept_.local(), project, generation,
                   std::make_shared<directory::EffectivePolicy const>(stored));
}

Task<Result<Policies::Ready>> Policies::effective(directory::OrganizationKey organization) {
    CO_TRY(auto const project, co_await effective(organization.project()));
    auto const generation = store_.generation(organization.id().uuid);
    auto const& known = kept_.local().organizations;
    auto const found = known.find(organization.row());
    if (found != known.end() && found->second.generation == generation &&
        found->second.project == project) {
        co_return found->second.policy;
    }
    CO_TRY(auto const own, co_await store_.get_organization_policy(organization));
    auto policy = own.roles.empty()
                      ? project
                      : std::make_shared<directory::EffectivePolicy const>(*project, own);
    auto& kept = kept_.local();
    make_room(kept, weight_of(policy->organization_roles()));
    kept.organizations.insert_or_assign(organization.row(),
                                        OrganizationEntry{generation, project, policy});
    co_return policy;
}

Task<Result<directory::ProjectPolicy>> Policies::get_project_policy(directory::ProjectKey project) {
    return store_.get_policy(project);
}

Task<Result<directory::ProjectPolicy>> Policies::put_project_policy(
    directory::ProjectKey project, directory::ProjectPolicy wanted) {
    CO_TRY(auto planned, directory::plan_project_policy(std::move(wanted), limits_));
    CO_TRY(auto const stored, co_await store_.get_policy(project));
    if (stored == planned) co_return planned;
    CO_CHECK(co_await store_.put_policy(project, planned));
    co_return planned;
}

Task<Result<OrganizationPolicyView>> Policies::get_organization_policy(
    directory::ProjectKey project, std::string reference) {
    CO_TRY(auto const key, co_await get_organization(store_, project, std::move(reference)));
    CO_TRY(auto policy, co_await effective(key));
    co_return OrganizationPolicyView{key.id(), std::move(policy)};
}

Task<Result<OrganizationPolicyView>> Policies::put_organization_policy(
    directory::ProjectKey project, std::string reference, directory::OrganizationPolicy wanted) {
    CO_TRY(auto const record,
           co_await get_organization_record(store_, project, std::move(reference)));
    CO_TRY(auto const roles_of_project, co_await effective(project));
    CO_TRY(auto planned,
           directory::plan_organization_policy(std::move(wanted), *roles_of_project, limits_));
    if (planned != record.policy) {
        auto const now = clock_.now();
        EventId const id{project.environment(), ids_.ordered_uuid(now)};
        std::vector<directory::Event> events{directory::organization_event(
            directory::EventAction::update, record.organization, id, now)};
        auto const put = co_await store_.put_organization_policy(record.key, std::move(planned),
                                                                 now, std::move(events));
        if (!put && put.error().code() == ErrorCode::not_found) {
            co_return fail(directory::organization_not_found());
        }
        CO_CHECK(put);
    }
    CO_TRY(auto policy, co_await effective(record.key));
    co_return OrganizationPolicyView{record.key.id(), std::move(policy)};
}

Task<Result<directory::ProjectKey>> Policies::open_for_operator(ProjectId project) {
    CO_TRY(auto const key, co_await store_.find_project_for_operator(project));
    if (!key) co_return fail(storage::project_not_found(project));
    co_return *key;
}

}  // namespace rollcall::service
