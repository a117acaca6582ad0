// Policies are put together when one of their parts changed, and only then; changes hold at once.
#include "service/policies.hpp"

#include "service/projects.hpp"
#include "storage/memory/open.hpp"
#include "support/fixture.hpp"
#include "support/forwarding_store.hpp"

#include <gtest/gtest.h>

namespace rollcall::tests {
namespace {

using directory::OrganizationPolicy;
using directory::ProjectPolicy;
using directory::Role;

/// Counts how often policies are read.
class CountingStore final : public ForwardingStore {
public:
    using ForwardingStore::ForwardingStore;
    Task<Result<ProjectPolicy>> get_policy(directory::ProjectKey project) override {
        ++reads;
        return ForwardingStore::get_policy(project);
    }
    Task<Result<OrganizationPolicy>> get_organization_policy(
        directory::OrganizationKey key) override {
        ++reads;
        return ForwardingStore::get_organization_policy(key);
    }
    int reads = 0;
};

Role role(std::string id) {
    return {std::move(id), "", {{"stytch.scim", {"get"}}}};
}

class PoliciesTest : public ::testing::Test {
protected:
    service::Policies::Ready of(directory::OrganizationKey const& key) {
        return value_of(run_task(policies.effective(key)));
    }
    ProjectPolicy put(ProjectPolicy policy) {
        return value_of(run_task(policies.put_project_policy(ours.project(), std::move(policy))));
    }
    service::Policies::Ready put(directory::OrganizationKey const& key, OrganizationPolicy policy) {
        auto const put = value_of(run_task(policies.put_organization_policy(
            key.project(), to_string(key.id()), std::move(policy))));
        EXPECT_EQ(put.organization, key.id());
        return put.policy;
    }
    int reads_of(directory::OrganizationKey const& key) {
        store.reads = 0;
        of(key);
        return store.reads;
    }

    Limits limits;
    crypto::RandomIdSource ids;
    ProviderSide side{[](crypto::IdSource& made, Limits const& bounds) {
        return std::make_unique<CountingStore>(storage::open_memory_store(made, bounds));
    }};
    CountingStore& store = static_cast<CountingStore&>(side.store());
    service::Policies policies{store, side.clock(), ids, limits};
    directory::OrganizationKey ours = side.create_organization();
    directory::OrganizationKey theirs = side.create_organization();
};

TEST_F(PoliciesTest, AreReadOnce) {
    EXPECT_EQ(of(ours), of(theirs)) << "without roles of their own they share the project's";
    EXPECT_EQ(reads_of(ours), 0);
    EXPECT_EQ(reads_of(theirs), 0);
}

TEST_F(PoliciesTest, AChangeOfTheProjectHoldsAtOnceEverywhere) {
    auto const before = of(ours);
    put({{}, {}, {role("reader")}, {}});
    EXPECT_TRUE(of(ours)->has_role("reader"));
    EXPECT_TRUE(of(theirs)->has_role("reader"));
    EXPECT_FALSE(before->has_role("reader")) << "a request under way keeps what it began with";
    put({});
    EXPECT_FALSE(of(ours)->has_role("reader"));
}

TEST_F(PoliciesTest, AChangeOfAnOrganizationHoldsAtOnceThereAlone) {
    of(ours);
    of(theirs);
    EXPECT_TRUE(put(ours, {{role("auditor")}})->has_role("auditor"));
    EXPECT_TRUE(of(ours)->has_role("auditor"));
    EXPECT_FALSE(of(theirs)->has_role("auditor"));
    EXPECT_EQ(reads_of(theirs), 0);
    put({{}, {}, {role("auditor")}, {}});
    EXPECT_TRUE(of(ours)->organization_roles().empty()) << "the project took the name";
    put({});
    EXPECT_EQ(of(ours)->organization_roles().size(), 1U);
}

TEST_F(PoliciesTest, OtherChangesOfTheProjectCostOneReadAndTouchNothing) {
    put(ours, {{role("auditor")}});
    auto const before = of(ours);
    auto const project = of(theirs);
    static_cast<void>(side.create_organization());
    EXPECT_EQ(reads_of(ours), 1);
    EXPECT_EQ(of(ours), before);
    EXPECT_EQ(of(theirs), project);
}

TEST_F(PoliciesTest, WhatIsKeptIsBounded) {
    ProjectPolicy large;
    large.custom_resources.assign(limits.policy_resources_max, {"folder", "", {}});
    for (std::size_t i = 0; auto& resource : large.custom_resources) {
        resource.resource_id += std::to_string(i++);
        while (resource.actions.size() < limits.resource_actions_max) {
            resource.actions.push_back("a" + std::to_string(resource.actions.size()));
        }
    }
    service::Projects projects{store, side.clock(), ids};
    std::vector<directory::ProjectKey> keys;
    for (int i = 0; i < 20; ++i) {
        auto const made = value_of(run_task(projects.create("Project", Environment::test)));
        keys.push_back(value_of(run_task(policies.open_for_operator(made.project.id))));
        value_of(run_task(policies.put_project_policy(keys.back(), large)));
        value_of(run_task(policies.effective(keys.back())));
    }
    store.reads = 0;
    value_of(run_task(policies.effective(keys.back())));
    EXPECT_EQ(store.reads, 0);
    value_of(run_task(policies.effective(keys.front())));
    EXPECT_EQ(store.reads, 1) << "forgotten since";
}

TEST_F(PoliciesTest, ChangesByOthersAreSeenToo) {
    of(ours);
    value_of(run_task(store.put_policy(ours.project(), {{}, {}, {role("reader")}, {}})));
    EXPECT_TRUE(of(ours)->has_role("reader"));
}

TEST_F(PoliciesTest, TheSameOnceMoreWritesNothing) {
    put({{}, {}, {role("reader")}, {}});
    put(ours, {{role("auditor")}});
    auto const of_project = store.generation(ours.project().id().uuid);
    auto const of_organization = store.generation(ours.id().uuid);
    put({{}, {}, {role("reader")}, {}});
    put(ours, {{role("auditor")}});
    EXPECT_EQ(store.generation(ours.project().id().uuid), of_project);
    EXPECT_EQ(store.generation(ours.id().uuid), of_organization);
}

TEST_F(PoliciesTest, RefusedOnesChangeNothing) {
    put({{}, {}, {role("reader")}, {}});
    auto const refused =
        run_task(policies.put_project_policy(ours.project(), {{}, {}, {role("a"), role("a")}, {}}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind(), "rbac_role_duplicate");
    auto const clash = run_task(
        policies.put_organization_policy(ours.project(), to_string(ours.id()), {{role("reader")}}));
    ASSERT_FALSE(clash);
    EXPECT_EQ(clash.error().kind(), "rbac_role_duplicate");
    EXPECT_TRUE(of(ours)->has_role("reader"));
    EXPECT_TRUE(of(ours)->organization_roles().empty());
}

TEST_F(PoliciesTest, AnUnknownOrganizationIsNotFound) {
    for (auto const* reference :
         {"nobody", "organization-test-00000000-0000-4000-8000-000000000000"}) {
        auto const got =
            run_task(policies.get_organization_policy(ours.project(), std::string(reference)));
        ASSERT_FALSE(got);
        EXPECT_EQ(got.error().kind(), "organization_not_found");
        auto const put =
            run_task(policies.put_organization_policy(ours.project(), std::string(reference), {}));
        ASSERT_FALSE(put);
        EXPECT_EQ(put.error().kind(), "organization_not_found");
    }
}

TEST_F(PoliciesTest, TheOperatorOpensProjectsById) {
    auto const key = value_of(run_task(policies.open_for_operator(ours.project().id())));
    EXPECT_EQ(key.row(), ours.project().row());
    auto const unknown =
        run_task(policies.open_for_operator({Environment::test, ids.random_uuid()}));
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code(), ErrorCode::not_found);
}

}  // namespace
}  // namespace rollcall::tests
