// Data of declared extensions: read, changed, filtered, shown, and what becomes of it when the
// schema changes.
#include "declared_support.hpp"
#include "scim/discovery.hpp"
#include "scim/projection.hpp"
#include "scim/sort.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace rollcall::scim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view base = "https://scim.test/v1/b2b/scim/scim-connection-test-1";

class Declared : public testing::Test {
protected:
    ResourceTypes const types{declare(for_users(badge_text))};
    ResourceType const& user = types.user();
    Notes notes;

    /// A user with this badge data.
    static std::string with_badge(std::string_view data) {
        return fmt::format(R"({{"userName":"u","{}":{}}})", badge_urn, data);
    }

    std::string read(std::string const& body) { return read(body, user); }
    std::string read(std::string const& body, ResourceType const& type) {
        auto const result = read_resource(json(body), type, {}, limits, notes);
        return result ? boost::json::serialize(result->attributes) : failure(result);
    }

    /// The badge of a user after operations; what went wrong otherwise.
    std::string patch(std::string_view before, std::string const& operations) {
        return patch(before, operations, user);
    }
    std::string patch(std::string_view before, std::string const& operations,
                      ResourceType const& type) {
        auto const request =
            parse_patch(json(R"({"Operations":)" + operations + "}"), type, limits, notes);
        if (!request) return failure(request);
        auto const after =
            apply_patch(object(before), *request, type, "id", Profile{}, limits, notes);
        if (!after) return failure(after);
        auto const* badge = after->if_contains(badge_urn);
        return badge != nullptr ? boost::json::serialize(*badge) : "no badge";
    }

    static std::string text(std::string_view text) { return boost::json::serialize(json(text)); }
};

// G-24, G-02
TEST_F(Declared, G24_values_are_read_by_the_schema) {
    auto const body = with_badge(
        R"({"number":7,"Colour":"green","serial":"S","valid":"True","weight":1.5,
            "issued":"2024-01-01T00:00:00Z","page":"https://x.test","photo":"AAAA",
            "doors":["a","b"],"office":{"floor":3,"room":"3a"},
            "keys":[{"value":"k","type":"t"}]})");
    EXPECT_EQ(read(body),
              text(with_badge(
                  R"({"number":7,"colour":"green","serial":"S","valid":true,"weight":1.5,
                      "issued":"2024-01-01T00:00:00Z","page":"https://x.test","photo":"AAAA",
                      "doors":["a","b"],"office":{"floor":3,"room":"3a"},
                      "keys":[{"value":"k","type":"t"}]})")));
    for (auto const& [data, words] : std::vector<std::pair<std::string, std::string>>{
             {R"({"number":"x"})", "number: must be an integer"},
             {R"({"number":1.5})", "number: must be an integer"},
             {R"({"valid":"maybe"})", "valid: must be true or false"},
             {R"({"weight":"heavy"})", "weight: must be a number"},
             {R"({"issued":"yesterday"})", "issued: must be a date"},
             {R"({"photo":"?"})", "photo: must be base64"},
             {R"({"colour":["a","b"]})", "colour: must be a single value"},
             {R"({"office":7})", "office: must be an object"}}) {
        EXPECT_THAT(read(with_badge(data)), HasSubstr("invalid_value: " + words)) << data;
    }
}

// G-09
TEST_F(Declared, G09_an_integer_is_stored_without_fraction_or_exponent) {
    EXPECT_EQ(read(with_badge(R"({"number":5.0})")), text(with_badge(R"({"number":5})")));
    EXPECT_EQ(read(with_badge(R"({"number":"5e1"})")), text(with_badge(R"({"number":50})")));
    EXPECT_THAT(read(with_badge(R"({"number":1e300})")), HasSubstr("must be an integer"));
}

// G-21
TEST_F(Declared, G21_what_no_schema_defines_is_left_out) {
    EXPECT_EQ(read(with_badge(R"({"number":1,"shoe":9,"office":{"floor":1,"desk":2}})")),
              text(with_badge(R"({"number":1,"office":{"floor":1}})")));
    EXPECT_EQ(read(R"({"userName":"u","urn:nobody:x":{"a":1}})"), text(R"({"userName":"u"})"));
    EXPECT_EQ(read(with_badge(R"({"number":1})"), user_type()), text(R"({"userName":"u"})"))
        << "another connection does not know the schema";
    EXPECT_FALSE(notes.empty());
}

// I-13, I-15, E-06
TEST_F(Declared, I13_I15_E06_attributes_are_found_by_every_spelling) {
    for (auto const* key :
         {"urn:acme:scim:schemas:1.0:Badge:colour", "URN:ACME:scim:schemas:1.0:badge:COLOUR",
          "urn:acme:scim:schemas:1.0:Badge.colour", "colour"}) {
        EXPECT_EQ(read(fmt::format(R"({{"userName":"u","{}":"red"}})", key)),
                  text(with_badge(R"({"colour":"red"})")))
            << key;
        EXPECT_EQ(patch(R"({"userName":"u"})",
                        fmt::format(R"([{{"op":"add","path":"{}","value":"red"}}])", key)),
                  text(R"({"colour":"red"})"))
            << key;
    }
    auto two = declare(for_users(badge_text));
    two.push_back(
        for_users(R"({"id":"urn:acme:paint","name":"Paint","attributes":[{"name":"colour"}]})"));
    ResourceTypes const ambiguous(std::move(two));
    EXPECT_EQ(read(R"({"userName":"u","colour":"red"})", ambiguous.user()),
              text(R"({"userName":"u"})"));
}

// E-05, E-07, S-02, S-03
TEST_F(Declared, E05_E07_patch_by_path) {
    auto const badge = std::string(badge_urn);
    auto const before = with_badge(R"({"number":1,"doors":["a"]})");
    EXPECT_EQ(patch(before, R"([{"op":"replace","path":")" + badge + R"(:number","value":2}])"),
              text(R"({"number":2,"doors":["a"]})"));
    EXPECT_EQ(patch(before, R"([{"op":"add","path":")" + badge + R"(:doors","value":["b"]}])"),
              text(R"({"number":1,"doors":["a","b"]})"));
    EXPECT_EQ(patch(before, R"([{"op":"add","path":")" + badge + R"(:office.floor","value":4}])"),
              text(R"({"number":1,"doors":["a"],"office":{"floor":4}})"));
    EXPECT_EQ(patch(with_badge(R"({"keys":[{"value":"k","type":"t"}]})"),
                    R"([{"op":"replace","path":")" + badge +
                        R"(:keys[type eq \"t\"].value","value":"l"}])"),
              text(R"({"keys":[{"value":"l","type":"t"}]})"));
    EXPECT_EQ(patch(before, R"([{"op":"remove","path":")" + badge + R"("}])"), "no badge");
    EXPECT_EQ(patch(before, R"([{"op":"replace","path":")" + badge + R"(","value":{"number":3}}])"),
              text(R"({"number":3,"doors":["a"]})"));
    EXPECT_EQ(patch(before, R"([{"op":"replace","value":{")" + badge + R"(":{"number":4}}}])"),
              text(R"({"number":4,"doors":["a"]})"));
    EXPECT_EQ(patch(with_badge(R"({"number":1})"),
                    R"([{"op":"remove","path":")" + badge + R"(:number"}])"),
              "no badge");
    EXPECT_THAT(schemas_of(object(before), user), ElementsAre(user_urn, badge_urn));
    EXPECT_THAT(schemas_of(object(R"({"userName":"u"})"), user), ElementsAre(user_urn));
}

// F-24 and the operators, on attributes of a declared extension
TEST_F(Declared, filters_see_declared_attributes) {
    auto const resource = object(
        with_badge(R"({"number":7,"colour":"Red","serial":"aB","doors":["x","y"],"valid":true,
                       "office":{"floor":3},"keys":[{"value":"k","type":"t"}]})"));
    auto const holds = [&](std::string const& filter) {
        auto const parsed = parse_filter(filter, user, limits);
        if (!parsed) return failure(parsed);
        return std::string(matches(*parsed, resource) ? "true" : "false");
    };
    auto const badge = std::string(badge_urn);
    EXPECT_EQ(holds(badge + ":number gt 6"), "true");
    EXPECT_EQ(holds(badge + R"(:colour eq "red")"), "true");
    EXPECT_EQ(holds(badge + R"(:serial eq "ab")"), "false");
    EXPECT_EQ(holds(badge + R"(:doors eq "y")"), "true");
    EXPECT_EQ(holds(badge + ":valid eq true"), "true");
    EXPECT_EQ(holds(badge + ":office.floor lt 3"), "false");
    EXPECT_EQ(holds(badge + R"(:keys[type eq "t" and value eq "k"])"), "true");
    EXPECT_EQ(holds(badge + " pr"), "true");
    EXPECT_EQ(holds(R"(colour co "e")"), "true");
    EXPECT_EQ(holds(badge + R"(:shoe eq "9")"), "false");
    EXPECT_THAT(holds(badge + ":valid gt true"), HasSubstr("invalid_filter"));
}

// The names have no meaning outside the core schemas.
TEST_F(Declared, members_and_manager_are_plain_names_in_a_declared_extension) {
    ResourceTypes const named(
        declare(for_users(R"({"id":"urn:acme:team","name":"Team","attributes":[
        {"name":"members","type":"complex","multiValued":true,"subAttributes":[
            {"name":"value"},{"name":"$ref","type":"reference"},{"name":"since"}]},
        {"name":"manager","type":"complex","subAttributes":[
            {"name":"value"},{"name":"$ref","type":"reference"},{"name":"since"}]}]})")));
    auto const body = R"({"userName":"u","urn:acme:team":{
        "members":[{"value":"a","$ref":"r","since":"s"}],
        "manager":{"value":"a","$ref":"r","since":"s"}}})";
    EXPECT_EQ(read(body, named.user()), text(body));
    auto const projection =
        Projection::parse("", "urn:acme:team:members,urn:acme:team:manager", named.user(), limits);
    EXPECT_TRUE(projection->wants("members"));
    EXPECT_TRUE(projection->wants("manager"));
}

class DeclaredRules : public Declared {
protected:
    static constexpr std::string_view strict_text =
        R"({"id":"urn:acme:scim:schemas:1.0:Badge","name":"Badge","attributes":[
            {"name":"number","type":"integer","required":true},
            {"name":"serial","mutability":"immutable"},
            {"name":"colour"},
            {"name":"pin","mutability":"writeOnly"},
            {"name":"state","mutability":"readOnly"},
            {"name":"office","type":"complex","subAttributes":[
                {"name":"floor","required":true},{"name":"room","mutability":"immutable"}]}]})";
    ResourceTypes const strict_types{declare(for_users(strict_text))};
    ResourceTypes const demanding_types{declare(for_users(strict_text, true))};
    ResourceType const& strict = strict_types.user();
    ResourceType const& demanding = demanding_types.user();

    std::string replace(std::string_view stored, std::string const& body,
                        ResourceType const& type) {
        auto read = read_resource(json(body), type, {}, limits, notes);
        if (!read) return failure(read);
        auto const next = replace_resource(object(stored), *std::move(read), type);
        return next ? boost::json::serialize(*next) : failure(next);
    }
};

TEST_F(DeclaredRules, required_attributes_are_asked_for_where_the_extension_has_data) {
    EXPECT_EQ(read(R"({"userName":"u"})", strict), text(R"({"userName":"u"})"));
    EXPECT_EQ(read(with_badge(R"({"colour":"red"})"), strict),
              "invalid_value: urn:acme:scim:schemas:1.0:Badge:number: is required.");
    EXPECT_EQ(read(with_badge(R"({"number":1,"office":{"room":"r"}})"), strict),
              "invalid_value: urn:acme:scim:schemas:1.0:Badge:office.floor: is required.");
    EXPECT_THAT(
        patch(R"({"userName":"u"})", R"([{"op":"add","path":"colour","value":"red"}])", strict),
        HasSubstr("Badge:number: is required"));
    EXPECT_THAT(patch(with_badge(R"({"number":1,"colour":"red"})"),
                      R"([{"op":"remove","path":"number"}])", strict),
                HasSubstr("mutability: urn:acme:scim:schemas:1.0:Badge:number: is required"));
    EXPECT_EQ(patch(with_badge(R"({"number":1})"), R"([{"op":"remove","path":"number"}])", strict),
              "no badge")
        << "an extension may go as a whole";
}

TEST_F(DeclaredRules, a_required_extension_is_asked_for_always) {
    EXPECT_EQ(read(R"({"userName":"u"})", demanding),
              "invalid_value: urn:acme:scim:schemas:1.0:Badge: this extension is required.");
    EXPECT_EQ(patch(with_badge(R"({"number":1})"),
                    R"([{"op":"remove","path":"urn:acme:scim:schemas:1.0:Badge"}])", demanding),
              "invalid_value: urn:acme:scim:schemas:1.0:Badge: this extension is required.");
}

TEST_F(DeclaredRules, what_a_patch_leaves_as_it_was_is_not_judged_again) {
    auto const deactivate = R"([{"op":"replace","path":"active","value":false}])";
    EXPECT_EQ(patch(with_badge(R"({"colour":"red"})"), deactivate, strict),
              text(R"({"colour":"red"})"));
    EXPECT_EQ(patch(R"({"userName":"u"})", deactivate, demanding), "no badge");
}

// W-07
TEST_F(DeclaredRules, W07_immutable_attributes_stay_once_they_are_set) {
    auto const stored = with_badge(R"({"number":1,"serial":"S"})");
    EXPECT_EQ(patch(with_badge(R"({"number":1})"), R"([{"op":"add","path":"serial","value":"S"}])",
                    strict),
              text(R"({"number":1,"serial":"S"})"));
    for (auto const* operation :
         {R"([{"op":"replace","path":"serial","value":"T"}])",
          R"([{"op":"remove","path":"serial"}])",
          R"([{"op":"remove","path":"urn:acme:scim:schemas:1.0:Badge"}])"}) {
        EXPECT_THAT(patch(stored, operation, strict), HasSubstr("mutability:")) << operation;
    }
    EXPECT_EQ(patch(stored, R"([{"op":"replace","path":"serial","value":"s"}])", strict),
              text(R"({"number":1,"serial":"s"})"))
        << "equal under its case rule";
    EXPECT_THAT(replace(stored, with_badge(R"({"number":2,"serial":"T"})"), strict),
                HasSubstr("mutability: urn:acme:scim:schemas:1.0:Badge:serial"));
    EXPECT_EQ(replace(stored, with_badge(R"({"number":2})"), strict),
              text(with_badge(R"({"number":2,"serial":"S"})")));
    EXPECT_THAT(replace(stored, with_badge(R"({"number":2,"serial":null})"), strict),
                HasSubstr("mutability:"));
    EXPECT_THAT(replace(with_badge(R"({"number":1,"office":{"floor":"1","room":"r"}})"),
                        with_badge(R"({"number":1,"office":{"floor":"1","room":"s"}})"), strict),
                HasSubstr("Badge:office.room"));
}

TEST_F(DeclaredRules, write_only_values_are_checked_and_not_kept_and_read_only_ones_ignored) {
    EXPECT_EQ(read(with_badge(R"({"number":1,"pin":"1234","state":"on"})"), strict),
              text(with_badge(R"({"number":1})")));
    EXPECT_THAT(notes, testing::Contains(HasSubstr("pin: accepted and not kept")));
    EXPECT_THAT(patch(with_badge(R"({"number":1})"),
                      R"([{"op":"add","path":"state","value":"on"}])", strict),
                HasSubstr("mutability"));
}

// A schema that changed: what is stored under the old one.
TEST_F(Declared, what_no_longer_fits_is_dropped) {
    auto const fitting = [&](std::string_view data, std::string_view attributes) {
        ResourceTypes const now(declare(for_users(fmt::format(
            R"({{"id":"{}","name":"Badge","attributes":{}}})", badge_urn, attributes))));
        auto resource = object(with_badge(data));
        drop_unfitting(resource, now.user());
        auto const* badge = resource.if_contains(badge_urn);
        return badge != nullptr ? boost::json::serialize(*badge) : "no badge";
    };
    constexpr auto stored =
        R"({"number":7,"colour":"red","doors":["a"],"office":{"floor":3,"room":"r"}})";
    EXPECT_EQ(fitting(stored, R"([{"name":"colour"},{"name":"more"}])"),
              text(R"({"colour":"red"})"));
    EXPECT_EQ(fitting(stored,
                      R"([{"name":"number","type":"string"},{"name":"colour","type":"integer"}])"),
              "no badge");
    EXPECT_EQ(fitting(stored, R"([{"name":"number","type":"decimal"}])"), text(R"({"number":7})"));
    EXPECT_EQ(fitting(stored, R"([{"name":"doors"},{"name":"colour","multiValued":true}])"),
              "no badge");
    EXPECT_EQ(fitting(stored,
                      R"([{"name":"office","type":"complex","subAttributes":[{"name":"room"}]}])"),
              text(R"({"office":{"room":"r"}})"));
    EXPECT_EQ(fitting(R"({"when":"soon"})", R"([{"name":"when","type":"dateTime"}])"), "no badge");
    EXPECT_EQ(fitting(R"({"when":"?"})", R"([{"name":"when","type":"binary"}])"), "no badge");
    EXPECT_EQ(fitting(R"({"when":"x"})", R"([{"name":"when","type":"boolean"}])"), "no badge");

    auto resource =
        object(R"({"userName":"u","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                               {"department":"d"},"urn:acme:scim:schemas:1.0:Badge":{"number":1}})");
    drop_unfitting(resource, user_type());
    EXPECT_TRUE(equals(resource,
                       R"({"userName":"u",
                           "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                           {"department":"d"}})"))
        << "the schema was withdrawn";
}

class DeclaredReturned : public Declared {
protected:
    ResourceTypes const shown_types{
        declare(for_users(R"({"id":"urn:acme:v","name":"V","attributes":[
        {"name":"usual"},{"name":"always","returned":"always"},{"name":"never","returned":"never"},
        {"name":"request","returned":"request"},
        {"name":"parts","type":"complex","subAttributes":[
            {"name":"usual"},{"name":"always","returned":"always"},
            {"name":"never","returned":"never"},{"name":"request","returned":"request"}]}]})"))};

    std::string show(std::string_view attributes, std::string_view excluded = "") {
        auto resource = object(R"({"id":"i","userName":"u","urn:acme:v":{
            "usual":"u","always":"a","never":"n","request":"r",
            "parts":{"usual":"u","always":"a","never":"n","request":"r"}}})");
        Projection::parse(attributes, excluded, shown_types.user(), limits)->apply(resource);
        auto const* data = resource.if_contains("urn:acme:v");
        return data != nullptr ? boost::json::serialize(*data) : "nothing";
    }
};

// A-02, A-03, A-07, A-08
TEST_F(DeclaredReturned, A02_A03_A08_returned_decides_what_is_shown) {
    constexpr auto usual = R"({"usual":"u","always":"a","parts":{"usual":"u","always":"a"}})";
    EXPECT_EQ(show(""), text(usual));
    EXPECT_EQ(show("userName"), text(R"({"always":"a"})"));
    EXPECT_EQ(show("urn:acme:v:usual"), text(R"({"usual":"u","always":"a"})"));
    EXPECT_EQ(show("urn:acme:v:request,urn:acme:v:never"), text(R"({"always":"a","request":"r"})"));
    EXPECT_EQ(show("urn:acme:v:parts.request"),
              text(R"({"always":"a","parts":{"always":"a","request":"r"}})"));
    EXPECT_EQ(show("urn:acme:v:parts"),
              text(R"({"always":"a","parts":{"usual":"u","always":"a","request":"r"}})"));
    EXPECT_EQ(show("urn:acme:v"), text(R"({"usual":"u","always":"a","request":"r",
                                           "parts":{"usual":"u","always":"a","request":"r"}})"));
    EXPECT_EQ(show("", "urn:acme:v:usual,urn:acme:v:always"),
              text(R"({"always":"a","parts":{"usual":"u","always":"a"}})"));
    EXPECT_EQ(show("", "urn:acme:v:parts.usual"),
              text(R"({"usual":"u","always":"a","parts":{"always":"a"}})"));
    EXPECT_EQ(show("", "urn:acme:v"), text(R"({"always":"a"})"));
    EXPECT_EQ(show("", "userName"), text(usual));
}

// F-47
TEST_F(DeclaredReturned, F47_what_is_never_returned_cannot_be_found_out_by_filters) {
    for (auto const* filter :
         {R"(urn:acme:v:never eq "n")", R"(urn:acme:v:parts.never eq "n")",
          R"(urn:acme:v:parts[never eq "n"])", R"(urn:acme:v:parts[usual eq "u"].never eq "n")"}) {
        EXPECT_THAT(failure(parse_filter(filter, shown_types.user(), limits)),
                    HasSubstr("never cannot be filtered"))
            << filter;
    }
}

TEST_F(DeclaredReturned, what_is_never_returned_cannot_be_found_out_by_orders) {
    auto const& type = shown_types.user();
    for (auto const* name : {"urn:acme:v:never", "urn:acme:v:parts.never"}) {
        auto const ref = parse_sort_by(name, type);
        ASSERT_TRUE(ref) << name;
        EXPECT_FALSE(ref->has_value()) << name;
    }
    auto const usual = parse_sort_by("urn:acme:v:parts.usual", type);
    EXPECT_TRUE(usual && usual->has_value());
}

// N-11, N-12, N-14, N-19
TEST_F(Declared, N11_N12_N19_discovery_announces_what_is_declared) {
    auto declared = declare(for_users(badge_text, true));
    declared.push_back(
        {ResourceKind::group, false, schema_of(R"({"id":"urn:acme:team","name":"Team",
                                      "attributes":[{"name":"colour"}]})")});
    ResourceTypes const announced(std::move(declared));
    EXPECT_TRUE(equals(resource_type_document(announced, base, "User")->at("schemaExtensions"),
                       R"([{"schema":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
                            "required":false},
                           {"schema":"urn:acme:scim:schemas:1.0:Badge","required":true}])"));
    EXPECT_TRUE(equals(resource_type_document(announced, base, "Group")->at("schemaExtensions"),
                       R"([{"schema":"urn:acme:team","required":false}])"));
    EXPECT_EQ(schemas_document(announced, base).at("totalResults"), 8);
    auto const badge = schema_document(announced, base, "URN:acme:scim:schemas:1.0:badge");
    ASSERT_TRUE(badge);
    EXPECT_EQ(badge->at("id"), boost::json::value(std::string(badge_urn)));
    EXPECT_TRUE(equals(badge->at("meta"), fmt::format(R"({{"resourceType":"Schema",
                                                         "location":"{}/Schemas/{}"}})",
                                                      base, badge_urn)));
    EXPECT_FALSE(schema_document(builtin_types(), base, badge_urn));
}

}  // namespace
}  // namespace rollcall::scim
