// Searching among the members of an organization, page by page.
#include "directory/member_plan.hpp"
#include "store_case.hpp"

namespace rollcall::tests {
namespace {

using namespace directory;

using Lines = std::vector<std::string>;

class MemberSearches : public StoreCase {
protected:
    Tenant tenant = world.tenant();
    storage::OrganizationKey organization = tenant.organization;
    std::vector<MemberId> made;

    Member create(std::string const& name, std::optional<std::string> external_id = {}) {
        Member member;
        // The order of ids is that of creation: one for each millisecond.
        auto const now = at(1) + std::chrono::milliseconds(made.size());
        member.id = {Environment::test, world.ids().ordered_uuid(now)};
        member.organization = organization.id();
        member.email_address = name + "@example.com";
        member.name = name;
        member.external_id = std::move(external_id);
        member.created_at = member.updated_at = at(1);
        made.push_back(member.id);
        return get(store().create_member(organization, {member, {}})).member;
    }
    static MemberQuery query_of(MemberSearch wanted) {
        auto search = must(plan_member_search(wanted.any, std::move(wanted.operands)));
        MemberQuery query;
        query.candidates = candidates_of(search);
        query.examines_roles = examines_roles(search);
        query.examined_max = 1000;
        query.holds = [search = std::move(search)](MemberFacts const& facts) {
            return matches(search, facts, facts.explicit_roles);
        };
        return query;
    }
    MemberPage list(MemberQuery const& query) {
        return get(store().list_members(organization, query));
    }
    static Lines names(MemberPage const& page) {
        Lines names;
        for (auto const& record : page.members) names.push_back(record.member.name);
        return names;
    }
    Lines found(std::vector<MemberOperand> operands, bool any = false) {
        return names(list(query_of({any, std::move(operands)})));
    }
};
ON_EVERY_STORE(MemberSearches);

TEST_P(MemberSearches, list_in_order_of_creation) {
    for (auto const* name : {"zoe", "ada", "bob"}) create(name);
    auto const page = list(query_of({}));
    EXPECT_EQ(names(page), (Lines{"zoe", "ada", "bob"}));
    EXPECT_TRUE(page.complete);
    EXPECT_FALSE(page.more);
    EXPECT_EQ(page.matches, 3U);
    EXPECT_EQ(page.examined, 3U);
}

TEST_P(MemberSearches, go_on_where_a_page_ended) {
    for (int i = 0; i < 7; ++i) create("member" + std::to_string(i));
    auto query = query_of({});
    query.count = 3;
    Lines all;
    for (int pages = 0; pages < 3; ++pages) {
        auto const page = list(query);
        for (auto const& name : names(page)) all.push_back(name);
        EXPECT_EQ(page.more, pages < 2);
        query.after = page.resume_after;
    }
    EXPECT_EQ(all.size(), 7U);
    EXPECT_EQ(all.front(), "member0");
    EXPECT_EQ(all.back(), "member6");
}

TEST_P(MemberSearches, count_what_is_behind_the_page_when_asked) {
    for (int i = 0; i < 7; ++i) create("member" + std::to_string(i));
    auto query = query_of({});
    query.count = 3;
    query.counts_all = true;
    auto page = list(query);
    EXPECT_EQ(page.matches, 7U);
    EXPECT_TRUE(page.complete);
    EXPECT_TRUE(page.more);
    EXPECT_EQ(page.resume_after, made[2].uuid);
    query.counts_all = false;
    page = list(query);
    EXPECT_FALSE(page.complete);
    EXPECT_TRUE(page.more);
    EXPECT_EQ(page.resume_after, made[2].uuid);
    // Only whether there are any.
    query.count = 0;
    page = list(query);
    EXPECT_TRUE(page.more);
    EXPECT_FALSE(page.resume_after);
}

TEST_P(MemberSearches, stop_at_their_bound_and_say_where) {
    for (int i = 0; i < 7; ++i) create("member" + std::to_string(i));
    auto query = query_of({false, {MemberEmailContains{"member6"}}});
    query.examined_max = 4;
    auto page = list(query);
    EXPECT_TRUE(page.members.empty());
    EXPECT_EQ(page.examined, 4U);
    EXPECT_TRUE(page.more);
    EXPECT_FALSE(page.complete);
    EXPECT_EQ(page.resume_after, made[3].uuid);
    query.after = page.resume_after;
    page = list(query);
    EXPECT_EQ(names(page), Lines{"member6"});
    EXPECT_TRUE(page.complete);
    EXPECT_FALSE(page.more);
    query.after.reset();
    query.examined_max = made.size();
    page = list(query);
    EXPECT_EQ(names(page), Lines{"member6"});
    EXPECT_TRUE(page.complete);
    EXPECT_FALSE(page.more);
}

TEST_P(MemberSearches, that_are_long_give_what_short_ones_give) {
    for (int i = 0; i < 450; ++i) create("member" + std::to_string(i));
    auto query = query_of({});
    query.count = 20;
    query.counts_all = true;
    auto const page = list(query);
    EXPECT_EQ(page.members.size(), 20U);
    EXPECT_EQ(page.matches, 450U);
    EXPECT_EQ(found({MemberEmailContains{"member449"}}), Lines{"member449"});
    query.count = 300;
    EXPECT_EQ(list(query).members.size(), 300U);
}

TEST_P(MemberSearches, look_up_ids_external_ids_and_addresses) {
    auto const ada = create("ada", "ext-1");
    auto const bob = create("bob");
    create("eve");
    EXPECT_EQ(found({MemberIdIn{{bob.id.uuid, ada.id.uuid, bob.id.uuid}}}), (Lines{"ada", "bob"}));
    EXPECT_EQ(found({MemberExternalIdIn{{"ext-1", "ext-2"}}}), Lines{"ada"});
    EXPECT_EQ(found({MemberEmailIn{{"eve@example.com", "nobody@example.com"}}}), Lines{"eve"});
    EXPECT_EQ(found({MemberEmailIn{{"bob@example.com"}}, MemberExternalIdIn{{"ext-1"}}}), Lines{});
    EXPECT_EQ(found({MemberEmailIn{{"bob@example.com"}}, MemberExternalIdIn{{"ext-1"}}}, true),
              (Lines{"ada", "bob"}));
    EXPECT_EQ(found({MemberEmailIn{{}}}), Lines{});
    auto query = query_of({false, {MemberEmailIn{{"bob@example.com", "eve@example.com"}}}});
    query.count = 1;
    auto page = list(query);
    EXPECT_EQ(names(page), Lines{"bob"});
    EXPECT_TRUE(page.more);
    query.after = page.resume_after;
    EXPECT_EQ(names(list(query)), Lines{"eve"});
}

TEST_P(MemberSearches, look_at_what_the_developer_wrote) {
    auto ada = create("ada");
    create("bob");
    ada.is_breakglass = true;
    ada.mfa_phone_number = "+14155550100";
    ada.explicit_roles = {"editor"};
    get(store().update_member(organization, {ada, {}, {}, at(2)}));
    EXPECT_EQ(found({MemberIsBreakglass{true}}), Lines{"ada"});
    EXPECT_EQ(found({MemberIsBreakglass{false}}), Lines{"bob"});
    EXPECT_EQ(found({MemberPhoneContains{"5550"}}), Lines{"ada"});
    EXPECT_EQ(found({MemberRoleIn{{"editor"}}}), Lines{"ada"});
}

TEST_P(MemberSearches, see_roles_of_groups) {
    auto const connection = tenant.connection;
    auto const ada = world.user(connection, "ada");
    world.user(connection, "bob");
    auto const group = world.group(connection, "group", {member(ada)});
    storage::ConnectionChange change;
    change.role_assignments = {{"viewer", group.id}};
    get(store().update_connection(connection, change));
    MemberQuery query;
    query.examined_max = 1000;
    query.examines_roles = true;
    query.holds = [](MemberFacts const& facts) { return facts.group_roles.size() == 1; };
    auto const page = list(query);
    EXPECT_EQ(names(page), Lines{"ada"});
    ASSERT_TRUE(page.members[0].registration);
    EXPECT_EQ(page.members[0].registration->user.groups.size(), 1U);
    EXPECT_EQ(page.members[0].group_roles.size(), 1U);
}

TEST_P(MemberSearches, find_deleted_members_when_asked_for_their_status) {
    auto const ada = create("ada");
    create("bob");
    get(store().update_member(organization, {deactivated(ada), {}, {}, at(2)}));
    EXPECT_EQ(found({}), Lines{"bob"});
    EXPECT_EQ(found({MemberStatusIn{{MemberStatus::deleted}}}), Lines{"ada"});
    EXPECT_EQ(found({MemberEmailIn{{"ada@example.com"}}}), Lines{});
}

TEST_P(MemberSearches, stay_in_their_organization) {
    auto const ada = create("ada", "ext-1");
    auto const other = world.organization(organization.project(), "other");
    for (auto const& search :
         std::vector<MemberSearch>{{},
                                   {false, {MemberIdIn{{ada.id.uuid}}}},
                                   {false, {MemberExternalIdIn{{"ext-1"}}}},
                                   {false, {MemberEmailIn{{"ada@example.com"}}}}}) {
        EXPECT_TRUE(get(store().list_members(other, query_of(search))).members.empty());
    }
    must(run_task(store().delete_organization(organization, at(3), {})));
    EXPECT_TRUE(list(query_of({})).members.empty());
}

TEST_P(MemberSearches, neither_skip_nor_repeat_when_members_come_and_go) {
    for (int i = 0; i < 6; ++i) create("member" + std::to_string(i));
    auto query = query_of({});
    query.count = 3;
    auto const first = list(query);
    auto gone = first.members[2].member;
    get(store().update_member(organization, {deactivated(gone), {}, {}, at(2)}));
    create("late");
    query.after = first.resume_after;
    query.count = 10;
    EXPECT_EQ(names(list(query)), (Lines{"member3", "member4", "member5", "late"}));
}

// K-11
TEST_P(MemberSearches, end_a_page_when_it_shows_enough_groups) {
    auto const connection = tenant.connection;
    std::vector<GroupMember> users;
    for (auto const* name : {"ada", "bob", "eve"}) {
        users.push_back(member(world.user(connection, name)));
    }
    world.group(connection, "first", users);
    world.group(connection, "second", users);
    MemberQuery query;
    query.examined_max = 1000;
    query.counts_all = true;
    query.holds = [](MemberFacts const&) { return true; };
    query.groups_max = 6;
    auto const whole = list(query);
    ASSERT_EQ(whole.members.size(), 3U);
    EXPECT_EQ(whole.groups, 6U);
    EXPECT_FALSE(whole.more);
    query.groups_max = 3;  // the second member exceeds it
    auto page = list(query);
    EXPECT_EQ(page.members.size(), 2U);
    EXPECT_EQ(page.groups, 4U);
    EXPECT_EQ(page.matches, 3U);
    EXPECT_TRUE(page.complete);
    EXPECT_TRUE(page.more);
    EXPECT_EQ(page.resume_after, page.members[1].member.id.uuid);
    query.after = page.resume_after;
    page = list(query);
    EXPECT_EQ(names(page), Lines{whole.members[2].member.name});
    EXPECT_FALSE(page.more);
    query.after.reset();
    query.groups_max = 0;
    page = list(query);
    EXPECT_TRUE(page.members.empty());
    EXPECT_TRUE(page.more);
    EXPECT_FALSE(page.resume_after);
}

}  // namespace
}  // namespace rollcall::tests
