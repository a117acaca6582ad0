// The operator's commands: what they print, as text and JSON, and how they fail.
#include "server/project_commands.hpp"

#include "temporary.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace rollcall::server {
namespace {

namespace json = boost::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ProjectCommands : public testing::Test {
protected:
    template <class Command>
    std::string run_ok(Command command) {
        command.settings["data"] = directory.path().string();
        Printed const out;
        Printed const err;
        EXPECT_EQ(run(command, {}, {out.file(), err.file()}), cli::ExitCode::ok) << err.text();
        return out.text();
    }

    template <class Command>
    std::string run_failing(Command command, cli::ExitCode expected,
                            cli::Variables const& environment = {}) {
        if (!command.settings.contains("data")) {
            command.settings["data"] = directory.path().string();
        }
        Printed const out;
        Printed const err;
        EXPECT_EQ(run(command, environment, {out.file(), err.file()}), expected);
        EXPECT_EQ(out.text(), "");
        return err.text();
    }

    json::object create(std::string name = "Shop") {
        return json::parse(run_ok(cli::ProjectCreate{{}, std::move(name), Environment::live, true}))
            .as_object();
    }

    TemporaryDirectory directory;
};

TEST_F(ProjectCommands, CreateShowsTheSecretOnce) {
    auto const text = run_ok(cli::ProjectCreate{{}, "Shop", Environment::test, false});
    EXPECT_THAT(text, AllOf(HasSubstr("project id    project-test-"),
                            HasSubstr("secret        secret-test-"),
                            HasSubstr("public token  public-token-test-")));
    EXPECT_THAT(
        run_ok(cli::ProjectList{{}, false}),
        AllOf(StartsWith("project-test-"), HasSubstr("  Shop\n"), Not(HasSubstr("secret-"))));
}

TEST_F(ProjectCommands, JsonHasEveryField) {
    auto const created = create();
    EXPECT_THAT(std::string(created.at("project_id").as_string()), StartsWith("project-live-"));
    EXPECT_THAT(std::string(created.at("secret").as_string()), StartsWith("secret-live-"));
    EXPECT_EQ(created.at("name"), "Shop");
    EXPECT_EQ(created.at("environment"), "live");
    auto const list = json::parse(run_ok(cli::ProjectList{{}, true})).as_array();
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0].at("project_id"), created.at("project_id"));
    EXPECT_EQ(list[0].at("public_token"), created.at("public_token"));
    EXPECT_FALSE(list[0].as_object().contains("secret"));
}

TEST_F(ProjectCommands, SecretsLiveAndEnd) {
    auto const created = create();
    auto const project =
        *parse_id<ProjectId>(std::string_view(created.at("project_id").as_string()));
    auto const second = json::parse(run_ok(cli::SecretCreate{{}, project, true})).as_object();
    EXPECT_NE(second.at("secret"), created.at("secret"));

    auto const id = *parse_uuid(std::string_view(created.at("secret_id").as_string()));
    EXPECT_THAT(run_ok(cli::SecretRevoke{{}, project, id}), HasSubstr("Revoked"));
    EXPECT_THAT(run_ok(cli::SecretRevoke{{}, project, id}), HasSubstr("Revoked"));
    auto const list = json::parse(run_ok(cli::SecretList{{}, project, true})).as_array();
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0].at("secret_id"), created.at("secret_id"));
    EXPECT_TRUE(list[0].at("revoked_at").is_string());
    EXPECT_TRUE(list[1].at("revoked_at").is_null());
    auto const secret = std::string(second.at("secret").as_string());
    EXPECT_EQ(list[1].at("last_four").as_string(), secret.substr(secret.size() - 4));
    EXPECT_THAT(run_ok(cli::SecretList{{}, project, false}), HasSubstr("  revoked "));
    EXPECT_THAT(run_ok(cli::SecretCreate{{}, project, false}),
                HasSubstr("\nThe secret is shown only now.\n"));
}

TEST_F(ProjectCommands, NothingYet) {
    EXPECT_EQ(run_failing(cli::ProjectList{{}, false}, cli::ExitCode::database),
              "rollcall: there is no database in " + directory.path().string() + "\n");
    EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
    crypto::RandomIdSource ids;
    ASSERT_TRUE(storage::open_sqlite_store({directory.path(), false, false}, ids, Limits{}));
    EXPECT_EQ(run_ok(cli::ProjectList{{}, false}), "There is no project yet.\n");
    EXPECT_EQ(run_ok(cli::ProjectList{{}, true}), "[]\n");
    run_ok(cli::ProjectCreate{{}, std::string(128, 'a'), Environment::test, false});
}

TEST_F(ProjectCommands, UnknownProjectOrSecretIsAFailure) {
    auto const created = create();
    auto const unknown = *parse_id<ProjectId>("project-test-0190f3f4-5b4c-7abc-8def-0123456789ab");
    EXPECT_THAT(run_failing(cli::SecretCreate{{}, unknown, false}, cli::ExitCode::failure),
                StartsWith("rollcall: "));
    EXPECT_THAT(run_failing(cli::SecretList{{}, unknown, false}, cli::ExitCode::failure),
                StartsWith("rollcall: "));
    auto const project =
        *parse_id<ProjectId>(std::string_view(created.at("project_id").as_string()));
    EXPECT_THAT(run_failing(cli::SecretRevoke{{}, project, Uuid{}}, cli::ExitCode::failure),
                StartsWith("rollcall: "));
}

TEST_F(ProjectCommands, BadNamesAreRefused) {
    for (auto const& name : {std::string(), std::string(129, 'a'), std::string("a\nb")}) {
        EXPECT_THAT(run_failing(cli::ProjectCreate{{}, name, Environment::test, false},
                                cli::ExitCode::failure),
                    HasSubstr("name"));
    }
    EXPECT_EQ(run_ok(cli::ProjectList{{}, true}), "[]\n");
}

TEST_F(ProjectCommands, ConfigurationAndDatabaseErrors) {
    EXPECT_THAT(run_failing(cli::ProjectList{}, cli::ExitCode::usage, {{"ROLLCALL_DTAA", "x"}}),
                HasSubstr("ROLLCALL_DTAA"));
    auto const file = directory.path() / "file";
    std::ofstream(file) << "not a directory";
    EXPECT_THAT(
        run_failing(cli::ProjectList{{{"data", file.string()}}, false}, cli::ExitCode::database),
        HasSubstr(file.string()));
}

}  // namespace
}  // namespace rollcall::server
