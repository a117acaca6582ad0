// Policies of roles: what projects add, and the roles of organizations alone.
#include "store_case.hpp"

namespace rollcall::tests {
namespace {

using namespace directory;

Role role(std::string id) {
    return {std::move(id), "Reads \"documents\".", {{"document", {"read", "*"}}}};
}

ProjectPolicy project_policy(std::string role_id) {
    return {.member_permissions = {{"stytch.member", {"search"}}},
            .admin_permissions = {{"document", {"*"}}},
            .custom_roles = {role(std::move(role_id)), role("second")},
            .custom_resources = {{"document", "", {"read", "write"}}}};
}

class Policies : public StoreCase {
protected:
    storage::ProjectKey project = world.project();
    storage::OrganizationKey organization = world.organization(project, "ours");

    storage::OrganizationRecord record() {
        return *get(store().find_organization_record(project, "ours"));
    }
    OrganizationPolicy own() { return get(store().get_organization_policy(organization)); }
};
ON_EVERY_STORE(Policies);

TEST_P(Policies, are_empty_until_they_are_written) {
    EXPECT_EQ(get(store().get_policy(project)), ProjectPolicy{});
    EXPECT_EQ(own(), OrganizationPolicy{});
    EXPECT_EQ(record().policy, OrganizationPolicy{});
}

TEST_P(Policies, of_projects_are_replaced_whole) {
    get(store().put_policy(project, project_policy("reader")));
    reopen();
    EXPECT_EQ(get(store().get_policy(project)), project_policy("reader"));
    get(store().put_policy(project, project_policy("editor")));
    EXPECT_EQ(get(store().get_policy(project)), project_policy("editor"));
    get(store().put_policy(project, {}));
    EXPECT_EQ(get(store().get_policy(project)), ProjectPolicy{});
}

TEST_P(Policies, of_organizations_are_replaced_whole_and_shown_on_them) {
    OrganizationPolicy const first{{role("auditor"), role("guest")}};
    get(store().put_organization_policy(organization, first, at(5), {}));
    reopen();
    EXPECT_EQ(own(), first);
    EXPECT_EQ(record().policy, first);
    EXPECT_EQ(record().organization.updated_at, at(5));
    get(store().put_organization_policy(organization, {}, at(6), {}));
    EXPECT_EQ(own(), OrganizationPolicy{});
    EXPECT_EQ(record().policy, OrganizationPolicy{});
}

TEST_P(Policies, of_organizations_outlast_their_updates) {
    get(store().put_organization_policy(organization, {{role("auditor")}}, at(5), {}));
    auto changed = record().organization;
    changed.name = "Other";
    changed.updated_at = at(6);
    auto const updated = get(store().update_organization(organization, changed, at(5), {}));
    EXPECT_EQ(updated.policy.roles.size(), 1U);
}

TEST_P(Policies, move_the_time_of_their_organization_even_if_the_clock_stands) {
    get(store().put_organization_policy(organization, {{role("auditor")}}, at(0), {}));
    EXPECT_GT(record().organization.updated_at, at(0));
}

TEST_P(Policies, write_their_events_and_raise_generations) {
    auto const of_project = store().generation(project.id().uuid);
    auto const of_organization = store().generation(organization.id().uuid);
    get(store().put_policy(project, project_policy("reader")));
    EXPECT_NE(store().generation(project.id().uuid), of_project);

    auto const position = world.last_position(organization);
    auto const event = world.event(organization, EventObject::organization, EventAction::update);
    get(store().put_organization_policy(organization, {{role("auditor")}}, at(1), {event}));
    EXPECT_NE(store().generation(organization.id().uuid), of_organization);
    EXPECT_EQ(world.events(organization, position).size(), 1U);
}

TEST_P(Policies, go_with_their_organization) {
    get(store().put_organization_policy(organization, {{role("auditor")}}, at(1), {}));
    get(store().delete_organization(organization, at(2), {}));
    EXPECT_EQ(own(), OrganizationPolicy{});
    EXPECT_EQ(error_of(store().put_organization_policy(organization, {}, at(3), {})).code(),
              ErrorCode::not_found);
    purge_all();
    EXPECT_EQ(get(store().get_organization_policy(world.organization(project, "ours"))),
              OrganizationPolicy{});
}

TEST_P(Policies, are_reached_by_the_operator_through_the_id_of_the_project) {
    auto const key = get(store().find_project_for_operator(project.id()));
    ASSERT_TRUE(key);
    get(store().put_policy(*key, project_policy("reader")));
    EXPECT_EQ(get(store().get_policy(project)), project_policy("reader"));
    auto other = project.id();
    other.environment = Environment::live;
    EXPECT_FALSE(get(store().find_project_for_operator(other)));
}

}  // namespace
}  // namespace rollcall::tests
