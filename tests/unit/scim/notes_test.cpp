// No silent no-op: whatever is left out, converted or supplied is noted, and by name.
#include "scim/notes.hpp"

#include "base/limits.hpp"
#include "patch_support.hpp"

#include <gmock/gmock.h>

namespace rollcall::scim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Notes notes_of_body(std::string_view parts, ResourceType const& type = user_type()) {
    Notes notes;
    auto const name = &type == &user_type() ? "userName" : "displayName";
    auto const text = fmt::format(R"({{"{}":"u",{}}})", name, parts);
    auto const body = read_resource(json(text), type, {}, limits, notes);
    EXPECT_TRUE(body.has_value()) << text << "\n" << failure(body);
    return notes;
}

Notes notes_of_patch(std::string_view operations, std::string_view before = "{}",
                     ResourceType const& type = user_type()) {
    auto stored = json(before).as_object();
    stored[&type == &user_type() ? "userName" : "displayName"] = "u";
    Patching const patching{stored, type};
    auto const result = patching.apply(operations);
    EXPECT_TRUE(result.has_value()) << operations << "\n" << failure(result);
    return patching.notes;
}

// What comes as it should is not worth a word, nor is what every client echoes.
TEST(Notes, are_not_made_of_what_is_done_as_sent) {
    EXPECT_THAT(notes_of_body(R"("active":true,"emails":[{"value":"a","primary":true}],"title":null,
        "groups":[],"meta":{"version":"W/\"1\""},"schemas":["urn:scim:schemas:core:2.0"])"),
                IsEmpty());
    EXPECT_THAT(notes_of_patch(R"({"op":"Replace","path":"/TITLE","value":"Dr"},
        {"op":"add","value":{"nickName":"A","meta":{},"schemas":[],"groups":[]}},
        {"op":"remove","path":"title"})"),
                IsEmpty());
}

// G-16, G-17, G-20, I-03, I-04, I-05, I-16, I-17, I-18, I-26, I-29
TEST(Notes, name_what_was_repaired_in_a_body) {
    auto const one = [](std::string_view parts) {
        auto const notes = notes_of_body(parts);
        return notes.size() == 1 ? notes[0] : fmt::format("{} notes", notes.size());
    };
    EXPECT_EQ(one(R"("active":"False")"), "active: a string was read as a boolean");
    EXPECT_EQ(one(R"("title":7)"), "title: a value that is no string was read as text");
    EXPECT_EQ(one(R"("title":["Dr"])"), "title: a list of one was read as its element");
    EXPECT_EQ(one(R"("externalId":"")"), "externalId: an empty text was read as no value");
    EXPECT_EQ(one(R"("roles":"")"), "roles: an empty text was read as an empty list");
    EXPECT_EQ(one(R"("emails":{"value":"a"})"), "emails: a single value was read as a list of one");
    EXPECT_EQ(one(R"("emails":["a"])"),
              "emails: a bare value was read as an object with that value");
    EXPECT_EQ(one(R"("emails":[{"value":"a"},{}])"), "emails: an empty element was left out");
    EXPECT_EQ(one(R"("emails":[null,{"value":"a"}])"), "emails: an empty element was left out");
    EXPECT_EQ(one(R"("emails":[{"value":"a","primary":true},{"value":"b","primary":true}])"),
              "emails: of several primary elements only the last one stays primary");
    EXPECT_EQ(one(R"("emails":[{"value":"a"},{"value":"a"}])"),
              "emails: elements with the same type and value were merged");
    EXPECT_EQ(one(fmt::format(R"("{}":{{"manager":{{"$ref":"../Users/m"}}}})", extension)),
              "manager: the id was taken from a reference");
    EXPECT_EQ(one(R"("manager":"m")"),
              "manager: a bare value was read as an object with that value");
    EXPECT_EQ(one(R"("password":"p")"), "password: accepted and not kept");
    // Parts are named with their attribute.
    EXPECT_EQ(one(R"("emails":[{"value":"a","primary":"true"}])"),
              "emails.primary: a string was read as a boolean");
    EXPECT_EQ(one(R"("name":{"givenName":["A"]})"),
              "name.givenName: a list of one was read as its element");
}

// G-21, I-11, I-12, C-02, U-15, E-02
TEST(Notes, name_what_was_left_out_of_a_body) {
    auto const one = [](std::string_view parts) {
        auto const notes = notes_of_body(parts);
        return notes.size() == 1 ? notes[0] : fmt::format("{} notes", notes.size());
    };
    EXPECT_EQ(one(R"("shoeSize":42)"), "shoeSize: an unknown attribute was left out");
    EXPECT_EQ(one(R"("@odata.type":"#User")"), "@odata.type: an unknown attribute was left out");
    EXPECT_EQ(one(R"("x[value eq \"private\"":1)"), "x[]: an unknown attribute was left out");
    EXPECT_EQ(one(R"("urn:acme:User":{"shoeSize":42})"),
              "urn:acme:User: an unknown attribute was left out");
    EXPECT_EQ(one(R"("name":{"nick":"A","givenName":"B"})"),
              "name.nick: an unknown attribute was left out");
    EXPECT_EQ(one(R"("groups":[{"value":"g"}])"), "groups: a read-only attribute was left out");
    EXPECT_EQ(one(R"("groups.value":"g")"), "groups.value: a read-only attribute was left out");
    EXPECT_EQ(
        one(fmt::format(R"("{}":{{"manager":{{"value":"m","displayName":"M"}}}})", extension)),
        "manager.displayName: a read-only attribute was left out");
    EXPECT_EQ(one(R"("schemas":["urn:acme:User"])"),
              "schemas: a schema that the type does not have was left out");
}

// C-02, W-06
TEST(Notes, name_an_id_that_is_not_the_resources_own) {
    auto const of = [](std::string_view body, std::string_view id) {
        Notes notes;
        note_foreign_id(json(body), id, notes);
        return notes.size();
    };
    EXPECT_EQ(of(R"({"id":"x"})", ""), 1U);
    EXPECT_EQ(of(R"({"ID":"x"})", "y"), 1U);
    EXPECT_EQ(of(R"({"id":7})", "y"), 1U);
    EXPECT_EQ(of(R"({"id":"y"})", "y"), 0U);
    EXPECT_EQ(of(R"({"id":null})", "y"), 0U);
    EXPECT_EQ(of("[]", "y"), 0U);
}

// I-05, I-17, I-18, I-29, R-05: once each, however long the list.
TEST(Notes, name_what_was_repaired_in_members) {
    EXPECT_THAT(notes_of_body(R"("members":[null,{"value":null},{"value":"a","type":"Robot"},
        {"$ref":"../Users/b"},{"$ref":"../Users/c"},{"value":["d"]},"e",{"value":"f","name":"F"}])",
                              group_type()),
                ElementsAre("members: an element without a value was left out",
                            "members: a type that is none was left out",
                            "members: the id was taken from a reference",
                            "members: a list of one was read as its element",
                            "members: a bare value was read as an object with that value",
                            "members: unknown sub-attributes were left out"));
    EXPECT_THAT(notes_of_body(R"("members":{"value":"a"})", group_type()),
                ElementsAre("members: a single value was read as a list of one"));
}

// P-05, P-14, P-36, P-44, P-55, I-20, I-23, I-25, I-32
TEST(Notes, name_operations_that_did_nothing_or_something_else) {
    auto const one = [](std::string_view operation, std::string_view before = "{}") {
        auto const notes = notes_of_patch(operation, before);
        return notes.size() == 1 ? notes[0] : fmt::format("{} notes", notes.size());
    };
    EXPECT_EQ(one(R"({"op":"remove","value":{"title":"B"}})", R"({"title":"A"})"),
              "title: does not have the value, so nothing was removed");
    EXPECT_EQ(one(R"({"op":"remove","value":{"name":{"givenName":"B"}}})",
                  R"({"name":{"givenName":"A"}})"),
              "name.givenName: does not have the value, so nothing was removed");
    EXPECT_EQ(one(R"({"op":"add","value":{"@odata.type":"#User"}})"),
              "@odata.type: an unknown attribute was left out");
    EXPECT_EQ(one(R"({"op":"add","path":"title","value":null})"),
              "title: adding no value changed nothing");
    EXPECT_EQ(one(R"({"op":"add","path":"emails","value":[]})"),
              "emails: adding no value changed nothing");
    EXPECT_EQ(one(R"({"op":"add","value":{"name":null}})"),
              "name: adding no value changed nothing");
    EXPECT_EQ(one(fmt::format(R"({{"op":"add","path":"{}","value":null}})", extension)),
              fmt::format("{}: adding no value changed nothing", extension));
    EXPECT_EQ(one(R"({"op":"replace","path":"shoeSize","value":1})"),
              "shoeSize: an unknown attribute was left out");
    EXPECT_EQ(one(R"({"op":"replace","value":{"shoeSize":1}})"),
              "shoeSize: an unknown attribute was left out");
    EXPECT_EQ(one(R"({"op":"replace","value":{"groups":[{"value":"g"}]}})"),
              "groups: a read-only attribute was left out");
    EXPECT_EQ(one(R"({"op":"add","path":"schemas","value":["urn:acme:User"]})"),
              "schemas: the list follows from the resource's data");
    EXPECT_EQ(one(R"({"op":"remove","path":"emails[type eq \"work\"]"})"),
              "emails: no element matched, so none was removed");
    EXPECT_EQ(one(R"({"op":"remove","path":"emails","value":[{"value":"b"}]})",
                  R"({"emails":[{"value":"a"}]})"),
              "emails: no element matched, so none was removed");
    EXPECT_EQ(one(R"({"op":"add","path":"emails[type eq \"work\"].value","value":"a"})"),
              "emails: an element was created for a path without match");
    EXPECT_EQ(one(R"({"op":"add","path":"emails[type eq \"work\"].value","value":""})"),
              "emails: no element was created for an empty value");
    EXPECT_EQ(one(R"({"op":"replace","path":"title","value":{"value":"Dr"}})"),
              "title: an object around a value was taken off");
    EXPECT_EQ(one(R"({"op":"replace","path":"name.givenName","value":{"givenName":"A"}})"),
              "name.givenName: an object around a value was taken off");
    EXPECT_EQ(one(R"({"op":"replace","path":"name","value":[{"givenName":"A"}]})"),
              "name: a list of one was read as its element");
    EXPECT_EQ(one(R"({"op":"replace","path":"title","value":"Dr","name":"x"})"),
              "name: an unknown key of an operation was left out");
    EXPECT_EQ(one(R"({"op":"add","path":"password","value":"p"})"),
              "password: accepted and not kept");
}

// P-05, P-37, P-42, P-43, P-55, W-08, I-16, I-25: something was named, and nothing was to be done.
TEST(Notes, name_operations_that_had_nothing_to_do) {
    auto const before = fmt::format(
        R"({{"title":"T","name":{{"givenName":"A"}},"emails":[{{"value":"a","type":"work"}}],
             "{}":{{"manager":{{"value":"m"}}}}}})",
        extension);
    auto const idle = [&](std::string_view name, std::string_view operation) {
        EXPECT_THAT(notes_of_patch(operation, before),
                    ElementsAre(fmt::format("{}: the operation had nothing to do", name)))
            << operation;
    };
    idle("nickName", R"({"op":"remove","path":"nickName"})");
    idle("name.familyName", R"({"op":"remove","path":"name.familyName"})");
    idle("name", R"({"op":"replace","path":"name","value":{}})");
    idle("emails", R"({"op":"remove","path":"emails","value":[]})");
    idle("roles", R"({"op":"remove","path":"roles"})");
    idle("emails.primary", R"({"op":"remove","path":"emails[type eq \"work\"].primary"})");
    idle("emails", R"({"op":"replace","path":"emails[type eq \"work\"]","value":{}})");
    idle("password", R"({"op":"remove","value":{"password":"x"}})");
    idle("value", R"({"op":"replace","value":{}})");
    idle(extension, fmt::format(R"({{"op":"remove","value":{{"{}":{{}}}}}})", extension));
    idle("schemas", R"({"op":"remove","path":"schemas","value":["urn:acme:x"]})");
    idle(extension, fmt::format(R"({{"op":"remove","path":"{0}"}},
                                    {{"op":"remove","path":"{0}"}})",
                                extension));
    Notes notes;
    auto const merge = parse_merge(json("{}"), user_type(), limits, notes);
    ASSERT_TRUE(merge.has_value());
    EXPECT_THAT(merge->operations, IsEmpty());
    EXPECT_THAT(notes, ElementsAre("body: the operation had nothing to do"));
    // What is as it should be already is done.
    EXPECT_THAT(notes_of_patch(R"({"op":"replace","path":"title","value":"T"},
        {"op":"replace","path":"nickName","value":null},{"op":"add","path":"emails","value":[
        {"value":"a","type":"work"}]},{"op":"remove","path":"title","value":""})",
                               before),
                IsEmpty());
}

// P-05, P-24, P-27, P-38, I-16, I-17, I-18, I-57
TEST(Notes, name_what_was_done_otherwise_than_it_was_sent) {
    auto const before = fmt::format(
        R"({{"title":"T","emails":[{{"value":"a@x","type":"work"}},{{"value":"b@x"}}],
             "{}":{{"manager":{{"value":"m"}}}}}})",
        extension);
    auto const all = [&](std::string_view operation) { return notes_of_patch(operation, before); };
    constexpr auto work = R"("path":"emails[type eq \"work\"]")";
    EXPECT_THAT(all(fmt::format(R"({{"op":"replace",{},"value":"x"}})", work)),
                ElementsAre("emails: a bare value was read as an object with that value"));
    EXPECT_THAT(all(fmt::format(R"({{"op":"replace",{},"value":["x"]}})", work)),
                ElementsAre("emails: a list of one was read as its element",
                            "emails: a bare value was read as an object with that value"));
    EXPECT_THAT(all(fmt::format(R"({{"op":"replace",{},"value":[{{"value":"q"}}]}})", work)),
                ElementsAre("emails: a list of one was read as its element"));
    constexpr auto primaries =
        "emails: of several primary elements only the last one stays primary";
    EXPECT_THAT(all(R"({"op":"add","path":"emails","value":[{"value":"c","primary":true},
                                                           {"value":"d","primary":true}]})"),
                ElementsAre(primaries));
    EXPECT_THAT(all(R"({"op":"replace","path":"emails.primary","value":true})"),
                ElementsAre(primaries));
    EXPECT_THAT(all(R"({"op":"replace","path":"emails[value co \"@\"].primary","value":"True"})"),
                ElementsAre("emails.primary: a string was read as a boolean", primaries));
    EXPECT_THAT(all(R"({"op":"Add","path":"emails","value":[{"value":"A@X","type":"work"}]})"),
                ElementsAre("emails: what is there already kept its spelling"));
    EXPECT_THAT(all(fmt::format(R"({{"op":"remove",{},"value":"x"}})", work)),
                ElementsAre("emails[]: the value of a remove was ignored"));
    EXPECT_THAT(all(R"({"op":"remove","path":"title","value":"x"})"),
                ElementsAre("title: the value of a remove was ignored"));
    EXPECT_THAT(all(R"({"op":"remove","value":{"title":"x"}})"),
                ElementsAre("title: does not have the value, so nothing was removed"));
    EXPECT_THAT(all(R"({"op":"add","path":"title","value":[null]})"),
                ElementsAre("title: adding no value changed nothing"));
    EXPECT_THAT(all(R"({"op":"add","path":"manager","value":{"displayName":"B"}})"),
                ElementsAre("manager: has neither value nor $ref, so nothing was changed"));
    EXPECT_THAT(all(R"({"op":"add","path":"manager","value":[]})"),
                ElementsAre("manager: adding an empty value removed what was there"));
}

// I-11, I-23
TEST(Notes, name_urns_that_are_no_message) {
    Notes notes;
    auto const request = parse_patch(json(R"({"schemas":["urn:scim:schemas:core:1.0"],
        "operations":[{"op":"remove","path":"title"}]})"),
                                     user_type(), limits, notes);
    ASSERT_TRUE(request.has_value());
    EXPECT_THAT(notes, ElementsAre("schemas: a URN that is no message's was left out"));
}

// I-23
TEST(Notes, name_unknown_keys_of_a_message) {
    Notes notes;
    auto const request = parse_patch(
        json(R"({"id":"x","schemas":[],"operations":[{"op":"remove","path":"title"}]})"),
        user_type(), limits, notes);
    ASSERT_TRUE(request.has_value());
    EXPECT_THAT(notes, ElementsAre("id: an unknown key of the message was left out"));
}

// R-05, P-49
TEST(Notes, name_parts_of_members_that_cannot_be_changed) {
    auto const before = R"({"members":[{"value":"a","display":"A"}]})";
    EXPECT_THAT(
        notes_of_patch(R"({"op":"replace","path":"members[value eq \"a\"].display","value":"B"})",
                       before, group_type()),
        ElementsAre("members.display: cannot be changed and was left out"));
    EXPECT_THAT(notes_of_patch(
                    R"({"op":"replace","path":"members[value eq \"a\"]","value":{"display":"B"}})",
                    before, group_type()),
                ElementsAre("members.display: cannot be changed and was left out"));
}

// F-24, F-26: an unknown name is no error and has no value; the note says which one it was.
TEST(Notes, name_unknown_attributes_of_a_filter) {
    auto const of = [](std::string_view text) {
        Notes notes;
        note_unknown_names(*parse_filter(text, user_type(), limits), notes);
        return notes;
    };
    EXPECT_THAT(of(R"(userName eq "a" and not (emails[type eq "work"].value pr or groups pr))"),
                IsEmpty());
    EXPECT_THAT(of(R"(shoeSize eq 42 or (name.nick pr and not (urn:acme:User:x eq "y")))"),
                ElementsAre("shoeSize: an unknown attribute in the filter; nothing has it",
                            "name.nick: an unknown attribute in the filter; nothing has it",
                            "urn:acme:User:x: an unknown attribute in the filter; nothing has it"));
    EXPECT_THAT(of(R"(emails[shade eq "b"] or shoes[size eq 1])"),
                ElementsAre("shade: an unknown attribute in the filter; nothing has it",
                            "shoes: an unknown attribute in the filter; nothing has it"));
}

TEST(Notes, are_bounded_in_number_and_length) {
    Notes notes;
    auto const add = [&] { add_note(notes, "name", "what"); };
    for (std::size_t i = 0; i < Limits::notes_per_request_max; ++i) add();
    EXPECT_EQ(notes.back(), "name: what");
    for (int i = 0; i < 20; ++i) add();
    ASSERT_EQ(notes.size(), Limits::notes_per_request_max + 1);
    EXPECT_EQ(notes.back(), "further notes were left out");
    EXPECT_EQ(shown_name(std::string(Limits::noted_name_bytes_max, 'a')).size(),
              Limits::noted_name_bytes_max);
    EXPECT_EQ(shown_name(std::string(Limits::noted_name_bytes_max - 1, 'a') + "é"),
              std::string(Limits::noted_name_bytes_max - 1, 'a') + "…");
}

// W-04, W-08: a merged PUT is the same operations, and noted the same way.
TEST(Notes, of_a_merged_body_are_those_of_a_patch) {
    Notes notes;
    auto const request = parse_merge(json(R"({"id":"x","title":"Dr","shoeSize":1,"active":"true",
            "name.givenName":"A","groups.value":"g","meta":{}})"),
                                     user_type(), limits, notes);
    ASSERT_TRUE(request.has_value());
    boost::json::object const stored{{"userName", "u"}, {"nickName", "N"}};
    auto const merged = apply_patch(stored, *request, user_type(), "own", {}, limits, notes);
    ASSERT_TRUE(merged.has_value()) << failure(merged);
    EXPECT_TRUE(equals(*merged, R"({"userName":"u","nickName":"N","title":"Dr","active":true,
        "name":{"givenName":"A"}})"));
    EXPECT_THAT(notes, ElementsAre("groups.value: a read-only attribute was left out",
                                   "shoeSize: an unknown attribute was left out",
                                   "active: a string was read as a boolean"));
}

}  // namespace
}  // namespace rollcall::scim
