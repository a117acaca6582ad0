// The table of provider habits: what it must say, and docs/providers.md saying the same.
#include "directory/provider_profiles.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace rollcall::directory {
namespace {

using enum IdentityProvider;

std::string read_document() {
    std::ifstream file(ROLLCALL_DOCS "/providers.md");
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

// One row of the table, as the document prints it.
std::string row_of(ProviderProfile const& row) {
    auto const& [replace_creates, group_204, merges, refuses_members, refuses_attributes, unique,
                 groups, basic, query] = row.profile;
    auto const url = query.empty() ? std::string("–") : fmt::format("`{}`", query);
    return fmt::format("| `{}` | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
                       to_string(row.provider), replace_creates ? "creates it" : "`noTarget`",
                       group_204 ? "204" : "200", merges ? "merge" : "replace",
                       refuses_members ? "refuse" : "skip",
                       refuses_attributes ? "refuse" : "ignore", unique ? "yes" : "no",
                       groups ? "yes" : "no", basic ? "yes" : "no", url);
}

TEST(ProviderProfiles, AreTheTableOfTheDocument) {
    auto const document = read_document();
    std::string table;
    for (auto const& row : provider_profiles()) table += row_of(row);
    EXPECT_THAT(document, testing::HasSubstr(table));
}

TEST(ProviderProfiles, HaveOneRowForEachProvider) {
    EXPECT_EQ(provider_profiles().size(), 15U);
    for (auto const& row : provider_profiles()) {
        EXPECT_EQ(parse_identity_provider(to_string(row.provider)), row.provider);
        EXPECT_EQ(&profile_of(row.provider), &row.profile);
    }
}

// P-46, P-50, I-55, I-20: Entra never recovers from noTarget and asks for 204.
TEST(ProviderProfiles, EntraIsDifferent) {
    auto const& entra = profile_of(microsoft_entra);
    EXPECT_TRUE(entra.replace_creates_missing_element);
    EXPECT_TRUE(entra.group_patch_without_body);
    EXPECT_EQ(entra.base_url_query, "?aadOptscim062020");
    for (auto const& row : provider_profiles()) {
        if (row.provider == microsoft_entra) continue;
        EXPECT_FALSE(row.profile.replace_creates_missing_element);
        EXPECT_FALSE(row.profile.group_patch_without_body);
        EXPECT_EQ(row.profile.base_url_query, "");
    }
}

// K-05, I-36: those whose setups may offer nothing else.
TEST(ProviderProfiles, SomeMayUseBasic) {
    for (auto const& row : provider_profiles()) {
        auto const expected = row.provider == jumpcloud || row.provider == pingfederate;
        EXPECT_EQ(row.profile.basic_auth, expected) << to_string(row.provider);
    }
}

// W-04, R-02, R-07, P-14, U-20: nobody is strict, partial or nameless unless it is asked for.
TEST(ProviderProfiles, StartLenient) {
    for (auto const& row : provider_profiles()) {
        EXPECT_FALSE(row.profile.put_merges);
        EXPECT_FALSE(row.profile.refuses_unknown_members);
        EXPECT_FALSE(row.profile.refuses_unknown_attributes);
        EXPECT_TRUE(row.profile.unique_group_names);
        EXPECT_TRUE(row.profile.user_groups);
    }
}

}  // namespace
}  // namespace rollcall::directory
