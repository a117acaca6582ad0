// Roles of a member and their sources.
#include "directory/member_roles.hpp"

#include "directory/organization_plan.hpp"

#include <gmock/gmock.h>

#include <set>

namespace rollcall::directory {
namespace {

using ::testing::ElementsAre;
using Ids = std::vector<std::string>;

struct Roles {
    std::set<std::string> known;
    [[nodiscard]] bool has_role(std::string const& role_id) const {
        return known.contains(role_id);
    }
};

class MemberRoles : public ::testing::Test {
protected:
    ConnectionId connection{Environment::test, Uuid{{1}}};
    GroupId first{Environment::test, Uuid{{2}}};
    GroupId second{Environment::test, Uuid{{3}}};
    RoleBasis basis{.status = MemberStatus::active,
                    .email_address = "Ada@Example.com",
                    .explicit_roles = {},
                    .group_roles = {}};
    std::vector<EmailRoleAssignment> domains;
    Roles policy{{"stytch_member", "stytch_admin", "editor", "viewer"}};

    std::vector<RoleGrant> roles() { return roles_of(basis, domains, policy); }
};

TEST_F(MemberRoles, begin_with_the_one_that_everybody_has) {
    EXPECT_THAT(roles(), ElementsAre(RoleGrant{"stytch_member", {DirectAssignment{}}}));
}

TEST_F(MemberRoles, have_all_their_sources) {
    basis.explicit_roles = {"editor"};
    basis.group_roles = {{"editor", connection, first}, {"editor", connection, second}};
    domains = {{"example.com", "editor"}, {"example.com", "viewer"}, {"other.com", "stytch_admin"}};
    EXPECT_THAT(roles(), ElementsAre(RoleGrant{"stytch_member", {DirectAssignment{}}},
                                     RoleGrant{"editor",
                                               {DirectAssignment{}, EmailAssignment{"example.com"},
                                                GroupAssignment{connection, first},
                                                GroupAssignment{connection, second}}},
                                     RoleGrant{"viewer", {EmailAssignment{"example.com"}}}));
    EXPECT_FALSE(is_admin(roles()));
}

TEST_F(MemberRoles, are_only_those_that_the_policy_has) {
    basis.explicit_roles = {"dropped", "editor"};
    basis.group_roles = {{"dropped too", connection, first}};
    EXPECT_EQ(role_ids_of(roles()), (Ids{"stytch_member", "editor"}));
    policy.known.insert("dropped");  // back again
    EXPECT_EQ(role_ids_of(roles()), (Ids{"stytch_member", "dropped", "editor"}));
}

TEST_F(MemberRoles, make_an_administrator_from_any_source) {
    basis.group_roles = {{"stytch_admin", connection, first}};
    EXPECT_TRUE(is_admin(roles()));
    basis.group_roles.clear();
    domains = {{"example.com", "stytch_admin"}};
    EXPECT_TRUE(is_admin(roles()));
    basis.email_address = "";
    EXPECT_FALSE(is_admin(roles()));
}

TEST_F(MemberRoles, of_a_deleted_member_are_gone) {
    basis.status = MemberStatus::deleted;
    basis.explicit_roles = {"editor"};
    basis.group_roles = {{"editor", connection, first}};
    domains = {{"example.com", "viewer"}};
    EXPECT_EQ(role_ids_of(roles()), Ids{"stytch_member"});
}

TEST_F(MemberRoles, of_a_domain_do_not_go_to_its_subdomains) {
    domains = {{"example.com", "viewer"}};
    basis.email_address = "ada@sub.example.com";
    EXPECT_EQ(role_ids_of(roles()), Ids{"stytch_member"});
}

}  // namespace
}  // namespace rollcall::directory
