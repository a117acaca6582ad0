// BulkRequest messages: what is read, what is refused.
#include "scim/bulk.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace rollcall::scim {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view base = "https://x.test/v1/b2b/scim/c";

Result<BulkRequest> parse(std::string_view text, Limits const& with = limits) {
    Notes notes;
    return parse_bulk(json(text), base, with, notes);
}

/// The only operation of a message around `members`.
BulkOperation operation(std::string_view members) {
    auto request = parse(fmt::format(R"({{"Operations":[{{{}}}]}})", members));
    EXPECT_TRUE(request.has_value()) << members << "\n" << failure(request);
    return request ? std::move(request->operations.at(0)) : BulkOperation{};
}

// B-02, B-03
TEST(BulkParse, everything_that_an_operation_says) {
    auto const request = parse(R"({
        "schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"failOnErrors":2,
        "Operations":[
            {"method":"POST","path":"/Users","bulkId":"a","data":{"userName":"ann"}},
            {"method":"PUT","path":"/Users/1","version":"W/\"3\"","data":{"userName":"bob"}},
            {"method":"DELETE","path":"/Users/2"}]})");
    ASSERT_TRUE(request.has_value()) << failure(request);
    EXPECT_EQ(request->fail_on_errors, 2U);
    ASSERT_EQ(request->operations.size(), 3U);
    auto const& [post, put, remove] =
        std::tie(request->operations[0], request->operations[1], request->operations[2]);
    EXPECT_EQ(post.method, BulkMethod::post);
    EXPECT_EQ(post.path, "/Users");
    EXPECT_EQ(post.bulk_id, "a");
    EXPECT_TRUE(equals(post.data, R"({"userName":"ann"})"));
    EXPECT_EQ(put.method, BulkMethod::put);
    EXPECT_EQ(put.version, "W/\"3\"");
    EXPECT_EQ(remove.method, BulkMethod::delete_);
    EXPECT_TRUE(remove.data.is_null());
}

// B-03
TEST(BulkParse, methods_in_any_case) {
    for (auto const* method : {"PATCH", "patch", "Patch"}) {
        EXPECT_EQ(
            operation(fmt::format(R"("method":"{}","path":"/Users/1","data":{{}})", method)).method,
            BulkMethod::patch);
    }
}

// B-03, H-05
TEST(BulkParse, paths_in_every_form) {
    auto const path = [](std::string_view text) {
        return operation(fmt::format(R"("method":"DELETE","path":"{}")", text)).path;
    };
    EXPECT_EQ(path("/Users/1"), "/Users/1");
    EXPECT_EQ(path("Users/1"), "/Users/1");
    EXPECT_EQ(path("//Users/1/"), "/Users/1");
    EXPECT_EQ(path("/Users/1.scim"), "/Users/1");
    EXPECT_EQ(path("https://x.test/v1/b2b/scim/c/Users/1"), "/Users/1");
    // Not below the base: stays as it is, so that no endpoint answers it.
    EXPECT_EQ(path("https://x.test/v1/b2b/scim/cc/Users/1"),
              "/https://x.test/v1/b2b/scim/cc/Users/1");
    EXPECT_EQ(path("https://elsewhere.test/Users/1"), "/https://elsewhere.test/Users/1");
}

TEST(BulkParse, a_query_and_the_data_of_a_delete_are_ignored_with_a_note) {
    Notes notes;
    auto const request = parse_bulk(json(R"({"Operations":[
        {"method":"DELETE","path":"/Users/1?attributes=id","data":{"a":1}}]})"),
                                    base, limits, notes);
    ASSERT_TRUE(request.has_value());
    EXPECT_EQ(request->operations[0].path, "/Users/1");
    EXPECT_TRUE(request->operations[0].data.is_null());
    ASSERT_EQ(notes.size(), 2U);
    EXPECT_THAT(notes[0], HasSubstr("Operations[0]"));
}

// B-15
TEST(BulkParse, patch_data_may_be_a_bare_list) {
    for (auto const* data : {R"([{"op":"add"}])", R"({"Operations":[{"op":"add"}]})"}) {
        auto const patch =
            operation(fmt::format(R"("method":"PATCH","path":"/Users/1","data":{})", data));
        EXPECT_TRUE(equals(patch.data, R"({"Operations":[{"op":"add"}]})"));
    }
}

// I-02, I-10
TEST(BulkParse, keys_in_any_case_and_no_schemas) {
    auto const request = parse(R"({"FAILONERRORS":"1","operations":[
        {"METHOD":"post","Path":"Users","BulkID":"a","Data":{}}]})");
    ASSERT_TRUE(request.has_value()) << failure(request);
    EXPECT_EQ(request->fail_on_errors, 1U);
    EXPECT_EQ(request->operations[0].bulk_id, "a");
    EXPECT_EQ(outcome(parse(R"({"schemas":[],"Operations":[{"method":"DELETE","path":"/U/1"}]})")),
              "ok");
}

// B-07
TEST(BulkParse, fail_on_errors_counts) {
    auto const read = [](std::string_view value) {
        return parse(fmt::format(
            R"({{"failOnErrors":{},"Operations":[{{"method":"DELETE","path":"/Users/1"}}]}})",
            value));
    };
    EXPECT_EQ(read("3")->fail_on_errors, 3U);
    EXPECT_EQ(read("\"3\"")->fail_on_errors, 3U);
    EXPECT_EQ(read("0")->fail_on_errors, std::nullopt);
    EXPECT_EQ(read("null")->fail_on_errors, std::nullopt);
    for (auto const* wrong : {"-1", "1.5", "true", "\"many\"", "[]", "{}", "1e40"}) {
        EXPECT_THAT(failure(read(wrong)), HasSubstr("invalid_value: failOnErrors")) << wrong;
    }
}

// B-02, B-16
TEST(BulkParse, what_is_not_a_bulk_request_says_where) {
    struct Case {
        std::string_view body, words;
    };
    for (auto const& [body, words] : std::initializer_list<Case>{
             {"[]", "JSON object"},
             {"{}", "Operations"},
             {R"({"Operations":[]})", "Operations"},
             {R"({"Operations":{}})", "Operations"},
             {R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                  "Operations":[{"method":"DELETE","path":"/Users/1"}]})",
              "schemas"},
             {R"({"schemas":7,"Operations":[{"method":"DELETE","path":"/Users/1"}]})", "schemas"},
             {R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest",
                             "urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                  "Operations":[{"method":"DELETE","path":"/Users/1"}]})",
              "schemas"},
             {R"({"Operations":[7]})", "Operations[0]"},
             {R"({"Operations":[{"path":"/Users/1"}]})", "Operations[0].method"},
             {R"({"Operations":[{"method":"GET","path":"/Users/1"}]})", "Operations[0].method"},
             {R"({"Operations":[{"method":7,"path":"/Users/1"}]})", "Operations[0].method"},
             {R"({"Operations":[{"method":"DELETE"}]})", "Operations[0].path"},
             {R"({"Operations":[{"method":"DELETE","path":" "}]})", "Operations[0].path"},
             {R"({"Operations":[{"method":"DELETE","path":["a"]}]})", "Operations[0].path"},
             {R"({"Operations":[{"method":"DELETE","path":"/Users/1"},
                                {"method":"POST","path":"/Users"}]})",
              "Operations[1].data"},
             {R"({"Operations":[{"method":"PATCH","path":"/Users/1","data":null}]})",
              "Operations[0].data"},
             {R"({"Operations":[{"method":"POST","path":"/Users","bulkId":1,"data":{}}]})",
              "Operations[0].bulkId"},
             {R"({"Operations":[{"method":"DELETE","path":"/Users/1","version":{}}]})",
              "Operations[0].version"},
         }) {
        auto const parsed = parse(body);
        EXPECT_EQ(outcome(parsed), "invalid_syntax") << body;
        EXPECT_THAT(failure(parsed), HasSubstr(words));
    }
}

// B-16
TEST(BulkParse, a_bulk_id_is_given_once_and_may_be_missing) {
    EXPECT_THAT(operation(R"("method":"POST","path":"/Users","data":{})").bulk_id, IsEmpty());
    auto const twice = parse(R"({"Operations":[
        {"method":"POST","path":"/Users","bulkId":"a","data":{}},
        {"method":"POST","path":"/Groups","bulkId":"a","data":{}}]})");
    EXPECT_EQ(outcome(twice), "invalid_value");
    EXPECT_THAT(failure(twice), HasSubstr("\"a\""));
    EXPECT_EQ(outcome(parse(R"({"Operations":[{"method":"POST","path":"/Users","data":{}},
                                              {"method":"POST","path":"/Users","data":{}}]})")),
              "ok");
}

// B-12
TEST(BulkParse, at_the_limit_and_one_beyond) {
    Limits few;
    few.bulk_operations_max = 2;
    auto const request = [&](int count) {
        std::string operations;
        for (int i = 0; i < count; ++i) {
            if (i > 0) operations += ',';
            operations += R"({"method":"DELETE","path":"/Users/1"})";
        }
        return parse(fmt::format(R"({{"Operations":[{}]}})", operations), few);
    };
    EXPECT_EQ(outcome(request(2)), "ok");
    EXPECT_EQ(outcome(request(3)), "payload_too_large");
    EXPECT_THAT(failure(request(3)), HasSubstr("maxOperations is 2"));
}

}  // namespace
}  // namespace rollcall::scim
