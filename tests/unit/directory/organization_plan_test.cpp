// Decisions about organizations that need no server to be seen. Field by field rules are tested
// through the API (tests/unit/api/management_bad_input_test.cpp).
#include "directory/organization_plan.hpp"

#include "base/limits.hpp"

#include <gtest/gtest.h>

#include <functional>

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

std::vector<std::string> domains(std::size_t count) {
    std::vector<std::string> list;
    for (std::size_t i = 0; i < count; ++i) list.push_back("d" + std::to_string(i) + ".acme.com");
    return list;
}

boost::json::object metadata_of_bytes(std::size_t size) {
    return {{"k", std::string(size - std::string_view(R"({"k":""})").size(), 'v')}};
}

boost::json::object metadata_of_keys(std::size_t count) {
    boost::json::object metadata;
    for (std::size_t i = 0; i < count; ++i) metadata.emplace("k" + std::to_string(i), i);
    return metadata;
}

TEST_F(OrganizationPlan, SizesAreAcceptedUpToTheLimitAndNotOneBeyond) {
    struct Case {
        std::string kind;
        std::size_t max;
        std::function<void(OrganizationFields&, std::size_t)> set;
    };
    auto const text = [](std::size_t size) { return std::string(size, 'a'); };
    for (auto const& [kind, max, set] : std::vector<Case>{
             {"invalid_organization_name", limits.name_code_points_max,
              [](auto& fields, auto size) {
                  fields.name = "";
                  for (std::size_t i = 0; i < size; ++i) *fields.name += "é";
              }},
             {"invalid_organization_slug", Limits::slug_characters_max,
              [&](auto& fields, auto size) { fields.slug = text(size); }},
             {"organization_logo_url_too_long", Limits::logo_url_bytes_max,
              [&](auto& fields, auto size) { fields.logo_url = "https://" + text(size - 8); }},
             {"invalid_organization_external_id", Limits::external_id_characters_max,
              [&](auto& fields, auto size) { fields.external_id = text(size); }},
             {"metadata_too_many_keys", Limits::metadata_keys_max,
              [](auto& fields, auto size) { fields.trusted_metadata = metadata_of_keys(size); }},
             {"metadata_too_large", Limits::metadata_bytes_max,
              [](auto& fields, auto size) { fields.trusted_metadata = metadata_of_bytes(size); }},
             {"too_many_domains", Limits::setting_values_max,
              [](auto& fields, auto size) { fields.email_allowed_domains = domains(size); }},
             {"invalid_argument", Limits::setting_values_max,
              [](auto& fields, auto size) {
                  fields.allowed_third_party_connected_apps = std::vector<std::string>(size, "a");
              }},
             {"invalid_argument", Limits::foreign_id_characters_max,
              [&](auto& fields, auto size) {
                  fields.allowed_third_party_connected_apps = {{text(size)}};
              }},
             {"invalid_rbac_role_assignment", Limits::setting_values_max,
              [](auto& fields, auto size) {
                  fields.rbac_email_implicit_role_assignments =
                      std::vector<EmailRoleFields>(size, {"acme.com", "stytch_admin"});
              }},
             {"invalid_oauth_allowed_tenants_format", Limits::setting_values_max,
              [](auto& fields, auto size) {
                  fields.allowed_oauth_tenants = {{"slack", boost::json::array(size, "t")}};
              }}}) {
        OrganizationFields fields;
        fields.name = "Acme";
        set(fields, max);
        auto const fits = plan_organization_creation(fields, id, policy, now, limits);
        EXPECT_TRUE(fits) << kind << ": " << fits.error().message();
        set(fields, max + 1);
        auto const refused = plan_organization_creation(fields, id, policy, now, limits);
        ASSERT_FALSE(refused) << kind;
        EXPECT_EQ(refused.error().kind(), kind);
    }
}

TEST_F(OrganizationPlan, SlugsHaveALeastLengthToo) {
    OrganizationFields fields;
    fields.name = "Acme";
    fields.slug = std::string(Limits::slug_characters_min, 'a');
    EXPECT_TRUE(plan_organization_creation(fields, id, policy, now, limits));
    fields.slug->pop_back();
    EXPECT_EQ(plan_organization_creation(fields, id, policy, now, limits).error().kind(),
              "invalid_organization_slug");
}

TEST(WithSuffix, StaysWithinTheLimit) {
    EXPECT_EQ(with_suffix("acme", "1234"), "acme-1234");
    auto const longest = std::string(Limits::slug_characters_max, 'a');
    EXPECT_EQ(with_suffix(longest, "1234").size(), longest.size());
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
