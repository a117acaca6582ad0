// Counting rows through the window of a list request.
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
        : first_(first_row(window)), count_(window.count) {}

    /// Counts one more row; true if it lies in the window.
    bool admit() noexcept {
        auto const row = total_++;
        return row >= first_ && row - first_ < count_;
    }
    [[nodiscard]] std::uint64_t total() const noexcept { return total_; }

private:
    std::size_t first_;
    std::size_t count_;
    std::uint64_t total_ = 0;
};

}  // namespace rollcall::storage::sqlite
