// Which organizations a search finds, and what it looks up.
#include "directory/organization_query.hpp"

#include "base/limits.hpp"

#include <gtest/gtest.h>

namespace rollcall::directory {
namespace {

using Texts = std::vector<std::string>;

// Two members, and how often somebody asked for them.
class FewAddresses final : public MemberAddresses {
public:
    bool has_any(std::span<std::string const> keys) override {
        ++asked;
        return list_has(keys, std::string("ada@acme.com")) ||
               list_has(keys, std::string("bob@acme.com"));
    }
    bool has_containing(std::string_view part) override {
        ++asked;
        return std::string_view("ada@acme.com").contains(part) ||
               std::string_view("bob@acme.com").contains(part);
    }
    int asked = 0;
};

class OrganizationQueries : public ::testing::Test {
protected:
    OrganizationId const id{Environment::test, Uuid{{1}}};
    OrganizationId const other{Environment::test, Uuid{{2}}};
    FewAddresses addresses;

    bool finds(bool any, std::vector<OrganizationOperand> operands) {
        OrganizationFacts const facts{.id = id,
                                      .name = "Blue Büro GmbH",
                                      .slug = "Blue-Buero",
                                      .external_id = "crm|blue",
                                      .email_allowed_domains = {"blue.com", "bleu.fr"},
                                      .claimed_email_domains = {"buero.de"},
                                      .addresses = addresses};
        return matches(plan_organization_search(any, std::move(operands)).value(), facts);
    }
    bool finds(OrganizationOperand operand) { return finds(false, {std::move(operand)}); }
    static OrganizationOperand ids(Texts texts) {
        return plan_organization_ids(std::move(texts), Environment::test).value();
    }
};

TEST_F(OrganizationQueries, tell_each_operand) {
    EXPECT_TRUE(finds(ids({to_string(other), to_string(id)})));
    EXPECT_FALSE(finds(ids({to_string(other)})));
    EXPECT_TRUE(finds(ids({"crm|blue"})));
    EXPECT_FALSE(finds(ids({"crm|red", "blue"})));
    EXPECT_FALSE(finds(ids({})));
    EXPECT_TRUE(finds(OrganizationSlugIn{{"red", "Blue-Buero"}}));
    EXPECT_FALSE(finds(OrganizationSlugIn{{"blue-buero"}}));
    EXPECT_TRUE(finds(OrganizationNameContains{"büro g"}));
    EXPECT_FALSE(finds(OrganizationNameContains{"red"}));
    EXPECT_TRUE(finds(OrganizationSlugContains{"e-bue"}));
    EXPECT_FALSE(finds(OrganizationSlugContains{"büro"}));
    EXPECT_TRUE(finds(OrganizationHasMember{{"eve@acme.com", "ada@acme.com"}}));
    EXPECT_FALSE(finds(OrganizationHasMember{{"eve@acme.com"}}));
    EXPECT_TRUE(finds(OrganizationHasMemberLike{"ob@acm"}));
    EXPECT_FALSE(finds(OrganizationHasMemberLike{"eve"}));
    EXPECT_TRUE(finds(AllowedDomainIn{{"blue.com", "red.com"}}));
    EXPECT_FALSE(finds(AllowedDomainIn{{"buero.de"}}));
    EXPECT_TRUE(finds(AllowedDomainContains{"leu."}));
    EXPECT_FALSE(finds(AllowedDomainContains{"buero"}));
    EXPECT_TRUE(finds(ClaimedDomainIn{{"buero.de"}}));
    EXPECT_FALSE(finds(ClaimedDomainIn{{"blue.com"}}));
    EXPECT_TRUE(finds(HasActiveSsoConnection{false}));
    EXPECT_FALSE(finds(HasActiveSsoConnection{true}));
    EXPECT_FALSE(finds(SsoConnectionIs{"saml-connection-1"}));
}

TEST_F(OrganizationQueries, join_operands) {
    OrganizationOperand const yes = HasActiveSsoConnection{false};
    OrganizationOperand const no = HasActiveSsoConnection{true};
    EXPECT_TRUE(finds(false, {}));
    EXPECT_TRUE(finds(true, {}));
    EXPECT_FALSE(finds(false, {yes, no}));
    EXPECT_TRUE(finds(true, {no, yes}));
    EXPECT_FALSE(finds(true, {no, no}));
}

TEST_F(OrganizationQueries, ask_for_members_last) {
    OrganizationOperand const members = OrganizationHasMember{{"ada@acme.com"}};
    EXPECT_FALSE(finds(false, {members, HasActiveSsoConnection{true}}));
    EXPECT_TRUE(finds(true, {members, HasActiveSsoConnection{false}}));
    EXPECT_EQ(addresses.asked, 0);
    EXPECT_TRUE(finds(false, {members, HasActiveSsoConnection{false}}));
    EXPECT_EQ(addresses.asked, 1);
}

TEST_F(OrganizationQueries, look_up_what_indexes_know) {
    auto const candidates = [](bool any, std::vector<OrganizationOperand> operands) {
        return candidates_of(plan_organization_search(any, std::move(operands)).value());
    };
    OrganizationOperand const slugs = OrganizationSlugIn{{"b", "a", "b"}};
    EXPECT_FALSE(candidates(false, {}));
    EXPECT_FALSE(candidates(false, {OrganizationHasMember{{"ada@acme.com"}}}));
    EXPECT_EQ(candidates(false, {slugs})->slugs, (Texts{"a", "b"}));
    // Of two that must hold together the shorter is enough; of two alternatives both are needed.
    auto const both = candidates(false, {slugs, ids({"x"}), HasActiveSsoConnection{false}});
    EXPECT_EQ(both->ids, Texts{"x"});
    EXPECT_TRUE(both->slugs.empty());
    auto const either = candidates(true, {slugs, ids({"x"})});
    EXPECT_EQ(either->size(), 3U);
    EXPECT_FALSE(candidates(true, {slugs, HasActiveSsoConnection{false}}));
}

TEST_F(OrganizationQueries, say_what_they_examine) {
    EXPECT_FALSE(examines_domains({}));
    EXPECT_TRUE(examines_domains({false, {ClaimedDomainIn{}}}));
    EXPECT_TRUE(examines_domains({false, {AllowedDomainContains{"abc"}}}));
    EXPECT_FALSE(examines_addresses({false, {ClaimedDomainIn{}}}));
    EXPECT_TRUE(examines_addresses({false, {OrganizationHasMemberLike{"abc"}}}));
}

TEST_F(OrganizationQueries, refuse_ids_of_the_other_environment) {
    auto const refused = plan_organization_ids(
        {to_string(OrganizationId{Environment::live, Uuid{{1}}})}, Environment::test);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind(), "live_id_used_in_test_environment");
}

TEST_F(OrganizationQueries, are_bounded) {
    auto const kind = [](std::vector<OrganizationOperand> operands) {
        auto const result = plan_organization_search(false, std::move(operands));
        return result ? "" : result.error().kind();
    };
    std::vector<OrganizationOperand> many(Limits::search_operands_max,
                                          HasActiveSsoConnection{true});
    EXPECT_EQ(kind(many), "");
    many.emplace_back(HasActiveSsoConnection{true});
    EXPECT_EQ(kind(many), "user_search_maximum_filter_value_count_exceeded");
    EXPECT_EQ(kind({OrganizationSlugIn{Texts(Limits::search_values_max, "same")}}), "");
    EXPECT_EQ(kind({OrganizationSlugIn{Texts(Limits::search_values_max + 1, "same")}}),
              "user_search_maximum_filter_value_count_exceeded");
}

TEST_F(OrganizationQueries, print_differently_unless_they_are_equal) {
    auto const print = [](bool any, std::vector<OrganizationOperand> operands) {
        return print_search(plan_organization_search(any, std::move(operands)).value());
    };
    EXPECT_EQ(print(false, {OrganizationSlugIn{{"b", "a", "b"}}}),
              print(false, {OrganizationSlugIn{{"a", "b"}}}));
    EXPECT_NE(print(false, {OrganizationSlugIn{{"ab"}}}),
              print(false, {OrganizationSlugIn{{"a", "b"}}}));
    EXPECT_NE(print(false, {OrganizationSlugIn{{"a"}}}), print(true, {OrganizationSlugIn{{"a"}}}));
    EXPECT_NE(print(false, {AllowedDomainIn{{"a"}}}), print(false, {ClaimedDomainIn{{"a"}}}));
    EXPECT_NE(print(false, {HasActiveSsoConnection{true}}),
              print(false, {HasActiveSsoConnection{false}}));
}

}  // namespace
}  // namespace rollcall::directory
