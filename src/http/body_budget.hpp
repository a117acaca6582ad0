// Memory that the bodies of all requests may take together.
#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

namespace rollcall::http {

/// Bytes that all sessions may hold. Thread-safe.
class BodyBudget {
public:
    explicit BodyBudget(std::size_t bytes_max) noexcept : bytes_max_(bytes_max) {}
    BodyBudget(BodyBudget const&) = delete;
    BodyBudget& operator=(BodyBudget const&) = delete;

    /// @return false, with nothing taken, if so many are not left.
    [[nodiscard]] bool take(std::size_t bytes) noexcept {
        if (taken_.fetch_add(bytes, std::memory_order_relaxed) + bytes <= bytes_max_) return true;
        give_back(bytes);
        return false;
    }
    void give_back(std::size_t bytes) noexcept {
        taken_.fetch_sub(bytes, std::memory_order_relaxed);
    }

private:
    std::size_t const bytes_max_;
    std::atomic<std::size_t> taken_ = 0;
};

/// What one session has of the budget, which outlives it.
class BodyShare {
public:
    explicit BodyShare(BodyBudget& budget) noexcept : budget_(budget) {}
    ~BodyShare() { give_back(); }
    BodyShare(BodyShare const&) = delete;
    BodyShare& operator=(BodyShare const&) = delete;

    /// Makes the share at least so large.
    /// @return false, with the share as it was, if so much is not left.
    [[nodiscard]] bool raise_to(std::size_t bytes) noexcept {
        if (bytes <= bytes_) return true;
        if (!budget_.take(bytes - bytes_)) return false;
        bytes_ = bytes;
        return true;
    }
    void give_back() noexcept {
        if (bytes_ != 0) budget_.give_back(std::exchange(bytes_, 0));
    }

private:
    BodyBudget& budget_;
    std::size_t bytes_ = 0;
};

}  // namespace rollcall::http
