// The parser of scripts: what it reads, and that bad files are refused at the right line.
#include "scripts/script.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace rollcall::scripts {
namespace {

using testing::ElementsAre;
using testing::Pair;

std::string const head = "# name: a name\n# ids: P-24\ngiven connection okta\n";

std::string error_of(std::string const& text) {
    try {
        (void)parse_script(text);
    } catch (ScriptError const& error) {
        return error.what();
    }
    return "no error";
}

Exchange exchange_of(std::string const& text) {
    return std::get<Exchange>(parse_script(head + text).steps.at(0));
}

TEST(Script, Head) {
    auto const script = parse_script(
        "# name: adding members\n# ids: P-23 P-24\n# ids: R-06\n# source: RFC 7644 §3.5.2.1\n"
        "# any remark\n\ngiven connection okta\ngiven connection other of entra "
        "with put=merge,basic_auth=true\n"
        "GET /Users as other\n---- 200\n");
    EXPECT_EQ(script.name, "adding members");
    EXPECT_THAT(script.ids, ElementsAre("P-23", "P-24", "R-06"));
    EXPECT_EQ(script.source, "RFC 7644 §3.5.2.1");
    ASSERT_EQ(script.connections.size(), 2U);
    EXPECT_EQ(script.connections[0].client, "okta");
    EXPECT_EQ(script.connections[0].options, "");
    EXPECT_EQ(script.connections[1].client, "entra");
    EXPECT_EQ(script.connections[1].options, "put=merge,basic_auth=true");
    EXPECT_EQ(std::get<Exchange>(script.steps.at(0)).connection, "other");
}

TEST(Script, Declaration) {
    auto const script =
        parse_script(head +
                     "declare Group required as okta\n{\"id\":\n \"urn:acme:x\"}\n\n"
                     "withdraw urn:acme:x\nGET /Users\n---- 200\n");
    auto const& declared = std::get<Declaration>(script.steps.at(0));
    EXPECT_EQ(declared.line, 4U);
    EXPECT_EQ(declared.connection, "okta");
    EXPECT_EQ(declared.urn, "urn:acme:x");
    EXPECT_EQ(declared.resource_type, "Group");
    EXPECT_TRUE(declared.required);
    EXPECT_TRUE(declared.schema.has_value());
    auto const& withdrawn = std::get<Declaration>(script.steps.at(1));
    EXPECT_EQ(withdrawn.urn, "urn:acme:x");
    EXPECT_FALSE(withdrawn.schema.has_value());
    EXPECT_EQ(error_of(head + "declare User\n{}\n\n"), "6: the schema above has no id");
}

TEST(Script, Exchange) {
    auto const exchange = exchange_of(
        "POST /Users/$id?filter=a eq \"b\" as okta\nIf-Match: $v1\nAccept:\n{\"a\":\n \"$x\"}\n"
        "---- 200 204\nETag: $v2\nLocation: {\"$regex\": \"/Users/\"}\n{\"id\":\n\"$id\"}\n\n"
        "# next\nGET /Users\n---- 200\n");
    EXPECT_EQ(exchange.line, 4U);
    EXPECT_EQ(exchange.connection, "okta");
    EXPECT_EQ(exchange.method, "POST");
    EXPECT_EQ(exchange.target, "/Users/{{id}}?filter=a eq \"b\"");
    EXPECT_THAT(exchange.headers, ElementsAre(Pair("If-Match", "{{v1}}"), Pair("Accept", "")));
    EXPECT_EQ(exchange.body, "{\"a\":\n \"{{x}}\"}");
    EXPECT_THAT(exchange.statuses, ElementsAre(200U, 204U));
    EXPECT_THAT(exchange.expected_headers,
                ElementsAre(Pair("ETag", "{{v2}}"),
                            Pair("Location", boost::json::parse(R"({"$regex":"/Users/"})"))));
    EXPECT_EQ(exchange.expected_body, boost::json::parse(R"({"id":"{{id}}"})"));
}

TEST(Script, BodyThatLooksLikeAHeaderStandsBelowABlankLine) {
    auto const exchange = exchange_of("POST /Users\n\nnot: JSON\n---- 400\n");
    EXPECT_TRUE(exchange.headers.empty());
    EXPECT_EQ(exchange.body, "not: JSON");
    EXPECT_FALSE(exchange.expected_body);
}

TEST(Script, NoBody) {
    auto const exchange = exchange_of("DELETE /Users/1\n---- 204\nno body\n");
    EXPECT_FALSE(exchange.body);
    EXPECT_TRUE(exchange.no_body);
}

TEST(Script, RefAndMatchersAreNoVariables) {
    auto const exchange =
        exchange_of("GET /Users\n---- 200\n{\"$ref\": \"$any\", \"a\": \"$b$\"}\n");
    EXPECT_EQ(exchange.expected_body, boost::json::parse(R"({"$ref":"$any","a":"{{b}}$"})"));
}

TEST(Script, Events) {
    auto const script =
        parse_script(head + "events\n----\nscim.member.create $user\n\nevents okta\n----\n");
    auto const& some = std::get<EventCheck>(script.steps.at(0));
    EXPECT_EQ(some.connection, "okta");
    EXPECT_EQ(some.expected, boost::json::parse(R"([["scim.member.create","{{user}}"]])"));
    EXPECT_TRUE(std::get<EventCheck>(script.steps.at(1)).expected.empty());
}

TEST(Script, Notes) {
    auto const script = parse_script(
        head + "GET /Users\n---- 200\n{}\n\nnotes\n----\nx: $user left out\n\nnotes okta\n----\n");
    auto const& some = std::get<NoteCheck>(script.steps.at(1));
    EXPECT_EQ(some.connection, "okta");
    EXPECT_EQ(some.expected, boost::json::parse(R"(["x: {{user}} left out"])"));
    EXPECT_TRUE(std::get<NoteCheck>(script.steps.at(2)).expected.empty());
}

TEST(Script, BadFiles) {
    std::string const get = "GET /Users\n---- 200\n";
    EXPECT_EQ(error_of(""), "1: no `# name:`");
    EXPECT_EQ(error_of("# name: x\ngiven connection a\n" + get), "5: no `# ids:`");
    EXPECT_EQ(error_of(head), "4: no exchange");
    EXPECT_EQ(error_of("# ids: P-24 p24\n"), "1: `p24` is no id like P-24");
    EXPECT_EQ(error_of(head + "Get /Users\n"),
              "4: neither a request, `given connection`, `events`, `notes`, `declare`, `withdraw` "
              "nor a comment");
    EXPECT_EQ(error_of(head + "given connection okta\n" + get),
              "4: there is a connection okta already");
    EXPECT_EQ(error_of(head + get + "given connection entra\n"),
              "6: connections are given before the first request");
    EXPECT_EQ(error_of(head + "GET /Users as entra\n---- 200\n"),
              "4: no connection entra is given");
    EXPECT_EQ(error_of(head + "given connection two\n" + get), "5: which connection? (`as NAME`)");
    EXPECT_EQ(error_of(head + "GET /Users\n"), "5: the request has no `---- STATUS`");
    EXPECT_EQ(error_of(head + "GET /Users\n---- ok\n"), "5: expected `---- STATUS …`");
    EXPECT_EQ(error_of(head + "events\n----  200\n"), "5: expected `----` below `events`");
    EXPECT_EQ(error_of(head + "notes\n\n"), "5: expected `----` below `notes`");
    EXPECT_EQ(error_of(head + "events\n----\nA B\n"),
              "6: an event is its name, object and related object");
    EXPECT_THAT(error_of(head + get + "{\"a\":}\n"),
                testing::StartsWith("7: the expected JSON above is none"));
    EXPECT_EQ(error_of(head + get + "{\"a\": {\"$near\": 1}}\n"),
              "7: an expected member's name is an unknown matcher");
}

}  // namespace
}  // namespace rollcall::scripts
