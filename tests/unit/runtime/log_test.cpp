// Log lines as an operator's terminal or a log collector receives them.
#include "runtime/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cmath>
#include <csignal>
#include <memory>
#include <string>
#include <thread>
#include <unistd.h>
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

/// Standard error as a pipe whose reader the test is; as it was when it goes.
class StderrPipe {
public:
    StderrPipe() {
        std::array<int, 2> ends{};
        EXPECT_EQ(::pipe(ends.data()), 0);
        reader_ = ends[0];
        before_ = ::dup(STDERR_FILENO);
        ::dup2(ends[1], STDERR_FILENO);
        ::close(ends[1]);
    }
    ~StderrPipe() {
        restore();
        close_reader();
    }
    StderrPipe(StderrPipe const&) = delete;
    StderrPipe& operator=(StderrPipe const&) = delete;

    void close_reader() {
        if (reader_ >= 0) ::close(reader_);
        reader_ = -1;
    }
    /// Everything until nobody can write any more: call restore(), here or elsewhere.
    [[nodiscard]] std::string read_all() const {
        std::string text;
        std::array<char, 4096> buffer{};
        for (ssize_t size = 0; (size = ::read(reader_, buffer.data(), buffer.size())) > 0;) {
            text.append(buffer.data(), static_cast<std::size_t>(size));
        }
        return text;
    }
    void restore() {
        if (before_ < 0) return;
        ::dup2(before_, STDERR_FILENO);
        ::close(before_);
        before_ = -1;
    }

private:
    int reader_ = -1;
    int before_ = -1;
};

constexpr LogBounds tight{.waiting_bytes_max = 16 * 1024,
                          .last_write_max = std::chrono::milliseconds(200)};

/// More than a pipe and those bounds hold.
constexpr int many_lines = 5000;
void write_many(Log& log) {
    for (int line = 0; line < many_lines; ++line) log.write(LogLevel::info, "line", {});
}

TEST(Log, waits_for_no_reader) {
    StderrPipe const stalled;
    auto const began = std::chrono::steady_clock::now();
    {
        Log log(LogFormat::text, LogLevel::info, tight);
        write_many(log);
        log.write(LogLevel::error, "urgent", {});
    }
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(20));
}

TEST(Log, says_how_many_lines_were_dropped) {
    StderrPipe slow;
    auto bounds = tight;
    bounds.last_write_max = std::chrono::seconds(20);
    auto log = std::make_unique<Log>(LogFormat::text, LogLevel::info, bounds);
    write_many(*log);
    std::string text;
    {
        std::jthread const reader([&] { text = slow.read_all(); });
        log.reset();
        slow.restore();
    }
    int lines = 0;
    int dropped = 0;
    for (auto const& line : split_lines(text)) {
        auto const at = line.find("warn  log lines were dropped");
        if (at == std::string::npos) {
            ++lines;
        } else {
            dropped += std::stoi(line.substr(line.rfind("count=") + 6));
        }
    }
    EXPECT_GT(dropped, 0);
    EXPECT_EQ(lines + dropped, many_lines);
}

TEST(Log, outlives_its_reader) {
    auto* const before = std::signal(SIGPIPE, SIG_IGN);
    StderrPipe gone;
    gone.close_reader();
    {
        Log log(LogFormat::text, LogLevel::info, tight);
        write_many(log);
    }
    std::signal(SIGPIPE, before);
}

}  // namespace
}  // namespace rollcall::runtime
