// Options of one connection: their table, their text, and the profile they make.
#include "directory/connection_options.hpp"

#include "directory/provider_profiles.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace rollcall::directory {
namespace {

using testing::HasSubstr;

TEST(ConnectionOptions, OverrideTheProvidersProfile) {
    for (auto const& row : provider_profiles()) {
        for (auto const& option : connection_options()) {
            for (bool const value : {false, true}) {
                ConnectionOptions options;
                options.*option.setting = value;
                auto const profile = effective_profile(row.provider, options);
                EXPECT_EQ(profile.*option.profile, value) << option.name;
                for (auto const& other : connection_options()) {
                    if (other.name == option.name) continue;
                    EXPECT_EQ(profile.*other.profile, row.profile.*other.profile) << other.name;
                }
            }
        }
        auto const plain = effective_profile(row.provider, {});
        EXPECT_EQ(plain.base_url_query, row.profile.base_url_query);
        EXPECT_EQ(plain.basic_auth, row.profile.basic_auth);
    }
}

TEST(ConnectionOptions, AreReadAsTheyWerePrinted) {
    for (unsigned bits = 0; bits < 729; ++bits) {  // three states of six options
        ConnectionOptions options;
        auto rest = bits;
        for (auto const& option : connection_options()) {
            if (rest % 3 != 0) options.*option.setting = rest % 3 == 2;
            rest /= 3;
        }
        EXPECT_EQ(parse_options(print_options(options)), options) << print_options(options);
    }
    EXPECT_EQ(print_options({}), "");
}

TEST(ConnectionOptions, OfAnotherReleaseAreSkipped) {
    auto const options = parse_options("later=on,put=merge,basic_auth=perhaps,,=,put");
    ConnectionOptions expected;
    expected.put_merges = true;
    EXPECT_EQ(options, expected);
}

TEST(ConnectionOptions, RefuseWhatTheyAreNot) {
    ConnectionOptions options;
    for (auto const& [name, value, words] :
         {std::tuple("puts", "merge", "puts: no such option; there are put, unknown_members"),
          std::tuple("put", "patch", "put: must be replace or merge"),
          std::tuple("put", "", "put: must be replace or merge"),
          std::tuple("basic_auth", "yes", "basic_auth: must be false or true")}) {
        auto const status = set_option(options, name, value);
        ASSERT_FALSE(status);
        EXPECT_EQ(status.error().code(), ErrorCode::invalid_value);
        EXPECT_EQ(status.error().kind(), "invalid_scim_connection_option");
        EXPECT_THAT(status.error().message(), HasSubstr(words));
    }
    EXPECT_FALSE(unset_option(options, "puts"));
    EXPECT_EQ(options, ConnectionOptions{});
    EXPECT_TRUE(set_option(options, "put", "merge"));
    EXPECT_TRUE(unset_option(options, "put"));
    EXPECT_EQ(options, ConnectionOptions{});
}

TEST(ConnectionOptions, AreExplainedInTheDocument) {
    std::ifstream file(ROLLCALL_DOCS "/providers.md");
    std::ostringstream content;
    content << file.rdbuf();
    for (auto const& option : connection_options()) {
        EXPECT_THAT(content.str(),
                    HasSubstr(fmt::format("| `{}` | `{}`, `{}` | {}", option.name, option.values[0],
                                          option.values[1], option.meaning)));
    }
}

}  // namespace
}  // namespace rollcall::directory
