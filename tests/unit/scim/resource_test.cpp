// Bodies of POST and PUT under the tolerance rules.
#include "support.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <initializer_list>
#include <utility>

namespace rollcall::scim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr std::string_view extension = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

struct Read {
    Result<ResourceBody> body;
    Notes notes;
};

Read read(std::string_view text, ResourceType const& type = user_type()) {
    Notes notes;
    auto body = read_resource(json(text), type, {}, limits, notes);
    return {std::move(body), std::move(notes)};
}

// The canonical attributes of a user whose body has `parts` beside a userName.
boost::json::value user_with(std::string_view parts) {
    auto const result = read(fmt::format(R"({{"userName":"u",{}}})", parts));
    EXPECT_TRUE(result.body.has_value()) << parts << "\n" << failure(result.body);
    if (!result.body) return nullptr;
    auto attributes = result.body->attributes;
    attributes.erase("userName");
    return attributes;
}

std::string refusal(std::string_view parts) {
    return failure(read(fmt::format(R"({{"userName":"u",{}}})", parts)).body);
}

TEST(Resource, okta_create) {
    auto const result = read(R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName":"lena@acme.test","name":{"givenName":"Lena","familyName":"Fuchs"},
        "emails":[{"primary":true,"value":"lena@acme.test","type":"work"}],
        "displayName":"Lena Fuchs","locale":"en-US","externalId":"00u1","groups":[],
        "password":"Zx81kk0q","active":true,"id":"x","meta":{"resourceType":"User"}})");
    ASSERT_TRUE(result.body.has_value()) << failure(result.body);
    EXPECT_TRUE(equals(result.body->attributes, R"({"userName":"lena@acme.test",
        "name":{"givenName":"Lena","familyName":"Fuchs"},
        "emails":[{"primary":true,"value":"lena@acme.test","type":"work"}],
        "displayName":"Lena Fuchs","locale":"en-US","externalId":"00u1","active":true})"));
    EXPECT_THAT(result.body->cleared, IsEmpty());
    EXPECT_THAT(result.notes, ElementsAre("password: accepted and not kept"));
}

TEST(Resource, entra_create_with_nulls_and_a_mistyped_urn) {
    auto const result = read(R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0User"],
        "userName":"k@adatum.test","addresses":null,"department":null,"title":null,
        "meta":{"created":null},"name":{"formatted":null,"familyName":"Osei"},
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
            {"department":null,"manager":null}})");
    ASSERT_TRUE(result.body.has_value()) << failure(result.body);
    EXPECT_TRUE(equals(result.body->attributes,
                       R"({"userName":"k@adatum.test","name":{"familyName":"Osei"}})"));
    EXPECT_THAT(result.body->cleared,
                UnorderedElementsAre("addresses", "title", std::string(extension) + ":department",
                                     std::string(extension) + ":department",
                                     std::string(extension) + ":manager"));
}

TEST(Resource, G02_G03_names_become_the_schemas) {
    EXPECT_TRUE(equals(
        user_with(R"("DisplayName":"D","EMAILS":[{"Primary":true,"VALUE":"a@x"}],
                     "NAME":{"FamilyName":"F"}, "URN:ietf:params:scim:schemas:extension:enterprise:2.0:USER":
                     {"Department":"Dep","Manager":{"Value":"m"}})"),
        R"({"displayName":"D","emails":[{"primary":true,"value":"a@x"}],"name":{"familyName":"F"},
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
            {"department":"Dep","manager":{"value":"m"}}})"));
}

TEST(Resource, G19_cleared_attributes_are_told) {
    auto const result =
        read(R"({"userName":"u","active":null,"EMAILS":[],"externalId":"","nickName":null})");
    ASSERT_TRUE(result.body.has_value());
    EXPECT_THAT(result.body->cleared,
                UnorderedElementsAre("active", "emails", "externalId", "nickName"));
    EXPECT_TRUE(equals(result.body->attributes, R"({"userName":"u"})"));
}

TEST(Resource, G20_empty_elements_are_dropped) {
    EXPECT_TRUE(equals(user_with(R"("emails":[{},{"value":null},null,{"value":"a"}],
                                    "phoneNumbers":[{}],"name":{"givenName":null})"),
                       R"({"emails":[{"value":"a"}]})"));
}

TEST(Resource, G21_I12_unknown_attributes_are_ignored_and_noted) {
    auto const result = read(
        R"({"userName":"u","favouriteColour":"teal","name":{"colour":"x"},
            "urn:acme:2.0:User":{"tag":1},
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"tag":1}})");
    ASSERT_TRUE(result.body.has_value()) << failure(result.body);
    EXPECT_TRUE(equals(result.body->attributes, R"({"userName":"u"})"));
    EXPECT_THAT(result.notes,
                UnorderedElementsAre(HasSubstr("favouriteColour"), HasSubstr("name.colour"),
                                     HasSubstr("urn:acme:2.0:User"), HasSubstr("User:tag")));
}

TEST(Resource, notes_are_bounded_and_hold_no_values) {
    std::string text = R"({"userName":"u")";
    for (int i = 0; i < 200; ++i) text += fmt::format(",\"x{}\":\"secret\"", i);
    text += ",\"" + std::string(5000, 'y') + "\":1}";
    auto const result = read(text);
    ASSERT_TRUE(result.body.has_value());
    EXPECT_EQ(result.notes.size(), 51U);
    for (auto const& note : result.notes) {
        EXPECT_EQ(note.find("secret"), std::string::npos);
        EXPECT_LT(note.size(), 200U);
    }
}

TEST(Resource, G26_values_are_kept_verbatim) {
    EXPECT_TRUE(
        equals(user_with(R"("emails":[{"value":" A@X.Test ","type":"Whatever"}],"locale":"no such",
                     "name":{"middleName":""},"phoneNumbers":[{"value":"+1 (2) 3"}])"),
               R"({"emails":[{"value":" A@X.Test ","type":"Whatever"}],"locale":"no such",
            "name":{"middleName":""},"phoneNumbers":[{"value":"+1 (2) 3"}]})"));
}

TEST(Resource, I03_booleans_as_strings) {
    EXPECT_TRUE(equals(user_with(R"("active":"True","emails":[{"value":"a","primary":"FALSE"}])"),
                       R"({"active":true,"emails":[{"value":"a","primary":false}]})"));
    for (auto const* text : {R"("yes")", R"("1")", R"("")", "1", "{}", R"(["maybe"])"}) {
        EXPECT_EQ(refusal(fmt::format("\"active\":{}", text)),
                  "invalid_value: active: must be true or false.")
            << text;
    }
}

TEST(Resource, I04_numbers_and_booleans_for_strings) {
    EXPECT_TRUE(
        equals(user_with(R"("employeeNumber":4711,"title":true,"nickName":18446744073709551615)"),
               R"({"title":"true","nickName":"18446744073709551615",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"4711"}})"));
    for (auto const& [number, text] : std::initializer_list<std::pair<char const*, char const*>>{
             {"1.5", "1.5"},
             {"1.0", "1"},
             {"1e5", "100000"},
             {"-0.0", "0"},
             {"0.1", "0.1"},
             {"1e16", "10000000000000000"},
             {"1e17", "1e+17"},
             {"-123456789.012345", "-123456789.012345"},
             {"1e-300", "1e-300"}}) {
        EXPECT_TRUE(equals(user_with(fmt::format("\"title\":{}", number)),
                           fmt::format(R"({{"title":"{}"}})", text)))
            << number;
    }
    // Another number may have been written.
    for (auto const* number : {"1234567890123456.5", "0.1234567890123456", "18446744073709551616",
                               "-9223372036854775809", "1e20"}) {
        EXPECT_EQ(refusal(fmt::format("\"title\":{}", number)),
                  "invalid_value: title: must be a string; of numbers, whole ones below 2^64 and "
                  "others of at most 15 digits are read.");
    }
}

TEST(Resource, I13_I15_extension_attributes_wherever_they_are) {
    constexpr auto expected = R"({"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                                  {"department":"D"}})";
    EXPECT_TRUE(equals(user_with(R"("department":"D")"), expected));
    EXPECT_TRUE(equals(
        user_with(R"("urn:scim:schemas:extension:enterprise:2.0":{"department":"D"})"), expected));
    EXPECT_TRUE(equals(
        user_with(
            R"("urn:ietf:params:scim:schemas:extension:enterprise:2.0User":{"DEPARTMENT":"D"})"),
        expected));
    EXPECT_TRUE(equals(
        user_with(R"("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department":"D")"),
        expected));
    EXPECT_TRUE(equals(
        user_with(R"("urn:ietf:params:scim:schemas:core:2.0:User":{"title":"T","userName":"u"})"),
        R"({"title":"T"})"));
    EXPECT_THAT(refusal(R"("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":"D")"),
                HasSubstr("must be an object"));
}

TEST(Resource, I14_keys_that_are_paths) {
    EXPECT_TRUE(equals(user_with(R"("name.givenName":"G","name":{"familyName":"F"},
                     "emails[type eq \"work\"].value":"a@x","emails[type eq \"work\"].primary":true,
                     "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value":"m",
                     "meta.created":"2000-01-01T00:00:00Z","colour.of.shoes":1)"),
                       R"({"name":{"givenName":"G","familyName":"F"},
            "emails":[{"type":"work","value":"a@x","primary":true}],
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"m"}}})"));
    EXPECT_EQ(refusal(R"("emails[type eq":"x")").substr(0, 14), "invalid_filter");
}

TEST(Resource, I16_every_form_of_manager) {
    auto const manager = [](std::string_view form) {
        return user_with(fmt::format("\"{}\":{{\"manager\":{}}}", extension, form));
    };
    constexpr auto expected = R"({"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                                  {"manager":{"value":"26"}}})";
    for (auto const* form :
         {R"("26")", R"({"value":"26"})", R"([{"value":"26"}])", R"({"$ref":"https://x/Users/26"})",
          R"({"$ref":"../Users/26"})", R"({"$ref":null,"value":"26"})", "26",
          R"({"value":"26","displayName":"ignored","$ref":"https://x/Users/99"})"}) {
        EXPECT_TRUE(equals(manager(form), expected)) << form;
    }
    for (auto const* form : {R"("")", "{}", R"({"value":""})", R"({"value":null})", "[]", "null",
                             R"({"displayName":"Boss"})"}) {
        EXPECT_TRUE(equals(manager(form), "{}")) << form;
    }
    EXPECT_THAT(refusal(R"("manager":[{"value":"1"},{"value":"2"}])"),
                HasSubstr("manager: must be a single value"));
}

TEST(Resource, I17_single_values_for_lists) {
    EXPECT_TRUE(equals(user_with(R"("emails":"a@x")"), R"({"emails":[{"value":"a@x"}]})"));
    EXPECT_TRUE(
        equals(user_with(R"("emails":{"value":"a@x"})"), R"({"emails":[{"value":"a@x"}]})"));
    EXPECT_TRUE(equals(user_with(R"("roles":["admin","ops"])"),
                       R"({"roles":[{"value":"admin"},{"value":"ops"}]})"));
    EXPECT_TRUE(equals(user_with(R"("phoneNumbers":"")"), "{}"));
    EXPECT_EQ(refusal(R"("addresses":["Main Street 1"])"),
              "invalid_value: addresses: must be an object.");
    EXPECT_EQ(refusal(R"("emails":[["a@x"]])"), "invalid_value: emails: must be an object.");
}

TEST(Resource, I18_lists_of_one_for_single_values) {
    EXPECT_TRUE(equals(user_with(R"("displayName":["Ann"],"active":["false"])"),
                       R"({"displayName":"Ann","active":false})"));
    EXPECT_THAT(refusal(R"("displayName":["A","B"])"), HasSubstr("displayName: must be a single"));
    EXPECT_TRUE(equals(user_with(R"("displayName":[])"), "{}"));
}

TEST(Resource, I19_json_inside_a_role_stays_a_string) {
    EXPECT_TRUE(equals(user_with(R"("roles":[{"value":"{\"id\":\"5f0a\"}"}])"),
                       R"({"roles":[{"value":"{\"id\":\"5f0a\"}"}]})"));
}

TEST(Resource, I26_empty_strings) {
    EXPECT_TRUE(equals(user_with(R"("title":"","externalId":"","profileUrl":"",
                                    "photos":[{"value":"","type":"photo"}])"),
                       R"({"title":"","photos":[{"type":"photo"}]})"));
}

TEST(Resource, C05_required_attributes) {
    for (auto const* text :
         {"{}", R"({"userName":null})", R"({"userName":""})", R"({"userName":" \t "})",
          R"({"userName":[]})", R"({"displayName":"x"})"}) {
        auto const result = read(text);
        EXPECT_EQ(outcome(result.body), "invalid_value") << text;
        EXPECT_THAT(failure(result.body), HasSubstr("userName")) << text;
    }
    EXPECT_THAT(failure(read(R"({"members":[]})", group_type()).body), HasSubstr("displayName"));
}

TEST(Resource, C06_C07_wrong_types) {
    EXPECT_EQ(outcome(read("[]").body), "invalid_syntax");
    EXPECT_EQ(outcome(read("\"x\"").body), "invalid_syntax");
    EXPECT_EQ(refusal(R"("title":{"a":1})"), "invalid_value: title: must be a string.");
    EXPECT_EQ(refusal(R"("name":"Ann")"), "invalid_value: name: must be an object.");
    EXPECT_EQ(refusal(R"("password":{})"), "invalid_value: password: must be a string.");
    EXPECT_EQ(refusal(R"("x509Certificates":[{"value":"not base64!"}])"),
              "invalid_value: x509Certificates.value: must be base64.");
    EXPECT_TRUE(equals(user_with(R"("x509Certificates":[{"value":"MIIDQzCC AqygAw"}])"),
                       R"({"x509Certificates":[{"value":"MIIDQzCC AqygAw"}]})"));
}

// K-11
TEST(Resource, long_values_and_lists_are_refused) {
    auto const longest = std::string(limits.attribute_bytes_max, 'x');
    EXPECT_EQ(refusal(fmt::format("\"title\":\"{}\"", longest)), "");
    EXPECT_THAT(refusal(fmt::format("\"title\":\"{}x\"", longest)),
                HasSubstr("invalid_value: title: must not be longer than 65536 bytes"));
    std::string most = "\"emails\":[\"first\"";
    for (std::size_t i = 1; i < limits.attribute_values_max; ++i) most += fmt::format(",\"{}\"", i);
    EXPECT_EQ(refusal(most + "]"), "");
    EXPECT_THAT(refusal(most + ",\"more\"]"), HasSubstr("too_many: emails: at most"));
}

TEST(Resource, G16_of_two_primary_elements_the_last_counts) {
    EXPECT_TRUE(equals(user_with(R"("emails":[{"value":"a","primary":true},
                                              {"value":"b","primary":true},{"value":"c"}])"),
                       R"({"emails":[{"value":"a","primary":false},{"value":"b","primary":true},
                                     {"value":"c"}]})"));
}

TEST(Resource, G17_duplicates_collapse) {
    EXPECT_TRUE(equals(user_with(R"("roles":["editor","editor"],
        "emails":[{"value":"a","type":"work"},{"value":"b"},{"value":"a","type":"work","display":"A"},
                  {"value":"a","type":"home"}],
        "addresses":[{"type":"work"},{"type":"work"},{"type":"work","country":"DE"}])"),
                       R"({"roles":[{"value":"editor"}],
        "emails":[{"value":"a","type":"work","display":"A"},{"value":"b"},{"value":"a","type":"home"}],
        "addresses":[{"type":"work"},{"type":"work","country":"DE"}]})"));
}

TEST(Resource, members_are_kept_with_distinct_values) {
    auto const result = read(R"({"displayName":"G","members":["u1",{"value":"u2","display":"Two",
        "type":"user","$ref":"x"},{"$ref":"../Groups/g9"},{"value":"u1"},{}]})",
                             group_type());
    ASSERT_TRUE(result.body.has_value()) << failure(result.body);
    EXPECT_TRUE(equals(result.body->attributes, R"({"displayName":"G","members":[{"value":"u1"},
        {"value":"u2","type":"User","display":"Two"},{"value":"g9","type":"Group"}]})"));
    auto const empty = read(R"({"displayName":"G","members":[]})", group_type());
    EXPECT_THAT(empty.body->cleared, ElementsAre("members"));
    EXPECT_TRUE(equals(empty.body->attributes, R"({"displayName":"G"})"));
}

TEST(Resource, W04_active_and_externalId_survive_an_omission_only) {
    auto const stored = object(R"({"userName":"u","active":false,"externalId":"e","title":"T"})");
    auto const put = [&](std::string_view text) {
        auto result = read(text);
        return boost::json::value(*replace_resource(stored, *std::move(result.body), user_type()));
    };
    EXPECT_TRUE(
        equals(put(R"({"userName":"v"})"), R"({"userName":"v","active":false,"externalId":"e"})"));
    EXPECT_TRUE(equals(put(R"({"userName":"v","Active":true,"externalId":"f"})"),
                       R"({"userName":"v","active":true,"externalId":"f"})"));
    EXPECT_TRUE(
        equals(put(R"({"userName":"v","active":null,"externalId":""})"), R"({"userName":"v"})"));
}

TEST(Resource, S03_schemas_follow_from_the_data) {
    EXPECT_THAT(schemas_of(object(R"({"userName":"u"})"), user_type()), ElementsAre(user_urn));
    EXPECT_THAT(schemas_of(object(R"({"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                              {"department":"D"}})"),
                           user_type()),
                ElementsAre(user_urn, enterprise_user_urn));
    EXPECT_THAT(schemas_of({}, group_type()), ElementsAre(group_urn));
}

TEST(Resource, reading_what_was_read_changes_nothing) {
    auto const once = user_with(R"("emails":["a",{"value":"b","primary":"true"}],"manager":"26",
                                   "active":"False","name.givenName":["G"])");
    auto text = boost::json::serialize(once);
    auto const twice = user_with(text.substr(1, text.size() - 2));
    EXPECT_EQ(once, twice);
}

}  // namespace
}  // namespace rollcall::scim
