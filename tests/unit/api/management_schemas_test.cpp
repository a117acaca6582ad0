// /v1/rollcall/…/schemas: declare, read, replace, withdraw; bad definitions; other tenants.
#include "unit/api/management_fixture.hpp"

#include <fmt/format.h>

namespace rollcall::tests {
namespace {

class ManagementSchemas : public ManagementTest {
protected:
    static std::string path_of(Connected const& connected) {
        return "/v1/rollcall/scim/" + connected.organization + "/connection/" +
               connected.connection + "/schemas";
    }
    std::string path(std::string const& urn = "") const {
        return path_of(mine) + (urn.empty() ? "" : "/" + urn);
    }
    /// A PUT body that declares one attribute.
    static std::string body(std::string const& attribute = R"({"name":"number"})") {
        return R"({"schema":{"name":"Badge","attributes":[)" + attribute + "]}}";
    }
    json::array listed() { return send("GET", path()).json().at("scim_schemas").as_array(); }

    Connected const mine = connect(R"({"display_name":"Mine"})");
};

TEST_F(ManagementSchemas, DeclareReadReplaceWithdraw) {
    EXPECT_TRUE(listed().empty());
    auto const made = send("PUT", path("urn:acme:Badge"),
                           R"({"resource_type":"Group","required":true,"schema":{
                               "name":"Badge","description":"d","attributes":[
                                   {"name":"number","type":"integer"}]}})");
    ASSERT_EQ(made.response.status, 200U) << made.body();
    auto const schema = made.json().at("scim_schema").as_object();
    EXPECT_EQ(schema.at("schema_id"), "urn:acme:Badge");
    EXPECT_EQ(schema.at("resource_type"), "Group");
    EXPECT_EQ(schema.at("required"), true);
    EXPECT_EQ(schema.at("created_at"), schema.at("updated_at"));
    EXPECT_EQ(schema.at("schema"),
              json::parse(R"({"id":"urn:acme:Badge","name":"Badge","description":"d","attributes":[
                  {"name":"number","type":"integer","multiValued":false,"description":"",
                   "required":false,"caseExact":false,"mutability":"readWrite",
                   "returned":"default","uniqueness":"none"}]})"));
    EXPECT_EQ(made.context.connection, mine.connection);

    for (auto const* urn : {"urn:acme:Badge", "URN:ACME:badge", "urn%3Aacme%3ABadge"}) {
        EXPECT_EQ(send("GET", path(urn)).json().at("scim_schema"), json::value(schema)) << urn;
    }
    EXPECT_EQ(listed(), json::array{schema});

    clock.advance(std::chrono::seconds(5));
    auto const replaced = send("PUT", path("urn:acme:badge"), body());
    auto const after = replaced.json().at("scim_schema");
    EXPECT_EQ(after.at("schema_id"), "urn:acme:Badge") << "the spelling stays";
    EXPECT_EQ(after.at("resource_type"), "User");
    EXPECT_EQ(after.at("created_at"), schema.at("created_at"));
    EXPECT_NE(after.at("updated_at"), schema.at("updated_at"));

    auto const withdrawn = send("DELETE", path("urn:acme:badge"));
    EXPECT_EQ(withdrawn.json().at("schema_id"), "urn:acme:Badge");
    expect_error(send("GET", path("urn:acme:Badge")), 404, "scim_schema_not_found",
                 "urn:acme:Badge");
    expect_error(send("DELETE", path("urn:acme:Badge")), 404, "scim_schema_not_found");
}

TEST_F(ManagementSchemas, TheSameDeclarationChangesNothing) {
    auto const first = send("PUT", path("urn:acme:Badge"), body());
    clock.advance(std::chrono::seconds(5));
    EXPECT_EQ(send("PUT", path("urn:acme:Badge"), body()).json().at("scim_schema"),
              first.json().at("scim_schema"));
}

TEST_F(ManagementSchemas, WhatIsShownCanBeSentBack) {
    auto const made = send("PUT", path("urn:acme:Badge"),
                           body(R"({"name":"office","type":"complex","subAttributes":[
                                    {"name":"floor","type":"integer"}]})"));
    auto const shown = made.json().at("scim_schema");
    auto const echoed = send("PUT", path("urn:acme:Badge"), json::serialize(shown));
    EXPECT_EQ(echoed.json().at("scim_schema"), shown);
}

TEST_F(ManagementSchemas, BadDefinitionsNameFieldAndRuleAndChangeNothing) {
    send("PUT", path("urn:acme:Badge"), body());
    auto const before = listed();
    auto const refuse = [&](std::string const& sent, std::string const& kind,
                            std::string const& words, std::string const& urn = "urn:acme:Badge") {
        SCOPED_TRACE(sent);
        expect_error(send("PUT", path(urn), sent), 400, kind, words);
    };
    refuse("{", "bad_request", "");
    refuse("[1]", "invalid_request_value", "object");
    refuse("{}", "invalid_scim_schema", "schema: is required");
    refuse(R"({"schema":7})", "invalid_request_value", "schema must be an object");
    refuse(R"({"required":"yes","schema":{}})", "invalid_request_value",
           "required must be true or false");
    refuse(R"({"resource_type":"Device","schema":{}})", "invalid_scim_schema",
           "resource_type: must be User or Group");
    refuse(R"({"schema":{"name":"B","attributes":[]}})", "invalid_scim_schema",
           "attributes: must not be empty");
    refuse(body(R"({"name":"a","uniqueness":"server"})"), "invalid_scim_schema",
           "a.uniqueness: must be none");
    refuse(body(R"({"name":"a"},{"name":"A"})"), "invalid_scim_schema", "two attributes");
    refuse(body(), "invalid_scim_schema", "must be a URN", "badge");
    refuse(body(), "invalid_scim_schema", "built-in", "urn:ietf:params:scim:schemas:core:2.0:User");
    refuse(body(), "invalid_scim_schema", "may continue the other", "urn:acme:badge:number");
    refuse(R"({"schema":{"id":"urn:acme:other","name":"B","attributes":[{"name":"a"}]}})",
           "invalid_scim_schema", "schema.id");
    EXPECT_EQ(listed(), before);
}

TEST_F(ManagementSchemas, AConnectionDeclaresUpToTheLimit) {
    for (std::size_t i = 0; i < limits.schemas_per_connection_max; ++i) {
        auto const answer = send("PUT", path(fmt::format("urn:acme:s{}", i)), body());
        ASSERT_EQ(answer.response.status, 200U) << answer.body();
    }
    expect_error(send("PUT", path("urn:acme:more"), body()), 400, "too_many_scim_schemas", "16");
    EXPECT_EQ(send("PUT", path("urn:acme:s0"), body(R"({"name":"other"})")).response.status, 200U);
    EXPECT_EQ(listed().size(), limits.schemas_per_connection_max);
}

TEST_F(ManagementSchemas, NothingIsSeenOrTouchedThroughAnotherTenant) {
    send("PUT", path("urn:acme:Badge"), body());
    auto const stranger = create_backend(Environment::test);
    auto const second = connect(R"({"display_name":"Second"})");
    auto const foreign =
        "/v1/rollcall/scim/" + second.organization + "/connection/" + mine.connection + "/schemas";
    for (auto const& [method, rest] :
         std::vector<std::pair<std::string, std::string>>{{"GET", ""},
                                                          {"GET", "/urn:acme:Badge"},
                                                          {"PUT", "/urn:acme:Badge"},
                                                          {"DELETE", "/urn:acme:Badge"}}) {
        SCOPED_TRACE(method + rest);
        expect_error(send_as(stranger, method, path() + rest, body()), 404,
                     "organization_not_found");
        expect_error(send(method, foreign + rest, body()), 404, "no_active_scim_connection");
        auto const nobody = call(*api, method, path() + rest, {}, body());
        EXPECT_EQ(nobody.response.status, 401U);
    }
    EXPECT_TRUE(send("GET", path_of(second)).json().at("scim_schemas").as_array().empty());
    EXPECT_EQ(listed().size(), 1U);
}

TEST_F(ManagementSchemas, MethodsOfThePathAreListed) {
    auto const answer = send("POST", path(), "{}");
    expect_error(answer, 405, "method_not_allowed");
    EXPECT_EQ(answer.header("Allow"), "GET");
    EXPECT_EQ(send("POST", path("urn:acme:Badge"), "{}").header("Allow"), "GET, PUT, DELETE");
}

}  // namespace
}  // namespace rollcall::tests
