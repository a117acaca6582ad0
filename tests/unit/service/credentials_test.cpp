// Project secrets: their form, and how long a success is remembered.
#include "service/credentials.hpp"

#include "crypto/digest.hpp"
#include "service/projects.hpp"
#include "storage/memory/open.hpp"
#include "support/run_task.hpp"

#include <gtest/gtest.h>

namespace rollcall::service {
namespace {

using namespace std::chrono_literals;
using tests::run_task;

// Stands still unless told otherwise: the memory of a success ends at an instant.
class StoppedClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override { return now_; }
    void set(Timestamp now) { now_ = now; }

private:
    Timestamp now_{1'767'225'600s};
};

class CredentialsTest : public ::testing::Test {
protected:
    bool authenticates(ProjectId const& id, std::string const& secret) {
        auto const key = run_task(credentials.authenticate(id, Secret(secret)));
        EXPECT_TRUE(key);
        return key && *key && (*key)->id() == id;
    }
    bool authenticates() { return authenticates(project.project.id, secret()); }
    [[nodiscard]] std::string secret() const { return project.secret.value.reveal(); }

    StoppedClock clock;
    crypto::RandomIdSource ids;
    Limits limits;
    std::unique_ptr<storage::Store> store = storage::open_memory_store(ids, limits);
    Projects projects{*store, clock, ids};
    ProjectCredentials credentials{*store, clock};
    NewProject project = *run_task(projects.create("Project", Environment::test));
};

TEST_F(CredentialsTest, RightAndWrong) {
    EXPECT_TRUE(authenticates());
    EXPECT_TRUE(authenticates());
    EXPECT_FALSE(authenticates(project.project.id, secret() + "x"));
    EXPECT_FALSE(authenticates({Environment::test, ids.random_uuid()}, secret()));
    EXPECT_TRUE(authenticates());
}

TEST_F(CredentialsTest, RevocationHereIsSeenAtOnce) {
    EXPECT_TRUE(authenticates());
    ASSERT_TRUE(run_task(projects.revoke_secret(project.project.id, project.secret.record.id)));
    EXPECT_FALSE(authenticates());
}

TEST_F(CredentialsTest, ManySecretsAndProjects) {
    std::vector<std::pair<ProjectId, std::string>> all{{project.project.id, secret()}};
    for (int i = 0; i < 300; ++i) {
        auto const made = *run_task(projects.create("P", Environment::live));
        all.emplace_back(made.project.id, made.secret.value.reveal());
    }
    for (int i = 0; i < 10; ++i) {
        auto const made = *run_task(projects.create_secret(project.project.id));
        all.emplace_back(project.project.id, made.value.reveal());
    }
    for (int round = 0; round < 2; ++round) {
        for (auto const& [id, text] : all) EXPECT_TRUE(authenticates(id, text));
    }
    EXPECT_FALSE(authenticates(all[1].first, all[2].second));
}

TEST(IsProjectSecret, Forms) {
    for (std::string const good : {"secret-test-a", "secret-live-AZaz09-_", "secret-test-abc="}) {
        EXPECT_TRUE(is_project_secret(good)) << good;
    }
    auto const longest = "secret-test-" + std::string(Limits::project_secret_characters_max, 'a');
    EXPECT_TRUE(is_project_secret(longest));
    for (std::string const bad : {"", "secret-test-", "secret-prod-aaaa", "Secret-test-aaaa",
                                  "secret-test-a b", "secret-test-a+b", "secret-test-\xc3\xa4"}) {
        EXPECT_FALSE(is_project_secret(bad)) << bad;
    }
    EXPECT_FALSE(is_project_secret(longest + "a"));
}

}  // namespace
}  // namespace rollcall::service
