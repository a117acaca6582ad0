// Searching among the organizations of a project, page by page, and counting their members.
#include "directory/member_plan.hpp"
#include "store_case.hpp"

#include <tuple>

namespace rollcall::tests {
namespace {

using namespace directory;

using Lines = std::vector<std::string>;

class OrganizationSearches : public StoreCase {
protected:
    storage::ProjectKey project = world.project();
    std::vector<OrganizationId> made;

    storage::OrganizationKey create(std::string const& slug,
                                    std::function<void(Organization&)> const& change = {}) {
        auto organization = world.new_organization(project, slug);
        // The order of ids is that of creation: one for each millisecond.
        auto const now = at(1) + std::chrono::milliseconds(made.size());
        organization.id = {Environment::test, world.ids().ordered_uuid(now)};
        if (change) change(organization);
        made.push_back(organization.id);
        return get(store().create_organization(project, organization, {})).key;
    }
    Member add_member(storage::OrganizationKey const& organization, std::string const& address) {
        Member member;
        member.id = {Environment::test, world.ids().ordered_uuid(at(1))};
        member.organization = organization.id();
        member.email_address = address;
        member.created_at = member.updated_at = at(1);
        return get(store().create_member(organization, {member, {}})).member;
    }
    static OrganizationQuery query_of(std::vector<OrganizationOperand> operands, bool any = false) {
        auto search = must(plan_organization_search(any, std::move(operands)));
        OrganizationQuery query;
        query.candidates = candidates_of(search);
        query.examines_domains = examines_domains(search);
        query.examines_addresses = examines_addresses(search);
        query.examined_max = 1000;
        query.addresses_max = 1000;
        query.holds = [search = std::move(search)](OrganizationFacts const& facts) {
            return matches(search, facts);
        };
        return query;
    }
    storage::OrganizationPage list(OrganizationQuery const& query) {
        return get(store().list_organizations(project, query));
    }
    static Lines slugs(storage::OrganizationPage const& page) {
        Lines slugs;
        for (auto const& record : page.organizations) slugs.push_back(record.organization.slug);
        return slugs;
    }
    Lines found(std::vector<OrganizationOperand> operands, bool any = false) {
        return slugs(list(query_of(std::move(operands), any)));
    }
};
ON_EVERY_STORE(OrganizationSearches);

TEST_P(OrganizationSearches, list_whole_records_in_order_of_creation) {
    create("zoo");
    auto const key = create("air");
    std::ignore = world.connection(key);
    auto const page = list(query_of({}));
    EXPECT_EQ(slugs(page), (Lines{"zoo", "air"}));
    EXPECT_TRUE(page.complete);
    EXPECT_FALSE(page.more);
    EXPECT_EQ(page.matches, 2U);
    EXPECT_EQ(page.examined, 2U);
    auto const& air = page.organizations[1];
    EXPECT_EQ(air.key.id(), made[1]);
    EXPECT_EQ(air.organization.name, "Organization air");
    ASSERT_TRUE(air.active_connection);
    EXPECT_EQ(air.active_connection->organization, made[1]);
}

TEST_P(OrganizationSearches, go_on_where_a_page_ended) {
    for (int i = 0; i < 7; ++i) create("slug" + std::to_string(i));
    auto query = query_of({});
    query.count = 3;
    query.counts_all = true;
    Lines all;
    for (int pages = 0; pages < 3; ++pages) {
        auto const page = list(query);
        EXPECT_EQ(page.matches, 7U - all.size());
        for (auto const& slug : slugs(page)) all.push_back(slug);
        EXPECT_EQ(page.more, pages < 2);
        query.after = page.resume_after;
    }
    EXPECT_EQ(all, (Lines{"slug0", "slug1", "slug2", "slug3", "slug4", "slug5", "slug6"}));
}

TEST_P(OrganizationSearches, stop_at_their_bound_and_say_where) {
    for (int i = 0; i < 7; ++i) create("slug" + std::to_string(i));
    auto query = query_of({OrganizationSlugContains{"slug6"}});
    query.examined_max = 4;
    auto page = list(query);
    EXPECT_TRUE(page.organizations.empty());
    EXPECT_EQ(page.examined, 4U);
    EXPECT_TRUE(page.more);
    EXPECT_FALSE(page.complete);
    EXPECT_EQ(page.resume_after, made[3].uuid);
    query.after = page.resume_after;
    page = list(query);
    EXPECT_EQ(slugs(page), Lines{"slug6"});
    EXPECT_TRUE(page.complete);
    EXPECT_FALSE(page.more);
    query.after.reset();
    query.examined_max = made.size();
    page = list(query);
    EXPECT_EQ(slugs(page), Lines{"slug6"});
    EXPECT_TRUE(page.complete);
    EXPECT_FALSE(page.more);
}

TEST_P(OrganizationSearches, that_are_long_give_what_short_ones_give) {
    for (int i = 0; i < 250; ++i) create("slug" + std::to_string(i));
    auto query = query_of({});
    query.count = 20;
    query.counts_all = true;
    auto const page = list(query);
    EXPECT_EQ(page.organizations.size(), 20U);
    EXPECT_EQ(page.matches, 250U);
    EXPECT_EQ(found({OrganizationSlugContains{"slug249"}}), Lines{"slug249"});
    query.count = 200;
    EXPECT_EQ(list(query).organizations.size(), 200U);
}

TEST_P(OrganizationSearches, look_up_ids_external_ids_and_slugs) {
    create("red", [](Organization& o) { o.external_id = "crm|red"; });
    create("blue");
    create("green");
    auto const ids = [&](Lines texts) {
        return must(plan_organization_ids(std::move(texts), Environment::test));
    };
    EXPECT_EQ(found({ids({to_string(made[1]), to_string(made[0]), to_string(made[1])})}),
              (Lines{"red", "blue"}));
    EXPECT_EQ(found({ids({"crm|red", "crm|blue", to_string(made[2])})}), (Lines{"red", "green"}));
    EXPECT_EQ(found({OrganizationSlugIn{{"green", "black"}}}), Lines{"green"});
    EXPECT_EQ(found({OrganizationSlugIn{{"green"}}, ids({"crm|red"})}), Lines{});
    EXPECT_EQ(found({OrganizationSlugIn{{"green"}}, ids({"crm|red"})}, true),
              (Lines{"red", "green"}));
    EXPECT_EQ(found({OrganizationSlugIn{{}}}), Lines{});
    auto query = query_of({OrganizationSlugIn{{"blue", "green"}}});
    query.count = 1;
    auto const page = list(query);
    EXPECT_EQ(slugs(page), Lines{"blue"});
    EXPECT_TRUE(page.more);
    query.after = page.resume_after;
    EXPECT_EQ(slugs(list(query)), Lines{"green"});
}

TEST_P(OrganizationSearches, look_at_names_and_domains) {
    create("red", [](Organization& o) {
        o.name = "Rouge ÉTÉ";
        o.settings.email_allowed_domains = {"red.com", "rouge.fr"};
    });
    create("blue", [](Organization& o) { o.settings.claimed_email_domains = {"blue.com"}; });
    EXPECT_EQ(found({OrganizationNameContains{"été"}}), Lines{"red"});
    EXPECT_EQ(found({AllowedDomainIn{{"rouge.fr", "blue.com"}}}), Lines{"red"});
    EXPECT_EQ(found({AllowedDomainContains{"oug"}}), Lines{"red"});
    EXPECT_EQ(found({ClaimedDomainIn{{"blue.com", "red.com"}}}), Lines{"blue"});
}

TEST_P(OrganizationSearches, look_at_addresses_of_members_that_are_there) {
    auto const red = create("red");
    auto const blue = create("blue");
    create("green");
    auto const ada = add_member(red, "Ada@example.com");
    add_member(blue, "ada@example.com");
    add_member(blue, "bob@example.com");
    OrganizationHasMember const has_ada{{"ada@example.com", "nobody@example.com"}};
    EXPECT_EQ(found({has_ada}), (Lines{"red", "blue"}));
    EXPECT_EQ(found({OrganizationHasMember{{"bob@example.com"}}}), Lines{"blue"});
    EXPECT_EQ(found({OrganizationHasMember{{"", "ob@example.com"}}}), Lines{});
    EXPECT_EQ(found({OrganizationHasMemberLike{"ob@exam"}}), Lines{"blue"});
    EXPECT_EQ(found({OrganizationHasMemberLike{"example"}}), (Lines{"red", "blue"}));
    EXPECT_EQ(found({has_ada, OrganizationSlugIn{{"blue", "green"}}}), Lines{"blue"});
    get(store().update_member(red, {deactivated(ada), {}, {}, at(2)}));
    EXPECT_EQ(found({has_ada}), Lines{"blue"});
    EXPECT_EQ(found({OrganizationHasMemberLike{"example"}}), Lines{"blue"});
}

TEST_P(OrganizationSearches, stop_after_many_addresses_but_never_within_an_organization) {
    for (auto const* slug : {"red", "blue", "green"}) {
        auto const key = create(slug);
        for (int i = 0; i < 5; ++i) {
            add_member(key, "member" + std::to_string(i) + "@" + slug + ".com");
        }
    }
    auto query = query_of({OrganizationHasMemberLike{"4@green"}});
    query.addresses_max = 6;
    auto page = list(query);
    EXPECT_TRUE(page.organizations.empty());
    EXPECT_EQ(page.examined, 2U);
    EXPECT_TRUE(page.more);
    EXPECT_FALSE(page.complete);
    EXPECT_EQ(page.resume_after, made[1].uuid);
    query.after = page.resume_after;
    query.addresses_max = 1;
    page = list(query);
    EXPECT_EQ(slugs(page), Lines{"green"});
    EXPECT_FALSE(page.more);
    query.after.reset();
    query.addresses_max = 15;
    page = list(query);
    EXPECT_EQ(slugs(page), Lines{"green"});
    EXPECT_TRUE(page.complete);
    EXPECT_FALSE(page.more);
}

TEST_P(OrganizationSearches, stay_in_their_project_and_among_those_that_are_there) {
    create("red", [](Organization& o) { o.external_id = "crm|red"; });
    auto const blue = create("blue");
    auto const other = world.project();
    for (auto const& operands :
         std::vector<std::vector<OrganizationOperand>>{{},
                                                       {OrganizationIdIn{{to_string(made[0])}}},
                                                       {OrganizationIdIn{{"crm|red"}}},
                                                       {OrganizationSlugIn{{"red"}}}}) {
        auto const page = get(store().list_organizations(other, query_of(operands)));
        EXPECT_TRUE(page.organizations.empty());
        EXPECT_EQ(page.examined, 0U);
    }
    must(run_task(store().delete_organization(blue, at(3), {})));
    EXPECT_EQ(found({}), Lines{"red"});
    EXPECT_EQ(found({OrganizationIdIn{{to_string(made[1])}}}), Lines{});
}

TEST_P(OrganizationSearches, neither_skip_nor_repeat_when_organizations_come_and_go) {
    std::vector<storage::OrganizationKey> keys;
    for (int i = 0; i < 6; ++i) keys.push_back(create("slug" + std::to_string(i)));
    auto query = query_of({});
    query.count = 3;
    query.after = list(query).resume_after;
    must(run_task(store().delete_organization(keys[2], at(3), {})));
    create("late");
    query.count = 10;
    EXPECT_EQ(slugs(list(query)), (Lines{"slug3", "slug4", "slug5", "late"}));
}

TEST_P(OrganizationSearches, count_members_that_are_not_deleted) {
    auto const red = create("red");
    auto const blue = create("blue");
    EXPECT_EQ(get(store().count_members(red)), 0U);
    auto const ada = add_member(red, "ada@example.com");
    add_member(red, "bob@example.com");
    auto const nameless = add_member(red, "");
    add_member(red, "");
    add_member(blue, "ada@example.com");
    EXPECT_EQ(get(store().count_members(red)), 4U);
    get(store().update_member(red, {deactivated(ada), {}, {}, at(2)}));
    EXPECT_EQ(get(store().count_members(red)), 3U);
    get(store().update_member(red, {deactivated(nameless), {}, {}, at(2)}));
    EXPECT_EQ(get(store().count_members(red)), 2U);
    EXPECT_EQ(get(store().count_members(blue)), 1U);
    must(run_task(store().delete_organization(red, at(3), {})));
    EXPECT_EQ(error_of(store().count_members(red)).code(), ErrorCode::not_found);
}

}  // namespace
}  // namespace rollcall::tests
