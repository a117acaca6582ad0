// Structured log lines on stderr, as text for people or JSON for machines.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

namespace rollcall::runtime {

enum class LogLevel : std::uint8_t { debug, info, warn, error, off };
enum class LogFormat : std::uint8_t { text, json };

[[nodiscard]] std::optional<LogLevel> parse_log_level(std::string_view text) noexcept;
[[nodiscard]] std::optional<LogFormat> parse_log_format(std::string_view text) noexcept;

/// One key and value of a log line. Values are text or numbers, never secrets; control characters
/// and quotes are escaped in both formats, so that no input can forge a line.
struct LogField {
    std::string_view key;
    std::variant<std::string_view, std::int64_t, double, bool> value;
};

/// What a reader of standard error that takes nothing can cost.
struct LogBounds {
    std::size_t waiting_bytes_max = 4 * 1024 * 1024;  ///< lines beyond it are dropped and counted
    std::chrono::milliseconds last_write_max{2000};   ///< that the end waits for the reader
};

/// Thread-safe. A line is written whole, by a thread of the log: writing one never waits for the
/// reader. When the reader is gone lines are lost; SIGPIPE must be ignored for that.
class Log {
public:
    Log(LogFormat format, LogLevel level, LogBounds bounds = {});
    ~Log();
    Log(Log const&) = delete;
    Log& operator=(Log const&) = delete;

    [[nodiscard]] bool enabled(LogLevel level) const noexcept;
    void write(LogLevel level, std::string_view message, std::span<LogField const> fields);
    void write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
        write(level, message, std::span<LogField const>(fields.begin(), fields.size()));
    }

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace rollcall::runtime
