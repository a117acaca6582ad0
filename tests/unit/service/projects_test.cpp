// Projects, their secrets, and the bootstrap project.
#include "service/projects.hpp"

#include "service/credentials.hpp"
#include "storage/memory/open.hpp"
#include "support/run_task.hpp"
#include "support/test_clock.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rollcall::service {
namespace {

using tests::run_task;

class ProjectsTest : public ::testing::Test {
protected:
    bool authenticates(ProjectId const& id, std::string const& secret) {
        auto const key = run_task(credentials.authenticate(id, Secret(secret)));
        return key && key->has_value();
    }
    Status ensure(std::string const& secret) {
        return run_task(projects.ensure(bootstrap, Secret(secret), "Bootstrap"));
    }

    tests::TestClock clock;
    crypto::RandomIdSource ids;
    Limits limits;
    std::unique_ptr<storage::Store> store = storage::open_memory_store(ids, limits);
    Projects projects{*store, clock, ids};
    ProjectCredentials credentials{*store, clock};
    ProjectId const bootstrap{Environment::test, ids.random_uuid()};
};

TEST_F(ProjectsTest, CreateShowsIdAndSecret) {
    for (auto const environment : {Environment::test, Environment::live}) {
        auto const made = *run_task(projects.create("Mine", environment));
        EXPECT_EQ(made.project.id.environment, environment);
        EXPECT_EQ(made.project.public_token.environment, environment);
        auto const secret = made.secret.value.reveal();
        EXPECT_TRUE(is_project_secret(secret));
        EXPECT_TRUE(secret.starts_with("secret-" + std::string(to_string(environment)) + "-"));
        EXPECT_EQ(made.secret.record.last_four, secret.substr(secret.size() - 4));
        EXPECT_TRUE(authenticates(made.project.id, secret));
    }
    EXPECT_EQ(run_task(projects.list())->size(), 2u);
}

TEST_F(ProjectsTest, BadNames) {
    for (std::string const& name :
         {std::string(), std::string("  "), std::string(limits.name_code_points_max + 1, 'x'),
          std::string("a\nb"), std::string("\xff")}) {
        auto const made = run_task(projects.create(name, Environment::test));
        ASSERT_FALSE(made);
        EXPECT_EQ(made.error().code(), ErrorCode::invalid_value);
    }
    EXPECT_TRUE(run_task(projects.list())->empty());
    std::string const longest(limits.name_code_points_max, 'x');
    EXPECT_TRUE(run_task(projects.create(longest, Environment::test)));
}

TEST_F(ProjectsTest, SecretsAreListedAndRevoked) {
    auto const made = *run_task(projects.create("Mine", Environment::test));
    auto const second = *run_task(projects.create_secret(made.project.id));
    EXPECT_TRUE(run_task(projects.revoke_secret(made.project.id, made.secret.record.id)));
    EXPECT_TRUE(run_task(projects.revoke_secret(made.project.id, made.secret.record.id)));
    EXPECT_FALSE(authenticates(made.project.id, made.secret.value.reveal()));
    EXPECT_TRUE(authenticates(made.project.id, second.value.reveal()));
    auto const secrets = *run_task(projects.list_secrets(made.project.id));
    ASSERT_EQ(secrets.size(), 2u);
    EXPECT_TRUE(secrets[0].revoked_at);
    EXPECT_FALSE(secrets[1].revoked_at);
}

TEST_F(ProjectsTest, UnknownProjects) {
    EXPECT_EQ(run_task(projects.create_secret(bootstrap)).error().code(), ErrorCode::not_found);
    EXPECT_EQ(run_task(projects.list_secrets(bootstrap)).error().code(), ErrorCode::not_found);
    EXPECT_EQ(run_task(projects.revoke_secret(bootstrap, Uuid{})).error().code(),
              ErrorCode::not_found);
}

TEST_F(ProjectsTest, EnsureIsIdempotent) {
    auto const secret = "secret-test-" + std::string(32, 's');
    EXPECT_TRUE(ensure(secret));
    EXPECT_TRUE(ensure(secret));
    EXPECT_TRUE(authenticates(bootstrap, secret));
    EXPECT_EQ(run_task(projects.list())->size(), 1u);
    EXPECT_EQ(run_task(projects.list_secrets(bootstrap))->size(), 1u);
    auto const other = "secret-test-" + std::string(32, 't');
    EXPECT_TRUE(ensure(other));
    EXPECT_TRUE(authenticates(bootstrap, secret));
    EXPECT_TRUE(authenticates(bootstrap, other));
}

TEST_F(ProjectsTest, EnsureKeepsRevokedSecretsRevoked) {
    auto const secret = "secret-test-" + std::string(32, 's');
    EXPECT_TRUE(ensure(secret));
    auto const id = run_task(projects.list_secrets(bootstrap))->front().id;
    EXPECT_TRUE(run_task(projects.revoke_secret(bootstrap, id)));
    EXPECT_TRUE(ensure(secret));
    EXPECT_FALSE(authenticates(bootstrap, secret));
}

TEST_F(ProjectsTest, EnsureRefusesMalformedSecrets) {
    for (std::string const& bad : {std::string(), std::string("secret-test-short"),
                                   "secret-live-" + std::string(32, 's'), std::string(44, 's')}) {
        auto const result = ensure(bad);
        ASSERT_FALSE(result) << bad;
        EXPECT_EQ(result.error().code(), ErrorCode::invalid_value);
        EXPECT_TRUE(bad.empty() || !result.error().message().contains(bad));
    }
    EXPECT_TRUE(run_task(projects.list())->empty());
}

}  // namespace
}  // namespace rollcall::service
