// Which members a search finds, and what it looks up.
#include "directory/member_query.hpp"

#include "base/limits.hpp"

#include <gtest/gtest.h>

#include <set>

namespace rollcall::directory {
namespace {

using Ids = std::vector<std::string>;

MemberFacts ada() {
    return {.id = Uuid{{1}},
            .status = MemberStatus::active,
            .email_key = "ada@example.com",
            .external_id = "ext-1",
            .is_breakglass = true,
            .mfa_phone_number = "+14155550100",
            .has_password = false,
            .explicit_roles = {},
            .group_roles = {}};
}

bool finds(MemberFacts const& facts, bool any, std::vector<MemberOperand> operands) {
    Ids const roles{"stytch_member", "editor"};
    return matches(plan_member_search(any, std::move(operands)).value(), facts, roles);
}

bool finds(MemberOperand operand) {
    return finds(ada(), false, {std::move(operand)});
}

TEST(MemberQuery, tells_each_operand) {
    EXPECT_TRUE(finds(MemberIdIn{{Uuid{{2}}, Uuid{{1}}}}));
    EXPECT_FALSE(finds(MemberIdIn{{Uuid{{2}}}}));
    EXPECT_TRUE(finds(MemberExternalIdIn{{"ext-1"}}));
    EXPECT_FALSE(finds(MemberExternalIdIn{{"EXT-1"}}));
    EXPECT_TRUE(finds(MemberEmailIn{{"x@example.com", "ada@example.com"}}));
    EXPECT_FALSE(finds(MemberEmailIn{{"ada@example"}}));
    EXPECT_TRUE(finds(MemberEmailContains{"da@ex"}));
    EXPECT_FALSE(finds(MemberEmailContains{"bob"}));
    EXPECT_TRUE(finds(MemberIsBreakglass{true}));
    EXPECT_FALSE(finds(MemberIsBreakglass{false}));
    EXPECT_TRUE(finds(MemberStatusIn{{MemberStatus::pending, MemberStatus::active}}));
    EXPECT_FALSE(finds(MemberStatusIn{{MemberStatus::invited}}));
    EXPECT_TRUE(finds(MemberPhoneIn{{"+14155550100"}}));
    EXPECT_FALSE(finds(MemberPhoneIn{{"4155550100"}}));
    EXPECT_TRUE(finds(MemberPhoneContains{"555"}));
    EXPECT_FALSE(finds(MemberPhoneContains{"666"}));
    EXPECT_TRUE(finds(MemberHasPassword{false}));
    EXPECT_FALSE(finds(MemberHasPassword{true}));
    EXPECT_TRUE(finds(MemberRoleIn{{"viewer", "editor"}}));
    EXPECT_FALSE(finds(MemberRoleIn{{"viewer"}}));
}

TEST(MemberQuery, joins_operands_with_and_or_or) {
    MemberIsBreakglass const yes{true};
    MemberIsBreakglass const no{false};
    EXPECT_FALSE(finds(ada(), false, {yes, no}));
    EXPECT_TRUE(finds(ada(), true, {no, yes}));
    EXPECT_FALSE(finds(ada(), true, {no, no}));
    EXPECT_TRUE(finds(ada(), false, {}));
    EXPECT_TRUE(finds(ada(), true, {}));
}

TEST(MemberQuery, leaves_deleted_members_out_unless_it_speaks_of_statuses) {
    auto gone = ada();
    gone.status = MemberStatus::deleted;
    EXPECT_FALSE(finds(gone, false, {}));
    EXPECT_FALSE(finds(gone, false, {MemberIdIn{{gone.id}}}));
    EXPECT_FALSE(finds(gone, true, {MemberIdIn{{gone.id}}}));
    EXPECT_TRUE(finds(gone, false, {MemberStatusIn{{MemberStatus::deleted}}}));
    EXPECT_TRUE(finds(gone, true, {MemberStatusIn{{MemberStatus::active}}, MemberIdIn{{gone.id}}}));
}

TEST(MemberQuery, finds_nobody_by_what_a_member_lacks) {
    MemberFacts nobody;
    EXPECT_FALSE(finds(nobody, false, {MemberEmailIn{{""}}}));
    EXPECT_FALSE(finds(nobody, false, {MemberPhoneIn{{""}}}));
    EXPECT_FALSE(finds(nobody, false, {MemberExternalIdIn{{""}}}));
}

TEST(MemberQuery, looks_up_the_shortest_of_the_lists_that_must_hold) {
    auto const candidates = candidates_of(
        {false, {MemberIsBreakglass{true}, MemberEmailIn{{"a", "b"}}, MemberIdIn{{Uuid{{1}}}}}});
    ASSERT_TRUE(candidates);
    EXPECT_EQ(candidates->size(), 1U);
    EXPECT_EQ(candidates->ids, std::vector<Uuid>{Uuid{{1}}});
    EXPECT_FALSE(candidates_of({false, {MemberIsBreakglass{true}}}));
    EXPECT_FALSE(candidates_of({false, {}}));
}

TEST(MemberQuery, looks_up_all_lists_of_which_one_must_hold) {
    auto const candidates = candidates_of(
        {true, {MemberEmailIn{{"a", "b"}}, MemberExternalIdIn{{"x"}}, MemberIdIn{{Uuid{{1}}}}}});
    ASSERT_TRUE(candidates);
    EXPECT_EQ(candidates->size(), 4U);
    EXPECT_FALSE(candidates_of({true, {MemberEmailIn{{"a"}}, MemberIsBreakglass{true}}}));
    EXPECT_FALSE(candidates_of({true, {}}));
}

TEST(MemberQuery, takes_ids_or_external_ids) {
    auto const id = to_string(MemberId{Environment::test, Uuid{{1}}});
    auto const kind_of = [](Result<MemberOperand> const& result) {
        return result ? "no error" : result.error().kind();
    };
    auto const ids = plan_member_ids({id}, Environment::test);
    EXPECT_EQ(std::get<MemberIdIn>(ids.value()).values, std::vector<Uuid>{Uuid{{1}}});
    auto const external = plan_member_ids({"ext-1", "member-test-1"}, Environment::test);
    EXPECT_EQ(std::get<MemberExternalIdIn>(external.value()).values.size(), 2U);
    EXPECT_EQ(kind_of(plan_member_ids({id, "ext-1"}, Environment::test)),
              "member_search_cannot_mix_internal_and_external_member_ids");
    EXPECT_EQ(kind_of(plan_member_ids({id}, Environment::live)),
              "test_id_used_in_live_environment");
    EXPECT_EQ(kind_of(plan_member_statuses({"active", "gone"})), "search_invalid_status_filter");
}

TEST(MemberQuery, is_bounded) {
    auto const kind_of = [](std::vector<MemberOperand> operands) {
        auto const result = plan_member_search(false, std::move(operands));
        return result ? "no error" : result.error().kind();
    };
    constexpr auto too_many = "user_search_maximum_filter_value_count_exceeded";
    EXPECT_EQ(kind_of({MemberEmailIn{Ids(Limits::search_values_max)}}), "no error");
    EXPECT_EQ(kind_of({MemberEmailIn{Ids(Limits::search_values_max)}, MemberRoleIn{{"editor"}}}),
              too_many);
    EXPECT_EQ(
        kind_of(std::vector<MemberOperand>(Limits::search_operands_max, MemberIsBreakglass{true})),
        "no error");
    EXPECT_EQ(
        kind_of(std::vector<MemberOperand>(Limits::search_operands_max + 1, MemberIsBreakglass{})),
        too_many);
}

TEST(MemberQuery, prints_unlike_searches_unlike) {
    std::vector<MemberSearch> const searches{
        {false, {}},
        {true, {}},
        {false, {MemberEmailIn{{"a", "b"}}}},
        {false, {MemberEmailIn{{"a1:b"}}}},
        {false, {MemberEmailIn{{"ab"}}}},
        {false, {MemberRoleIn{{"ab"}}}},
        {false, {MemberEmailContains{"ab"}}},
        {false, {MemberPhoneContains{"ab"}}},
        {false, {MemberIsBreakglass{true}}},
        {false, {MemberIsBreakglass{false}}},
        {false, {MemberHasPassword{true}}},
        {false, {MemberStatusIn{{MemberStatus::active}}}},
        {false, {MemberIdIn{{Uuid{{1}}}}}},
        {false, {MemberIdIn{{Uuid{{2}}}}}},
    };
    std::set<std::string> printed;
    for (auto const& search : searches) printed.insert(print_search(search));
    EXPECT_EQ(printed.size(), searches.size());
    // The order of values is not part of a search.
    EXPECT_EQ(print_search(plan_member_search(false, {MemberEmailIn{{"b", "a", "b"}}}).value()),
              print_search(searches[2]));
}

TEST(MemberQuery, knows_when_roles_matter) {
    EXPECT_TRUE(examines_roles({false, {MemberIsBreakglass{true}, MemberRoleIn{{"editor"}}}}));
    EXPECT_FALSE(examines_roles({false, {MemberIsBreakglass{true}}}));
}

}  // namespace
}  // namespace rollcall::directory
