// PATCH on multi-valued attributes and on the elements a filter selects (RFC 7644 §3.5.2).
#include "patch_support.hpp"

#include <gmock/gmock.h>

namespace rollcall::scim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Profile creating_profile() {
    Profile profile;
    profile.replace_creates_missing_element = true;
    return profile;
}

Patching const ada{object(R"({"userName":"ada",
    "emails":[{"value":"a@work","type":"work","primary":true},{"value":"a@home","type":"home"}],
    "addresses":[{"type":"work","locality":"London","country":"GB"}],
    "roles":[{"value":"admin","primary":true},{"value":"ops"}]})")};
Patching const entra{ada.before, user_type(), creating_profile()};
Patching const bare{object(R"({"userName":"u"})")};
Patching const group{object(R"({"displayName":"G","members":[{"value":"u1","display":"One"},
    {"value":"u2","type":"User"},{"value":"g3","type":"Group"}]})"),
                     group_type()};

TEST(PatchList, P23_P24_add_appends_what_is_new) {
    EXPECT_TRUE(
        equals(ada.attribute("emails", R"({"op":"add","path":"emails","value":{"value":"b@x"}})"),
               R"([{"value":"a@work","type":"work","primary":true},{"value":"a@home","type":"home"},
            {"value":"b@x"}])"));
    EXPECT_TRUE(ada.unchanged(R"({"op":"add","path":"emails","value":[
        {"value":"a@home","type":"home"},{"value":"A@WORK","type":"Work"}]})"));
    EXPECT_TRUE(ada.unchanged(R"({"op":"add","path":"emails","value":[]})"));
    EXPECT_TRUE(ada.unchanged(R"({"op":"add","path":"addresses","value":
        {"country":"GB","type":"work","locality":"London"}})"));
    EXPECT_TRUE(equals(ada.attribute("emails", R"({"op":"add","path":"emails","value":[
            {"value":"a@home","type":"home","display":"H"}]})"),
                       R"([{"value":"a@work","type":"work","primary":true},
            {"value":"a@home","type":"home","display":"H"}])"));
    EXPECT_TRUE(equals(ada.attribute("roles", R"({"op":"Add","path":"roles","value":"ops"},
                                                 {"op":"Add","path":"roles","value":["dev","dev"]})"),
                       R"([{"value":"admin","primary":true},{"value":"ops"},{"value":"dev"}])"));
}

TEST(PatchList, P27_P47_one_primary) {
    EXPECT_TRUE(equals(
        ada.attribute("emails",
                      R"({"op":"add","path":"emails","value":{"value":"b","primary":true}})"),
        R"([{"value":"a@work","type":"work","primary":false},{"value":"a@home","type":"home"},
            {"value":"b","primary":true}])"));
    // The element written to wins, wherever it stands.
    Patching const last{object(R"({"userName":"u","emails":[{"value":"a","type":"work"},
                                                            {"value":"b","primary":true}]})")};
    EXPECT_TRUE(equals(
        last.attribute(
            "emails", R"({"op":"replace","path":"emails[type eq \"work\"].primary","value":true})"),
        R"([{"value":"a","type":"work","primary":true},{"value":"b","primary":false}])"));
    EXPECT_TRUE(
        equals(last.attribute("emails", R"({"op":"add","path":"emails","value":[
                                     {"value":"a","type":"work","primary":"True"}]})"),
               R"([{"value":"a","type":"work","primary":true},{"value":"b","primary":false}])"));
}

TEST(PatchList, P43_replace_of_the_whole_list) {
    EXPECT_TRUE(equals(ada.attribute("roles", R"({"op":"replace","path":"roles","value":[
                                                  {"value":"x"},{"value":"x"}]})"),
                       R"([{"value":"x"}])"));
    EXPECT_EQ(ada.attribute("roles", R"({"op":"replace","path":"roles","value":[]})"), nullptr);
    EXPECT_EQ(ada.attribute("roles", R"({"op":"replace","path":"roles","value":null})"), nullptr);
    EXPECT_TRUE(equals(ada.attribute("roles", R"({"op":"replace","value":{"roles":"x"}})"),
                       R"([{"value":"x"}])"));
}

TEST(PatchList, P33_P34_remove_with_a_filter) {
    EXPECT_TRUE(
        equals(ada.attribute("emails", R"({"op":"remove","path":"emails[type eq \"WORK\"]"})"),
               R"([{"value":"a@home","type":"home"}])"));
    EXPECT_EQ(ada.attribute("emails", R"({"op":"remove","path":"emails[value pr]"})"), nullptr);
    EXPECT_TRUE(
        equals(ada.attribute("addresses",
                             R"({"op":"remove","path":"addresses[type eq \"work\"].country"})"),
               R"([{"type":"work","locality":"London"}])"));
    EXPECT_EQ(ada.attribute("roles", R"({"op":"remove","path":"roles[primary eq true]"},
                                        {"op":"remove","path":"roles[value eq \"ops\"].value"})"),
              nullptr);
    EXPECT_EQ(ada.attribute("emails", R"({"op":"remove","path":"emails"})"), nullptr);
}

TEST(PatchList, P38_remove_with_a_value_takes_only_that) {
    EXPECT_TRUE(equals(
        ada.attribute("emails", R"({"op":"remove","path":"emails","value":[{"value":"A@work"}]})"),
        R"([{"value":"a@home","type":"home"}])"));
    EXPECT_TRUE(ada.unchanged(R"({"op":"remove","path":"emails","value":[]})"));
    EXPECT_TRUE(ada.unchanged(
        R"({"op":"remove","path":"emails","value":[{"value":"a@work","type":"home"}]})"));
    EXPECT_TRUE(equals(ada.attribute("roles", R"({"op":"Remove","path":"roles","value":"ops"})"),
                       R"([{"value":"admin","primary":true}])"));
    EXPECT_EQ(ada.attribute("emails", R"({"op":"remove","path":"emails","value":null})"), nullptr);
    EXPECT_TRUE(
        equals(ada.attribute("roles", R"({"op":"remove","value":{"roles":[{"value":"ops"}]}})"),
               R"([{"value":"admin","primary":true}])"));
}

TEST(PatchList, RFC7644_replace_examples) {
    EXPECT_TRUE(equals(
        ada.attribute("addresses", R"({"op":"replace","path":"addresses[type eq \"work\"]","value":
        {"type":"work","streetAddress":"911 Universal City Plaza","locality":"Hollywood",
         "region":"CA","postalCode":"91608","country":"US","primary":true}})"),
        R"([{"type":"work","streetAddress":"911 Universal City Plaza","locality":"Hollywood",
             "region":"CA","postalCode":"91608","country":"US","primary":true}])"));
    EXPECT_TRUE(equals(
        ada.attribute("addresses", R"({"op":"replace",
            "path":"addresses[type eq \"work\"].streetAddress","value":"1010 Broadway Ave"})"),
        R"([{"type":"work","locality":"London","country":"GB","streetAddress":"1010 Broadway Ave"}])"));
}

TEST(PatchList, P25_P45_every_match_is_written) {
    Patching const two{object(R"({"userName":"u","emails":[{"value":"a","type":"work"},
        {"value":"b","type":"work","display":"B"},{"value":"c"}]})")};
    for (auto const* op : {"add", "replace"}) {
        EXPECT_TRUE(equals(
            two.attribute(
                "emails",
                fmt::format(
                    R"({{"op":"{}","path":"emails[type eq \"work\"]","value":{{"display":"D"}}}})",
                    op)),
            R"([{"value":"a","type":"work","display":"D"},{"value":"b","type":"work","display":"D"},
                {"value":"c"}])"))
            << op;
        EXPECT_TRUE(equals(
            two.attribute(
                "emails",
                fmt::format(
                    R"({{"op":"{}","path":"emails[type eq \"work\"].type","value":"home"}})", op)),
            R"([{"value":"a","type":"home"},{"value":"b","type":"home","display":"B"},
                {"value":"c"}])"))
            << op;
    }
    EXPECT_TRUE(equals(two.attribute("emails", R"({"op":"replace","path":"emails[value eq \"c\"]",
                                                   "value":"d"})"),
                       R"([{"value":"a","type":"work"},{"value":"b","type":"work","display":"B"},
                           {"value":"d"}])"));
    EXPECT_TRUE(equals(two.attribute("emails", R"({"op":"replace","path":"emails[type eq \"work\"]",
                                                   "value":null})"),
                       R"([{"value":"c"}])"));
    EXPECT_TRUE(
        equals(two.attribute("emails", R"({"op":"replace","path":"emails.type","value":"x"})"),
               R"([{"value":"a","type":"x"},{"value":"b","type":"x","display":"B"},
                           {"value":"c","type":"x"}])"));
}

TEST(PatchList, P26_I20_add_creates_what_the_filter_describes) {
    EXPECT_TRUE(
        equals(bare.attribute("emails", R"({"op":"add","path":"emails[type eq \"work\"].value",
                                                    "value":"x"})"),
               R"([{"type":"work","value":"x"}])"));
    EXPECT_TRUE(equals(
        bare.attribute("emails",
                       R"({"op":"add","path":"emails[type eq \"work\" and primary eq \"True\"]",
                                     "value":{"value":"x"}})"),
        R"([{"type":"work","primary":true,"value":"x"}])"));
    EXPECT_TRUE(
        equals(bare.attribute("roles", R"({"op":"add","path":"roles[primary eq \"True\"].value",
                                                   "value":"r"})"),
               R"([{"primary":true,"value":"r"}])"));
    for (auto const* filter : {"type eq \\\"a\\\" or type eq \\\"b\\\"", "type ne \\\"a\\\"",
                               "type pr", "not (type eq \\\"a\\\")", "colour eq \\\"red\\\""}) {
        EXPECT_EQ(bare.code(fmt::format(R"({{"op":"add","path":"emails[{}].value","value":"x"}})",
                                        filter)),
                  "no_target")
            << filter;
    }
    EXPECT_TRUE(
        bare.unchanged(R"({"op":"add","path":"emails[type eq \"work\"].value","value":""})"));
    EXPECT_TRUE(
        bare.unchanged(R"({"op":"add","path":"emails[type eq \"work\"].value","value":null})"));
    EXPECT_TRUE(
        equals(bare.attribute("emails", R"({"op":"add","path":"emails.value","value":"x"})"),
               R"([{"value":"x"}])"));
}

TEST(PatchList, P46_replace_without_a_match_depends_on_profile_and_spelling) {
    auto const operation = [](std::string_view op) {
        return fmt::format(R"({{"op":"{}","path":"phoneNumbers[type eq \"mobile\"].value",
                                "value":"1"}})",
                           op);
    };
    EXPECT_EQ(ada.code(operation("replace")), "no_target");
    constexpr auto created = R"([{"type":"mobile","value":"1"}])";
    EXPECT_TRUE(equals(ada.attribute("phoneNumbers", operation("Replace")), created));
    EXPECT_TRUE(equals(entra.attribute("phoneNumbers", operation("replace")), created));
    EXPECT_THAT(entra.notes, ElementsAre(HasSubstr("phoneNumbers")));
    EXPECT_EQ(entra.code(R"({"op":"Replace","path":"emails[type co \"x\"].value","value":"1"})"),
              "no_target");
    EXPECT_TRUE(entra.unchanged(
        R"({"op":"Replace","path":"phoneNumbers[type eq \"mobile\"].value","value":""})"));
    EXPECT_TRUE(ada.unchanged(
        R"({"op":"replace","path":"phoneNumbers[type eq \"mobile\"].value","value":null})"));
}

TEST(PatchList, entra_completes_an_element_step_by_step) {
    EXPECT_TRUE(equals(
        bare.after(R"({"op":"Replace","path":"emails[type eq \"work\"].value","value":"i@x"},
            {"op":"Add","path":"addresses[type eq \"work\"].streetAddress","value":"Kaai 12"},
            {"op":"Add","path":"addresses[type eq \"work\"].locality","value":"Antwerpen"},
            {"op":"Replace","path":"addresses[type eq \"work\"].country","value":"BE"})"),
        R"({"userName":"u","emails":[{"type":"work","value":"i@x"}],"addresses":[{"type":"work",
            "streetAddress":"Kaai 12","locality":"Antwerpen","country":"BE"}]})"));
}

TEST(PatchList, I28_a_primary_role_is_found_by_a_string) {
    EXPECT_TRUE(
        equals(ada.attribute("roles", R"({"op":"replace","path":"roles[primary eq \"True\"].value",
                                                  "value":"owner"})"),
               R"([{"value":"owner","primary":true},{"value":"ops"}])"));
}

TEST(PatchList, wrong_values) {
    EXPECT_EQ(ada.code(R"({"op":"add","path":"addresses","value":"Main Street"})"),
              "invalid_value");
    EXPECT_EQ(ada.code(R"({"op":"add","path":"addresses[type eq \"work\"]","value":"x"})"),
              "invalid_value");
    EXPECT_EQ(ada.code(R"({"op":"add","path":"emails[type eq \"work\"].primary","value":"maybe"})"),
              "invalid_value");
    EXPECT_EQ(
        ada.code(R"({"op":"replace","path":"emails[type eq \"work\"].value","value":{"x":1}})"),
        "invalid_value");
}

TEST(PatchList, lists_are_bounded) {
    std::string many = "[\"-1\"";
    for (std::size_t i = 1; i < limits.attribute_values_max; ++i) many += fmt::format(",\"{}\"", i);
    many += "]";
    EXPECT_EQ(bare.code(fmt::format(R"({{"op":"add","path":"roles","value":{}}})", many)), "ok");
    EXPECT_EQ(ada.code(fmt::format(R"({{"op":"add","path":"roles","value":{}}})", many)),
              "too_many");
}

// K-11
TEST(PatchList, what_a_request_looks_at_is_bounded) {
    Patching const few{object(R"({"userName":"u","emails":[{"value":"a"},{"value":"b"}]})")};
    Limits small;
    small.patch_tests_max = 8;
    auto const code = [&](std::string_view operations) {
        Notes notes;
        auto const body = json(fmt::format(R"({{"Operations":[{}]}})", operations));
        auto const request = parse_patch(body, user_type(), small, notes);
        return outcome(apply_patch(few.before, *request, user_type(), "", {}, small, notes));
    };
    constexpr auto whole = R"({"op":"add","path":"emails","value":"a"})";     // two elements
    constexpr auto one_test = R"({"op":"remove","path":"emails[type pr]"})";  // and a test of each
    constexpr auto three_tests =                                              // and three tests
        R"({"op":"remove","path":"emails[type pr and (primary pr or not (value pr))]"})";
    EXPECT_EQ(code(fmt::format("{0},{0},{0},{0}", whole)), "ok");
    EXPECT_EQ(code(fmt::format("{0},{0},{0},{0},{0}", whole)), "too_many");
    EXPECT_EQ(code(fmt::format("{0},{0}", one_test)), "ok");
    EXPECT_EQ(code(fmt::format("{0},{0},{1}", one_test, whole)), "too_many");
    EXPECT_EQ(code(three_tests), "ok");
    EXPECT_EQ(code(fmt::format("{},{}", three_tests, whole)), "too_many");
    EXPECT_EQ(code(R"({"op":"add","path":"roles","value":"x"},)" + std::string(whole)), "ok");
}

// K-11
TEST(PatchList, what_many_requests_make_of_a_resource_is_bounded) {
    Patching const growing{object(R"({"userName":"u","title":"t"})")};
    Limits small;
    small.body_bytes_max = 128;
    auto const code = [&](std::size_t size) {
        Notes notes;
        auto const body =
            json(fmt::format(R"({{"Operations":[{{"op":"add","path":"title","value":"{}"}}]}})",
                             std::string(size, 'x')));
        auto const request = parse_patch(body, user_type(), small, notes);
        return outcome(apply_patch(growing.before, *request, user_type(), "", {}, small, notes));
    };
    EXPECT_EQ(code(100), "ok");
    EXPECT_EQ(code(101), "too_many");
}

TEST(PatchList, R06_members_are_a_set) {
    EXPECT_TRUE(group.unchanged(R"({"op":"add","path":"members","value":[{"value":"u1"},
        {"value":"u2","display":"Two"},{"$ref":"../Groups/g3"}]})"));
    EXPECT_TRUE(equals(group.attribute("members", R"({"op":"add","path":"members","value":"u4"})"),
                       R"([{"value":"u1","display":"One"},{"value":"u2","type":"User"},
                           {"value":"g3","type":"Group"},{"value":"u4"}])"));
}

TEST(PatchList, P37_I21_members_are_removed_in_every_form) {
    constexpr auto rest = R"([{"value":"u2","type":"User"},{"value":"g3","type":"Group"}])";
    for (
        auto const* operation :
        {R"({"op":"remove","path":"members[value eq \"u1\"]"})",
         R"({"op":"remove","path":"members","value":[{"value":"u1"}]})",
         R"({"op":"remove","path":"members","value":{"value":"u1"}})",
         R"({"op":"remove","path":"members","value":["u1"]})",
         R"({"op":"remove","path":"members","value":"u1"})",
         R"({"op":"Remove","path":"members","value":[{"$ref":null,"value":"u1"}]})",
         R"({"op":"remove","path":"members","value":[{"display":"x","value":"u1","type":"User"}]})",
         R"({"op":"remove","value":{"members":[{"value":"u1"}]}})",
         R"({"op":"remove","path":"members[value eq \"u1\" or value eq \"nobody\"]"})"}) {
        EXPECT_TRUE(equals(group.attribute("members", operation), rest)) << operation;
    }
    EXPECT_TRUE(group.unchanged(R"({"op":"remove","path":"members","value":[]})"));
    EXPECT_TRUE(group.unchanged(R"({"op":"remove","path":"members","value":["nobody"]})"));
    EXPECT_EQ(group.attribute("members", R"({"op":"remove","path":"members"})"), nullptr);
    EXPECT_EQ(group.code(R"({"op":"remove","path":"members.value[value eq \"u1\"]"})"),
              "invalid_path");
}

TEST(PatchList, many_members_follow_the_same_rules_as_few) {
    std::string many = "\"u1\"";
    std::string rest = R"({"value":"u2","type":"User"},{"value":"g3","type":"Group"})";
    for (int i = 10; i < 30; ++i) {
        many += fmt::format(R"(,"u{}")", i);
        rest += fmt::format(R"(,{{"value":"u{}"}})", i);
    }
    auto const add = fmt::format(R"({{"op":"add","path":"members","value":[{}]}})", many);
    auto const remove = fmt::format(R"({{"op":"remove","path":"members","value":[{}]}})", many);
    EXPECT_TRUE(equals(group.attribute("members", add),
                       fmt::format(R"([{{"value":"u1","display":"One"}},{}])", rest)));
    EXPECT_TRUE(equals(group.attribute("members", add + "," + remove),
                       R"([{"value":"u2","type":"User"},{"value":"g3","type":"Group"}])"));
}

TEST(PatchList, P49_a_member_is_not_changed_in_place) {
    EXPECT_EQ(
        group.code(R"({"op":"replace","path":"members[value eq \"u1\"].value","value":"u9"})"),
        "mutability");
    EXPECT_EQ(group.code(R"({"op":"remove","path":"members[value eq \"u1\"].value"})"),
              "mutability");
    EXPECT_EQ(
        group.code(R"({"op":"replace","path":"members[value eq \"u2\"].type","value":"Group"})"),
        "mutability");
    EXPECT_TRUE(group.unchanged(
        R"({"op":"replace","path":"members[value eq \"u1\"].value","value":"u1"})"));
    EXPECT_TRUE(group.unchanged(
        R"({"op":"replace","path":"members[value eq \"u1\"].display","value":"Uno"})"));
    EXPECT_TRUE(group.unchanged(
        R"({"op":"replace","path":"members[value eq \"u1\"].displayName","value":"Uno"})"));
    EXPECT_TRUE(group.unchanged(
        R"({"op":"add","path":"members[value eq \"u1\"]","value":{"value":"u1","display":"Uno"}})"));
}

// G-12: a reference is compared by where it leads.
TEST(PatchList, R03_P30_the_reference_of_a_member_is_its_own) {
    auto const with = [](std::string_view op, std::string_view reference) {
        auto const write = fmt::format(
            R"({{"op":"{}","path":"members[value eq \"u1\"].$ref","value":"{}"}})", op, reference);
        auto const merge = fmt::format(
            R"({{"op":"{}","path":"members[value eq \"u1\"]","value":{{"$ref":"{}"}}}})", op,
            reference);
        EXPECT_EQ(group.code(write), group.code(merge));
        return group.code(write);
    };
    for (auto const* op : {"add", "replace"}) {
        EXPECT_EQ(with(op, "../Users/u2"), "mutability");
        EXPECT_EQ(with(op, "u1"), "mutability");
        EXPECT_EQ(with(op, "https://x.test/Users/u1"), "ok");
        EXPECT_EQ(with(op, "Users/u1"), "ok");
    }
    EXPECT_TRUE(group.unchanged(
        R"({"op":"replace","path":"members[value eq \"u1\"]","value":{"$ref":null}})"));
}

TEST(PatchList, members_are_replaced_as_a_whole) {
    EXPECT_TRUE(equals(group.attribute("members", R"({"op":"replace","path":"members",
                                                      "value":[{"value":"u9","display":"Nine"}]})"),
                       R"([{"value":"u9","display":"Nine"}])"));
    EXPECT_EQ(group.attribute("members", R"({"op":"replace","value":{"id":"id-1","members":[]}})"),
              nullptr);
}

TEST(PatchList, okta_swaps_members_and_renames_in_one_request) {
    EXPECT_TRUE(equals(
        group.after(R"({"op":"remove","path":"members[value eq \"u1\"]"},
                       {"op":"add","path":"members","value":[{"value":"u4","display":"Four"}]},
                       {"op":"replace","value":{"id":"id-1","displayName":"H"}})"),
        R"({"displayName":"H","members":[{"value":"u2","type":"User"},{"value":"g3","type":"Group"},
            {"value":"u4","display":"Four"}]})"));
}

TEST(PatchList, P24_P36_applying_a_request_twice_is_applying_it_once) {
    for (auto const* operations :
         {R"({"op":"add","path":"emails","value":[{"value":"n","primary":true}]})",
          R"({"op":"Replace","path":"phoneNumbers[type eq \"mobile\"].value","value":"1"})",
          R"({"op":"remove","path":"emails[type eq \"work\"]"})",
          R"({"op":"replace","value":{"name.givenName":"A","roles":["x"]}})"}) {
        auto const once = ada.after(operations);
        Patching const again{once.as_object()};
        EXPECT_TRUE(again.unchanged(operations)) << operations;
    }
}

// K-11
TEST(PatchList, what_the_filters_of_a_request_look_at_is_bounded) {
    Patching const two{
        object(R"({"userName":"u","emails":[{"display":"abc"},{"display":"abc"}]})")};
    constexpr std::size_t each = 2 * (FilterCost::test_bytes + 3 + 3);
    constexpr auto remove = R"({"op":"remove","path":"emails[display co \"z\"].type"})";
    Limits small;
    small.filter_tested_bytes_max = 3 * each;
    auto const code = [&](std::string_view operations) {
        Notes notes;
        auto const body = json(fmt::format(R"({{"Operations":[{}]}})", operations));
        auto const request = parse_patch(body, user_type(), small, notes);
        return outcome(apply_patch(two.before, *request, user_type(), "", {}, small, notes));
    };
    EXPECT_EQ(code(fmt::format("{0},{0},{0}", remove)), "ok");
    EXPECT_EQ(code(fmt::format("{0},{0},{0},{0}", remove)), "too_many");
}

}  // namespace
}  // namespace rollcall::scim
