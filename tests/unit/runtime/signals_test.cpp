// StopSignals: the first signal is received, the second one ends the process.
#include "runtime/signals.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <unistd.h>

namespace rollcall::runtime {
namespace {

TEST(StopSignals, first_signal_is_received) {
    for (int const signal : {SIGTERM, SIGINT}) {
        StopSignals signals;
        std::thread sender([signal] { kill(getpid(), signal); });
        EXPECT_EQ(signals.wait(), signal);
        sender.join();
    }
}

TEST(StopSignals, a_signal_before_wait_is_not_lost) {
    StopSignals signals;
    kill(getpid(), SIGTERM);
    EXPECT_EQ(signals.wait(), SIGTERM);
}

TEST(StopSignalsDeathTest, second_signal_ends_the_process) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(
        {
            StopSignals signals;
            kill(getpid(), SIGTERM);
            signals.wait();
            kill(getpid(), SIGINT);
            pause();
        },
        testing::KilledBySignal(SIGINT), "");
}

}  // namespace
}  // namespace rollcall::runtime
