// The OpenAPI document says what the route table and the table of error kinds say.
#include "api/management/openapi.hpp"

#include "api/management/error_kinds.hpp"
#include "api/management/routes.hpp"
#include "directory/organization_permissions.hpp"
#include "unit/api/management_fixture.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

namespace rollcall::tests {
namespace {

using api::management::Access;
using api::management::error_kinds;
using api::management::route_table;
using testing::ContainerEq;

json::value document() {
    return json::parse(api::management::openapi_text());
}

std::string text_at(json::object const& object, std::string_view key) {
    return std::string(object.at(key).as_string());
}

/// Operations by "METHOD path".
std::map<std::string, json::object> documented_operations() {
    std::map<std::string, json::object> operations;
    auto const all = document();
    for (auto const& [path, methods] : all.at("paths").as_object()) {
        for (auto const& [method, operation] : methods.as_object()) {
            std::string name;
            for (char const c : method) name += static_cast<char>(c - 'a' + 'A');
            operations.emplace(name + " " + std::string(path), operation.as_object());
        }
    }
    return operations;
}

TEST(OpenApi, HasTheOperationsOfTheRouteTable) {
    std::set<std::string> routes;
    for (auto const& route : route_table()) routes.emplace(route.name);
    std::set<std::string> documented;
    for (auto const& [name, operation] : documented_operations()) documented.insert(name);
    EXPECT_THAT(documented, ContainerEq(routes))
        << "docs/openapi and src/api/management/routes.cpp differ; see docs/openapi/README.md";
}

/// The ways to call a route, as the sets of credentials that OpenAPI lists.
std::string security_of(Access access) {
    switch (access) {
        case Access::anyone:
            return "[]";
        case Access::project:
        case Access::project_alone:
            return R"([{"project":[]}])";
        case Access::project_session:
            return R"([{"project":[]},{"project":[],"member_session":[]},)"
                   R"({"project":[],"member_session_jwt":[]}])";
    }
    return {};
}

TEST(OpenApi, SaysWhoMayCall) {
    auto const operations = documented_operations();
    for (auto const& route : route_table()) {
        SCOPED_TRACE(route.name);
        auto const found = operations.find(std::string(route.name));
        if (found == operations.end()) continue;
        EXPECT_EQ(json::serialize(found->second.at("security")), security_of(route.access));
        auto const* description = found->second.if_contains("description");
        auto const refuses = description != nullptr &&
                             description->as_string().ends_with("Not with a member session.");
        EXPECT_EQ(refuses, route.access == Access::project_alone);
    }
}

// A route without a permission asks in its handler: for what the body changes, or for a resource
// that is enough for oneself.
TEST(OpenApi, SaysWhichPermissionASessionNeeds) {
    auto const operations = documented_operations();
    for (auto const& route : route_table()) {
        SCOPED_TRACE(route.name);
        auto const found = operations.find(std::string(route.name));
        if (found == operations.end()) continue;
        auto const* permission = found->second.if_contains("x-rollcall-permission");
        if (route.permission.resource.empty()) {
            EXPECT_TRUE(permission == nullptr || permission->as_object().contains("or"));
            continue;
        }
        ASSERT_NE(permission, nullptr);
        EXPECT_EQ(text_at(permission->as_object(), "resource"), route.permission.resource);
        EXPECT_EQ(text_at(permission->as_object(), "action"), route.permission.action);
        EXPECT_FALSE(permission->as_object().contains("or"));
    }
}

TEST(OpenApi, SaysWhichPermissionAFieldOfAnOrganizationNeeds) {
    auto const all = document();
    auto const& schema = all.at("components").at("schemas").at("OrganizationUpdate");
    std::map<std::string, std::string> documented;
    for (auto const& [field, property] : schema.at("properties").as_object()) {
        auto const* permission = property.as_object().if_contains("x-rollcall-permission");
        auto& action = documented[std::string(field)];
        if (permission == nullptr) continue;
        EXPECT_EQ(text_at(permission->as_object(), "resource"), "stytch.organization") << field;
        action = text_at(permission->as_object(), "action");
    }
    std::map<std::string, std::string> needed;
    for (auto const& permission : directory::organization_field_permissions()) {
        needed.emplace(permission.field, permission.action);
    }
    EXPECT_THAT(documented, ContainerEq(needed));
}

TEST(OpenApi, NamesEveryParameterOfAPath) {
    auto const all = document();
    auto const& parameters = all.at("components").at("parameters").as_object();
    for (auto const& [name, operation] : documented_operations()) {
        SCOPED_TRACE(name);
        std::set<std::string> of_the_path;
        for (std::size_t at = 0; (at = name.find('{', at)) != std::string::npos; ++at) {
            of_the_path.insert(name.substr(at + 1, name.find('}', at) - at - 1));
        }
        for (auto const& parameter : of_the_path) {
            EXPECT_EQ(text_at(parameters.at(parameter).as_object(), "in"), "path") << parameter;
        }
    }
}

TEST(OpenApi, ListsEveryErrorKindWithItsStatusAndExplanation) {
    auto const all = document();
    auto const& components = all.at("components");
    auto const& type =
        components.at("schemas").at("Error").at("properties").at("error_type").as_object();
    std::set<std::string> expected;
    for (auto const& kind : error_kinds()) {
        expected.emplace(kind.name);
        auto const& explanations = type.at("x-enumDescriptions").as_object();
        EXPECT_EQ(text_at(explanations, kind.name), kind.explanation);
    }
    std::set<std::string> listed;
    for (auto const& name : type.at("enum").as_array()) listed.emplace(name.as_string());
    EXPECT_THAT(listed, ContainerEq(expected));

    for (auto const& kind : error_kinds()) {
        std::size_t responses = 0;
        for (auto const& [name, response] : components.at("responses").as_object()) {
            auto const& schema = response.at("content").at("application/json").at("schema");
            auto const& properties = schema.at("properties").as_object();
            auto const& names = properties.at("error_type").at("enum").as_array();
            if (std::ranges::find(names, json::value(kind.name)) == names.end()) continue;
            ++responses;
            if (auto const* status = properties.if_contains("status_code")) {
                EXPECT_EQ(status->at("const").as_int64(), kind.status) << kind.name;
            }
        }
        EXPECT_EQ(responses, 1u) << kind.name;
    }
}

class OpenApiEndpoint : public ManagementTest {};

TEST_F(OpenApiEndpoint, AnswersAnyoneAndNamesThisServer) {
    auto const answer = call(*api, "GET", "/openapi.json");
    EXPECT_EQ(answer.response.status, 200);
    EXPECT_EQ(answer.response.content_type, "application/json");
    EXPECT_EQ(answer.header("Cache-Control"), "public, max-age=300");
    auto const served = answer.json();
    EXPECT_EQ(served.at("openapi").as_string(), "3.1.0");
    EXPECT_EQ(served.at("servers").at(0).at("url").as_string(), public_url);
    auto without_servers = served.as_object();
    without_servers.erase("servers");
    EXPECT_EQ(json::value(without_servers), document());
}

}  // namespace
}  // namespace rollcall::tests
