// Evaluation of filters over full representations.
#include "support.hpp"

namespace rollcall::scim {
namespace {

boost::json::object const& ada() {
    static auto const resource = object(R"({
      "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
                  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
      "id": "member-test-1", "externalId": "Ada-1", "userName": "Ada@Example.com", "active": true,
      "title": "Größe", "nickName": "",
      "name": {"familyName": "Lovelace"},
      "emails": [{"value": "ada@work.test", "type": "work", "primary": true},
                 {"value": "ada@home.test", "type": "home"}],
      "groups": [{"value": "g1", "display": "Ops", "type": "direct"}],
      "addresses": [{"type": "work", "country": "GB"}],
      "roles": [],
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
          {"employeeNumber": "701", "manager": {"value": "member-test-2"}},
      "meta": {"resourceType": "User", "created": "2026-01-02T03:04:05.678Z",
               "lastModified": "2026-01-02T03:04:05.678Z", "version": "W/\"1\""}})");
    return resource;
}

/// Those of a filter in the body of a search.
Limits wide() {
    Limits wide;
    wide.filter_bytes_max = wide.search_filter_bytes_max;
    return wide;
}

bool holds(std::string_view text, boost::json::object const& resource = ada(),
           ResourceType const& type = user_type()) {
    auto const filter = parse_filter(text, type, limits);
    EXPECT_TRUE(filter.has_value()) << text << "\n" << failure(filter);
    return filter && matches(*filter, resource);
}

TEST(FilterMatch, F08_G22_case_rules_of_the_attribute) {
    EXPECT_TRUE(holds(R"(userName eq "ada@example.COM")"));
    EXPECT_TRUE(holds(R"(externalId eq "Ada-1")"));
    EXPECT_FALSE(holds(R"(externalId eq "ada-1")"));
    EXPECT_TRUE(holds(R"(externalId ne "ada-1")"));
    EXPECT_TRUE(holds(R"(title eq "GRÖSSE")"));
    EXPECT_TRUE(holds(R"(title sw "grö")"));
    EXPECT_TRUE(holds(R"(userName co "EXAMPLE")"));
    EXPECT_FALSE(holds(R"(externalId co "ada")"));
}

TEST(FilterMatch, F10_substrings) {
    EXPECT_TRUE(holds(R"(userName sw "ADA")"));
    EXPECT_TRUE(holds(R"(userName ew ".COM")"));
    EXPECT_FALSE(holds(R"(userName sw "@")"));
    EXPECT_TRUE(holds(R"(userName co "")"));
    EXPECT_FALSE(holds(R"(displayName co "")"));
    EXPECT_TRUE(holds(R"(userName sw "ada@example.com")"));
}

TEST(FilterMatch, F11_presence) {
    EXPECT_TRUE(holds("title pr"));
    EXPECT_FALSE(holds("displayName pr"));
    EXPECT_FALSE(holds("nickName pr"));  // I-26: an empty string is not present
    EXPECT_TRUE(holds(R"(nickName eq "")"));
    EXPECT_TRUE(holds("name pr"));
    EXPECT_TRUE(holds("emails pr"));
    EXPECT_FALSE(holds("roles pr"));
    EXPECT_FALSE(holds("name.givenName pr"));
    EXPECT_TRUE(holds("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User pr"));
    EXPECT_FALSE(holds("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User pr",
                       object(R"({"userName":"x"})")));
}

TEST(FilterMatch, F12_order) {
    EXPECT_TRUE(holds(R"(name.familyName lt "m")"));
    EXPECT_TRUE(holds(R"(name.familyName ge "LOVELACE")"));
    EXPECT_TRUE(holds(R"(name.familyName le "lovelace")"));
    EXPECT_FALSE(holds(R"(name.familyName gt "lovelace")"));
}

TEST(FilterMatch, F31_dates_are_instants) {
    EXPECT_TRUE(holds(R"(meta.created eq "2026-01-02T04:04:05.678+01:00")"));
    EXPECT_TRUE(holds(R"(meta.created eq "2026-01-02T03:04:05.6780000Z")"));
    EXPECT_TRUE(holds(R"(meta.created gt "2026-01-02T04:04:05+01:00")"));
    EXPECT_FALSE(holds(R"(meta.created lt "2026-01-02T03:04:05.678Z")"));
    EXPECT_TRUE(holds(R"(meta.created le "2026-01-02T03:04:05.678Z")"));
    EXPECT_TRUE(holds(R"(meta.created sw "2026-01")"));
}

TEST(FilterMatch, F15_F16_any_element_but_one_and_the_same) {
    EXPECT_TRUE(holds(R"(emails.type eq "work" and emails.value eq "ada@home.test")"));
    EXPECT_FALSE(holds(R"(emails[type eq "work" and value eq "ada@home.test"])"));
    EXPECT_TRUE(holds(R"(emails[type eq "HOME" and value sw "ada"])"));
    EXPECT_TRUE(holds(R"(emails[not (type eq "work")])"));
    EXPECT_TRUE(holds(R"(emails co "home.test")"));
    EXPECT_FALSE(holds(R"(roles[value pr])"));
}

TEST(FilterMatch, F22_F23_common_attributes) {
    EXPECT_TRUE(
        holds(R"(schemas eq "URN:ietf:params:scim:schemas:extension:enterprise:2.0:user")"));
    EXPECT_FALSE(holds(R"(schemas eq "urn:ietf:params:scim:schemas:core:2.0:Group")"));
    EXPECT_TRUE(holds(R"(id eq "member-test-1")"));
    EXPECT_FALSE(holds(R"(id eq "MEMBER-test-1")"));
    EXPECT_TRUE(holds(R"(meta.resourceType eq "User" and meta.version eq "W/\"1\"")"));
}

TEST(FilterMatch, F24_F26_what_is_absent) {
    for (auto const* name : {"displayName", "shoeSize", "name.givenName", "emails.shoeSize"}) {
        auto const test = [&](std::string_view rest) {
            return holds(std::string(name) + " " + std::string(rest));
        };
        EXPECT_FALSE(test("eq \"x\"")) << name;
        EXPECT_TRUE(test("ne \"x\"")) << name;
        EXPECT_FALSE(test("co \"\"")) << name;
        EXPECT_FALSE(test("gt \"x\"")) << name;
        EXPECT_FALSE(test("le \"x\"")) << name;
        EXPECT_TRUE(test("eq null")) << name;
        EXPECT_FALSE(test("ne null")) << name;
        EXPECT_FALSE(test("pr")) << name;
        EXPECT_TRUE(holds("not (" + std::string(name) + " eq \"x\")")) << name;
    }
    EXPECT_FALSE(holds("title eq null"));
    EXPECT_TRUE(holds("title ne null"));
}

TEST(FilterMatch, F30_F42_booleans) {
    EXPECT_TRUE(holds("active eq true"));
    EXPECT_FALSE(holds(R"(active eq "False")"));
    EXPECT_TRUE(holds("active ne false"));
    EXPECT_FALSE(holds("active eq true", object("{}")));
}

TEST(FilterMatch, F41_an_absent_primary_is_false) {
    EXPECT_TRUE(holds(R"(emails[type eq "home" and primary eq false])"));
    EXPECT_FALSE(holds(R"(emails[type eq "home" and primary ne false])"));
    EXPECT_TRUE(holds(R"(emails[type eq "home" and primary ne true])"));
    EXPECT_TRUE(holds(R"(emails[primary eq "True"].type eq "work")"));
    EXPECT_FALSE(holds(R"(addresses[type eq "home"])"));
}

TEST(FilterMatch, F37_F40_every_attribute_can_be_filtered) {
    EXPECT_TRUE(holds(R"(groups.value eq "g1")"));
    EXPECT_TRUE(holds(R"(addresses.country eq "gb")"));
    EXPECT_TRUE(holds(R"(manager eq "member-test-2")"));
    EXPECT_TRUE(holds(R"(employeeNumber eq 701)"));
    EXPECT_TRUE(
        holds("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value "
              "eq \"member-test-2\""));
    auto const group = object(R"({"id":"g","displayName":"Ops","members":[{"value":"u1"}]})");
    EXPECT_TRUE(holds(R"(id eq "g" and members eq "u1")", group, group_type()));
    EXPECT_FALSE(holds(R"(members[value eq "u2"])", group, group_type()));
    EXPECT_TRUE(holds(R"(displayName eq "OPS")", group, group_type()));
}

TEST(FilterMatch, I39_value_filter_with_a_tail) {
    EXPECT_TRUE(holds(R"(emails[type eq "work"].value eq "ADA@work.test")"));
    EXPECT_FALSE(holds(R"(emails[type eq "home"].value eq "ada@work.test")"));
    EXPECT_TRUE(holds(R"(emails[type eq "home"].value pr)"));
    EXPECT_FALSE(holds(R"(emails[type eq "other"].value ne "x")"));
}

TEST(FilterMatch, a_single_complex_attribute_can_be_filtered_like_one_element) {
    EXPECT_TRUE(holds(R"(name[familyName eq "lovelace"])"));
    EXPECT_FALSE(holds(R"(name[familyName eq "x"])"));
}

TEST(FilterMatch, values_that_do_not_have_the_schemas_type_match_nothing) {
    EXPECT_FALSE(holds(R"(userName eq "5")", object(R"({"userName":5})")));
    EXPECT_FALSE(holds("active eq true", object(R"({"active":"true"})")));
    EXPECT_FALSE(holds(R"(emails.value eq "x")", object(R"({"emails":["x",null,5]})")));
}

std::string repeat(std::string_view part, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += part;
    return text;
}

/// `times` tests that a title without z fails.
std::string title_tests(std::size_t times) {
    return repeat(R"(title co "Z" or )", times - 1) + R"(title co "Z")";
}

// K-11
TEST(FilterCost, FoldsATextOnceHoweverManyTestsLookAtIt) {
    constexpr std::size_t tests = 1000;
    auto const title = repeat("\xc3\xa9", 32'768);
    boost::json::object const resource{{"title", title}};
    auto const filter = parse_filter(title_tests(tests), user_type(), wide());
    ASSERT_TRUE(filter) << failure(filter);
    auto const once = FilterCost::unicode_factor * title.size();
    auto const each = 2 * FilterCost::test_bytes + title.size();
    FilterCost enough(once + tests * each);
    EXPECT_EQ(outcome(matches(*filter, resource, enough)), "ok");
    FilterCost short_by_one(once + tests * each - 1);
    EXPECT_EQ(outcome(matches(*filter, resource, short_by_one)), "too_many");
    FilterCost usual(limits);
    EXPECT_EQ(outcome(matches(*filter, resource, usual)), "ok");
}

// K-11
TEST(FilterCost, IsThatOfAllResourcesTogether) {
    boost::json::object const resource{{"title", "abc"}};
    auto const filter = parse_filter(title_tests(1), user_type(), limits);
    FilterCost cost(2 * (2 * FilterCost::test_bytes + 3 + 3));
    for (int i = 0; i < 2; ++i) EXPECT_FALSE(matches(*filter, resource, cost).value());
    auto const refused = matches(*filter, resource, cost);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::too_many);
    EXPECT_NE(refused.error().message().find("filter: "), std::string::npos);
    EXPECT_NE(refused.error().message().find("userName"), std::string::npos);
}

// K-11
TEST(FilterCost, CountsElementsAndNeverGoesOnWhenItIsExceeded) {
    boost::json::array emails;
    for (int i = 0; i < 10; ++i) emails.push_back(boost::json::object{{"type", "work"}});
    boost::json::object const resource{{"emails", emails}};
    auto const filter =
        parse_filter(R"(emails[type eq "home" or not (type sw "w")])", user_type(), limits);
    auto const code = [&](std::size_t bytes) {
        FilterCost cost(bytes);
        return outcome(matches(*filter, resource, cost));
    };
    constexpr std::size_t text = 4;
    constexpr auto each = 2 * FilterCost::test_bytes + 3 * text;  // two looks, one text folded
    constexpr auto all = FilterCost::test_bytes + 10 * each;
    EXPECT_EQ(code(all), "ok");
    EXPECT_EQ(code(all - 1), "too_many");
    EXPECT_EQ(code(0), "too_many");
}

TEST(FilterMatch, LongTextsAreSearchedInLinearTime) {
    boost::json::object const resource{{"title", repeat("a", 60'000)}};
    auto const needle = repeat("a", 15'000) + "b" + repeat("a", 15'000);
    auto const filter = parse_filter("title co \"" + needle + "\"", user_type(), wide());
    ASSERT_TRUE(filter) << failure(filter);
    EXPECT_FALSE(matches(*filter, resource));
    EXPECT_TRUE(matches(*filter, {{"title", "x" + needle + "x"}}));
}

}  // namespace
}  // namespace rollcall::scim
