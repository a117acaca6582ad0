// The real clock.
#pragma once

#include "base/clock.hpp"

namespace rollcall::runtime {

/// Tells the machine's time, in UTC.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override {
        return std::chrono::time_point_cast<Timestamp::duration>(std::chrono::system_clock::now());
    }
};

}  // namespace rollcall::runtime
