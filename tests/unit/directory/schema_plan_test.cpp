// Declarations of schemas: defaults, the URN, neighbours.
#include "directory/schema_plan.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rollcall::directory {
namespace {

using testing::HasSubstr;

class SchemaPlan : public testing::Test {
protected:
    static SchemaFields fields(std::string const& schema) {
        SchemaFields given;
        given.schema = boost::json::parse(schema).as_object();
        return given;
    }

    Result<scim::DeclaredSchema> plan(SchemaFields const& given, std::string_view urn) {
        return plan_schema(given, urn, declared, limits);
    }

    std::string failure(SchemaFields const& given, std::string_view urn) {
        auto const planned = plan(given, urn);
        if (planned) return "planned";
        EXPECT_EQ(planned.error().kind(), "invalid_scim_schema");
        return planned.error().message();
    }

    static inline std::string const badge = R"({"name":"Badge","attributes":[{"name":"number"}]})";
    Limits limits;
    std::vector<ConnectionSchema> declared;
};

TEST_F(SchemaPlan, WithoutMoreItIsForUsersAndNotRequired) {
    auto const planned = plan(fields(badge), "urn:acme:badge");
    ASSERT_TRUE(planned);
    EXPECT_EQ(planned->extends, scim::ResourceKind::user);
    EXPECT_FALSE(planned->required);
    EXPECT_EQ(planned->schema.urn, "urn:acme:badge");
    auto given = fields(badge);
    given.resource_type = "group";
    given.required = true;
    EXPECT_EQ(plan(given, "urn:acme:badge")->extends, scim::ResourceKind::group);
    EXPECT_TRUE(plan(given, "urn:acme:badge")->required);
}

TEST_F(SchemaPlan, TheIdIsTheOneThatTheRequestNames) {
    auto const named = fields(R"({"id":"urn:Acme:Badge","name":"B","attributes":[{"name":"n"}]})");
    EXPECT_EQ(plan(named, "urn:acme:badge")->schema.urn, "urn:Acme:Badge");
    EXPECT_THAT(failure(named, "urn:acme:other"), HasSubstr("schema.id: must be the URN"));
}

TEST_F(SchemaPlan, AKnownSchemaKeepsItsSpelling) {
    declared.push_back({*plan(fields(badge), "urn:acme:Badge"), {}, {}});
    EXPECT_EQ(plan(fields(badge), "URN:acme:badge")->schema.urn, "urn:acme:Badge");
    EXPECT_EQ(find_schema(declared, "urn:acme:BADGE"), &declared.front());
    EXPECT_EQ(find_schema(declared, "urn:acme:other"), nullptr);
}

TEST_F(SchemaPlan, UrnsOfOneConnectionDoNotContinueEachOther) {
    declared.push_back({*plan(fields(badge), "urn:acme:badge"), {}, {}});
    EXPECT_THAT(failure(fields(badge), "urn:acme:badge:number"),
                HasSubstr("the connection declares urn:acme:badge;"));
    EXPECT_EQ(failure(fields(badge), "urn:acme:badges"), "planned");
}

TEST_F(SchemaPlan, SaysWhatIsWrong) {
    EXPECT_EQ(failure({}, "urn:acme:badge"), "schema: is required.");
    auto given = fields(badge);
    given.resource_type = "Device";
    EXPECT_EQ(failure(given, "urn:acme:badge"), "resource_type: must be User or Group.");
    EXPECT_THAT(failure(fields(badge), "badge"), HasSubstr("id: must be a URN"));
    EXPECT_THAT(failure(fields(R"({"name":"B","attributes":[{}]})"), "urn:acme:badge"),
                HasSubstr("attributes[0].name: is required"));
}

}  // namespace
}  // namespace rollcall::directory
