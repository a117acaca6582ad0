// Log lines: spdlog filters, times and hands on; the fields are appended here, and a sink of our
// own writes them in batches so that a line costs an append and not a system call.
#include "runtime/log.hpp"

#include "base/text.hpp"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/sink.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <poll.h>
#include <stop_token>
#include <string>
#include <thread>
#include <unistd.h>

namespace rollcall::runtime {
namespace {

constexpr std::size_t batch_bytes = 64 * 1024;
constexpr auto flush_period = std::chrono::milliseconds(100);

/// Writes everything, waiting where standard error is a full non-blocking pipe. A standard error
/// that is gone cannot be reported anywhere, so the bytes are dropped then.
void write_to_stderr(std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        auto const written = ::write(STDERR_FILENO, bytes.data(), bytes.size());
        if (written > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (written < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            pollfd descriptor{STDERR_FILENO, POLLOUT, 0};
            ::poll(&descriptor, 1, -1);
        } else if (written == 0 || errno != EINTR) {
            return;
        }
    }
}

/// Collects whole lines and writes them together: within flush_period from a thread of its own, at
/// once when the batch is full or on flush().
class BatchSink final : public spdlog::sinks::sink {
public:
    explicit BatchSink(std::unique_ptr<spdlog::formatter> formatter)
        : formatter_(std::move(formatter)) {}

    void log(spdlog::details::log_msg const& message) override {
        bool was_empty = false;
        bool full = false;
        {
            std::lock_guard const lock(pending_mutex_);
            was_empty = pending_.empty();
            line_.clear();
            formatter_->format(message, line_);
            pending_.append(line_.data(), line_.size());
            full = pending_.size() >= batch_bytes;
        }
        if (full) flush();
        if (was_empty && !full) arrived_.notify_one();
    }

    void flush() override {
        // Two mutexes: others go on appending while one thread writes, and batches keep their
        // order.
        std::lock_guard const writing(writing_mutex_);
        {
            std::lock_guard const lock(pending_mutex_);
            batch_.swap(pending_);
        }
        write_to_stderr(batch_);
        batch_.clear();
    }

    void set_pattern(std::string const& pattern) override {
        set_formatter(std::make_unique<spdlog::pattern_formatter>(pattern));
    }
    void set_formatter(std::unique_ptr<spdlog::formatter> formatter) override {
        std::lock_guard const lock(pending_mutex_);
        formatter_ = std::move(formatter);
    }

private:
    void run(std::stop_token const& stop) {
        std::unique_lock lock(pending_mutex_);
        while (arrived_.wait(lock, stop, [this] { return !pending_.empty(); })) {
            arrived_.wait_for(lock, stop, flush_period, [] { return false; });
            lock.unlock();
            flush();
            lock.lock();
        }
    }

    std::mutex writing_mutex_;
    std::mutex pending_mutex_;
    std::condition_variable_any arrived_;
    std::unique_ptr<spdlog::formatter> formatter_;
    spdlog::memory_buf_t line_;
    std::string pending_;
    std::string batch_;
    std::jthread writer_{[this](std::stop_token const& stop) { run(stop); }};
};

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

std::unique_ptr<spdlog::formatter> make_formatter(LogFormat format) {
    auto const* const pattern = format == LogFormat::json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ",%v)"
                                                          : "%Y-%m-%dT%H:%M:%S.%eZ %v";
    return std::make_unique<spdlog::pattern_formatter>(pattern, spdlog::pattern_time_type::utc,
                                                       "\n");
}

}  // namespace

struct Log::Impl {
    Impl(LogFormat log_format, LogLevel level)
        : format(log_format),
          logger("rollcall", std::make_shared<BatchSink>(make_formatter(format))) {
        logger.set_level(to_spdlog(level));
        logger.flush_on(spdlog::level::warn);
    }
    ~Impl() { logger.flush(); }
    Impl(Impl const&) = delete;
    Impl& operator=(Impl const&) = delete;

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

Log::Log(LogFormat format, LogLevel level) : impl_(std::make_unique<Impl>(format, level)) {}
Log::~Log() = default;

bool Log::enabled(LogLevel level) const noexcept {
    return level != LogLevel::off && impl_->logger.should_log(to_spdlog(level));
}

void Log::write(LogLevel level, std::string_view message, std::span<LogField const> fields) {
    if (!enabled(level)) return;
    thread_local std::string line;
    line.clear();
    if (impl_->format == LogFormat::json) {
        append_json(line, level, message, fields);
    } else {
        append_text(line, level, message, fields);
    }
    impl_->logger.log(to_spdlog(level), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace rollcall::runtime
