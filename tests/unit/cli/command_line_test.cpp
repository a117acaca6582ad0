// The command line: every command's options, help, and refusals that say what to do.
#include "cli/command_line.hpp"

#include "base/limits.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <vector>

namespace rollcall::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr auto connection = "scim-connection-test-0190f3f4-5b4c-7abc-8def-0123456789ab";
constexpr auto project = "project-test-0190f3f4-5b4c-7abc-8def-0123456789ab";

Command parse(std::vector<std::string> const& arguments) {
    return parse_command_line(arguments, "1.2.3");
}

template <class Wanted>
Wanted parse_as(std::vector<std::string> const& arguments) {
    auto const command = parse(arguments);
    if (auto const* print = std::get_if<Print>(&command)) ADD_FAILURE() << print->text;
    return std::get<Wanted>(command);
}

std::string usage_error(std::vector<std::string> const& arguments) {
    auto const command = parse(arguments);
    auto const* print = std::get_if<Print>(&command);
    if (print == nullptr) return "no error";
    EXPECT_EQ(print->exit_code, ExitCode::usage);
    return print->text;
}

std::string help_of(std::vector<std::string> arguments) {
    arguments.emplace_back("--help");
    auto const print = std::get<Print>(parse(arguments));
    EXPECT_EQ(print.exit_code, ExitCode::ok);
    return print.text;
}

TEST(CommandLine, ServeKeepsSettingsAsText) {
    auto const serve =
        parse_as<Serve>({"serve", "--listen", "[::1]:0", "--threads=x", "--welcome"});
    EXPECT_EQ(serve.settings,
              (Texts{{"listen", "[::1]:0"}, {"threads", "x"}, {"welcome", "true"}}));
}

TEST(CommandLine, ServeHasEverySetting) {
    auto const help = help_of({"serve"});
    for (auto const& setting : settings()) {
        EXPECT_THAT(help, HasSubstr(flag_of(setting)));
        EXPECT_THAT(help, HasSubstr(variable_of(setting)));
    }
}

TEST(CommandLine, ProjectCommands) {
    auto const create = parse_as<ProjectCreate>(
        {"project", "create", "--name", "My product", "--env", "live", "--data", "d", "--json"});
    EXPECT_EQ(create.name, "My product");
    EXPECT_EQ(create.environment, Environment::live);
    EXPECT_TRUE(create.json);
    EXPECT_EQ(create.settings, (Texts{{"data", "d"}}));
    std::string const longest(Limits{}.name_code_points_max, 'n');
    EXPECT_EQ(
        parse_as<ProjectCreate>({"project", "create", "--name", longest, "--env", "test"}).name,
        longest);
    EXPECT_THAT(usage_error({"project", "create", "--name", longest + "n", "--env", "test"}),
                HasSubstr("--name"));

    EXPECT_FALSE(parse_as<ProjectList>({"project", "list"}).json);
    EXPECT_EQ(to_string(parse_as<SecretCreate>({"project", "secret", "create", project}).project),
              project);
    EXPECT_TRUE(parse_as<SecretList>({"project", "secret", "list", project, "--json"}).json);
    auto const revoke = parse_as<SecretRevoke>(
        {"project", "secret", "revoke", project, "0190f3f4-5b4c-7abc-8def-0123456789ab"});
    EXPECT_EQ(to_string(revoke.secret), "0190f3f4-5b4c-7abc-8def-0123456789ab");
}

TEST(CommandLine, ConnectionCommands) {
    auto const get = parse_as<OptionsGet>({"connection", "options", "get", connection, "--json"});
    EXPECT_EQ(to_string(get.connection), connection);
    EXPECT_TRUE(get.json);
    auto const set = parse_as<OptionsSet>({"connection", "options", "set", connection, "put=merge",
                                           "basic_auth=", "x=a=b", "--data", "d"});
    EXPECT_EQ(to_string(set.connection), connection);
    EXPECT_EQ(set.options, (std::vector<std::pair<std::string, std::string>>{
                               {"put", "merge"}, {"basic_auth", ""}, {"x", "a=b"}}));
    EXPECT_EQ(set.settings, (Texts{{"data", "d"}}));
    auto const requests = parse_as<RequestsList>({"connection", "requests", connection});
    EXPECT_EQ(requests.only, RequestKind::all);
    EXPECT_EQ(requests.limit, 50U);
    auto const failed = parse_as<RequestsList>(
        {"connection", "requests", connection, "--only", "failed", "--limit", "1000"});
    EXPECT_EQ(failed.only, RequestKind::failed);
    EXPECT_EQ(failed.limit, 1000U);
    EXPECT_EQ(
        parse_as<RequestsList>({"connection", "requests", connection, "--only", "noted"}).only,
        RequestKind::noted);
}

TEST(CommandLine, SchemaCommands) {
    auto const put =
        parse_as<SchemaPut>({"schema", "put", connection, "badge.json", "--data", "d"});
    EXPECT_EQ(to_string(put.connection), connection);
    EXPECT_EQ(put.file, "badge.json");
    EXPECT_EQ(put.resource_type, "User");
    EXPECT_FALSE(put.required);
    EXPECT_EQ(put.settings, (Texts{{"data", "d"}}));
    auto const group = parse_as<SchemaPut>(
        {"schema", "put", connection, "-", "--resource-type", "Group", "--required"});
    EXPECT_EQ(group.resource_type, "Group");
    EXPECT_TRUE(group.required);
    EXPECT_TRUE(parse_as<SchemaList>({"schema", "list", connection, "--json"}).json);
    EXPECT_EQ(parse_as<SchemaDelete>({"schema", "delete", connection, "urn:acme:x"}).urn,
              "urn:acme:x");
    EXPECT_THAT(usage_error({"schema", "put", connection, "f", "--resource-type", "Device"}),
                HasSubstr("must be User or Group"));
    EXPECT_THAT(usage_error({"schema", "list", "x"}),
                HasSubstr("must be scim-connection-test-UUID"));
    EXPECT_THAT(usage_error({"schema", "put", connection}), HasSubstr("FILE is required"));
}

TEST(CommandLine, RbacCommands) {
    auto const set = parse_as<RbacSet>({"rbac", "set", project, "policy.json", "--data", "d"});
    EXPECT_EQ(to_string(set.project), project);
    EXPECT_EQ(set.file, "policy.json");
    EXPECT_EQ(set.settings, (Texts{{"data", "d"}}));
    EXPECT_FALSE(parse_as<RbacShow>({"rbac", "show", project}).json);
    EXPECT_TRUE(parse_as<RbacShow>({"rbac", "show", project, "--json"}).json);
    EXPECT_THAT(usage_error({"rbac", "set", project}), HasSubstr("FILE is required"));
    EXPECT_THAT(usage_error({"rbac", "show", "x"}), HasSubstr("must be project-test-UUID"));
}

TEST(CommandLine, TokenProfileCommands) {
    auto const create = parse_as<TokenProfileCreate>(
        {"token-profile", "create", project, "profile.json", "--data", "d", "--json"});
    EXPECT_EQ(to_string(create.project), project);
    EXPECT_EQ(create.file, "profile.json");
    EXPECT_TRUE(create.json);
    EXPECT_EQ(create.settings, (Texts{{"data", "d"}}));
    EXPECT_FALSE(parse_as<TokenProfileList>({"token-profile", "list", project}).json);
    EXPECT_EQ(parse_as<TokenProfileDelete>({"token-profile", "delete", project, "id"}).profile,
              "id");
    EXPECT_THAT(usage_error({"token-profile", "create", project}), HasSubstr("FILE is required"));
    EXPECT_THAT(usage_error({"token-profile", "delete", project}),
                HasSubstr("PROFILE_ID is required"));
}

TEST(CommandLine, KeyCommands) {
    EXPECT_TRUE(parse_as<KeyList>({"key", "list", project, "--json"}).json);
    auto const rotate =
        parse_as<KeyRotate>({"key", "rotate", project, "--encryption-key-file", "k"});
    EXPECT_EQ(to_string(rotate.project), project);
    EXPECT_FALSE(rotate.force);
    EXPECT_EQ(rotate.settings, (Texts{{"encryption_key_file", "k"}}));
    EXPECT_TRUE(parse_as<KeyRotate>({"key", "rotate", project, "--force"}).force);
    EXPECT_THAT(usage_error({"key", "list", "x"}), HasSubstr("must be project-test-UUID"));
}

TEST(CommandLine, ImpersonateNamesMemberAndOperator) {
    constexpr auto member = "member-test-0190f3f4-5b4c-7abc-8def-0123456789ab";
    auto const command =
        parse_as<Impersonate>({"impersonate", member, "--as", "a@b.co", "--data", "d", "--json"});
    EXPECT_EQ(to_string(command.member), member);
    EXPECT_EQ(command.operator_address, "a@b.co");
    EXPECT_TRUE(command.json);
    EXPECT_EQ(command.settings, (Texts{{"data", "d"}}));
    EXPECT_THAT(usage_error({"impersonate", member}), HasSubstr("--as is required"));
    EXPECT_THAT(usage_error({"impersonate", "x", "--as", "a@b.co"}),
                HasSubstr("must be member-test-UUID"));
}

TEST(CommandLine, SimulateAndDemo) {
    auto const simulate =
        parse_as<Simulate>({"simulate", "--idp", "entra", "--url", "http://x", "--token", "-",
                            "--users", "5", "--groups", "2", "--seed", "9", "--concurrency", "8"});
    EXPECT_EQ(simulate.provider, Provider::entra);
    EXPECT_EQ(simulate.url, "http://x");
    EXPECT_EQ(simulate.token, "-");
    EXPECT_EQ(simulate.load.users, 5U);
    EXPECT_EQ(simulate.load.groups, 2U);
    EXPECT_EQ(simulate.load.seed, 9U);
    EXPECT_EQ(simulate.load.concurrency, 8U);

    auto const demo = parse_as<Demo>({"demo"});
    EXPECT_EQ(demo.load.users, 1000U);
    EXPECT_EQ(demo.load.groups, 50U);
}

TEST(CommandLine, HelpAndVersion) {
    EXPECT_EQ(std::get<Print>(parse({"--version"})).text, "rollcall 1.2.3\n");
    auto const help = help_of({});
    for (auto const* word : {"serve", "project", "simulate", "demo", "Exit codes:", "Examples:"}) {
        EXPECT_THAT(help, HasSubstr(word));
    }
    EXPECT_THAT(help_of({"project", "secret", "revoke"}),
                HasSubstr("Usage: rollcall project secret revoke PROJECT_ID SECRET_ID [OPTIONS]"));
    EXPECT_THAT(help_of({"demo"}), HasSubstr("[default: 1000]"));
}

TEST(CommandLine, HelpFitsATerminal) {
    for (auto const& command :
         std::vector<std::vector<std::string>>{{},
                                               {"serve"},
                                               {"project"},
                                               {"project", "create"},
                                               {"project", "list"},
                                               {"project", "secret"},
                                               {"project", "secret", "create"},
                                               {"connection"},
                                               {"connection", "options", "get"},
                                               {"connection", "options", "set"},
                                               {"connection", "requests"},
                                               {"simulate"},
                                               {"demo"}}) {
        std::istringstream lines(help_of(command));
        for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;
    }
}

TEST(CommandLine, RefusalsNameTheOption) {
    EXPECT_THAT(usage_error({}), HasSubstr("rollcall --help"));
    EXPECT_THAT(usage_error({"serv"}), HasSubstr("serv is not a command; did you mean serve?"));
    EXPECT_THAT(usage_error({"project", "x"}), HasSubstr("known are create, list, secret"));
    EXPECT_THAT(usage_error({"serve", "--lisen", "x"}),
                AllOf(HasSubstr("--lisen"), HasSubstr("'rollcall serve --help'")));
    EXPECT_THAT(usage_error({"serve", "--data"}), HasSubstr("--data"));
    EXPECT_THAT(usage_error({"project", "create", "--name", "x"}), HasSubstr("--env"));
    EXPECT_THAT(usage_error({"project", "create", "--name", "x", "--env", "prod"}),
                HasSubstr("--env: must be test or live"));
    EXPECT_THAT(usage_error({"project", "secret", "list", "acme"}),
                HasSubstr("PROJECT_ID: must be project-test-UUID or project-live-UUID"));
    EXPECT_THAT(usage_error({"connection", "options", "get", project}),
                HasSubstr("CONNECTION_ID: must be scim-connection-test-UUID"));
    EXPECT_THAT(usage_error({"connection", "options", "set", connection}), HasSubstr("NAME=VALUE"));
    EXPECT_THAT(usage_error({"connection", "options", "set", connection, "put"}),
                HasSubstr("put: must be NAME=VALUE"));
    EXPECT_THAT(usage_error({"connection", "requests", connection, "--only", "good"}),
                HasSubstr("--only: must be failed or noted"));
    EXPECT_THAT(usage_error({"connection", "requests", connection, "--limit", "1001"}),
                HasSubstr("--limit"));
    EXPECT_THAT(usage_error({"simulate", "--idp", "ldap", "--url", "x"}),
                HasSubstr("--idp: must be okta or entra"));
    EXPECT_THAT(usage_error({"simulate", "--idp", "okta"}), HasSubstr("--url"));
    EXPECT_THAT(usage_error({"demo", "--users", "-1"}), HasSubstr("--users"));
    EXPECT_THAT(usage_error({"demo", "--concurrency", "65"}), HasSubstr("--concurrency"));
    EXPECT_THAT(usage_error({"project", "secret"}), HasSubstr("'rollcall project secret --help'"));
}

}  // namespace
}  // namespace rollcall::cli
