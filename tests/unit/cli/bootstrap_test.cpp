// The bootstrap variables: both or none, well formed, never shown.
#include "cli/bootstrap.hpp"

#include "base/limits.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rollcall::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr auto project = "project-test-0190f3f4-5b4c-7abc-8def-0123456789ab";
constexpr auto tail = "abcdefghijklmnopqrstuvwxyz_-0123";

Result<std::optional<Bootstrap>> read(std::string id, std::string secret) {
    return read_bootstrap({{"ROLLCALL_BOOTSTRAP_PROJECT_ID", std::move(id)},
                           {"ROLLCALL_BOOTSTRAP_SECRET", std::move(secret)}});
}

TEST(Bootstrap, AbsentOrEmptyMeansNone) {
    ASSERT_TRUE(read_bootstrap({}));
    EXPECT_FALSE(read_bootstrap({})->has_value());
    ASSERT_TRUE(read("", ""));
    EXPECT_FALSE(read("", "")->has_value());
}

TEST(Bootstrap, ReadsBoth) {
    auto const bootstrap = read(project, std::string("secret-test-") + tail);
    ASSERT_TRUE(bootstrap && bootstrap->has_value());
    EXPECT_EQ(to_string((*bootstrap)->project), project);
    EXPECT_EQ((*bootstrap)->secret.reveal(), std::string("secret-test-") + tail);
}

TEST(Bootstrap, NeedsBoth) {
    for (auto const& result : {read(project, ""), read("", std::string("secret-test-") + tail)}) {
        ASSERT_FALSE(result);
        EXPECT_THAT(result.error().message(),
                    HasSubstr("ROLLCALL_BOOTSTRAP_PROJECT_ID and ROLLCALL_BOOTSTRAP_SECRET must be "
                              "set together"));
    }
}

TEST(Bootstrap, RefusesMalformedProjectsWithoutEcho) {
    for (auto const* id : {"project-test-1", "project-prod-0190f3f4-5b4c-7abc-8def-0123456789ab",
                           "organization-test-0190f3f4-5b4c-7abc-8def-0123456789ab",
                           "project-test-0190F3F4-5B4C-7ABC-8DEF-0123456789AB"}) {
        auto const result = read(id, std::string("secret-test-") + tail);
        ASSERT_FALSE(result) << id;
        EXPECT_THAT(result.error().message(), HasSubstr("ROLLCALL_BOOTSTRAP_PROJECT_ID must be"));
        EXPECT_THAT(result.error().message(), Not(HasSubstr(id)));
    }
}

TEST(Bootstrap, SecretsHaveALeastAndAMostLength) {
    auto const is_taken = [](std::size_t size) {
        return read(project, "secret-test-" + std::string(size, 'a')).has_value();
    };
    EXPECT_FALSE(is_taken(bootstrap_secret_least - 1));
    EXPECT_TRUE(is_taken(bootstrap_secret_least));
    EXPECT_TRUE(is_taken(Limits::project_secret_characters_max));
    EXPECT_FALSE(is_taken(Limits::project_secret_characters_max + 1));
}

TEST(Bootstrap, RefusesMalformedSecretsWithoutEcho) {
    for (auto const& secret :
         {std::string("secret-live-") + tail,
          std::string("hunter2-hunter2-hunter2-hunter2-hunter2"), std::string("secret-test-short"),
          std::string("secret-test-") + tail + "/x"}) {
        auto const result = read(project, secret);
        ASSERT_FALSE(result) << secret;
        EXPECT_THAT(result.error().message(), HasSubstr("ROLLCALL_BOOTSTRAP_SECRET must be"));
        EXPECT_THAT(result.error().message(), Not(HasSubstr(secret.substr(12))));
    }
}

}  // namespace
}  // namespace rollcall::cli
