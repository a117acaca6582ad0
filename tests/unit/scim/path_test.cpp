// PATCH paths (RFC 7644 §3.5.2, Figure 7).
#include "scim/path.hpp"

#include "support.hpp"

#include <fmt/format.h>

namespace rollcall::scim {
namespace {

std::string ok(std::string_view text, ResourceType const& type = user_type()) {
    auto const path = parse_path(text, type, limits);
    EXPECT_TRUE(path.has_value()) << text << "\n" << failure(path);
    if (!path) return "";
    // What is printed reads as the same path.
    auto const again = parse_path(print(*path), type, limits);
    EXPECT_TRUE(again && print(*again) == print(*path)) << print(*path);
    return print(*path);
}

void bad(std::string_view text, std::size_t position, ErrorCode code = ErrorCode::invalid_path,
         ResourceType const& type = user_type()) {
    auto const path = parse_path(text, type, limits);
    ASSERT_FALSE(path.has_value()) << text << " was read as " << print(*path);
    EXPECT_EQ(path.error().code(), code) << text;
    auto const ending = fmt::format(" at position {}.", position);
    EXPECT_TRUE(path.error().message().ends_with(ending))
        << text << "\n"
        << path.error().message() << "\nexpected" << ending;
}

constexpr auto extension = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

TEST(Path, P10_every_form) {
    EXPECT_EQ(ok("members", group_type()), "members");
    EXPECT_EQ(ok("NAME.FAMILYNAME"), "name.familyName");
    EXPECT_EQ(ok(R"(addresses[type eq "work"])"), R"(addresses[type eq "work"])");
    EXPECT_EQ(ok(R"(Emails[Type EQ "work"].Value)"), R"(emails[type eq "work"].value)");
    EXPECT_EQ(ok(fmt::format("{}:manager.value", extension)),
              fmt::format("{}:manager.value", extension));
    EXPECT_EQ(
        ok(R"(members[value eq "2819c223-7f76-453a-919d-413861904646"].displayName)", group_type()),
        R"(members[value eq "2819c223-7f76-453a-919d-413861904646"].display)");
    EXPECT_EQ(ok(R"(emails[type eq "a" or not (value co "]\"")])"),
              R"(emails[type eq "a" or not (value co "]\"")])");
}

TEST(Path, P11_E07_I13_urns) {
    EXPECT_EQ(ok("urn:ietf:params:scim:schemas:core:2.0:User:active"), "active");
    EXPECT_EQ(ok(R"(urn:ietf:params:scim:schemas:core:2.0:User:emails[type eq "work"].value)"),
              R"(emails[type eq "work"].value)");
    EXPECT_EQ(ok(extension), extension);
    EXPECT_EQ(ok(fmt::format("{}.department", extension)), fmt::format("{}:department", extension));
    EXPECT_EQ(ok("manager"), fmt::format("{}:manager", extension));
}

TEST(Path, I22_a_leading_slash_is_stripped) {
    EXPECT_EQ(ok("/active"), "active");
    // Positions are those of the text as it was sent.
    bad("/", 2);
    bad("/name.", 7);
    bad(" /name..x", 8);
}

TEST(Path, P14_unknown_names_are_read_without_a_reference) {
    for (auto const* text :
         {"shoeSize", "urn:acme:2.0:User:tag", "shoes[size eq 44].colour",
          "emails[type eq \"work\"].colour", "name.colour", "urn:acme/hr:2.0:User:tag"}) {
        auto const path = parse_path(text, user_type(), limits);
        ASSERT_TRUE(path.has_value()) << text << failure(path);
        EXPECT_FALSE(path->attribute.ref.has_value()) << text;
        EXPECT_EQ(print(*path), text);
    }
}

TEST(Path, P13_malformed) {
    bad("", 1);
    bad(" ", 2);
    bad("1emails", 1);
    bad("emails type", 8);
    bad("emails.", 8);
    bad("name..givenName", 6);
    bad("title!", 6);
    bad("title/", 6);
    bad("/name/givenName", 6);
    bad("title/urn:x", 6);
    bad("urn:acme/hr:2.0:User:", 22);
    bad("\"emails\"", 1);
    bad("emails]", 7);
    bad(R"(emails[type eq "work")", 22);
    bad(R"(emails[type eq "work"]value)", 23);
    bad(R"(emails[type eq "work"].)", 23);
    bad(R"(emails[type eq "work"].value.x)", 23);
    bad(R"(emails[type eq "work"].value[x pr])", 29);
    bad("emails[type xx \"work\"]", 13, ErrorCode::invalid_filter);
    bad("emails[type eq]", 15, ErrorCode::invalid_filter);
    bad("emails[type eq \"work\" and]", 26, ErrorCode::invalid_filter);
}

TEST(Path, P15_only_lists_take_brackets) {
    bad(R"(name[familyName eq "x"])", 5);
    bad(R"(userName[value eq "x"])", 9);
    bad(R"(members.value[value eq "id"])", 14, ErrorCode::invalid_path, group_type());
    bad(fmt::format("{}[department eq \"x\"]", extension), 59);
}

TEST(Path, P18_indexes_are_not_scim) {
    bad("emails[0]", 8);
    bad("emails[]", 8);
    bad("emails[ 12 ].value", 8);
}

TEST(Path, K13_no_nul_and_no_broken_text) {
    EXPECT_EQ(outcome(parse_path(std::string_view("emails[type eq \0]", 17), user_type(), limits)),
              "invalid_path");
    EXPECT_EQ(outcome(parse_path("\xff", user_type(), limits)), "invalid_path");
}

// K-11, H-14, F-43
TEST(Path, limits_apply) {
    auto const code = [](std::string const& text) {
        return outcome(parse_path(text, user_type(), limits));
    };
    EXPECT_EQ(code(std::string(limits.filter_bytes_max, 'a')), "ok");
    EXPECT_EQ(code(std::string(limits.filter_bytes_max + 1, 'a')), "too_many");
    auto const nested = [](std::size_t depth) {
        return "emails[" + std::string(depth, '(') + "value pr" + std::string(depth, ')') + "]";
    };
    EXPECT_EQ(code(nested(limits.filter_depth_max)), "ok");
    EXPECT_EQ(code(nested(limits.filter_depth_max + 1)), "too_many");
}

// K-10: what is shown of a path in notes and errors has no value in it.
TEST(Path, outline_has_empty_brackets) {
    auto const of = [](std::string_view text) {
        return outline(*parse_path(text, user_type(), limits));
    };
    EXPECT_EQ(of(R"(EMAILS[type eq "secret"].VALUE)"), "emails[].value");
    EXPECT_EQ(of(R"(emails[type eq "secret"])"), "emails[]");
    EXPECT_EQ(of(R"(shoes[size eq "secret"].colour)"), "shoes[].colour");
    EXPECT_EQ(of(R"(shoes[size eq "secret"])"), "shoes[]");
    EXPECT_EQ(of(R"(emails[type eq "secret"].shade)"), "emails[].shade");
    EXPECT_EQ(of("name.familyName"), "name.familyName");
}

}  // namespace
}  // namespace rollcall::scim
