// SystemClock tells the machine's time.
#include "runtime/system_clock.hpp"

#include <gtest/gtest.h>

namespace rollcall::runtime {
namespace {

TEST(SystemClock, agrees_with_the_machine) {
    SystemClock const clock;
    auto const before =
        std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    auto const now = clock.now();
    auto const after = std::chrono::system_clock::now();
    EXPECT_LE(before, now);
    EXPECT_LE(now, after);
}

}  // namespace
}  // namespace rollcall::runtime
