// Planning again when somebody else was faster.
#pragma once

#include "base/error.hpp"

#include <fmt/format.h>

#include <string_view>

namespace rollcall::service {

/// How often. In every round one of those who write at once succeeds, so this many may.
inline constexpr int attempts_max = 64;

/// Every attempt met a concurrent change of `what`, such as "The session".
[[nodiscard]] inline Error busy(std::string_view what) {
    return unavailable_error(
        fmt::format("{} is being changed by other requests; try again.", what));
}

}  // namespace rollcall::service
