// Counting rows through the window of a list in order of creation.
#pragma once

#include "directory/query.hpp"

#include <cstddef>
#include <cstdint>

namespace rollcall::storage::sqlite {

/// Rows before the window.
[[nodiscard]] inline std::size_t first_row(directory::Window const& window) {
    return window.start_index > 0 ? window.start_index - 1 : 0;
}

class WindowFilter {
public:
    explicit WindowFilter(directory::Window const& window)
        : after_(window.after ? window.after->row : 0),
          skip_(window.after ? 0 : first_row(window)),
          left_(window.count) {}

    /// Counts one more row, later than the one before; true if it lies in the window.
    bool admit(std::int64_t row) noexcept {
        ++total_;
        if (row <= after_ || total_ <= skip_) return false;
        if (left_ == 0) {
            more_ = true;
            return false;
        }
        --left_;
        return true;
    }
    [[nodiscard]] std::uint64_t total() const noexcept { return total_; }
    /// True if there were rows behind the window.
    [[nodiscard]] bool more() const noexcept { return more_; }

private:
    std::int64_t after_;
    std::uint64_t skip_;
    std::size_t left_;
    std::uint64_t total_ = 0;
    bool more_ = false;
};

}  // namespace rollcall::storage::sqlite
