// The welcome: a project with its secret once, commands that carry them, a short line later.
#include "server/welcome.hpp"

#include "temporary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rollcall::server {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Welcome, ShowsTheSecretOnTheFirstStartOnly) {
    TemporaryDirectory const directory;
    cli::Config config;
    config.listen.port = 0;
    config.data = directory.path();
    config.log_level = runtime::LogLevel::off;

    App app(config, std::nullopt);
    ASSERT_TRUE(app.start());
    Printed const first;
    ASSERT_TRUE(welcome(app, first.file()));
    EXPECT_THAT(
        first.text(),
        AllOf(HasSubstr("project id    project-test-"), HasSubstr("secret        secret-test-"),
              HasSubstr("public token  public-token-test-"), HasSubstr("BASE='" + app.url() + "'"),
              HasSubstr("/v1/b2b/scim/acme/connection/$CONNECTION_ID")));
    Printed const second;
    ASSERT_TRUE(welcome(app, second.file()));
    EXPECT_THAT(second.text(),
                AllOf(HasSubstr("The database has 1 project;"), Not(HasSubstr("secret-test-"))));
    auto const projects = app.list_projects();
    ASSERT_TRUE(projects);
    EXPECT_EQ(projects->size(), 1U);
}

TEST(Welcome, FailsIfItCannotBePrinted) {
    TemporaryDirectory const directory;
    cli::Config config;
    config.listen.port = 0;
    config.data = directory.path();
    config.log_level = runtime::LogLevel::off;
    App app(config, std::nullopt);
    ASSERT_TRUE(app.start());
    auto* const full = std::fopen("/dev/full", "w");
    ASSERT_NE(full, nullptr);
    auto const welcomed = welcome(app, full);
    std::fclose(full);
    ASSERT_FALSE(welcomed);
    EXPECT_EQ(welcomed.error().message(), "cannot write standard output: No space left on device");
}

}  // namespace
}  // namespace rollcall::server
