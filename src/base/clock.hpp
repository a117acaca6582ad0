// The seam through which time enters; the real clock lives in runtime/.
#pragma once

#include "base/timestamp.hpp"

namespace rollcall {

/// Tells the time. Implementations are safe to call from any thread.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;
};

}  // namespace rollcall
