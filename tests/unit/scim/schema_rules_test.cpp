// Which schemas may be declared.
#include "scim/schema_rules.hpp"

#include "declared_support.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace rollcall::scim {
namespace {

using testing::HasSubstr;

std::string check(std::string const& attributes, std::string const& urn = "urn:acme:x",
                  std::string const& name = "X") {
    auto const text =
        fmt::format(R"({{"id":"{}","name":"{}","attributes":{}}})", urn, name, attributes);
    auto const checked = check_declared_schema(schema_of(text), limits);
    return checked ? "ok" : checked.error().message();
}

std::string check_urn(std::string const& urn) {
    return check(R"([{"name":"a"}])", urn);
}

/// `count` attributes called a0, a1, …
std::string attributes(std::size_t count) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i) {
        list += fmt::format(R"({}{{"name":"a{}"}})", list.empty() ? "" : ",", i);
    }
    return "[" + list + "]";
}

TEST(SchemaRules, accepts_every_type_and_characteristic) {
    EXPECT_TRUE(check_declared_schema(schema_of(badge_text), limits));
}

TEST(SchemaRules, urns_have_the_form_of_urns) {
    for (auto const* urn :
         {"urn:acme:x", "URN:Acme-1:Scim:schemas:1.0:User_x",
          "urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User"}) {
        EXPECT_EQ(check_urn(urn), "ok") << urn;
    }
    for (auto const* urn :
         {"", "acme", "http://acme.test/x", "urn:", "urn:acme", "urn:acme:", "urn:a:x", "urn:-a:x",
          "urn:ac me:x", "urn:acme:x y", "urn:acme:x/y", "urn:acme:x:", "urn:acme:x.",
          "urn:acme:a..b", "urn:acme:x[0]", "urn:acme:ä", "urn:acme:a%20b"}) {
        EXPECT_THAT(check_urn(urn), HasSubstr("must be a URN")) << urn;
    }
    auto const longest = "urn:acme:" + std::string(Limits::schema_urn_bytes_max - 9, 'x');
    EXPECT_EQ(check_urn(longest), "ok");
    EXPECT_THAT(check_urn(longest + "x"), HasSubstr("at most 256 bytes"));
    // RFC 8141 §2
    auto const name_space = std::string(Limits::schema_namespace_bytes_max, 'a');
    EXPECT_EQ(check_urn("urn:" + name_space + ":x"), "ok");
    EXPECT_THAT(check_urn("urn:" + name_space + "a:x"), HasSubstr("must be a URN"));
}

// I-11
TEST(SchemaRules, I11_built_in_urns_and_their_legacy_spellings_are_taken) {
    for (auto const& schema : builtin_types().announced()) {
        EXPECT_THAT(check_urn(schema->urn), HasSubstr("built-in")) << schema->urn;
    }
    for (auto const* urn :
         {"urn:ietf:params:scim:schemas:CORE:2.0:user",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0User", "urn:scim:schemas:core:1.0",
          "urn:scim:schemas:extension:enterprise:2.0",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
          "urn:ietf:params:scim:schemas:extension:enterprise"}) {
        EXPECT_THAT(check_urn(urn), HasSubstr("built-in")) << urn;
    }
}

TEST(SchemaRules, urns_overlap_where_a_name_could_mean_two_things) {
    EXPECT_TRUE(urns_overlap("urn:acme:x", "URN:ACME:X"));
    EXPECT_TRUE(urns_overlap("urn:acme:x", "urn:acme:x:y"));
    EXPECT_TRUE(urns_overlap("urn:acme:x.y", "urn:acme:x"));
    EXPECT_FALSE(urns_overlap("urn:acme:x", "urn:acme:xy"));
    EXPECT_FALSE(urns_overlap("urn:acme:x", "urn:acme:y"));
}

// G-01
TEST(SchemaRules, G01_attribute_names) {
    for (auto const* name : {"a", "A1", "a-b", "a_b", "a$b"}) {
        EXPECT_EQ(check(fmt::format(R"([{{"name":"{}"}}])", name)), "ok") << name;
    }
    for (auto const* name : {"1a", "-a", "$ref", "a b", "a.b", "a:b", "ä", " "}) {
        EXPECT_THAT(check(fmt::format(R"([{{"name":"{}"}}])", name)), HasSubstr("a name is"))
            << name;
    }
    EXPECT_EQ(check(R"([{"name":"a","type":"complex","subAttributes":[
                         {"name":"value"},{"name":"$ref","type":"reference"}]}])"),
              "ok");
    EXPECT_EQ(check(R"([{"name":"a"},{"name":"A"}])"), "A: two attributes have this name.");
    EXPECT_EQ(check(R"([{"name":"a","type":"complex","subAttributes":[
                         {"name":"b"},{"name":"B"}]}])"),
              "a.B: two attributes have this name.");
}

// G-13
TEST(SchemaRules, G13_sub_attributes_belong_to_complex_attributes_one_level_deep) {
    EXPECT_EQ(check(R"([{"name":"a","type":"complex"}])"),
              "a.subAttributes: is required for the type complex.");
    EXPECT_EQ(check(R"([{"name":"a","subAttributes":[{"name":"b"}]}])"),
              "a.subAttributes: is for the type complex only.");
    EXPECT_EQ(check(R"([{"name":"a","type":"complex","subAttributes":[
                         {"name":"b","type":"complex","subAttributes":[{"name":"c"}]}]}])"),
              "a.b: a sub-attribute must not be complex.");
    EXPECT_EQ(check(R"([{"name":"a","referenceTypes":["User"]}])"),
              "a.referenceTypes: is for the type reference only.");
}

// N-19
TEST(SchemaRules, N19_nothing_is_promised_that_cannot_be_kept) {
    for (auto const* uniqueness : {"server", "global"}) {
        EXPECT_THAT(check(fmt::format(R"([{{"name":"a","uniqueness":"{}"}}])", uniqueness)),
                    HasSubstr("a.uniqueness: must be none"));
    }
    for (auto const* mutability : {"readOnly", "writeOnly"}) {
        EXPECT_THAT(
            check(fmt::format(R"([{{"name":"a","required":true,"mutability":"{}"}}])", mutability)),
            HasSubstr("a.required: must be false"));
    }
    EXPECT_THAT(check(R"([{"name":"a","mutability":"writeOnly","returned":"always"}])"),
                HasSubstr("a.returned: must be never"));
}

TEST(SchemaRules, needs_a_name_and_attributes) {
    EXPECT_EQ(check("[]"), "attributes: must not be empty.");
    EXPECT_EQ(check(R"([{"name":"a"}])", "urn:acme:x", " "), "name: is required.");
    EXPECT_EQ(check(R"([{"name":"a"}])", "urn:acme:x", std::string(128, 'n')), "ok");
    EXPECT_THAT(check(R"([{"name":"a"}])", "urn:acme:x", std::string(129, 'n')),
                HasSubstr("at most 128 characters"));
}

TEST(SchemaRules, counts_attributes_and_bytes_up_to_the_limit_and_not_beyond) {
    auto const most = limits.schema_attributes_max;
    EXPECT_EQ(check(attributes(most)), "ok");
    EXPECT_EQ(check(attributes(most + 1)), "attributes: at most 100, sub-attributes included.");
    auto const with_subs = [&](std::size_t subs) {
        return check(R"([{"name":"a","type":"complex","subAttributes":)" + attributes(subs) + "}]");
    };
    EXPECT_EQ(with_subs(most - 1), "ok");
    EXPECT_EQ(with_subs(most), "attributes: at most 100, sub-attributes included.");

    auto schema = schema_of(R"({"id":"urn:acme:x","name":"X","attributes":[{"name":"a"}]})");
    auto const bare = boost::json::serialize(schema_to_json(schema)).size();
    schema.description.assign(limits.schema_bytes_max - bare, 'd');
    EXPECT_EQ(failure(check_declared_schema(schema, limits)), "");
    schema.description += 'd';
    EXPECT_EQ(failure(check_declared_schema(schema, limits)),
              "too_many: schema: at most 65536 bytes as JSON.");
}

}  // namespace
}  // namespace rollcall::scim
