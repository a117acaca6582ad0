// Log lines as an operator's terminal or a log collector receives them.
#include "runtime/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <thread>
#include <vector>

namespace rollcall::runtime {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

/// What `write` logs, as text: standard error is caught until the log is destroyed.
template <class Write>
std::string captured(LogFormat format, LogLevel level, Write write) {
    testing::internal::CaptureStderr();
    {
        Log log(format, level);
        write(log);
    }
    return testing::internal::GetCapturedStderr();
}

std::vector<std::string> split_lines(std::string const& text) {
    std::vector<std::string> lines;
    std::size_t begin = 0;
    for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    EXPECT_EQ(begin, text.size()) << "the last line has no end";
    return lines;
}

TEST(Log, names_of_levels_and_formats) {
    EXPECT_EQ(parse_log_level("debug"), LogLevel::debug);
    EXPECT_EQ(parse_log_level("info"), LogLevel::info);
    EXPECT_EQ(parse_log_level("warn"), LogLevel::warn);
    EXPECT_EQ(parse_log_level("error"), LogLevel::error);
    EXPECT_EQ(parse_log_level("off"), LogLevel::off);
    EXPECT_EQ(parse_log_level("Info"), std::nullopt);
    EXPECT_EQ(parse_log_level(""), std::nullopt);
    EXPECT_EQ(parse_log_format("text"), LogFormat::text);
    EXPECT_EQ(parse_log_format("json"), LogFormat::json);
    EXPECT_EQ(parse_log_format("xml"), std::nullopt);
}

TEST(Log, text_line) {
    auto const text = captured(LogFormat::text, LogLevel::info, [](Log& log) {
        log.write(LogLevel::info, "request done",
                  {{"status", std::int64_t{200}},
                   {"path", std::string_view("/v1")},
                   {"name", std::string_view("two words")},
                   {"empty", std::string_view("")},
                   {"seconds", 0.5},
                   {"kept", true}});
    });
    EXPECT_THAT(text, MatchesRegex("[0-9]+-[0-9]+-[0-9]+T[0-9]+:[0-9]+:[0-9]+\\.[0-9]+Z info  "
                                   "request done status=200 path=/v1 name=\"two words\" "
                                   "empty=\"\" seconds=0.5 kept=true\n"));
}

TEST(Log, json_line) {
    auto const text = captured(LogFormat::json, LogLevel::info, [](Log& log) {
        log.write(LogLevel::warn, "a \"b\"",
                  {{"status", std::int64_t{-1}},
                   {"path", std::string_view("/v1")},
                   {"ratio", std::nan("")},
                   {"kept", false}});
    });
    EXPECT_THAT(text, MatchesRegex("\\{\"time\":\"[-0-9]+T[:0-9]+\\.[0-9]+Z\",\"level\":\"warn\","
                                   "\"message\":\"a \\\\\"b\\\\\"\",\"status\":-1,\"path\":\"/v1\","
                                   "\"ratio\":null,\"kept\":false\\}\n"));
}

TEST(Log, no_input_can_forge_a_line) {
    using namespace std::string_view_literals;
    auto const hostile = "x\n2026 error forged\r\x1b[31m\xc2\x9b\x00\xff\"\\"sv;
    for (auto const format : {LogFormat::text, LogFormat::json}) {
        auto const text = captured(format, LogLevel::info, [&](Log& log) {
            log.write(LogLevel::info, hostile, {{"value", hostile}, {hostile, true}});
        });
        auto const lines = split_lines(text);
        ASSERT_EQ(lines.size(), 1U);
        for (char const c : lines.front()) {
            EXPECT_TRUE(c >= ' ' && c <= '~') << static_cast<int>(c);
        }
    }
}

TEST(Log, unicode_stays_readable) {
    auto const text = captured(LogFormat::json, LogLevel::info, [](Log& log) {
        log.write(LogLevel::info, "m", {{"name", std::string_view("Zoë 日本")}});
    });
    EXPECT_THAT(text, HasSubstr("\"name\":\"Zoë 日本\""));
}

TEST(Log, braces_are_not_a_format) {
    auto const text = captured(LogFormat::text, LogLevel::info, [](Log& log) {
        log.write(LogLevel::info, "{} {0} %v", {{"k", std::string_view("{x}%n")}});
    });
    EXPECT_THAT(text, HasSubstr("{} {0} %v k={x}%n\n"));
}

TEST(Log, levels_below_are_dropped) {
    auto const text = captured(LogFormat::text, LogLevel::warn, [](Log& log) {
        EXPECT_FALSE(log.enabled(LogLevel::info));
        EXPECT_TRUE(log.enabled(LogLevel::warn));
        log.write(LogLevel::info, "hidden", {});
        log.write(LogLevel::error, "shown", {});
    });
    EXPECT_THAT(text, HasSubstr("shown"));
    EXPECT_THAT(text, Not(HasSubstr("hidden")));
    EXPECT_EQ(captured(LogFormat::text, LogLevel::off,
                       [](Log& log) { log.write(LogLevel::error, "never", {}); }),
              "");
}

TEST(Log, no_line_of_many_threads_is_lost_or_mixed) {
    constexpr int threads = 4;
    constexpr int lines_each = 5000;
    auto const text = captured(LogFormat::text, LogLevel::info, [](Log& log) {
        std::vector<std::jthread> writers;
        for (int thread = 0; thread < threads; ++thread) {
            writers.emplace_back([&log, thread] {
                for (int line = 0; line < lines_each; ++line) {
                    log.write(LogLevel::info, "access",
                              {{"thread", std::int64_t{thread}}, {"line", std::int64_t{line}}});
                }
            });
        }
    });
    auto const lines = split_lines(text);
    EXPECT_EQ(lines.size(), threads * lines_each);
    std::vector<int> next(threads, 0);
    for (auto const& line : lines) {
        int thread = -1;
        int number = -1;
        auto const at = line.find(" info  access thread=");
        ASSERT_NE(at, std::string::npos) << line;
        ASSERT_EQ(
            std::sscanf(line.c_str() + at, " info  access thread=%d line=%d", &thread, &number), 2)
            << line;
        ASSERT_EQ(number, next.at(static_cast<std::size_t>(thread))++) << line;
    }
}

}  // namespace
}  // namespace rollcall::runtime
