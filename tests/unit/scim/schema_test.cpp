// Names as clients write them, and the tables behind them.
#include "scim/schema.hpp"

#include <gtest/gtest.h>

#include <string>

namespace rollcall::scim {
namespace {

std::string resolved(ResourceType const& type, std::string_view name) {
    auto const ref = resolve(type, name);
    if (!ref) return "-";
    std::string text = ref->extension != nullptr ? "+" : "";
    if (ref->attribute != nullptr) text += ref->attribute->name;
    if (ref->sub_attribute != nullptr) text += "." + ref->sub_attribute->name;
    return text;
}

constexpr std::string_view enterprise =
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

TEST(Schema, G02_names_are_found_in_any_case) {
    EXPECT_EQ(resolved(user_type(), "USERNAME"), "userName");
    EXPECT_EQ(resolved(user_type(), "Name.FAMILYname"), "name.familyName");
    EXPECT_EQ(resolved(user_type(), "Meta.LastModified"), "meta.lastModified");
    EXPECT_EQ(resolved(user_type(), "externalid"), "externalId");
    EXPECT_EQ(resolved(user_type(), "shoeSize"), "-");
    EXPECT_EQ(resolved(user_type(), "name.shoeSize"), "-");
    EXPECT_EQ(resolved(user_type(), "userName.value"), "-");
    EXPECT_EQ(resolved(user_type(), ""), "-");
    EXPECT_EQ(resolved(group_type(), "userName"), "-");
    EXPECT_EQ(resolved(group_type(), "members.$REF"), "members.$ref");
}

TEST(Schema, E04_names_are_split_behind_the_known_urn) {
    auto const urn = std::string(enterprise);
    EXPECT_EQ(resolved(user_type(), urn + ":department"), "+department");
    EXPECT_EQ(resolved(user_type(), urn + ":manager.displayName"), "+manager.displayName");
    EXPECT_EQ(resolved(user_type(), urn), "+");
    EXPECT_EQ(resolved(user_type(), urn + ":userName"), "-");
    EXPECT_EQ(resolved(user_type(), urn + "x:department"), "-");
    EXPECT_EQ(resolved(user_type(), std::string(user_urn) + ":userName"), "userName");
    EXPECT_EQ(resolved(user_type(), std::string(user_urn) + ":externalId"), "externalId");
    EXPECT_EQ(resolved(user_type(), std::string(user_urn)), "");
    EXPECT_EQ(resolved(group_type(), std::string(user_urn) + ":displayName"), "-");
}

TEST(Schema, E06_urns_are_found_in_any_case) {
    EXPECT_EQ(resolved(user_type(),
                       "URN:IETF:params:SCIM:schemas:extension:ENTERPRISE:2.0:user:Department"),
              "+department");
}

TEST(Schema, I11_I13_legacy_urns_and_dots_lead_to_the_extension) {
    auto const urn = std::string(enterprise);
    EXPECT_EQ(resolved(user_type(), urn + ".department"), "+department");
    EXPECT_EQ(resolved(user_type(), urn + ".manager.value"), "+manager.value");
    EXPECT_EQ(resolved(user_type(), "urn:scim:schemas:extension:enterprise:2.0:department"),
              "+department");
    EXPECT_EQ(resolved(user_type(), "urn:scim:schemas:extension:enterprise:1.0.department"),
              "+department");
    EXPECT_EQ(
        resolved(user_type(), "urn:ietf:params:scim:schemas:extension:enterprise:2.0User:division"),
        "+division");
    EXPECT_EQ(resolved(user_type(), "urn:scim:schemas:core:2.0:userName"), "userName");
    EXPECT_EQ(resolved(group_type(), "urn:scim:schemas:core:1.0:displayName"), "displayName");
}

TEST(Schema, I15_extension_attributes_are_found_by_their_bare_name) {
    EXPECT_EQ(resolved(user_type(), "department"), "+department");
    EXPECT_EQ(resolved(user_type(), "manager.value"), "+manager.value");
    EXPECT_EQ(resolved(group_type(), "department"), "-");
}

TEST(Schema, find_schema_knows_every_spelling_and_no_other) {
    auto const* extension = user_type().extensions.front().schema;
    EXPECT_EQ(user_type().find_schema(enterprise), extension);
    EXPECT_EQ(user_type().find_schema("urn:scim:schemas:extension:enterprise:1.0"), extension);
    EXPECT_EQ(user_type().find_schema(user_urn), user_type().core);
    EXPECT_EQ(user_type().find_schema("urn:scim:schemas:core:2.0"), user_type().core);
    EXPECT_EQ(user_type().find_schema(group_urn), nullptr);
    EXPECT_EQ(user_type().find_schema(""), nullptr);
    EXPECT_EQ(group_type().find_schema(
                  "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"),
              group_type().core);
    EXPECT_EQ(group_type().find_schema(enterprise), nullptr);
}

TEST(Schema, G13_no_complex_attribute_holds_another) {
    for (auto const* schema : {user_type().core, user_type().extensions.front().schema,
                               group_type().core, &common_attributes()}) {
        for (auto const& attribute : schema->attributes) {
            EXPECT_EQ(attribute.type == Type::complex, !attribute.sub_attributes.empty());
            for (auto const& sub : attribute.sub_attributes) {
                EXPECT_NE(sub.type, Type::complex) << attribute.name << '.' << sub.name;
                EXPECT_FALSE(sub.multi_valued) << attribute.name << '.' << sub.name;
            }
        }
    }
}

TEST(Schema, U19_characteristics_that_deviate) {
    auto const& user = *user_type().core;
    EXPECT_TRUE(user.find("userName")->required);
    EXPECT_EQ(user.find("userName")->uniqueness, Uniqueness::server);
    EXPECT_FALSE(user.find("userName")->case_exact);
    EXPECT_EQ(user.find("password")->mutability, Mutability::write_only);
    EXPECT_EQ(user.find("password")->returned, Returned::never);
    EXPECT_EQ(user.find("groups")->find("value")->mutability, Mutability::read_only);
    EXPECT_TRUE(user.find("profileUrl")->case_exact);
    EXPECT_TRUE(user.find("photos")->find("value")->case_exact);
    EXPECT_EQ(user.find("x509Certificates")->find("value")->type, Type::binary);
    EXPECT_EQ(user.find("addresses")->find("value"), nullptr);
    EXPECT_TRUE(common_attributes().find("externalId")->case_exact);
    EXPECT_EQ(common_attributes().find("meta")->find("created")->type, Type::date_time);
    EXPECT_EQ(group_type().core->find("members")->find("value")->mutability, Mutability::immutable);
}

}  // namespace
}  // namespace rollcall::scim
