// Log lines: spdlog filters, times and hands on; the fields are appended here, and a sink of our
// own (log_sink.hpp) writes them in batches so that a line costs an append and not a system call.
#include "runtime/log.hpp"

#include "base/text.hpp"
#include "runtime/log_sink.hpp"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace rollcall::runtime {
namespace {

spdlog::level::level_enum to_spdlog(LogLevel level) noexcept {
    switch (level) {
        case LogLevel::debug:
            return spdlog::level::debug;
        case LogLevel::info:
            return spdlog::level::info;
        case LogLevel::warn:
            return spdlog::level::warn;
        case LogLevel::error:
            return spdlog::level::err;
        case LogLevel::off:
            return spdlog::level::off;
    }
    return spdlog::level::off;
}

std::string_view name_of(LogLevel level) noexcept {
    switch (level) {
        case LogLevel::debug:
            return "debug";
        case LogLevel::info:
            return "info";
        case LogLevel::warn:
            return "warn";
        case LogLevel::error:
            return "error";
        case LogLevel::off:
            return "off";
    }
    return "off";
}

/// True for text that needs no escape: printable ASCII but for quote and backslash.
bool is_simple(std::string_view text) noexcept {
    return std::ranges::all_of(
        text, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

/// The inside of a JSON string whose every byte is printable: broken UTF-8 and C1 controls, which a
/// terminal may act on, are written as escapes too.
void append_escaped(std::string& out, std::string_view text) {
    if (is_simple(text)) {
        out.append(text);
    } else if (is_valid_utf8(text) && !has_control_character(text)) {
        append_json_escaped(out, text);
    } else {
        for (char const c : text) {
            auto const byte = static_cast<unsigned char>(c);
            if (byte < 0x20U || byte >= 0x7FU) {
                fmt::format_to(std::back_inserter(out), "\\u00{:02x}", byte);
            } else {
                append_json_escaped(out, std::string_view(&c, 1));
            }
        }
    }
}

void append_quoted(std::string& out, std::string_view text) {
    out.push_back('"');
    append_escaped(out, text);
    out.push_back('"');
}

/// True for texts that stay one value without quotes.
bool is_plain(std::string_view text) noexcept {
    return !text.empty() && is_simple(text) && text.find_first_of(" =") == std::string_view::npos;
}

struct AppendValue {
    std::string& out;
    LogFormat format;

    void operator()(std::string_view text) const {
        if (format == LogFormat::text && is_plain(text)) {
            out.append(text);
        } else {
            append_quoted(out, text);
        }
    }
    void operator()(std::int64_t number) const {
        auto const text = fmt::format_int(number);
        out.append(text.data(), text.size());
    }
    void operator()(double number) const {
        // JSON has no word for infinity or not-a-number.
        if (std::isfinite(number)) {
            fmt::format_to(std::back_inserter(out), "{}", number);
        } else {
            out.append("null");
        }
    }
    void operator()(bool flag) const { out.append(flag ? "true" : "false"); }
};

void append_text(std::string& out, LogLevel level, std::string_view message,
                 std::span<LogField const> fields) {
    constexpr std::size_t column = 6;
    auto const name = name_of(level);
    out.append(name).append(column - name.size(), ' ');
    append_escaped(out, message);
    for (auto const& [key, value] : fields) {
        out.push_back(' ');
        append_escaped(out, key);
        out.push_back('=');
        std::visit(AppendValue{out, LogFormat::text}, value);
    }
}

void append_json(std::string& out, LogLevel level, std::string_view message,
                 std::span<LogField const> fields) {
    out.append(R"("level":")").append(name_of(level)).append(R"(","message":)");
    append_quoted(out, message);
    for (auto const& [key, value] : fields) {
        out.push_back(',');
        append_quoted(out, key);
        out.push_back(':');
        std::visit(AppendValue{out, LogFormat::json}, value);
    }
    out.push_back('}');
}

void append_line(std::string& out, LogFormat format, LogLevel level, std::string_view message,
                 std::span<LogField const> fields) {
    if (format == LogFormat::json) {
        append_json(out, level, message, fields);
    } else {
        append_text(out, level, message, fields);
    }
}

std::string describe_dropped(LogFormat format, std::size_t lines) {
    std::array const fields{LogField{"count", static_cast<std::int64_t>(lines)}};
    std::string text;
    append_line(text, format, LogLevel::warn, "log lines were dropped: nobody took them", fields);
    return text;
}

std::unique_ptr<spdlog::formatter> make_formatter(LogFormat format) {
    auto const* const pattern = format == LogFormat::json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ",%v)"
                                                          : "%Y-%m-%dT%H:%M:%S.%eZ %v";
    return std::make_unique<spdlog::pattern_formatter>(pattern, spdlog::pattern_time_type::utc,
                                                       "\n");
}

}  // namespace

struct Log::Impl {
    Impl(LogFormat log_format, LogLevel level, LogBounds bounds)
        : format(log_format),
          logger("rollcall", std::make_shared<BatchSink>(
                                 make_formatter(format), bounds, [log_format](std::size_t lines) {
                                     return describe_dropped(log_format, lines);
                                 })) {
        logger.set_level(to_spdlog(level));
        logger.flush_on(spdlog::level::warn);
    }

    LogFormat format;
    spdlog::logger logger;
};

std::optional<LogLevel> parse_log_level(std::string_view text) noexcept {
    for (auto const level :
         {LogLevel::debug, LogLevel::info, LogLevel::warn, LogLevel::error, LogLevel::off}) {
        if (text == name_of(level)) return level;
    }
    return std::nullopt;
}

std::optional<LogFormat> parse_log_format(std::string_view text) noexcept {
    if (text == "text") return LogFormat::text;
    if (text == "json") return LogFormat::json;
    return std::nullopt;
}

Log::Log(LogFormat format, LogLevel level, LogBounds bounds)
    : impl_(std::make_unique<Impl>(format, level, bounds)) {}
Log::~Log() = default;

bool Log::enabled(LogLevel level) const noexcept {
    return level != LogLevel::off && impl_->logger.should_log(to_spdlog(level));
}

void Log::write(LogLevel level, std::string_view message, std::span<LogField const> fields) {
    if (!enabled(level)) return;
    thread_local std::string line;
    line.clear();
    append_line(line, impl_->format, level, message, fields);
    impl_->logger.log(to_spdlog(level), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace rollcall::runtime
