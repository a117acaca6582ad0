// PatchOp messages as providers send them.
#include "support.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace rollcall::scim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Result<PatchRequest> parse(std::string_view body, ResourceType const& type = user_type()) {
    Notes notes;
    return parse_patch(json(body), type, limits, notes);
}

std::string_view op_outcome(std::string_view operation, ResourceType const& type = user_type()) {
    return outcome(parse(fmt::format(R"({{"Operations":[{}]}})", operation), type));
}

// "<op> <path> <value>" of every operation.
std::vector<std::string> operations(std::string_view body, ResourceType const& type = user_type()) {
    auto const request = parse(body, type);
    EXPECT_TRUE(request.has_value()) << body << "\n" << failure(request);
    std::vector<std::string> lines;
    if (!request) return lines;
    for (auto const& operation : request->operations) {
        static constexpr std::string_view names[] = {"add", "remove", "replace"};
        auto line = std::string(names[static_cast<std::size_t>(operation.op)]);
        if (operation.op_capitalised) line += '!';
        line += ' ' + (operation.path ? print(*operation.path) : "-");
        line += ' ' + (operation.value ? boost::json::serialize(*operation.value) : "-");
        lines.push_back(line);
    }
    return lines;
}

TEST(PatchParse, P02_the_message) {
    EXPECT_THAT(operations(R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                               "Operations":[{"op":"add","path":"title","value":"x"}]})"),
                ElementsAre("add title \"x\""));
    EXPECT_EQ(outcome(parse("[]")), "invalid_syntax");
    EXPECT_EQ(outcome(parse("{}")), "invalid_syntax");
    EXPECT_EQ(outcome(parse(R"({"Operations":[]})")), "invalid_syntax");
    EXPECT_EQ(outcome(parse(R"({"Operations":{"op":"add"}})")), "invalid_syntax");
    EXPECT_EQ(outcome(parse(R"({"Operations":["add"]})")), "invalid_syntax");
}

// P-02, I-10, I-11
TEST(PatchParse, the_schemas_of_the_message) {
    auto const judged = [](std::string_view schemas) {
        return failure(parse(fmt::format(
            R"({{"schemas":{},"Operations":[{{"op":"remove","path":"title"}}]}})", schemas)));
    };
    for (auto const* fine :
         {R"("urn:ietf:params:scim:api:messages:2.0:PatchOp")", "null", "[]", "[\"urn:acme:x\"]",
          R"(["urn:scim:schemas:core:1.0","URN:ietf:params:scim:api:messages:2.0:patchop"])"}) {
        EXPECT_EQ(judged(fine), "") << fine;
    }
    for (auto const* wrong :
         {"7", "{}", "[null]", R"(["urn:ietf:params:scim:api:messages:2.0:BulkRequest"])",
          R"("urn:ietf:params:scim:api:messages:2.0:SearchRequest")",
          R"(["urn:ietf:params:scim:api:messages:2.0:PatchOp",
              "urn:ietf:params:scim:api:messages:2.0:Error"])"}) {
        EXPECT_THAT(judged(wrong), HasSubstr("invalid_syntax: schemas: must be")) << wrong;
    }
}

// P-02, P-03, P-05, P-13, P-31, I-14, X-07
TEST(PatchParse, an_error_begins_with_the_place_of_the_operation) {
    struct Case {
        std::string_view operation, beginning;
    };
    for (auto const& [operation, beginning] : std::initializer_list<Case>{
             {"7", "Operations[1]: "},
             {R"({"op":"move"})", "Operations[1].op: "},
             {R"({"op":"add","path":7,"value":1})", "Operations[1].path: "},
             {R"({"op":"add","path":" name.","value":1})", "Operations[1].path: Expected"},
             {R"({"op":"add","path":"emails[type xx 1]","value":1})",
              "Operations[1].path: Expected"},
             {R"({"op":"remove"})", "Operations[1].path: "},
             {R"({"op":"add","path":"title"})", "Operations[1].value: "},
             {R"({"op":"add","value":"x"})", "Operations[1].value: "},
             {R"({"op":"add","value":{"emails[type xx 1]":1}})",
              "Operations[1].value: emails[]: "}}) {
        auto const request = parse(
            fmt::format(R"({{"Operations":[{{"op":"remove","path":"title"}},{}]}})", operation));
        ASSERT_FALSE(request.has_value()) << operation;
        EXPECT_TRUE(request.error().message().starts_with(beginning)) << request.error().message();
    }
}

TEST(PatchParse, I01_I02_I23_keys_and_ops_in_any_case_and_extra_keys) {
    EXPECT_THAT(
        operations(R"({"id":"x","operations":[{"OP":"Add","Path":"Title","VALUE":"x","name":"n"},
                                              {"op":"REMOVE","path":"title"}]})"),
        ElementsAre("add! title \"x\"", "remove! title -"));
}

TEST(PatchParse, P03_other_ops) {
    for (auto const* operation : {R"({"op":"move","path":"title"})",
                                  R"({"path":"title","value":1})", R"({"op":null,"path":"title"})",
                                  R"({"op":1,"path":"title"})", R"({"op":"","path":"a"})"}) {
        EXPECT_EQ(op_outcome(operation), "invalid_syntax") << operation;
    }
}

TEST(PatchParse, P05_values) {
    EXPECT_EQ(op_outcome(R"({"op":"add","path":"title"})"), "invalid_value");
    EXPECT_EQ(op_outcome(R"({"op":"replace","path":"title"})"), "invalid_value");
    EXPECT_EQ(op_outcome(R"({"op":"replace","path":"title","value":null})"), "ok");
    EXPECT_EQ(op_outcome(R"({"op":"add","value":"x"})"), "invalid_value");
    EXPECT_EQ(op_outcome(R"({"op":"replace","value":null})"), "invalid_value");
    EXPECT_EQ(op_outcome(R"({"op":"replace","value":[{"title":"x"}]})"), "invalid_value");
    EXPECT_EQ(op_outcome(R"({"op":"remove","path":"title"})"), "ok");
}

TEST(PatchParse, P31_I25_remove_without_path) {
    EXPECT_EQ(op_outcome(R"({"op":"remove"})"), "no_target");
    EXPECT_EQ(op_outcome(R"({"op":"remove","path":""})"), "no_target");
    EXPECT_EQ(op_outcome(R"({"op":"remove","value":"x"})"), "no_target");
    EXPECT_EQ(op_outcome(R"({"op":"remove","value":{}})"), "no_target");
    EXPECT_EQ(op_outcome(R"({"op":"remove","value":{"members":[{"value":"a"}]}})", group_type()),
              "ok");
}

TEST(PatchParse, P13_P17_I22_paths) {
    EXPECT_THAT(
        operations(R"({"Operations":[{"op":"add","path":"","value":{"title":"x"}},
                                             {"op":"add","path":null,"value":{"title":"x"}},
                                             {"op":"add","path":"/active","value":true}]})"),
        ElementsAre("add - {\"title\":\"x\"}", "add - {\"title\":\"x\"}", "add active true"));
    EXPECT_EQ(op_outcome(R"({"op":"add","path":1,"value":1})"), "invalid_path");
    EXPECT_EQ(op_outcome(R"({"op":"add","path":"emails[0]","value":1})"), "invalid_path");
    EXPECT_EQ(op_outcome(R"({"op":"add","path":"emails[type eq","value":1})"), "invalid_filter");
    EXPECT_EQ(op_outcome(R"({"op":"add","path":"name[a pr]","value":1})"), "invalid_path");
    EXPECT_EQ(op_outcome(R"({"op":"add","path":"shoeSize","value":1})"), "ok");
}

TEST(PatchParse, P16_a_comparison_as_the_path_of_a_removal) {
    EXPECT_THAT(
        operations(R"({"Operations":[{"op":"remove","path":"members eq \"a\""}]})", group_type()),
        ElementsAre(R"(remove members[value eq "a"] -)"));
    EXPECT_EQ(op_outcome(R"({"op":"add","path":"emails eq \"a\"","value":"x"})"), "invalid_path");
    EXPECT_EQ(op_outcome(R"({"op":"remove","path":"title eq \"a\""})"), "invalid_path");
    EXPECT_EQ(op_outcome(R"({"op":"remove","path":"members ne \"a\""})", group_type()),
              "invalid_path");
}

TEST(PatchParse, I14_keys_that_are_paths_become_operations_in_order) {
    auto const body = R"({"Operations":[{"op":"Replace","value":{"displayName":"D",
        "name.givenName":"G","title":"T","nickName":"N",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department":"X",
        "emails[type eq \"work\"].value":"a@x",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"division":"V"}}}]})";
    EXPECT_THAT(
        operations(body),
        ElementsAre(
            R"(replace! - {"displayName":"D"})", R"(replace! name.givenName "G")",
            R"(replace! - {"title":"T","nickName":"N"})",
            R"(replace! urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department "X")",
            R"(replace! emails[type eq "work"].value "a@x")",
            R"(replace! - {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"division":"V"}})"));
}

TEST(PatchParse, P44_read_only_paths_among_the_keys_are_left_out_and_noted) {
    Notes notes;
    auto const request = parse_patch(
        json(
            R"({"Operations":[{"op":"replace","value":{"meta.created":"x","manager.displayName":"B",
                 "colour.hue":1}}]})"),
        user_type(), limits, notes);
    ASSERT_TRUE(request.has_value()) << failure(request);
    ASSERT_EQ(request->operations.size(), 1U);
    EXPECT_EQ(print(*request->operations[0].path), "colour.hue");
    EXPECT_THAT(notes, ElementsAre(HasSubstr("meta.created"), HasSubstr("manager.displayName")));
    EXPECT_THAT(operations(R"({"Operations":[{"op":"replace","value":{"meta.created":"x"}}]})"),
                IsEmpty());
}

// P-32, P-37, P-38, I-21, I-26
TEST(PatchParse, the_value_of_a_removal_stays_where_it_is_compared) {
    auto const of = [](std::string_view path, std::string_view value, ResourceType const& type) {
        return operations(
            fmt::format(R"({{"Operations":[{{"op":"remove","path":"{}","value":{}}}]}})", path,
                        value),
            type);
    };
    EXPECT_THAT(of("emails", "\"x\"", user_type()), ElementsAre("remove emails \"x\""));
    EXPECT_THAT(of("title", "\"x\"", user_type()), ElementsAre("remove title -"));
    EXPECT_THAT(of("title", "[]", user_type()), ElementsAre("remove title -"));
    EXPECT_THAT(of("members", "[]", group_type()), ElementsAre("remove members []"));
    EXPECT_THAT(of(R"(members[value eq \"a\"])", "[\"b\"]", group_type()),
                ElementsAre(R"(remove members[value eq "a"] -)"));
    EXPECT_THAT(operations(R"({"Operations":[{"op":"remove","value":{
                               "members[value eq \"a\"]":"x"}}]})",
                           group_type()),
                ElementsAre(R"(remove members[value eq "a"] -)"));
}

TEST(PatchParse, values_stay_raw) {
    EXPECT_THAT(operations(R"({"Operations":[{"op":"Remove","path":"members",
                               "value":[{"$ref":null,"value":"a"}]}]})",
                           group_type()),
                ElementsAre(R"(remove! members [{"$ref":null,"value":"a"}])"));
}

TEST(PatchParse, P56_the_number_of_operations_is_bounded) {
    auto const body = [](std::size_t count) {
        std::string text = R"({"Operations":[)";
        for (std::size_t i = 0; i < count; ++i) {
            text += std::string(i == 0 ? "" : ",") + R"({"op":"remove","path":"title"})";
        }
        return text + "]}";
    };
    EXPECT_EQ(outcome(parse(body(limits.patch_operations_max))), "ok");
    EXPECT_EQ(outcome(parse(body(limits.patch_operations_max + 1))), "too_many");
    std::string keys = R"({"Operations":[{"op":"add","value":{"a.b":1)";
    for (std::size_t i = 0; i < limits.patch_operations_max; ++i)
        keys += fmt::format(",\"a.{}\":1", i);
    EXPECT_EQ(outcome(parse(keys + "}}]}")), "too_many");
}

}  // namespace
}  // namespace rollcall::scim
