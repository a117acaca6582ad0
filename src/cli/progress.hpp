// Tells a person how far a long job is.
#pragma once

#include <cstddef>
#include <cstdio>
#include <mutex>
#include <string>
#include <string_view>

namespace rollcall::cli {

/// Phases one after another; advance() from any thread.
class Progress {
public:
    virtual ~Progress() = default;
    virtual void begin(std::string_view phase, std::size_t total) = 0;
    virtual void advance(std::size_t count) = 0;
    virtual void end() = 0;
};

/// On a terminal one line that is redrawn; otherwise a line for each tenth, which logs can keep.
class ConsoleProgress final : public Progress {
public:
    ConsoleProgress(std::FILE* out, bool terminal) noexcept : out_(out), terminal_(terminal) {}

    void begin(std::string_view phase, std::size_t total) override;
    void advance(std::size_t count) override;
    void end() override;

private:
    void draw();

    std::FILE* out_;
    bool terminal_;
    std::mutex mutex_;
    std::string phase_;
    std::size_t total_ = 0;
    std::size_t done_ = 0;
    std::size_t drawn_steps_ = 0;  ///< of 10 or of 100, so that drawing costs nothing
};

}  // namespace rollcall::cli
