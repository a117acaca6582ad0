// `attributes` and `excludedAttributes`.
#include "scim/projection.hpp"

#include "support.hpp"

namespace rollcall::scim {
namespace {

constexpr std::string_view full = R"({
  "schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"1","userName":"u","active":true,
  "name":{"givenName":"G","familyName":"F"},
  "emails":[{"value":"a","type":"work"},{"value":"b"}],
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
      {"department":"D","manager":{"value":"m","displayName":"M"}},
  "meta":{"resourceType":"User","version":"1"}})";

boost::json::value project(std::string_view attributes, std::string_view excluded) {
    auto const projection = Projection::parse(attributes, excluded, user_type(), limits);
    EXPECT_TRUE(projection.has_value()) << failure(projection);
    auto resource = object(full);
    if (projection) projection->apply(resource);
    return resource;
}

boost::json::value only(std::string_view attributes) {
    return project(attributes, "");
}
boost::json::value except(std::string_view excluded) {
    return project("", excluded);
}

constexpr std::string_view frame =
    R"("schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"1")";

std::string framed(std::string_view parts) {
    return "{" + std::string(frame) + (parts.empty() ? "" : ",") + std::string(parts) + "}";
}

TEST(Projection, T03_nothing_asked_nothing_changed) {
    EXPECT_TRUE(equals(project("", " "), full));
    EXPECT_TRUE(Projection::parse("", "", user_type(), limits)->is_default());
    EXPECT_FALSE(Projection::parse("id", "", user_type(), limits)->is_default());
}

TEST(Projection, A02_A06_attributes_replace_the_default_set) {
    EXPECT_TRUE(equals(only("userName"), framed(R"("userName":"u")")));
    EXPECT_TRUE(equals(only("USERNAME, Active"), framed(R"("userName":"u","active":true)")));
    EXPECT_TRUE(equals(only("name.familyName"), framed(R"("name":{"familyName":"F"})")));
    EXPECT_TRUE(equals(only("name"), framed(R"("name":{"givenName":"G","familyName":"F"})")));
    EXPECT_TRUE(equals(only("name.givenName,name"),
                       framed(R"("name":{"givenName":"G","familyName":"F"})")));
    EXPECT_TRUE(equals(only("emails.value"), framed(R"("emails":[{"value":"a"},{"value":"b"}])")));
    EXPECT_TRUE(equals(only("emails.type"), framed(R"("emails":[{"type":"work"}])")));
    EXPECT_TRUE(equals(only("id"), framed("")));  // A-14
    EXPECT_TRUE(equals(only("meta.version"), framed(R"("meta":{"version":"1"})")));
}

TEST(Projection, A07_extensions) {
    EXPECT_TRUE(equals(only("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"),
                       framed(R"("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                  {"department":"D","manager":{"value":"m","displayName":"M"}})")));
    EXPECT_TRUE(
        equals(only("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"),
               framed(R"("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                         {"department":"D"})")));
    EXPECT_TRUE(equals(only("manager.value"),
                       framed(R"("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                                 {"manager":{"value":"m"}})")));
}

TEST(Projection, A03_excluded_attributes) {
    EXPECT_TRUE(equals(except("name,emails,meta,active,"
                              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"),
                       framed(R"("userName":"u")")));
    EXPECT_TRUE(equals(except("id,schemas,userName,name,meta,active,emails.value,"
                              "manager,department"),
                       framed(R"("emails":[{"type":"work"}])")));
    auto const less = except("manager.displayName").as_object();
    EXPECT_TRUE(equals(less.at("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"),
                       R"({"department":"D","manager":{"value":"m"}})"));
}

TEST(Projection, A05_not_both) {
    EXPECT_EQ(outcome(Projection::parse("id", "meta", user_type(), limits)), "invalid_value");
    EXPECT_EQ(outcome(Projection::parse("id", "", user_type(), limits)), "ok");
}

TEST(Projection, A08_A09_unknown_names_and_passwords_give_nothing) {
    EXPECT_TRUE(equals(only("shoeSize"), framed("")));
    EXPECT_TRUE(equals(except("shoeSize,,"), full));
    EXPECT_TRUE(equals(only("password"), framed("")));
    EXPECT_FALSE(Projection::parse("password", "", user_type(), limits)->wants("password"));
}

TEST(Projection, A10_brackets_do_not_disturb) {
    EXPECT_TRUE(
        equals(only(R"(emails[type eq "a,b"],userName)"),
               framed(R"("userName":"u","emails":[{"value":"a","type":"work"},{"value":"b"}])")));
    EXPECT_TRUE(equals(only(R"(emails[type eq "work"].value)"),
                       framed(R"("emails":[{"value":"a"},{"value":"b"}])")));
    EXPECT_TRUE(equals(only(R"(emails[type eq "work)"),
                       framed(R"("emails":[{"value":"a","type":"work"},{"value":"b"}])")));
}

TEST(Projection, A13_what_need_not_be_loaded) {
    auto const wants = [](std::string_view attributes, std::string_view excluded,
                          std::string_view name) {
        return Projection::parse(attributes, excluded, group_type(), limits)->wants(name);
    };
    EXPECT_TRUE(wants("", "", "members"));
    EXPECT_FALSE(wants("", "MEMBERS", "members"));
    EXPECT_TRUE(wants("", "members.display", "members"));
    EXPECT_TRUE(wants("members.value", "", "members"));
    EXPECT_FALSE(wants("displayName", "", "members"));
    EXPECT_TRUE(wants("displayName", "", "id"));
    EXPECT_TRUE(wants("displayName", "", "schemas"));
}

TEST(Projection, an_empty_list_stays_an_empty_list) {
    auto group = object(R"({"id":"1","displayName":"G","members":[]})");
    Projection::parse("members.value", "", group_type(), limits)->apply(group);
    EXPECT_TRUE(equals(group, R"({"id":"1","members":[]})"));
}

// U-20: hidden is what nobody asked for by name.
TEST(Projection, U20_hidden_attributes_are_shown_when_asked_for) {
    auto const wants = [](std::string_view attributes, std::string_view excluded) {
        auto projection = *Projection::parse(attributes, excluded, user_type(), limits);
        auto const is_default = projection.is_default();
        projection.hide(*resolve(user_type(), "groups"));
        EXPECT_EQ(projection.is_default(), is_default);
        EXPECT_EQ(projection.wants("title"), attributes.empty());
        return projection.wants("groups");
    };
    EXPECT_FALSE(wants("", ""));
    EXPECT_FALSE(wants("", "emails"));
    EXPECT_FALSE(wants("", "groups"));
    EXPECT_FALSE(wants("emails", ""));
    EXPECT_TRUE(wants("groups", ""));
    EXPECT_TRUE(wants("emails,Groups.value", ""));
}

// K-11
TEST(Projection, NamesAreBoundedAndCountOnce) {
    auto const names = [](std::size_t count) {
        std::string list;
        for (std::size_t i = 0; i < count; ++i) list += "title,";
        return list;
    };
    auto const most = limits.projection_names_max;
    EXPECT_TRUE(equals(only(names(most)), framed("")));
    EXPECT_EQ(outcome(Projection::parse(names(most + 1), "", user_type(), limits)), "too_many");
    EXPECT_EQ(outcome(Projection::parse("", names(most + 1), user_type(), limits)), "too_many");
    EXPECT_EQ(outcome(Projection::parse(",,," + names(most), "", user_type(), limits)), "ok");
}

}  // namespace
}  // namespace rollcall::scim
