// Policies as the JSON documents that databases keep.
#include "storage/policies.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace rollcall::storage {
namespace {

using namespace directory;

boost::json::object json(char const* text) {
    return boost::json::parse(text).as_object();
}

TEST(PolicyCodec, reads_what_it_wrote) {
    Role const role{"r", "d", {{"document", {"read", "write"}}, {"stytch.scim", {"*"}}}};
    ProjectPolicy const project{
        {{"document", {"read"}}}, {{"document", {"*"}}}, {role}, {{"document", "D", {"read"}}}};
    EXPECT_EQ(project_policy_from_json(to_json(project)), project);
    OrganizationPolicy const organization{{role, {"s", "", {}}}};
    EXPECT_EQ(organization_policy_from_json(to_json(organization)), organization);
    EXPECT_EQ(project_policy_from_json(to_json(ProjectPolicy{})), ProjectPolicy{});
}

TEST(PolicyCodec, leaves_out_what_is_missing_or_of_another_type) {
    EXPECT_EQ(project_policy_from_json(json(R"({"custom_roles":7,"more":[]})")), ProjectPolicy{});
    EXPECT_EQ(
        organization_policy_from_json(json(R"({"roles":[{"role_id":"a","description":[]}]})")),
        (OrganizationPolicy{{{"a", "", {}}}}));
}

}  // namespace
}  // namespace rollcall::storage
