// Bodies that must be refused: the right words, and nothing changed.
#include "unit/api/scim_support.hpp"

namespace rollcall::tests {
namespace {

class ScimBadInput : public ScimTest {
protected:
    ScimBadInput()
        : user("/Users/" + add_user("ann@x.test")),
          group("/Groups/" + add_group("Sales")),
          before(snapshot()) {}
    ~ScimBadInput() override { EXPECT_EQ(snapshot(), before) << "a refused write left a trace"; }

    void refused(std::string_view method, std::string const& path, std::string const& body,
                 unsigned status, std::string_view type, std::string_view words = "") {
        SCOPED_TRACE(body.substr(0, 200));
        expect_error(send(method, path, body), status, type, words);
    }

    struct Case {
        std::string operations;
        std::string_view type;
        std::string_view words;  ///< that say which operation, and which part or attribute
    };

    void refused_patch(std::string const& path, std::string const& operations,
                       std::string_view type, std::string_view words) {
        SCOPED_TRACE(operations);
        expect_error(patch(path, operations), 400, type, words);
    }

    std::string user;
    std::string group;
    std::string before;
};

// C-06, X-01, X-02
TEST_F(ScimBadInput, WhatIsNotJsonIsInvalidSyntaxEverywhere) {
    for (auto const& body :
         {std::string(), std::string("{"), std::string("nonsense"), std::string("{}{}"),
          std::string("{\"userName\":}"), std::string("--boundary\r\n"), std::string("\"text\""),
          std::string("[]"), std::string("7"), std::string("null")}) {
        refused("POST", "/Users", body, 400, "invalidSyntax");
        refused("PUT", user, body, 400, "invalidSyntax");
        refused("PATCH", user, body, 400, "invalidSyntax");
        refused("POST", "/Groups", body, 400, "invalidSyntax");
        refused("PUT", group, body, 400, "invalidSyntax");
        refused("PATCH", group, body, 400, "invalidSyntax");
    }
}

// H-01
TEST_F(ScimBadInput, InvalidUtf8) {
    auto const answer = send("POST", "/Users", "{\"userName\":\"a\xFF\"}");
    EXPECT_EQ(answer.response.status, 400U);
    expect_error(answer, 400, "invalidSyntax");
}

// K-13
TEST_F(ScimBadInput, NulAndLoneSurrogates) {
    refused("POST", "/Users", R"({"userName":"a\u0000b"})", 400, "invalidValue");
    refused("POST", "/Users", R"({"userName":"a\ud800"})", 400, "invalidValue");
}

// Stored, it could never be read again.
TEST_F(ScimBadInput, NumbersBeyondADouble) {
    auto const definition = R"({"id":"urn:acme:scim:Rank","name":"Rank",
                                "attributes":[{"name":"score","type":"decimal"}]})";
    ASSERT_TRUE(side.declare(okta, boost::json::parse(definition).as_object(), "User", false));
    for (std::string const number : {"1e999", "-1e999", "1e99999999999", "\"1e999\""}) {
        auto const ranked = R"(,"urn:acme:scim:Rank":{"score":)" + number + "}}";
        refused("POST", "/Users", R"({"userName":"a")" + ranked, 400, "invalidValue", "score");
        refused("PUT", user, R"({"userName":"ann@x.test")" + ranked, 400, "invalidValue", "score");
        refused("PATCH", user,
                R"({"Operations":[{"op":"add","path":"urn:acme:scim:Rank:score","value":)" +
                    number + "}]}",
                400, "invalidValue");
    }
}

// G-04
TEST_F(ScimBadInput, ARepeatedKeyIsNamed) {
    refused("POST", "/Users", R"({"userName":"a","userName":"b"})", 400, "invalidSyntax",
            "userName");
    refused("POST", "/Users", R"({"userName":"a","UserName":"b"})", 400, "invalidSyntax");
}

// H-14
TEST_F(ScimBadInput, DeepNestingIsRefused) {
    for (std::size_t const depth : {65U, 5'000U, 100'000U}) {
        refused("POST", "/Users",
                R"({"userName":"a","x":)" + std::string(depth, '[') + std::string(depth, ']') + "}",
                400, "invalidSyntax", "at position ");
    }
}

// C-05, R-01, U-01, W-08
TEST_F(ScimBadInput, MissingOrBlankRequiredAttributes) {
    for (auto const* body : {"{}", R"({"userName":""})", R"({"userName":"  "})",
                             R"({"userName":null})", R"({"displayName":"x"})"}) {
        refused("POST", "/Users", body, 400, "invalidValue", "userName");
        refused("PUT", user, body, 400, "invalidValue", "userName");
    }
    for (auto const* body : {"{}", R"({"displayName":""})", R"({"members":[]})"}) {
        refused("POST", "/Groups", body, 400, "invalidValue", "displayName");
        refused("PUT", group, body, 400, "invalidValue", "displayName");
    }
}

// C-07, X-07
TEST_F(ScimBadInput, WrongTypesNameTheAttribute) {
    refused("POST", "/Users", R"({"userName":{"x":1}})", 400, "invalidValue", "userName");
    refused("POST", "/Users", R"({"userName":"a","active":"yes"})", 400, "invalidValue", "active");
    refused("POST", "/Users", R"({"userName":"a","name":"x"})", 400, "invalidValue", "name");
    refused("POST", "/Users", R"({"userName":"a","emails":[7,[]]})", 400, "invalidValue", "emails");
    refused("POST", "/Groups", R"({"displayName":"a","members":[[]]})", 400, "invalidValue",
            "members.value");
    refused("POST", "/Groups", R"({"displayName":{}})", 400, "invalidValue", "displayName");
}

TEST_F(ScimBadInput, OverlongValuesAreRefused) {
    refused(
        "POST", "/Users",
        R"({"userName":"a","title":")" + std::string(Limits{}.attribute_bytes_max + 1, 'x') + "\"}",
        400, "invalidValue", "title");
}

// P-02, P-03, P-05, P-07, P-13, P-18, P-29, P-31, P-35, P-46, X-03, X-07
TEST_F(ScimBadInput, BadPatches) {
    for (auto const& [operations, type, words] : std::initializer_list<Case>{
             {"[]", "invalidSyntax", "Operations: "},
             {"{}", "invalidSyntax", "Operations: "},
             {"[7]", "invalidSyntax", "Operations[0]: "},
             {R"([{"op":"move","path":"title","value":"x"}])", "invalidSyntax",
              "Operations[0].op: "},
             {R"([{"path":"title","value":"x"}])", "invalidSyntax", "Operations[0].op: "},
             {R"([{"op":"remove"}])", "noTarget", "Operations[0].path: "},
             {R"([{"op":"replace","path":"title"}])", "invalidValue", "Operations[0].value: "},
             {R"([{"op":"replace","path":"emails[","value":"x"}])", "invalidPath", "at position 8"},
             {R"([{"op":"replace","path":"emails[0]","value":"x"}])", "invalidPath",
              "at position 8"},
             {R"([{"op":"replace","path":"emails[type eq \"none\"].value","value":"x"}])",
              "noTarget", "Operations[0]: path: no element of emails"},
             {R"([{"op":"remove","path":"userName"}])", "mutability", "userName: "},
             {R"([{"op":"replace","path":"id","value":"x"}])", "mutability", "Operations[0]: id: "},
             {R"([{"op":"add","path":"groups","value":[{"value":"g"}]}])", "mutability",
              "Operations[0]: groups: "},
             {R"([{"op":"add","path":"active","value":"maybe"}])", "invalidValue",
              "Operations[0]: active: "},
             {R"([{"op":"add","path":"name","value":{"givenName":{}}}])", "invalidValue",
              "Operations[0]: name.givenName: "},
             {R"([{"op":"add","path":"title","value":"kept?"},{"op":"remove","path":"id"}])",
              "mutability", "Operations[1]: id: "},
         }) {
        refused_patch(user, operations, type, words);
    }
    refused("PATCH", user, "{}", 400, "invalidSyntax", "Operations");
}

TEST_F(ScimBadInput, BadGroupPatches) {
    for (auto const& [operations, type, words] : std::initializer_list<Case>{
             {R"([{"op":"remove","path":"displayName"}])", "mutability", "displayName: "},
             {R"([{"op":"replace","path":"displayName","value":""}])", "invalidValue",
              "displayName: "},
             {R"([{"op":"replace","value":{"id":"other","displayName":"x"}}])", "mutability",
              "Operations[0]: id: "},
             {R"([{"op":"add","path":"members","value":[[]]}])", "invalidValue", "Operations[0]: "},
             {R"([{"op":"remove","path":"members[value"}])", "invalidFilter",
              "Operations[0].path: "},
         }) {
        refused_patch(group, operations, type, words);
    }
}

// K-11
TEST_F(ScimBadInput, TooManyOperations) {
    std::string operations = "[";
    for (std::size_t i = 0; i <= Limits{}.patch_operations_max; ++i) {
        if (i > 0) operations += ',';
        operations += R"({"op":"add","path":"title","value":"x"})";
    }
    auto const answer = patch(user, operations + "]");
    expect_error(answer, 400, "tooMany");
}

// T-02, T-07
TEST_F(ScimBadInput, StrangeIdsAreUnknown) {
    for (auto const* id : {"0", "%00", "%FF%FE", "..%2F..%2Fetc", "member-test-", "' OR 1=1 --",
                           "member-test-01890000-0000-7000-8000-00000000000G"}) {
        std::string path = "/Users/";
        path += id;
        expect_error(send("GET", path), 404, "");
        expect_error(send("DELETE", path), 404, "");
    }
    auto const as_group = "/Groups/" + user.substr(7);
    expect_error(send("DELETE", as_group), 404, "");
    auto upper = user;
    auto const uuid = upper.begin() + static_cast<std::ptrdiff_t>(upper.rfind("test-") + 5);
    std::transform(uuid, upper.end(), uuid, [](unsigned char c) { return std::toupper(c); });
    ASSERT_NE(upper, user);
    expect_error(send("GET", upper), 404, "");
}

}  // namespace
}  // namespace rollcall::tests
