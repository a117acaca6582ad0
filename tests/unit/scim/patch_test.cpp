// PATCH on single-valued attributes, extensions and whole resources (RFC 7644 §3.5.2).
#include "patch_support.hpp"

#include <gmock/gmock.h>

namespace rollcall::scim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Patching const ada{object(R"({"userName":"ada","displayName":"Ada","active":true,"externalId":"e1",
    "name":{"givenName":"Ada","familyName":"Lovelace"},
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
        {"department":"Math","costCenter":"7","manager":{"value":"26"}}})")};

TEST(Patch, P20_P40_without_path_each_attribute_follows_its_own_rule) {
    for (auto const* op : {"add", "replace"}) {
        EXPECT_TRUE(equals(
            ada.after(fmt::format(
                R"({{"op":"{}","value":{{"displayName":"A","name":{{"givenName":"Augusta"}},
                     "title":"Countess","emails":[{{"value":"a@x"}}]}}}})",
                op)),
            R"({"userName":"ada","displayName":"A","active":true,"externalId":"e1","title":"Countess",
                "emails":[{"value":"a@x"}],"name":{"givenName":"Augusta","familyName":"Lovelace"},
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                {"department":"Math","costCenter":"7","manager":{"value":"26"}}})"))
            << op;
    }
}

TEST(Patch, RFC7644_add_examples) {
    EXPECT_TRUE(
        equals(ada.attribute("emails", R"({"op":"add","value":{"emails":[{"value":"babs@jensen.org",
                                   "type":"home"}],"nickname":"Babs"}})"),
               R"([{"value":"babs@jensen.org","type":"home"}])"));
    Patching const group{object(R"({"displayName":"G"})"), group_type()};
    EXPECT_TRUE(equals(group.attribute("members", R"({"op":"add","path":"members","value":[
        {"display":"Babs Jensen","$ref":"https://example.com/v2/Users/2819c223",
         "value":"2819c223"}]})"),
                       R"([{"display":"Babs Jensen","type":"User","value":"2819c223"}])"));
}

TEST(Patch, P21_P41_single_values) {
    EXPECT_EQ(ada.attribute("displayName", R"({"op":"add","path":"displayName","value":"X"})"),
              "X");
    EXPECT_EQ(ada.attribute("title", R"({"op":"replace","path":"title","value":"X"})"), "X");
    EXPECT_EQ(ada.attribute("active", R"({"op":"Replace","path":"Active","value":"False"})"),
              false);
    EXPECT_EQ(
        ada.attribute("active",
                      R"({"op":"replace","path":"urn:ietf:params:scim:schemas:core:2.0:User:active",
                          "value":false})"),
        false);
}

TEST(Patch, P05_null) {
    EXPECT_EQ(ada.attribute("displayName", R"({"op":"replace","path":"displayName","value":null})"),
              nullptr);
    EXPECT_TRUE(ada.unchanged(R"({"op":"add","path":"displayName","value":null})"));
    EXPECT_TRUE(ada.unchanged(R"({"op":"add","path":"displayName","value":[]})"));
    EXPECT_EQ(ada.attribute("displayName", R"({"op":"replace","value":{"displayName":null}})"),
              nullptr);
    EXPECT_TRUE(equals(ada.attribute("name", R"({"op":"replace","path":"name","value":
                                               {"givenName":null,"middleName":"K"}})"),
                       R"({"familyName":"Lovelace","middleName":"K"})"));
    EXPECT_TRUE(ada.unchanged(R"({"op":"add","path":"name","value":{"givenName":null}})"));
}

TEST(Patch, P22_P42_complex_values_are_merged) {
    EXPECT_TRUE(equals(ada.attribute("name", R"({"op":"replace","path":"name","value":
                                               {"familyName":"King"}})"),
                       R"({"givenName":"Ada","familyName":"King"})"));
    EXPECT_TRUE(equals(ada.attribute("name", R"({"op":"replace","path":"name.honorificPrefix",
                                               "value":"Lady"})"),
                       R"({"givenName":"Ada","familyName":"Lovelace","honorificPrefix":"Lady"})"));
    EXPECT_TRUE(ada.unchanged(R"({"op":"replace","path":"name","value":{}})"));
    EXPECT_TRUE(ada.unchanged(R"({"op":"add","path":"name","value":{"colour":"x"}})"));
    EXPECT_EQ(ada.code(R"({"op":"replace","path":"name","value":"Ada"})"), "invalid_value");
    EXPECT_EQ(ada.attribute("name", R"({"op":"replace","path":"name","value":[]})"), nullptr);
}

TEST(Patch, P32_P35_remove) {
    EXPECT_EQ(ada.attribute("displayName", R"({"op":"remove","path":"displayName"})"), nullptr);
    EXPECT_EQ(ada.attribute("active", R"({"op":"remove","path":"active"})"), nullptr);  // U-08
    EXPECT_TRUE(equals(ada.attribute("name", R"({"op":"remove","path":"name.givenName"})"),
                       R"({"familyName":"Lovelace"})"));
    EXPECT_EQ(ada.attribute("name", R"({"op":"remove","path":"name.givenName"},
                                       {"op":"remove","path":"name.familyName"})"),
              nullptr);
    EXPECT_EQ(ada.code(R"({"op":"remove","path":"userName"})"), "mutability");
    EXPECT_EQ(ada.code(R"({"op":"remove","path":"id"})"), "mutability");
}

TEST(Patch, P36_removing_what_is_not_there_changes_nothing) {
    for (auto const* path :
         {"title", "name.middleName", "emails", "emails[type eq \\\"work\\\"]",
          "emails[type eq \\\"work\\\"].value", "division", "shoeSize", "emails.value"}) {
        EXPECT_TRUE(ada.unchanged(fmt::format(R"({{"op":"remove","path":"{}"}})", path))) << path;
    }
}

TEST(Patch, P09_rules_hold_for_the_final_state) {
    EXPECT_EQ(ada.attribute("userName", R"({"op":"remove","path":"userName"},
                                           {"op":"add","path":"userName","value":"b"})"),
              "b");
    EXPECT_EQ(ada.attribute("displayName", R"({"op":"remove","path":"displayName"},
        {"op":"add","path":"displayName","value":"I"},{"op":"replace","path":"displayName","value":"N"})"),
              "N");
    EXPECT_EQ(ada.code(R"({"op":"replace","path":"userName","value":""})"), "invalid_value");
    EXPECT_EQ(ada.code(R"({"op":"replace","path":"userName","value":" "})"), "invalid_value");
    EXPECT_EQ(ada.code(R"({"op":"replace","path":"userName","value":null})"), "invalid_value");
    EXPECT_EQ(ada.code(R"({"op":"replace","value":{"userName":null}})"), "invalid_value");
}

TEST(Patch, P07_one_failure_refuses_all) {
    EXPECT_EQ(ada.code(R"({"op":"replace","path":"displayName","value":"X"},
                          {"op":"replace","path":"active","value":"banana"})"),
              "invalid_value");
}

TEST(Patch, P14_unknown_attributes_are_ignored_with_a_note) {
    EXPECT_TRUE(ada.unchanged(R"({"op":"replace","path":"shoeSize","value":"44"})"));
    EXPECT_THAT(ada.notes, ElementsAre(HasSubstr("shoeSize")));
    EXPECT_TRUE(
        ada.unchanged(R"({"op":"Add","path":"urn:ietf:params:scim:schemas:core:2.0:User:role",
                                  "value":"x"})"));
    EXPECT_TRUE(ada.unchanged(R"({"op":"add","value":{"shoeSize":44,
        "urn:acme:2.0:User":{"a":1},
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"shoeSize":44}}})"));
    EXPECT_EQ(ada.notes.size(), 3U);
}

TEST(Patch, P29_P44_read_only_attributes) {
    for (auto const* path : {"id", "meta", "meta.created", "groups", "groups[value eq \\\"x\\\"]",
                             "manager.displayName"}) {
        for (auto const* op : {"add", "replace", "remove"}) {
            EXPECT_EQ(ada.code(fmt::format(R"({{"op":"{}","path":"{}","value":"x"}})", op, path)),
                      "mutability")
                << op << path;
        }
    }
    EXPECT_TRUE(ada.unchanged(R"({"op":"replace","value":{"id":"id-1","schemas":["x"],
        "meta":{"created":"x"},"groups":[{"value":"g"}],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
            {"manager":{"value":"26","displayName":"B"}}}})"));
    EXPECT_EQ(ada.code(R"({"op":"replace","value":{"id":"id-2"}})"), "mutability");
}

TEST(Patch, E07_P42_the_extension_as_a_whole) {
    for (auto const* form :
         {R"({{"op":"replace","path":"{0}","value":{{"department":"CS","division":"V"}}}})",
          R"({{"op":"add","value":{{"{0}":{{"department":"CS","division":"V"}}}}}})",
          R"({{"op":"replace","value":{{"{0}:department":"CS","{0}:division":"V"}}}})",
          R"({{"op":"replace","value":{{"urn:scim:schemas:extension:enterprise:2.0":
               {{"Department":"CS","DIVISION":"V"}}}}}})"}) {
        auto const operation = fmt::format(fmt::runtime(form), extension);
        EXPECT_TRUE(equals(ada.attribute(extension, operation),
                           R"({"department":"CS","division":"V","costCenter":"7",
                               "manager":{"value":"26"}})"))
            << operation;
    }
    EXPECT_TRUE(equals(ada.attribute(extension, fmt::format(R"({{"op":"replace","value":{{"{}":
            {{"manager.value":"27","department":null}}}}}})",
                                                            extension)),
                       R"({"costCenter":"7","manager":{"value":"27"}})"));
    EXPECT_EQ(ada.attribute(extension, fmt::format(R"({{"op":"remove","path":"{}"}})", extension)),
              nullptr);
    EXPECT_EQ(ada.attribute(extension, fmt::format(R"({{"op":"replace","path":"{}","value":null}})",
                                                   extension)),
              nullptr);
    EXPECT_EQ(ada.code(fmt::format(R"({{"op":"add","path":"{}","value":"x"}})", extension)),
              "invalid_value");
    // Single attributes can still be removed afterwards.
    EXPECT_EQ(ada.attribute(extension, fmt::format(R"({{"op":"remove","path":"{0}"}},
        {{"op":"remove","path":"{0}:department"}},{{"op":"remove","path":"{0}"}})",
                                                   extension)),
              nullptr);
}

TEST(Patch, E05_an_extension_without_values_disappears) {
    Patching const one{
        object(fmt::format(R"({{"userName":"u","{}":{{"department":"D"}}}})", extension))};
    EXPECT_EQ(one.attribute(extension, R"({"op":"remove","path":"department"})"), nullptr);
    Patching const none{object(R"({"userName":"u"})")};
    EXPECT_TRUE(none.unchanged(R"({"op":"add","path":"department","value":null})"));
    EXPECT_TRUE(equals(
        none.attribute(
            extension,
            R"({"op":"add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department","value":"D"})"),
        R"({"department":"D"})"));
}

TEST(Patch, the_core_urn_addresses_the_resource_itself) {
    EXPECT_EQ(
        ada.attribute("title", R"({"op":"add","path":"urn:ietf:params:scim:schemas:core:2.0:User",
                                         "value":{"title":"T"}})"),
        "T");
    EXPECT_EQ(
        ada.attribute("title", R"({"op":"add","value":{"urn:ietf:params:scim:schemas:core:2.0:User":
                                         {"title":"T"}}})"),
        "T");
    EXPECT_EQ(ada.code(R"({"op":"remove","path":"urn:ietf:params:scim:schemas:core:2.0:User"})"),
              "mutability");
}

TEST(Patch, P55_schemas) {
    EXPECT_TRUE(
        ada.unchanged(fmt::format(R"({{"op":"add","path":"schemas","value":["{}"]}})", extension)));
    EXPECT_EQ(ada.code(R"({"op":"replace","path":"schemas","value":["x"]})"), "mutability");
    EXPECT_EQ(ada.code(R"({"op":"replace","path":"schemas","value":null})"), "mutability");
    EXPECT_EQ(ada.attribute(extension, R"({"op":"replace","path":"schemas",
                  "value":"urn:ietf:params:scim:schemas:core:2.0:User"})"),
              nullptr);
    EXPECT_EQ(
        ada.attribute(extension,
                      fmt::format(R"({{"op":"remove","value":{{"schemas":"{}"}}}})", extension)),
        nullptr);
    EXPECT_EQ(
        ada.attribute(extension, fmt::format(R"({{"op":"remove","path":"schemas","value":["{}"]}})",
                                             extension)),
        nullptr);
    EXPECT_EQ(ada.attribute(
                  extension,
                  fmt::format(R"({{"op":"remove","path":"schemas[value eq \"{}\"]"}})", extension)),
              nullptr);
    EXPECT_EQ(ada.code(R"({"op":"remove","path":"schemas"})"), "mutability");
    EXPECT_EQ(ada.code(R"({"op":"remove","path":"schemas",
                           "value":"urn:ietf:params:scim:schemas:core:2.0:User"})"),
              "mutability");
}

TEST(Patch, I16_manager) {
    auto const manager = [](std::string_view op, std::string_view value) {
        auto const part = ada.attribute(
            extension, fmt::format(R"({{"op":"{}","path":"manager","value":{}}})", op, value));
        auto const* found = part.is_object() ? part.get_object().if_contains("manager") : nullptr;
        return found != nullptr ? *found : boost::json::value(nullptr);
    };
    for (auto const* op : {"add", "Replace"}) {
        for (auto const* form : {R"("27")", R"({"value":"27"})", R"([{"$ref":null,"value":"27"}])",
                                 R"({"$ref":"https://x/Users/27"})"}) {
            EXPECT_TRUE(equals(manager(op, form), R"({"value":"27"})")) << op << form;
        }
        for (auto const* form : {R"("")", R"({"value":""})", "{}", "[]", R"({"value":null})"}) {
            EXPECT_EQ(manager(op, form), nullptr) << op << form;
        }
        for (auto const* form : {R"({"displayName":"B"})", R"([{"foo":1}])"}) {
            EXPECT_TRUE(equals(manager(op, form), R"({"value":"26"})")) << op << form;
        }
    }
    EXPECT_TRUE(equals(
        ada.attribute(
            extension,
            fmt::format(R"({{"op":"Replace","path":"{}:manager.value","value":"28"}})", extension)),
        R"({"department":"Math","costCenter":"7","manager":{"value":"28"}})"));
    EXPECT_TRUE(
        equals(ada.attribute(extension, R"({"op":"replace","path":"manager.value","value":""})"),
               R"({"department":"Math","costCenter":"7"})"));
    EXPECT_TRUE(equals(ada.attribute(extension, R"({"op":"add","path":"manager.$ref",
                                                   "value":"../Users/29"})"),
                       R"({"department":"Math","costCenter":"7","manager":{"value":"29"}})"));
    EXPECT_TRUE(equals(ada.attribute(extension, R"({"op":"remove","path":"manager.value"})"),
                       R"({"department":"Math","costCenter":"7"})"));
}

TEST(Patch, I18_I32_wrapped_values) {
    EXPECT_EQ(ada.attribute("active", R"({"op":"replace","path":"active","value":["false"]})"),
              false);
    EXPECT_EQ(
        ada.attribute("active", R"({"op":"replace","path":"active","value":{"active":false}})"),
        false);
    EXPECT_EQ(
        ada.attribute("active", R"({"op":"replace","path":"active","value":{"Value":"false"}})"),
        false);
    EXPECT_EQ(ada.code(R"({"op":"replace","path":"active","value":{"x":false}})"), "invalid_value");
    EXPECT_TRUE(equals(ada.attribute("name", R"({"op":"replace","path":"name.givenName",
                                               "value":["Augusta"]})"),
                       R"({"givenName":"Augusta","familyName":"Lovelace"})"));
    EXPECT_TRUE(equals(ada.attribute("name", R"({"op":"replace","path":"name",
                                               "value":[{"givenName":"Augusta"}]})"),
                       R"({"givenName":"Augusta","familyName":"Lovelace"})"));
}

TEST(Patch, I26_an_empty_externalId_is_none) {
    EXPECT_EQ(ada.attribute("externalId", R"({"op":"replace","path":"externalId","value":""})"),
              nullptr);
    EXPECT_EQ(ada.attribute("title", R"({"op":"replace","path":"title","value":""})"), "");
}

TEST(Patch, passwords_are_accepted_and_not_kept) {
    EXPECT_TRUE(ada.unchanged(R"({"op":"replace","value":{"password":"N3w-Secret"}})"));
    EXPECT_THAT(ada.notes, ElementsAre("password: accepted and not kept"));
    EXPECT_TRUE(ada.unchanged(R"({"op":"replace","path":"password","value":"N3w-Secret"})"));
    EXPECT_TRUE(ada.unchanged(R"({"op":"remove","path":"password"})"));
    EXPECT_EQ(ada.code(R"({"op":"replace","path":"password","value":{"a":1}})"), "invalid_value");
}

TEST(Patch, I25_remove_with_an_object_of_attributes) {
    EXPECT_EQ(ada.attribute("displayName", R"({"op":"remove","value":{"displayName":"Ada"}})"),
              nullptr);
    EXPECT_EQ(ada.code(R"({"op":"remove","value":{"userName":"ada"}})"), "mutability");
}

TEST(Patch, P48_P54_equal_values_leave_an_equal_resource) {
    EXPECT_TRUE(ada.unchanged(R"({"op":"replace","path":"displayName","value":"Ada"},
        {"op":"add","path":"name.givenName","value":"Ada"},{"op":"remove","path":"nickName"},
        {"op":"replace","value":{"active":"True","name":{"familyName":"Lovelace"}}})"));
}

TEST(Patch, values_are_bounded) {
    EXPECT_EQ(ada.code(fmt::format(R"({{"op":"add","path":"title","value":"{}"}})",
                                   std::string(limits.attribute_bytes_max + 1, 'x'))),
              "invalid_value");
}

}  // namespace
}  // namespace rollcall::scim
