// The filter grammar (RFC 7644 §3.4.2.2): what is read, what is refused and where.
#include "support.hpp"

#include <fmt/format.h>

namespace rollcall::scim {
namespace {

// Reads a filter on users; the result printed, so that shape and operands show.
std::string ok(std::string_view text, ResourceType const& type = user_type()) {
    auto const filter = parse_filter(text, type, limits);
    EXPECT_TRUE(filter.has_value()) << text << "\n" << failure(filter);
    return filter ? print(*filter) : "";
}

void bad(std::string_view text, std::size_t position, ResourceType const& type = user_type()) {
    auto const filter = parse_filter(text, type, limits);
    ASSERT_FALSE(filter.has_value()) << text << " was read as " << print(*filter);
    EXPECT_EQ(filter.error().code(), ErrorCode::invalid_filter) << text;
    auto const ending = fmt::format(" at position {}.", position);
    EXPECT_TRUE(filter.error().message().ends_with(ending))
        << text << "\n"
        << filter.error().message() << "\nexpected" << ending;
}

std::string_view code(std::string_view text, Limits const& bounds = limits) {
    return outcome(parse_filter(text, user_type(), bounds));
}

TEST(FilterParser, F01_operators_in_any_case) {
    EXPECT_EQ(ok("userName Eq \"a\""), "userName eq \"a\"");
    for (auto const* op : {"eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"}) {
        EXPECT_EQ(ok(fmt::format("title {} \"a\"", op)), fmt::format("title {} \"a\"", op));
    }
    EXPECT_EQ(ok("title PR"), "title pr");
}

TEST(FilterParser, F03_and_binds_tighter_than_or_and_not_tighter_than_both) {
    EXPECT_EQ(ok("title pr or title pr and title pr"), "title pr or (title pr and title pr)");
    EXPECT_EQ(ok("(title pr or title pr) and title pr"), "(title pr or title pr) and title pr");
    EXPECT_EQ(ok("not (title pr) and title pr"), "not (title pr) and title pr");
    EXPECT_EQ(ok("title pr AND title pr Or title pr OR title pr"),
              "(title pr and title pr) or title pr or title pr");
}

TEST(FilterParser, F04_not_with_and_without_space) {
    EXPECT_EQ(ok("not(title pr)"), "not (title pr)");
    EXPECT_EQ(ok("NOT (not (title pr))"), "not (not (title pr))");
    bad("not title pr", 5);
}

TEST(FilterParser, F05_F06_names_are_case_insensitive_and_may_carry_urns) {
    EXPECT_EQ(ok("NAME.familyname pr"), "name.familyName pr");
    EXPECT_EQ(ok("urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"J\""),
              "userName sw \"J\"");
    EXPECT_EQ(ok("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value pr"),
              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value pr");
}

TEST(FilterParser, F07_operands_are_json_literals) {
    EXPECT_EQ(ok(R"(title eq "a\"b\\c")"), R"(title eq "a\"b\\c")");
    EXPECT_EQ(ok(R"(title eq "\u00e9\ud83d\ude00")"), "title eq \"é😀\"");
    EXPECT_EQ(ok("title eq null"), "title eq null");
    EXPECT_EQ(ok("active eq true"), "active eq true");
    EXPECT_EQ(ok("unknown eq 1.5"), "unknown eq 1.5E0");
    EXPECT_EQ(ok("unknown eq -7"), "unknown eq -7");
}

TEST(FilterParser, RFC7644_example_filters) {
    for (
        auto const* text : {
            R"(userName eq "bjensen")",
            R"(name.familyName co "O'Malley")",
            R"(userName sw "J")",
            R"(urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J")",
            R"(title pr)",
            R"(meta.lastModified gt "2011-05-13T04:42:34Z")",
            R"(meta.lastModified ge "2011-05-13T04:42:34Z")",
            R"(meta.lastModified lt "2011-05-13T04:42:34Z")",
            R"(meta.lastModified le "2011-05-13T04:42:34Z")",
            R"(title pr and userType eq "Employee")",
            R"(title pr or userType eq "Intern")",
            R"(schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")",
            R"(userType eq "Employee" and (emails co "example.com" or emails.value co "example.org"))",
            R"(userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org"))",
            R"(userType eq "Employee" and (emails.type eq "work"))",
            R"(userType eq "Employee" and emails[type eq "work" and value co "@example.com"])",
            R"(emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"])",
        }) {
        ok(text);
    }
}

TEST(FilterParser, F20_a_complex_attribute_stands_for_its_value) {
    EXPECT_EQ(ok(R"(emails co "example.com")"), R"(emails.value co "example.com")");
    EXPECT_EQ(
        ok(R"(manager eq "26")"),
        R"(urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "26")");
    EXPECT_EQ(ok(R"(members eq "2")", group_type()), R"(members.value eq "2")");
    EXPECT_EQ(ok("emails pr"), "emails pr");
}

TEST(FilterParser, F21_a_complex_attribute_without_value_cannot_be_compared) {
    bad(R"(name eq "x")", 1);
    bad(R"(title pr and addresses eq "x")", 14);
    bad(R"(meta gt "2011-05-13T04:42:34Z")", 1);
    bad(R"(urn:ietf:params:scim:schemas:extension:enterprise:2.0:User eq "x")", 1);
    EXPECT_EQ(ok("name pr"), "name pr");
}

TEST(FilterParser, F24_unknown_attributes_are_read) {
    EXPECT_EQ(ok(R"(shoeSize eq "44")"), R"(shoeSize eq "44")");
    EXPECT_EQ(ok("shoeSize gt 44 and title pr"), "shoeSize gt 44 and title pr");
    EXPECT_EQ(ok(R"(urn:acme:User:tag eq "x")"), R"(urn:acme:User:tag eq "x")");
    EXPECT_EQ(ok(R"(shoes[size eq 44].colour eq "red")"), R"(shoes[size eq 44].colour eq "red")");
}

TEST(FilterParser, F13_F14_operators_that_a_type_does_not_have) {
    bad("active gt false", 11);
    bad(R"(active co "t")", 11);
    bad(R"(x509Certificates.value ge "AAAA")", 27);
    bad(R"(meta.created ew "Z")", 17);
    EXPECT_EQ(ok(R"(meta.created sw "2011-05")"), R"(meta.created sw "2011-05")");
    bad("title gt null", 10);
    bad("title co null", 10);
}

TEST(FilterParser, F32_operands_of_the_wrong_type) {
    bad(R"(active eq "banana")", 11);
    bad("active eq 1", 11);
    bad(R"(meta.created gt "yesterday")", 17);
    bad("meta.created eq true", 17);
    EXPECT_EQ(ok("userName eq 5"), R"(userName eq "5")");
    EXPECT_EQ(ok("userName eq true"), R"(userName eq "true")");
}

TEST(FilterParser, I03_F42_booleans_as_strings) {
    EXPECT_EQ(ok(R"(active eq "True")"), "active eq true");
    EXPECT_EQ(ok("active eq FALSE"), "active eq false");
    EXPECT_EQ(ok(R"(roles[primary eq "True"])"), "roles[primary eq true]");
}

TEST(FilterParser, I06_F35_bare_words_and_single_quotes) {
    EXPECT_EQ(ok("externalId eq jyoung"), R"(externalId eq "jyoung")");
    EXPECT_EQ(ok("displayName sw 'Eng and Ops'"), R"(displayName sw "Eng and Ops")");
    EXPECT_EQ(ok(R"(displayName eq 'O\'Brien \\ \x')"), R"(displayName eq "O'Brien \\ \\x")");
    EXPECT_EQ(ok("displayName eq O'Brien"), R"(displayName eq "O'Brien")");
    EXPECT_EQ(ok("meta.created gt 2015-10-10T14:38:21.8617979-07:00"),
              R"(meta.created gt "2015-10-10T14:38:21.8617979-07:00")");
    EXPECT_EQ(ok("(userName eq a@b.c) and emails[value eq d@e.f]"),
              R"(userName eq "a@b.c" and emails[value eq "d@e.f"])");
    EXPECT_EQ(ok("employeeNumber eq 00701"),
              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq "
              "\"00701\"");
    EXPECT_EQ(ok("title eq trueish"), R"(title eq "trueish")");
}

TEST(FilterParser, I07_a_filter_encoded_twice_is_decoded_once_more) {
    EXPECT_EQ(ok("userName%20eq%20%22a%22"), R"(userName eq "a")");
    EXPECT_EQ(ok("userName eq %22a%20b%22"), R"(userName eq "a b")");
    EXPECT_EQ(ok("members%5Bvalue%20eq%20%222%22%5D", group_type()), R"(members[value eq "2"])");
    // What parses is not touched.
    EXPECT_EQ(ok(R"(title eq "100%20")"), R"(title eq "100%20")");
    bad("userName%20eq", 9);
}

TEST(FilterParser, I39_comparison_behind_a_value_filter) {
    EXPECT_EQ(ok(R"(emails[type eq "work"].value eq "a@x")"),
              R"(emails[type eq "work"].value eq "a@x")");
    EXPECT_EQ(ok(R"(emails[type eq "work"].value pr and title pr)"),
              R"(emails[type eq "work"].value pr and title pr)");
    bad(R"(emails[type eq "work"]. eq "a@x")", 23);
    bad(R"(emails[type eq "work"].value)", 29);
    bad(R"(emails[type eq "work"].a.b eq "x")", 23);
}

TEST(FilterParser, F33_F34_white_space_where_it_does_not_matter) {
    EXPECT_EQ(ok("  \t title   pr  "), "title pr");
    EXPECT_EQ(ok(R"(emails [ type eq"work" ])"), R"(emails[type eq "work"])");
    EXPECT_EQ(ok(R"(title eq"a"and(title pr))"), R"(title eq "a" and title pr)");
    EXPECT_EQ(ok("((title pr))"), "title pr");
}

TEST(FilterParser, F27_F28_malformed) {
    bad("", 1);
    bad("   ", 4);
    bad("title", 6);
    bad("title eq", 9);
    bad(R"(title eq "a)", 10);
    bad(R"(title eq "a\")", 10);
    bad(R"(title eq "\q")", 10);
    bad(R"(title eq "\u00")", 10);
    bad("title eq 'a", 10);
    bad("title pr and", 13);
    bad("and title pr", 5);
    bad("title pr or or title pr", 16);
    bad("(title pr", 10);
    bad("title pr)", 9);
    bad("()", 2);
    bad("title pr title pr", 10);
    bad(R"(emails[type eq "work")", 22);
    bad("emails[]", 8);
    bad("]", 1);
    bad("\"title\" eq \"a\"", 1);
    bad("ti*le pr", 3);
    bad("1title pr", 1);
    bad("name..familyName pr", 6);
    bad(".title pr", 1);
    bad("title. pr", 7);
}

TEST(FilterParser, F25_unknown_operator) {
    bad(R"(userName regex "a.*")", 10);
    bad(R"(userName = "a")", 10);
    bad(R"(userName ("a"))", 10);
}

TEST(FilterParser, F19_brackets_inside_brackets) {
    bad(R"(emails[type[value eq "a"]])", 8);
    bad(R"(userName[value eq "a"])", 1);
    bad(R"(emails.value[type eq "a"])", 1);
}

TEST(FilterParser, F47_a_password_cannot_be_guessed) {
    bad(R"(password eq "x")", 1);
    bad("title pr or PASSWORD pr", 13);
    bad("urn:ietf:params:scim:schemas:core:2.0:User:password pr", 1);
}

TEST(FilterParser, K13_no_nul_and_no_broken_text) {
    EXPECT_EQ(code(R"(title eq "a\u0000b")"), "invalid_filter");
    EXPECT_EQ(code(std::string_view("title eq a\0b", 12)), "invalid_filter");
    EXPECT_EQ(code("title eq \"\xff\""), "invalid_filter");
    EXPECT_EQ(code(R"(title eq "\ud800")"), "invalid_filter");
}

TEST(FilterParser, H14_depth_and_F43_length_are_bounded) {
    auto const nested = [](std::size_t depth) {
        return std::string(depth, '(') + "title pr" + std::string(depth, ')');
    };
    EXPECT_EQ(code(nested(limits.filter_depth_max)), "ok");
    EXPECT_EQ(code(nested(limits.filter_depth_max + 1)), "too_many");
    Limits small;
    small.filter_bytes_max = 10;
    EXPECT_EQ(code("title pr  ", small), "ok");
    EXPECT_EQ(code("title pr   ", small), "too_many");
    EXPECT_EQ(code(std::string(8000, '('), limits), "too_many");
}

TEST(FilterParser, value_filters_stand_alone) {
    auto const& emails = *user_type().core->find("emails");
    auto const filter = parse_value_filter(R"(TYPE eq "work" and not (value pr))", emails, limits);
    ASSERT_TRUE(filter.has_value()) << failure(filter);
    EXPECT_TRUE(matches_element(*filter, json(R"({"type":"work"})")));
    EXPECT_FALSE(matches_element(*filter, json(R"({"type":"work","value":"a"})")));
    EXPECT_EQ(outcome(parse_value_filter("type eq", emails, limits)), "invalid_filter");
}

}  // namespace
}  // namespace rollcall::scim
