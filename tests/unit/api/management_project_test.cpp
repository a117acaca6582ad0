// The caller's project and its secrets (our own).
#include "unit/api/management_fixture.hpp"

namespace rollcall::tests {
namespace {

constexpr auto secrets_path = "/v1/rollcall/project/secrets";

class ManagementProject : public ManagementTest {
protected:
    Backend with_new_secret() {
        auto const made = send("POST", secrets_path).json().at("project_secret").as_object();
        EXPECT_EQ(made.size(), 5U);
        return {backend.project, std::string(made.at("secret").as_string()),
                *parse_uuid(made.at("secret_id").as_string())};
    }
    Answer revoke(Backend const& who, Uuid const& secret) {
        return send_as(who, "DELETE", secrets_path + ("/" + to_string(secret)));
    }
    bool works(Backend const& who) {
        return send_as(who, "GET", "/v1/rollcall/project").response.status == 200;
    }
};

TEST_F(ManagementProject, IsShown) {
    auto const project = send("GET", "/v1/rollcall/project").json().at("project").as_object();
    EXPECT_EQ(project.size(), 4U);
    EXPECT_EQ(project.at("project_id").as_string(), to_string(backend.project));
    EXPECT_EQ(project.at("name"), "Project");
    EXPECT_TRUE(parse_id<PublicToken>(project.at("public_token").as_string()));
    EXPECT_EQ(project.at("created_at").as_string(), format_seconds(clock.now()));
}

TEST_F(ManagementProject, SecretsAreListedWithoutWhatTheyAre) {
    auto const other = with_new_secret();
    EXPECT_TRUE(works(other));
    auto const answer = send("GET", secrets_path);
    EXPECT_EQ(answer.body().find(other.secret), std::string::npos);
    auto const list = answer.json().at("project_secrets").as_array();
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0].at("secret_id").as_string(), to_string(backend.secret_id));
    EXPECT_EQ(list[0].at("revoked_at"), nullptr);
    EXPECT_EQ(list[1].at("last_four").as_string(), other.secret.substr(other.secret.size() - 4));
    EXPECT_FALSE(list[1].as_object().contains("secret"));
}

TEST_F(ManagementProject, ASecretIsReplacedWithoutAPause) {
    auto const next = with_new_secret();
    auto const revoked = revoke(backend, backend.secret_id);
    EXPECT_EQ(revoked.json().at("secret_id").as_string(), to_string(backend.secret_id));
    EXPECT_FALSE(works(backend)) << "with the next request";
    EXPECT_TRUE(works(next));
    auto const list = send_as(next, "GET", secrets_path).json().at("project_secrets");
    EXPECT_EQ(list.at(0).at("revoked_at").as_string(), format_seconds(clock.now()));
    EXPECT_EQ(revoke(next, backend.secret_id).response.status, 200U) << "twice is harmless";
}

TEST_F(ManagementProject, TheLastSecretStays) {
    expect_error(revoke(backend, backend.secret_id), 400, "cannot_revoke_last_project_secret",
                 "last secret");
    EXPECT_TRUE(works(backend));
    auto const next = with_new_secret();
    EXPECT_EQ(revoke(next, backend.secret_id).response.status, 200U);
    expect_error(revoke(next, next.secret_id), 400, "cannot_revoke_last_project_secret");
    EXPECT_TRUE(works(next));
    // The operator may: there is the command line to make another.
    expect_value(run_task(projects.revoke_secret(backend.project, next.secret_id)));
    EXPECT_FALSE(works(next));
}

TEST_F(ManagementProject, SecretsOfOthersAreNotFound) {
    auto const other = create_backend(Environment::test);
    expect_error(revoke(backend, other.secret_id), 404, "project_secret_not_found");
    expect_error(send("DELETE", std::string(secrets_path) + "/nonsense"), 404,
                 "project_secret_not_found", "secret_id");
    EXPECT_TRUE(works(other));
}

TEST_F(ManagementProject, LiveSecretsAreBounded) {
    auto last = backend;
    for (std::size_t i = 1; i < limits.project_secrets_max; ++i) last = with_new_secret();
    expect_error(send("POST", secrets_path), 400, "too_many_project_secrets", "20");
    EXPECT_EQ(revoke(backend, last.secret_id).response.status, 200U);
    EXPECT_TRUE(works(with_new_secret()));
}

}  // namespace
}  // namespace rollcall::tests
