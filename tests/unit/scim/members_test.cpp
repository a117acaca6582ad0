// Group members in every form providers use.
#include "scim/members.hpp"

#include "support.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace rollcall::scim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

std::vector<MemberValue> members(std::string_view text) {
    Notes notes;
    auto result = read_members(json(text), limits, notes);
    EXPECT_TRUE(result.has_value()) << text << "\n" << failure(result);
    return result ? *result : std::vector<MemberValue>{};
}

MemberValue member(std::string value) {
    return {std::move(value), std::nullopt, std::nullopt};
}

TEST(Members, I21_every_form_of_value) {
    EXPECT_THAT(members(R"([{"value":"a"},{"value":"b"}])"), ElementsAre(member("a"), member("b")));
    EXPECT_THAT(members(R"({"value":"a"})"), ElementsAre(member("a")));
    EXPECT_THAT(members(R"(["a","b"])"), ElementsAre(member("a"), member("b")));
    EXPECT_THAT(members(R"("a")"), ElementsAre(member("a")));
    EXPECT_THAT(members(R"([{"$ref":null,"value":"a"}])"), ElementsAre(member("a")));
    EXPECT_THAT(members(R"([{"Display":"A","VALUE":"a","Type":"gROUP"}])"),
                ElementsAre(MemberValue{"a", "Group", "A"}));
    EXPECT_THAT(members(R"([{"value":["a"],"name":"x"}])"), ElementsAre(member("a")));
}

TEST(Members, I29_a_reference_alone_names_the_member) {
    EXPECT_THAT(
        members(R"([{"$ref":"https://x.test/v2/Users/a"},{"$ref":"../Groups/b"},
                            {"$ref":"Users/c/"},{"$ref":"users/d","value":null}])"),
        ElementsAre(MemberValue{"a", "User", std::nullopt}, MemberValue{"b", "Group", std::nullopt},
                    MemberValue{"c", "User", std::nullopt},
                    MemberValue{"d", "User", std::nullopt}));
    EXPECT_THAT(members(R"([{"value":"a","$ref":"../Groups/a"}])"),
                ElementsAre(MemberValue{"a", "Group", std::nullopt}));
}

TEST(Members, what_names_nobody_is_left_out_and_repeats_collapse) {
    EXPECT_THAT(members("null"), IsEmpty());
    EXPECT_THAT(members("[]"), IsEmpty());
    EXPECT_THAT(members(R"([null,{},"",{"value":""},{"value":null},{"$ref":"a"},{"type":"User"}])"),
                IsEmpty());
    EXPECT_THAT(members(R"(["a",{"value":"a","display":"A"},"b","a"])"),
                ElementsAre(member("a"), member("b")));
    EXPECT_THAT(members(R"(["a","A"])"), ElementsAre(member("a"), member("A")));
}

TEST(Members, R05_display_as_written_and_type_only_if_it_is_one) {
    EXPECT_THAT(members(R"([{"value":"a","display":"","type":"Robot"}])"),
                ElementsAre(MemberValue{"a", std::nullopt, ""}));
}

TEST(Members, wrong_types_are_refused) {
    Notes notes;
    EXPECT_EQ(outcome(read_members(json(R"([["a"]])"), limits, notes)), "invalid_value");
    EXPECT_EQ(outcome(read_members(json(R"([{"value":{}}])"), limits, notes)), "invalid_value");
    EXPECT_EQ(outcome(read_members(json(R"([{"value":["a","b"]}])"), limits, notes)),
              "invalid_value");
}

TEST(Members, their_number_is_bounded) {
    Limits small;
    small.group_members_max = 2;
    Notes notes;
    EXPECT_EQ(outcome(read_members(json(R"(["a","b","a"])"), small, notes)), "ok");
    EXPECT_EQ(outcome(read_members(json(R"(["a","b","c"])"), small, notes)), "too_many");
}

TEST(Members, unknown_parts_of_many_members_are_noted_once) {
    Notes notes;
    EXPECT_EQ(outcome(read_members(json(R"([{"value":"a","displayName":"A"},
                                            {"value":"b","displayName":"B"}])"),
                                   limits, notes)),
              "ok");
    EXPECT_THAT(notes, ElementsAre("members: unknown sub-attributes were left out"));
}

std::optional<std::vector<std::string>> values_of(std::string_view text) {
    auto const filter = parse_filter(text, group_type(), limits);
    EXPECT_TRUE(filter.has_value()) << failure(filter);
    return member_values_of(*filter);
}

TEST(Members, I21_ids_named_by_a_filter) {
    EXPECT_THAT(values_of(R"(members[value eq "a"])"), Optional(ElementsAre("a")));
    EXPECT_THAT(values_of(R"(members[value eq "a" or VALUE eq "b" or (value eq "c")])"),
                Optional(ElementsAre("a", "b", "c")));
    EXPECT_THAT(values_of(R"(members eq "a")"), Optional(ElementsAre("a")));
    EXPECT_THAT(values_of(R"(members.value eq "a")"), Optional(ElementsAre("a")));
    for (auto const* text :
         {R"(members[value ne "a"])", R"(members[type eq "User"])", R"(displayName eq "a")",
          R"(members[value eq "a" and value eq "b"])", R"(members[not (value eq "a")])",
          R"(members[value eq "a"].type eq "User")", R"(members[value eq null])",
          R"(members[value eq "a" or type eq "b"])", R"(members pr)"}) {
        EXPECT_EQ(values_of(text), std::nullopt) << text;
    }
    auto const inner =
        parse_value_filter(R"(value eq "a")", *group_type().core->find("members"), limits);
    EXPECT_THAT(member_values_of(*inner), Optional(ElementsAre("a")));
}

}  // namespace
}  // namespace rollcall::scim
