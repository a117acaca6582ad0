// Settings: where values come from, what they may be, and what an error says.
#include "cli/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

namespace rollcall::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// A configuration file that is gone after the test.
class File {
public:
    explicit File(std::string const& content)
        : path_(testing::TempDir() + "/rollcall_config_test.toml") {
        std::ofstream(path_) << content;
    }
    ~File() { std::remove(path_.c_str()); }
    [[nodiscard]] std::string const& path() const { return path_; }

private:
    std::string path_;
};

std::string error_of(Texts const& flags, Variables const& environment = {}) {
    auto const config = resolve_config(flags, environment);
    return config ? "no error" : config.error().message();
}

std::string file_error(std::string const& content) {
    File const file(content);
    return error_of({{"config", file.path()}});
}

TEST(Config, DefaultsAreTheTable) {
    auto const config = resolve_config({}, {});
    ASSERT_TRUE(config);
    EXPECT_EQ(config->listen.host, "127.0.0.1");
    EXPECT_EQ(config->listen.port, 8080);
    EXPECT_EQ(config->data, "./data");
    EXPECT_EQ(config->public_url, std::nullopt);
    EXPECT_EQ(config->log_format, runtime::LogFormat::text);
    EXPECT_EQ(config->log_level, runtime::LogLevel::info);
    EXPECT_EQ(config->threads, 0U);
    EXPECT_EQ(config->page_cache_mb, 32U);
    EXPECT_FALSE(config->welcome);
    EXPECT_EQ(config->bearer_token_lifetime, std::chrono::days(1825));
    EXPECT_EQ(config->encryption_key_file, std::nullopt);
    EXPECT_FALSE(config->encryption_key);
}

TEST(Config, TheEncryptionKeyIsAVariableAlone) {
    auto const config = resolve_config({}, {{"ROLLCALL_ENCRYPTION_KEY", "key"}});
    ASSERT_TRUE(config) << config.error().message();
    ASSERT_TRUE(config->encryption_key);
    EXPECT_EQ(config->encryption_key->reveal(), "key");
    EXPECT_FALSE(resolve_config({}, {{"ROLLCALL_ENCRYPTION_KEY", ""}})->encryption_key);
    EXPECT_THAT(file_error("encryption_key = \"x\""), HasSubstr("encryption_key is not a setting"));
}

TEST(Config, FlagBeforeEnvironmentBeforeFile) {
    File const file("threads = 3\nlog_level = \"warn\"\ndata = \"/from/file\"\nwelcome = true\n");
    auto const config = resolve_config({{"config", file.path()}, {"threads", "1"}},
                                       {{"ROLLCALL_THREADS", "2"}, {"ROLLCALL_DATA", "/from/env"}});
    ASSERT_TRUE(config) << config.error().message();
    EXPECT_EQ(config->threads, 1U);
    EXPECT_EQ(config->data, "/from/env");
    EXPECT_EQ(config->log_level, runtime::LogLevel::warn);
    EXPECT_TRUE(config->welcome);
}

TEST(Config, FileNamedByTheEnvironment) {
    File const file("listen = \"[::1]:9000\"");
    auto const config = resolve_config({}, {{"ROLLCALL_CONFIG", file.path()}});
    ASSERT_TRUE(config) << config.error().message();
    EXPECT_EQ(config->listen.host, "::1");
    EXPECT_EQ(config->listen.port, 9000);
}

TEST(Config, EmptyVariableIsUnset) {
    auto const config = resolve_config({}, {{"ROLLCALL_THREADS", ""}});
    ASSERT_TRUE(config);
    EXPECT_EQ(config->threads, 0U);
}

TEST(Config, EveryScalarSettingWorksFromEverySource) {
    Texts const values{{"listen", "localhost:1"},  {"data", "d"},
                       {"public_url", "http://a"}, {"log_format", "json"},
                       {"log_level", "error"},     {"threads", "4"},
                       {"page_cache", "7"},        {"bearer_token_lifetime", "30"},
                       {"welcome", "true"},        {"encryption_key_file", "k"}};
    Variables environment;
    std::string content;
    for (auto const& setting : settings()) {
        if (!setting.in_file) continue;
        auto const& text = values.at(std::string(setting.key));
        environment[variable_of(setting)] = text;
        content += std::string(setting.key) + " = ";
        auto const bare =
            text == "true" || text.find_first_not_of("0123456789") == std::string::npos;
        content += bare ? text + "\n" : '"' + text + "\"\n";
    }
    File const file(content);
    for (auto const& config : {resolve_config(values, {}), resolve_config({}, environment),
                               resolve_config({{"config", file.path()}}, {})}) {
        ASSERT_TRUE(config) << config.error().message();
        EXPECT_EQ(config->listen.port, 1);
        EXPECT_EQ(config->data, "d");
        EXPECT_EQ(config->public_url, "http://a");
        EXPECT_EQ(config->log_format, runtime::LogFormat::json);
        EXPECT_EQ(config->log_level, runtime::LogLevel::error);
        EXPECT_EQ(config->threads, 4U);
        EXPECT_EQ(config->page_cache_mb, 7U);
        EXPECT_TRUE(config->welcome);
        EXPECT_EQ(config->bearer_token_lifetime, std::chrono::days(30));
        EXPECT_EQ(config->encryption_key_file, "k");
    }
}

TEST(Config, BadValueNamesSourceAndRule) {
    EXPECT_EQ(error_of({{"threads", "0"}}),
              "--threads: must be a whole number from 1 to 256, not \"0\"");
    EXPECT_EQ(error_of({}, {{"ROLLCALL_LOG_LEVEL", "loud"}}),
              "ROLLCALL_LOG_LEVEL: must be debug, info, warn, error or off, not \"loud\"");
    EXPECT_THAT(
        file_error("data = \"x\"\nlog_format = \"xml\"\n"),
        AllOf(HasSubstr(".toml:2: log_format: must be text or json"), HasSubstr("\"xml\"")));
    EXPECT_THAT(file_error("threads = [1]"),
                HasSubstr(".toml:1: threads: must be a whole number from 1 to 256"));
    for (auto const* text : {"257", "-1", "1.5", "two", "", "1 "}) {
        EXPECT_THAT(error_of({{"threads", text}}), HasSubstr("--threads: must be"));
    }
    EXPECT_THAT(error_of({{"data", ""}}), HasSubstr("--data: must be the path"));
}

TEST(Config, UnknownNamesAreErrorsWithTheNearest) {
    EXPECT_THAT(error_of({}, {{"ROLLCALL_LISTNE", "x"}}),
                AllOf(HasSubstr("environment variable ROLLCALL_LISTNE is not a setting"),
                      HasSubstr("did you mean ROLLCALL_LISTEN?")));
    EXPECT_THAT(
        file_error("\nlog_levle = \"info\""),
        AllOf(HasSubstr(":2: log_levle is not a setting"), HasSubstr("did you mean log_level?")));
    EXPECT_THAT(file_error("[database]\nhost = 1"),
                AllOf(HasSubstr(":1: database is not a setting"), HasSubstr("known are listen,")));
    EXPECT_THAT(file_error("config = \"other.toml\""), HasSubstr("config is not a setting"));
}

TEST(Config, VariablesThatAreNotSettingsAreLeftAlone) {
    Variables const environment{{"ROLLCALL_BOOTSTRAP_PROJECT_ID", "x"},
                                {"ROLLCALL_BOOTSTRAP_SECRET", "x"},
                                {"ROLLCALL_SIMULATE_TOKEN", "x"},
                                {"PATH", "/bin"}};
    EXPECT_TRUE(resolve_config({}, environment));
}

TEST(Config, FileThatCannotBeRead) {
    EXPECT_EQ(error_of({{"config", "/nowhere/rollcall.toml"}}),
              "configuration file /nowhere/rollcall.toml cannot be read");
    EXPECT_EQ(error_of({{"config", "/"}}), "configuration file / cannot be read");
    EXPECT_THAT(file_error("threads = = 1"), HasSubstr(".toml:1: "));
    EXPECT_THAT(file_error("threads = 1\nthreads = 2"), HasSubstr(".toml:2: "));
}

TEST(Config, ReadsTheEnvironmentBlock) {
    char const* const block[] = {"A=1", "B=x=y", "C=", "broken", nullptr};
    auto const environment = read_environment(block);
    EXPECT_EQ(environment, (Variables{{"A", "1"}, {"B", "x=y"}, {"C", ""}}));
}

TEST(Listen, AcceptsHostAndPort) {
    struct Case {
        char const* text;
        char const* host;
        std::uint16_t port;
    };
    for (auto const& [text, host, port] :
         {Case{"127.0.0.1:8080", "127.0.0.1", 8080}, Case{"[::1]:0", "::1", 0},
          Case{"localhost:65535", "localhost", 65535}, Case{"0.0.0.0:80", "0.0.0.0", 80},
          Case{"[::]:80", "::", 80}}) {
        auto const address = parse_listen(text);
        ASSERT_TRUE(address) << text;
        EXPECT_EQ(address->host, host);
        EXPECT_EQ(address->port, port);
    }
}

TEST(Listen, RefusesAnythingElse) {
    for (auto const* text :
         {"", ":", "8080", ":8080", "localhost", "localhost:", "localhost:65536", "localhost:-1",
          "localhost:80x", "::1:80", "[::1]", "[::1:80", "[nonsense]:80", "a b:80", "a/b:80",
          "user@host:80", "http://localhost:80", "host?x:80"}) {
        EXPECT_FALSE(parse_listen(text)) << text;
    }
}

TEST(Listen, OriginIsReachable) {
    EXPECT_EQ(origin_of({"127.0.0.1", 80}), "http://127.0.0.1:80");
    EXPECT_EQ(origin_of({"::1", 80}), "http://[::1]:80");
    EXPECT_EQ(origin_of({"0.0.0.0", 80}), "http://127.0.0.1:80");
    EXPECT_EQ(origin_of({"::", 80}), "http://[::1]:80");
}

TEST(Origin, IsNormalised) {
    EXPECT_EQ(parse_origin("https://directory.example.com"), "https://directory.example.com");
    EXPECT_EQ(parse_origin("HTTPS://directory.example.com/"), "https://directory.example.com");
    EXPECT_EQ(parse_origin("http://[::1]:8080/"), "http://[::1]:8080");
    EXPECT_EQ(parse_origin("http://localhost:"), "http://localhost");
}

TEST(Origin, RefusesWhatIsMoreOrLess) {
    for (auto const* text :
         {"", "directory.example.com", "ftp://example.com", "https://", "https:///x",
          "https://example.com/scim", "https://example.com?x", "https://example.com#x",
          "https://user@example.com", "https://example.com:0", "https://example.com:99999",
          "https://exa mple.com", "//example.com", "https://example.com//"}) {
        EXPECT_FALSE(parse_origin(text)) << text;
    }
}

}  // namespace
}  // namespace rollcall::cli
