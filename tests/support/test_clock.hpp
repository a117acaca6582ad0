// A clock for tests: starts at a fixed instant, moves when it is read or told to.
#pragma once

#include "base/clock.hpp"

#include <atomic>
#include <chrono>

namespace rollcall::tests {

/// Each reading is a millisecond after the one before, so that changes are visible in timestamps.
class TestClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override {
        return Timestamp(std::chrono::microseconds(microseconds_.fetch_add(1000)));
    }
    void advance(std::chrono::microseconds by) { microseconds_.fetch_add(by.count()); }

private:
    // 2026-01-01T00:00:00Z
    mutable std::atomic<std::int64_t> microseconds_{1'767'225'600'000'000};
};

}  // namespace rollcall::tests
