// Decisions about organizations that need no server to be seen. Field by field rules are tested
// through the API (tests/unit/api/management_bad_input_test.cpp).
#include "directory/organization_plan.hpp"

#include <gtest/gtest.h>

namespace rollcall::directory {
namespace {

using namespace std::chrono_literals;

class OrganizationPlan : public ::testing::Test {
protected:
    Organization make() {
        OrganizationFields fields;
        fields.name = "Acme";
        return *plan_organization_creation(fields, id, policy, now, limits);
    }

    EffectivePolicy policy{ProjectPolicy{}};
    Limits limits;
    OrganizationId id{Environment::test, {}};
    Timestamp now{1'767'225'600s};
};

TEST_F(OrganizationPlan, UpdatedAtMovesEvenWhenTheClockDoesNot) {
    auto const before = make();
    OrganizationFields fields;
    fields.name = "Other";
    auto const after = *plan_organization_update(before, fields, policy, now, limits);
    EXPECT_GT(after.updated_at, before.updated_at);
    auto const earlier = *plan_organization_update(before, fields, policy, now - 1h, limits);
    EXPECT_GT(earlier.updated_at, before.updated_at);
    EXPECT_EQ(after.created_at, before.created_at);
}

TEST_F(OrganizationPlan, NothingChangedNothingMoves) {
    auto const before = make();
    OrganizationFields fields;
    fields.name = "Acme";
    fields.email_allowed_domains.emplace();
    EXPECT_EQ(plan_organization_update(before, fields, policy, now + 1h, limits)->updated_at,
              before.updated_at);
}

TEST_F(OrganizationPlan, RepeatedMethodsCollapse) {
    OrganizationFields fields;
    fields.allowed_auth_methods = {{"sso", "password", "sso"}};
    auto const after = *plan_organization_update(make(), fields, policy, now, limits);
    EXPECT_EQ(after.settings.allowed_auth_methods, (std::vector<std::string>{"sso", "password"}));
}

TEST_F(OrganizationPlan, RepeatedEmailRolesCollapse) {
    OrganizationFields fields;
    fields.rbac_email_implicit_role_assignments = {
        {{"acme.com", "stytch_admin"}, {"ACME.com", "stytch_admin"}}};
    auto const after = *plan_organization_update(make(), fields, policy, now, limits);
    EXPECT_EQ(after.settings.rbac_email_implicit_role_assignments.size(), 1u);
}

TEST(WithSuffix, StaysWithinTheLimit) {
    EXPECT_EQ(with_suffix("acme", "1234"), "acme-1234");
    EXPECT_EQ(with_suffix(std::string(128, 'a'), "1234").size(), 128u);
}

TEST(CheckOrganizationReference, Forms) {
    auto const kind_of = [](std::string_view text) {
        auto const status = check_organization_reference(text, Environment::test);
        return status ? "" : status.error().kind();
    };
    for (auto const text :
         {"acme", "a~b", "a|b", "x", "organization-test-0190f5a0-0000-7000-8000-000000000000"}) {
        EXPECT_EQ(kind_of(text), "") << text;
    }
    for (auto const text : {"", "a b", "a~|b", "\xc3\xa4"}) {
        EXPECT_EQ(kind_of(text), "invalid_organization_id") << text;
    }
    EXPECT_EQ(kind_of("organization-live-0190f5a0-0000-7000-8000-000000000000"),
              "live_id_used_in_test_environment");
}

TEST(OrganizationEvent, SaysWhatHappened) {
    Organization organization;
    organization.name = "Acme";
    auto const event = organization_event(EventAction::remove, organization, {}, {});
    EXPECT_EQ(event_name(event), "direct.organization.delete");
    EXPECT_EQ(event.object_id, to_string(organization.id));
    EXPECT_EQ(event.label, "Acme");
}

}  // namespace
}  // namespace rollcall::directory
