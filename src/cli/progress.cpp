// A progress bar, or plain lines.
#include "cli/progress.hpp"

#include <fmt/format.h>

namespace rollcall::cli {
namespace {

constexpr std::size_t bar_width = 30;

}  // namespace

void ConsoleProgress::begin(std::string_view phase, std::size_t total) {
    std::scoped_lock const lock(mutex_);
    phase_ = phase;
    total_ = total;
    done_ = 0;
    drawn_steps_ = 0;
    if (terminal_) draw();
}

void ConsoleProgress::advance(std::size_t count) {
    std::scoped_lock const lock(mutex_);
    done_ += count;
    auto const steps = total_ == 0 ? 0 : done_ * (terminal_ ? 100 : 10) / total_;
    if (steps == drawn_steps_) return;
    drawn_steps_ = steps;
    draw();
}

void ConsoleProgress::end() {
    std::scoped_lock const lock(mutex_);
    if (!terminal_) return;
    draw();
    fmt::print(out_, "\n");
    std::fflush(out_);
}

void ConsoleProgress::draw() {
    if (terminal_) {
        auto const filled = total_ == 0 ? bar_width : done_ * bar_width / total_;
        fmt::print(out_, "\r  {:<12} [{:=<{}}{: <{}}] {:>7}/{}", phase_, "", filled, "",
                   bar_width - filled, done_, total_);
    } else {
        fmt::print(out_, "  {}: {}/{}\n", phase_, done_, total_);
    }
    std::fflush(out_);
}

}  // namespace rollcall::cli
