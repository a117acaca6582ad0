// Where log lines gather until a thread of the sink writes them to standard error. Nobody who logs
// ever waits for whoever reads there.
#pragma once

#include "runtime/log.hpp"

#include <spdlog/formatter.h>
#include <spdlog/sinks/sink.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

namespace rollcall::runtime {

/// Collects whole lines; its thread writes them together within 100 ms, at once when a batch is
/// full or after flush(). Lines beyond the bound are dropped and counted, and the count is a line
/// of its own as soon as there is room. When it is destroyed it writes what is left, for as long as
/// the bounds allow.
class BatchSink final : public spdlog::sinks::sink {
public:
    /// The text of the line that says how many were dropped.
    using DescribeDropped = std::function<std::string(std::size_t)>;

    BatchSink(std::unique_ptr<spdlog::formatter> formatter, LogBounds bounds,
              DescribeDropped describe_dropped);

    void log(spdlog::details::log_msg const& message) override;
    void flush() override;
    void set_pattern(std::string const& pattern) override;
    void set_formatter(std::unique_ptr<spdlog::formatter> formatter) override;

private:
    void run(std::stop_token const& stop);
    void append(spdlog::details::log_msg const& message);
    void append_dropped();
    [[nodiscard]] bool write_out(std::string_view bytes, std::stop_token const& stop);
    [[nodiscard]] bool wait_until_writable(std::stop_token const& stop);
    [[nodiscard]] bool is_time_over(std::stop_token const& stop);

    LogBounds const bounds_;
    DescribeDropped const describe_dropped_;
    std::mutex mutex_;
    std::condition_variable_any arrived_;
    std::unique_ptr<spdlog::formatter> formatter_;
    spdlog::memory_buf_t line_;
    std::string pending_;
    std::size_t dropped_ = 0;
    bool is_urgent_ = false;
    std::optional<std::chrono::steady_clock::time_point> give_up_at_;  // its thread only
    std::jthread writer_;                                              // last: it uses the others
};

}  // namespace rollcall::runtime
