// Discovery documents: complete, and the same as what is enforced.
#include "scim/discovery.hpp"

#include "support.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace rollcall::scim {
namespace {

using testing::ElementsAre;

constexpr std::string_view base = "https://scim.test/v1/b2b/scim/scim-connection-test-1";

std::vector<std::string> ids(boost::json::object const& list) {
    std::vector<std::string> result;
    for (auto const& resource : list.at("Resources").as_array()) {
        result.emplace_back(resource.at("id").as_string());
    }
    return result;
}

bool has_null(boost::json::value const& value) {
    if (auto const* list = value.if_array()) return std::ranges::any_of(*list, has_null);
    if (auto const* parts = value.if_object()) {
        return std::ranges::any_of(*parts, [](auto const& part) { return has_null(part.value()); });
    }
    return value.is_null();
}

// N-19, R-02, U-20: an option changes what is announced, and only that.
TEST(Discovery, N19_what_a_connection_does_not_enforce_is_not_announced) {
    Profile profile;
    auto const schema = [&](std::string_view urn) {
        return *schema_document(builtin_types(), base, urn, profile);
    };
    auto const characteristic = [](boost::json::object const& of, std::string_view attribute,
                                   std::string_view name) {
        for (auto const& entry : of.at("attributes").as_array()) {
            if (entry.at("name") == boost::json::string_view(attribute)) return entry.at(name);
        }
        return boost::json::value(nullptr);
    };
    auto const group = schema(group_urn);
    auto const user = schema(user_urn);
    EXPECT_EQ(characteristic(group, "displayName", "uniqueness"), "server");
    EXPECT_EQ(characteristic(user, "groups", "returned"), "default");
    EXPECT_EQ(characteristic(user, "userName", "uniqueness"), "server");
    profile.unique_group_names = false;
    EXPECT_EQ(characteristic(schema(group_urn), "displayName", "uniqueness"), "none");
    EXPECT_EQ(schema(user_urn), user);
    profile.user_groups = false;
    EXPECT_EQ(characteristic(schema(user_urn), "groups", "returned"), "request");
    auto const all = schemas_document(builtin_types(), base, profile);
    EXPECT_EQ(all.at("Resources").at(0), boost::json::value(schema(user_urn)));
    EXPECT_EQ(all.at("Resources").at(1), boost::json::value(schema(group_urn)));
}

// K-05, N-07: Basic is listed where it is accepted, and is never the primary scheme.
TEST(Discovery, N07_basic_where_it_is_accepted) {
    Profile profile;
    EXPECT_EQ(service_provider_config(base, limits, profile)
                  .at("authenticationSchemes")
                  .as_array()
                  .size(),
              1U);
    profile.basic_auth = true;
    auto const config = service_provider_config(base, limits, profile);
    auto const& schemes = config.at("authenticationSchemes").as_array();
    ASSERT_EQ(schemes.size(), 2U);
    EXPECT_EQ(schemes[0].at("type"), "oauthbearertoken");
    EXPECT_EQ(schemes[0].at("primary"), true);
    EXPECT_EQ(schemes[1].at("type"), "httpbasic");
    EXPECT_EQ(schemes[1].at("primary"), false);
}

// I-60
TEST(Discovery, N06_N09_service_provider_config) {
    auto const config = service_provider_config(base, limits);
    EXPECT_TRUE(equals(config.at("schemas"),
                       R"(["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"])"));
    EXPECT_TRUE(equals(config.at("patch"), R"({"supported":true})"));
    EXPECT_TRUE(equals(config.at("bulk"),
                       R"({"supported":true,"maxOperations":1000,"maxPayloadSize":1048576})"));
    EXPECT_TRUE(equals(config.at("filter"), R"({"supported":true,"maxResults":1000})"));
    EXPECT_TRUE(equals(config.at("changePassword"), R"({"supported":false})"));
    EXPECT_TRUE(equals(config.at("sort"), R"({"supported":true})"));
    EXPECT_TRUE(equals(config.at("etag"), R"({"supported":true})"));
    EXPECT_TRUE(equals(config.at("pagination"),
                       R"({"cursor":true,"index":true,"defaultPaginationMethod":"index",
                           "defaultPageSize":100,"maxPageSize":1000,"cursorTimeout":3600})"));
    auto const& scheme = config.at("authenticationSchemes").at(0);
    EXPECT_EQ(scheme.at("type"), "oauthbearertoken");  // N-07
    EXPECT_EQ(scheme.at("primary"), true);
    EXPECT_EQ(config.at("meta").at("location"),
              boost::json::value(fmt::format("{}/ServiceProviderConfig", base)));
    EXPECT_FALSE(has_null(config));
}

// N-02, N-20
TEST(Discovery, N10_N11_resource_types) {
    auto const list = resource_types_document(builtin_types(), base);
    EXPECT_EQ(list.at("totalResults"), 2);
    EXPECT_THAT(ids(list), ElementsAre("User", "Group"));
    auto const user = resource_type_document(builtin_types(), base, "User");
    ASSERT_TRUE(user.has_value());
    EXPECT_EQ(user->at("endpoint"), "/Users");
    EXPECT_EQ(user->at("schema"), boost::json::value(user_urn));
    EXPECT_TRUE(equals(user->at("schemaExtensions"),
                       R"([{"schema":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
                            "required":false}])"));
    EXPECT_EQ(user->at("meta").at("location"),
              boost::json::value(fmt::format("{}/ResourceTypes/User", base)));
    EXPECT_EQ(boost::json::value(*user), list.at("Resources").at(0));
    EXPECT_FALSE(resource_type_document(builtin_types(), base, "Device").has_value());
}

// N-02, N-13, N-16, N-20
TEST(Discovery, N15_N18_schemas) {
    auto const list = schemas_document(builtin_types(), base);
    EXPECT_THAT(ids(list),
                ElementsAre(user_urn, group_urn, enterprise_user_urn,
                            "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig",
                            "urn:ietf:params:scim:schemas:core:2.0:ResourceType",
                            "urn:ietf:params:scim:schemas:core:2.0:Schema"));
    EXPECT_EQ(list.at("totalResults"), 6);
    EXPECT_FALSE(has_null(list));
    for (auto const& schema : list.at("Resources").as_array()) {
        auto const urn = std::string(schema.at("id").as_string());
        auto const single = schema_document(builtin_types(), base, urn);
        ASSERT_TRUE(single.has_value());
        EXPECT_EQ(boost::json::value(*single), schema);
        EXPECT_EQ(schema.at("meta").at("location"),
                  boost::json::value(fmt::format("{}/Schemas/{}", base, urn)));
        EXPECT_TRUE(
            equals(schema.at("schemas"), R"(["urn:ietf:params:scim:schemas:core:2.0:Schema"])"));
    }
    EXPECT_TRUE(schema_document(builtin_types(), base, "URN:IETF:params:scim:schemas:core:2.0:user")
                    .has_value());
    EXPECT_FALSE(schema_document(builtin_types(), base, "urn:nobody").has_value());
}

void expect_characteristics(boost::json::value const& attribute) {
    auto const name = boost::json::serialize(attribute.at("name"));
    for (auto const* key : {"type", "multiValued", "description", "required", "caseExact",
                            "mutability", "returned", "uniqueness"}) {
        EXPECT_TRUE(attribute.as_object().contains(key)) << name << key;
    }
    EXPECT_FALSE(attribute.at("description").as_string().empty()) << name;
    auto const type = attribute.at("type").as_string();
    EXPECT_EQ(attribute.as_object().contains("referenceTypes"), type == "reference") << name;
    EXPECT_EQ(attribute.as_object().contains("subAttributes"), type == "complex") << name;
    if (type != "complex") return;
    for (auto const& sub : attribute.at("subAttributes").as_array()) expect_characteristics(sub);
}

TEST(Discovery, N12_N14_every_characteristic_is_written_out) {
    for (auto const& schema : schemas_document(builtin_types(), base).at("Resources").as_array()) {
        for (auto const& attribute : schema.at("attributes").as_array()) {
            expect_characteristics(attribute);
        }
    }
}

boost::json::value attribute(std::string_view urn, std::string_view name) {
    auto const schema = schema_document(builtin_types(), base, urn);
    for (auto const& candidate : schema->at("attributes").as_array()) {
        if (candidate.at("name") == boost::json::string_view(name)) return candidate;
    }
    return nullptr;
}

TEST(Discovery, N17_common_attributes_are_not_listed) {
    for (auto const* name : {"id", "externalId", "meta", "schemas"}) {
        EXPECT_TRUE(attribute(user_urn, name).is_null()) << name;
        EXPECT_TRUE(attribute(group_urn, name).is_null()) << name;
    }
}

TEST(Discovery, N19_what_is_announced_is_what_is_enforced) {
    auto const user_name = attribute(user_urn, "userName");
    EXPECT_EQ(user_name.at("required"), true);
    EXPECT_EQ(user_name.at("uniqueness"), "server");
    EXPECT_EQ(attribute(user_urn, "password").at("returned"), "never");
    EXPECT_EQ(attribute(user_urn, "password").at("mutability"), "writeOnly");
    EXPECT_EQ(attribute(user_urn, "groups").at("mutability"), "readOnly");
    EXPECT_EQ(attribute(group_urn, "displayName").at("required"), true);        // R-01
    EXPECT_EQ(attribute(group_urn, "displayName").at("uniqueness"), "server");  // R-02
    EXPECT_EQ(attribute(group_urn, "members").at("subAttributes").as_array().size(), 4U);
    auto const references = attribute(user_urn, "groups").at("subAttributes").at(1);
    EXPECT_TRUE(equals(references.at("referenceTypes"), R"(["Group"])"));  // U-15
}

TEST(Discovery, the_documents_satisfy_their_own_schemas) {
    auto const expect_known = [](boost::json::object const& document, std::string_view urn) {
        for (auto const& part : document) {
            auto const name = std::string_view(part.key().data(), part.key().size());
            if (name == "schemas" || name == "meta") continue;
            EXPECT_FALSE(attribute(urn, name).is_null()) << urn << name;
        }
    };
    expect_known(service_provider_config(base, limits),
                 "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig");
    expect_known(*resource_type_document(builtin_types(), base, "User"),
                 "urn:ietf:params:scim:schemas:core:2.0:ResourceType");
    expect_known(*schema_document(builtin_types(), base, user_urn),
                 "urn:ietf:params:scim:schemas:core:2.0:Schema");
}

}  // namespace
}  // namespace rollcall::scim
