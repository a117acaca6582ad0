// Schemas as JSON: defaults, round trip, and definitions that cannot be read.
#include "scim/schema_json.hpp"

#include "declared_support.hpp"

#include <gmock/gmock.h>

namespace rollcall::scim {
namespace {

using testing::HasSubstr;

Attribute attribute_of(std::string const& text) {
    auto schema = schema_of(R"({"id":"urn:acme:x","name":"X","attributes":[)" + text + "]}");
    return schema.attributes.at(0);
}

std::string failure_of(std::string const& text) {
    return failure(
        schema_from_json(object(R"({"id":"urn:acme:x","name":"X","attributes":)" + text + "}")));
}

// G-05
TEST(SchemaJson, G05_what_is_not_said_has_its_default) {
    auto const plain = attribute_of(R"({"name":"a"})");
    Attribute defaults;
    defaults.name = "a";
    EXPECT_EQ(plain, defaults);
    EXPECT_EQ(attribute_of(R"({"name":"a","type":null,"required":null})"), defaults);
}

// G-11, G-12
TEST(SchemaJson, G11_G12_defaults_that_follow_from_type_and_mutability) {
    EXPECT_TRUE(attribute_of(R"({"name":"a","type":"binary"})").case_exact);
    EXPECT_TRUE(attribute_of(R"({"name":"a","type":"reference","caseExact":false})").case_exact);
    EXPECT_EQ(attribute_of(R"({"name":"a","mutability":"writeOnly"})").returned, Returned::never);
    EXPECT_EQ(
        attribute_of(R"({"name":"a","mutability":"writeOnly","returned":"default"})").returned,
        Returned::standard);
}

// N-12, N-14
TEST(SchemaJson, N14_every_characteristic_is_written_and_read_back) {
    auto const schema = schema_of(badge_text);
    auto const written = schema_to_json(schema);
    EXPECT_EQ(*schema_from_json(written), schema);
    EXPECT_EQ(schema_to_json(*schema_from_json(written)), written);
    EXPECT_TRUE(equals(written.at("attributes").at(1),
                       R"({"name":"colour","type":"string","multiValued":false,"description":"",
                           "required":false,"canonicalValues":["red","blue"],"caseExact":false,
                           "mutability":"readWrite","returned":"default","uniqueness":"none"})"));
    for (auto const* builtin : builtin_types().announced()) {
        auto plain = *builtin;
        for (auto& attribute : plain.attributes) {
            attribute.is_link = false;
            attribute.is_user_name = false;
        }
        EXPECT_EQ(*schema_from_json(schema_to_json(*builtin)), plain) << builtin->urn;
    }
}

// G-02
TEST(SchemaJson, G02_keys_and_words_match_in_any_case) {
    auto const schema = schema_of(
        R"({"ID":"urn:acme:x","Name":"X","Schemas":["x"],"meta":{},
            "ATTRIBUTES":[{"NAME":"a","Type":"DATETIME","multivalued":true}]})");
    EXPECT_EQ(schema.urn, "urn:acme:x");
    EXPECT_EQ(schema.attributes.at(0).type, Type::date_time);
    EXPECT_TRUE(schema.attributes.at(0).multi_valued);
}

TEST(SchemaJson, names_the_place_of_what_is_wrong) {
    EXPECT_EQ(failure_of("{}"), "invalid_value: attributes: must be a list of attributes.");
    EXPECT_EQ(failure_of("[7]"), "invalid_value: attributes[0]: must be an object.");
    EXPECT_EQ(failure_of(R"([{"name":"a"},{"type":"string"}])"),
              "invalid_value: attributes[1].name: is required.");
    EXPECT_EQ(failure_of(R"([{"name":7}])"),
              "invalid_value: attributes[0].name: must be a string.");
    EXPECT_THAT(failure_of(R"([{"name":"a","type":"text"}])"), HasSubstr("a.type: must be one of"));
    EXPECT_THAT(failure_of(R"([{"name":"a","type":7}])"), HasSubstr("a.type: must be one of"));
    EXPECT_THAT(failure_of(R"([{"name":"a","required":"yes"}])"),
                HasSubstr("a.required: must be true or false"));
    EXPECT_THAT(failure_of(R"([{"name":"a","canonicalValues":[1]}])"),
                HasSubstr("a.canonicalValues: must be a list of strings"));
    EXPECT_THAT(failure_of(R"([{"name":"a","requierd":true}])"),
                HasSubstr("a.requierd: is not a characteristic"));
    EXPECT_THAT(failure_of(R"([{"name":"a","type":"complex","subAttributes":[{}]}])"),
                HasSubstr("a.subAttributes[0].name: is required"));
    EXPECT_THAT(failure(schema_from_json(object(R"({"attribute":[]})"))),
                HasSubstr("attribute: is not a field of schemas"));
}

}  // namespace
}  // namespace rollcall::scim
