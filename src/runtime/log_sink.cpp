// Batches, and writing where the reader may be slow, stalled or gone.
#include "runtime/log_sink.hpp"

#include <climits>
#include <spdlog/details/log_msg.h>
#include <spdlog/pattern_formatter.h>

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace rollcall::runtime {
namespace {

constexpr std::size_t batch_bytes = 64 * 1024;
constexpr auto flush_period = std::chrono::milliseconds(100);
/// How late the end of the log may be noticed while the reader takes nothing.
constexpr auto look_around_period = std::chrono::milliseconds(50);

/// How much of it a write() can take without waiting, once poll() has said that there is room.
std::size_t piece_bytes() noexcept {
    struct stat status{};
    bool const is_file = ::fstat(STDERR_FILENO, &status) == 0 && S_ISREG(status.st_mode);
    return is_file ? batch_bytes : PIPE_BUF;
}

}  // namespace

BatchSink::BatchSink(std::unique_ptr<spdlog::formatter> formatter, LogBounds bounds,
                     DescribeDropped describe_dropped)
    : bounds_(bounds),
      describe_dropped_(std::move(describe_dropped)),
      formatter_(std::move(formatter)),
      writer_([this](std::stop_token const& stop) { run(stop); }) {}

void BatchSink::log(spdlog::details::log_msg const& message) {
    bool wakes = false;
    {
        std::lock_guard const lock(mutex_);
        auto const before = pending_.size();
        if (before >= bounds_.waiting_bytes_max) {
            ++dropped_;
            return;
        }
        append(message);
        wakes = before == 0 || (before < batch_bytes && pending_.size() >= batch_bytes);
    }
    if (wakes) arrived_.notify_one();
}

void BatchSink::flush() {
    {
        std::lock_guard const lock(mutex_);
        is_urgent_ = true;
    }
    arrived_.notify_one();
}

void BatchSink::set_pattern(std::string const& pattern) {
    set_formatter(std::make_unique<spdlog::pattern_formatter>(pattern));
}

void BatchSink::set_formatter(std::unique_ptr<spdlog::formatter> formatter) {
    std::lock_guard const lock(mutex_);
    formatter_ = std::move(formatter);
}

void BatchSink::append(spdlog::details::log_msg const& message) {
    line_.clear();
    formatter_->format(message, line_);
    pending_.append(line_.data(), line_.size());
}

void BatchSink::append_dropped() {
    auto const text = describe_dropped_(std::exchange(dropped_, 0));
    append({"rollcall", spdlog::level::warn, text});
}

void BatchSink::run(std::stop_token const& stop) {
    std::string batch;
    std::unique_lock lock(mutex_);
    while (arrived_.wait(lock, stop, [this] { return !pending_.empty(); })) {
        arrived_.wait_for(lock, stop, flush_period,
                          [this] { return is_urgent_ || pending_.size() >= batch_bytes; });
        is_urgent_ = false;
        batch.clear();
        batch.swap(pending_);
        // Behind the lines that came before it, and before those that come now.
        if (dropped_ > 0) append_dropped();
        lock.unlock();
        if (!write_out(batch, stop)) return;
        lock.lock();
    }
}

// False when the time to give up has come. A standard error that is gone cannot be reported
// anywhere, so the bytes are dropped then.
bool BatchSink::write_out(std::string_view bytes, std::stop_token const& stop) {
    auto const piece = piece_bytes();
    while (!bytes.empty()) {
        if (!wait_until_writable(stop)) return false;
        auto const written = ::write(STDERR_FILENO, bytes.data(), std::min(bytes.size(), piece));
        if (written > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (written == 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)) {
            return true;
        }
    }
    return true;
}

bool BatchSink::wait_until_writable(std::stop_token const& stop) {
    while (!is_time_over(stop)) {
        pollfd descriptor{STDERR_FILENO, POLLOUT, 0};
        // What is wrong with the descriptor, if anything is, write() will say.
        if (::poll(&descriptor, 1, static_cast<int>(look_around_period.count())) > 0) return true;
    }
    return false;
}

bool BatchSink::is_time_over(std::stop_token const& stop) {
    if (!stop.stop_requested()) return false;
    auto const now = std::chrono::steady_clock::now();
    if (!give_up_at_) give_up_at_ = now + bounds_.last_write_max;
    return now >= *give_up_at_;
}

}  // namespace rollcall::runtime
