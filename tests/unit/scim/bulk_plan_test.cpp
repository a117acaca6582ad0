// The order of bulk operations, circles among them, and references put in place.
#include "scim/bulk.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace rollcall::scim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view enterprise =
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

BulkOperation create(std::string bulk_id, std::string_view data = "{}",
                     std::string path = "/Groups") {
    return {BulkMethod::post, std::move(path), std::move(bulk_id), {}, json(data)};
}

BulkOperation change(std::string path, std::string_view data = R"({"Operations":[]})") {
    return {BulkMethod::patch, std::move(path), {}, {}, json(data)};
}

BulkOperation remove(std::string path) {
    return {BulkMethod::delete_, std::move(path), {}, {}, nullptr};
}

std::string group_of(std::string_view members) {
    return fmt::format(R"({{"displayName":"g","members":[{}]}})", members);
}

/// Each step as "<index>", with "…" if more is to come, or "+<index>" for what completes.
std::vector<std::string> order(std::vector<BulkStep> const& steps) {
    std::vector<std::string> texts;
    std::vector<bool> begun(steps.size());
    for (auto const& step : steps) {
        auto const again = begun.at(step.operation);
        texts.push_back(
            fmt::format("{}{}{}", again ? "+" : "", step.operation, step.completes ? "" : "…"));
        begun[step.operation] = true;
    }
    return texts;
}

// B-08: the whole, a URL's last segment, a filter's operand, a path
TEST(BulkReferences, are_replaced_wherever_they_stand) {
    BulkIds const ids{{"a", "1"}, {"b b", "2"}};
    auto patch = change("/Groups/bulkId:a", R"({"Operations":[
        {"op":"add","path":"members","value":[{"value":"bulkId:a"},{"$ref":"../Users/bulkId:b b"}]},
        {"op":"remove","path":"members[value eq \"bulkId:a\" or value eq 'bulkId:b b']"},
        {"op":"remove","PATH":"members[value eq bulkId:a]"},
        {"op":"add","value":{"members[value eq \"bulkId:a\"].display":"x","bulkId:no key":"y"}}]})");
    ASSERT_TRUE(resolve_references(patch, {{"a", "1"}, {"b b", "2"}, {"no", "3"}}).has_value());
    EXPECT_EQ(patch.path, "/Groups/1");
    EXPECT_TRUE(equals(patch.data, R"({"Operations":[
        {"op":"add","path":"members","value":[{"value":"1"},{"$ref":"../Users/2"}]},
        {"op":"remove","path":"members[value eq \"1\" or value eq '2']"},
        {"op":"remove","PATH":"members[value eq 1]"},
        {"op":"add","value":{"members[value eq \"1\"].display":"x","3 key":"y"}}]})"));

    auto user = create("", fmt::format(R"({{"userName":"u","{}":{{"manager":{{"value":"bulkId:a"}},
        "department":"bulkId:b b"}}}})",
                                       enterprise));
    ASSERT_TRUE(resolve_references(user, ids).has_value());
    EXPECT_TRUE(equals(user.data, fmt::format(R"({{"userName":"u","{}":{{"manager":{{"value":"1"}},
        "department":"2"}}}})",
                                              enterprise)));
}

TEST(BulkReferences, a_text_that_speaks_of_one_stays) {
    auto const text = R"({"title":"see bulkId:a","nickName":"xbulkId:a","bulkId:a":"key"})";
    auto user = create("", text);
    ASSERT_TRUE(resolve_references(user, {}).has_value());
    EXPECT_TRUE(equals(user.data, text));
    auto patch =
        change("/Users/1", R"({"Operations":[{"op":"remove","path":"x[y eq xbulkId:a]"}]})");
    EXPECT_TRUE(resolve_references(patch, {}).has_value());
}

// B-11
TEST(BulkReferences, what_names_nothing_is_a_conflict_that_says_what) {
    for (auto operation :
         {create("", group_of(R"({"value":"bulkId:gone"})")), change("/Users/bulkId:gone"),
          remove("/Users/bulkId:gone"),
          change("/Users/1", R"({"Operations":[{"path":"members[value eq \"bulkId:gone\"]"}]})")}) {
        auto const resolved = resolve_references(operation, {{"else", "1"}});
        EXPECT_EQ(outcome(resolved), "conflict");
        EXPECT_THAT(failure(resolved), HasSubstr("\"gone\""));
    }
}

// B-09
TEST(BulkPlan, without_references_the_order_stays) {
    EXPECT_THAT(order(plan_bulk({create("a"), remove("/Users/1"), change("/Users/2"), create("")})),
                ElementsAre("0", "1", "2", "3"));
}

// B-09
TEST(BulkPlan, what_is_referred_to_is_created_before) {
    EXPECT_THAT(order(plan_bulk({create("g", group_of(R"({"value":"bulkId:u"})")),
                                 remove("/Users/1"), create("u", "{}", "/Users")})),
                ElementsAre("1", "2", "0"));
    EXPECT_THAT(order(plan_bulk({change("/Groups/bulkId:c"),
                                 create("c", group_of(R"({"value":"bulkId:b"})")),
                                 create("b", group_of(R"({"value":"bulkId:a"})")), create("a")})),
                ElementsAre("3", "2", "1", "0"));
    // An operation that creates nothing cannot be waited for, nor can one that is not there.
    auto named = change("/Users/2");
    named.bulk_id = "p";
    EXPECT_THAT(order(plan_bulk({create("g", group_of(R"({"value":"bulkId:p"},
                                                         {"value":"bulkId:none"})")),
                                 named})),
                ElementsAre("0", "1"));
}

// B-09: nothing is done before what comes earlier, unless that waits
TEST(BulkPlan, what_waits_follows_at_once_in_order) {
    auto const refers_to = [](std::string_view bulk_id) {
        return change(fmt::format("/Groups/bulkId:{}", bulk_id));
    };
    EXPECT_THAT(order(plan_bulk({refers_to("b"), refers_to("a"), create("a"), refers_to("b"),
                                 change("/Users/1"), create("b"), change("/Users/2")})),
                ElementsAre("2", "1", "4", "5", "0", "3", "6"));
    // 2 is needed by 0 as well, but does not come before 1 for that.
    EXPECT_THAT(
        order(plan_bulk({create("", group_of(R"({"value":"bulkId:c"},{"value":"bulkId:d"})")),
                         refers_to("d"), create("c", group_of(R"({"value":"bulkId:d"})")),
                         create("d")})),
        ElementsAre("3", "1", "2", "0"));
}

// B-09, B-10
TEST(BulkPlan, a_circle_waits_for_the_last_that_it_needs) {
    EXPECT_THAT(
        order(plan_bulk({create("a", group_of(R"({"value":"bulkId:b"})")), remove("/Users/1"),
                         create("b", group_of(R"({"value":"bulkId:a"},{"value":"bulkId:c"})")),
                         remove("/Users/2"), create("c"), change("/Groups/bulkId:a")})),
        ElementsAre("1", "3", "4", "2…", "0", "+2", "5"));
}

// B-10
TEST(BulkPlan, a_circle_is_closed_when_all_of_it_is_there) {
    auto const steps = plan_bulk({create("a", group_of(R"({"value":"bulkId:b"},{"value":"7"})")),
                                  create("b", group_of(R"({"value":"bulkId:a"})"))});
    // Creating 0 needs 1, and 1 needs 0: 1 goes without.
    ASSERT_THAT(order(steps), ElementsAre("1…", "0", "+1"));
    EXPECT_TRUE(equals(steps[0].request.data, R"({"displayName":"g","members":[]})"));
    EXPECT_TRUE(equals(steps[1].request.data, group_of(R"({"value":"bulkId:b"},{"value":"7"})")));
    EXPECT_EQ(steps[2].request.method, BulkMethod::patch);
    EXPECT_EQ(steps[2].request.path, "/Groups/bulkId:b");
    EXPECT_TRUE(
        equals(steps[2].request.data,
               R"({"Operations":[{"op":"add","value":{"members":[{"value":"bulkId:a"}]}}]})"));
}

// B-10
TEST(BulkPlan, circles_of_one_and_of_three) {
    EXPECT_THAT(order(plan_bulk({create("a", group_of(R"({"value":"bulkId:a"})"))})),
                ElementsAre("0…", "+0"));
    auto const steps = plan_bulk(
        {create("a", group_of(R"({"value":"bulkId:b"})")),
         create("b", group_of(R"({"value":"bulkId:c"})")),
         create("c", group_of(R"({"value":"bulkId:a"},{"value":"bulkId:b"},{"value":"1"})"))});
    ASSERT_THAT(order(steps), ElementsAre("2…", "1", "0", "+2"));
    EXPECT_TRUE(equals(steps[0].request.data, group_of(R"({"value":"1"})")));
    EXPECT_TRUE(equals(steps[3].request.data,
                       R"({"Operations":[{"op":"add","value":{
                           "members":[{"value":"bulkId:a"},{"value":"bulkId:b"}]}}]})"));
}

// B-10: an attribute of an extension
TEST(BulkPlan, managers_of_each_other) {
    auto const managed_by = [](std::string_view manager) {
        return fmt::format(R"({{"userName":"u","{}":{{"department":"d",
                               "manager":{{"value":"bulkId:{}"}}}}}})",
                           enterprise, manager);
    };
    auto const steps =
        plan_bulk({create("a", managed_by("b"), "/Users"), create("b", managed_by("a"), "/Users")});
    ASSERT_THAT(order(steps), ElementsAre("1…", "0", "+1"));
    EXPECT_TRUE(equals(
        steps[0].request.data,
        fmt::format(R"({{"userName":"u","{}":{{"department":"d","manager":null}}}})", enterprise)));
    EXPECT_TRUE(
        equals(steps[2].request.data, fmt::format(R"({{"Operations":[{{"op":"add","value":{{"{}":
                        {{"manager":{{"value":"bulkId:a"}}}}}}}}]}})",
                                                  enterprise)));
}

// B-10
TEST(BulkPlan, a_chain_as_long_as_a_request_may_be) {
    std::vector<BulkOperation> operations;
    for (std::size_t i = 0; i < limits.bulk_operations_max; ++i) {
        auto const next = (i + 1) % limits.bulk_operations_max;
        operations.push_back(
            create(std::to_string(i), group_of(fmt::format(R"({{"value":"bulkId:{}"}})", next))));
    }
    auto const steps = plan_bulk(std::move(operations));
    ASSERT_EQ(steps.size(), limits.bulk_operations_max + 1);
    EXPECT_EQ(steps.front().operation, limits.bulk_operations_max - 1);
    EXPECT_FALSE(steps.front().completes);
    EXPECT_EQ(steps.back().operation, limits.bulk_operations_max - 1);
}

}  // namespace
}  // namespace rollcall::scim
