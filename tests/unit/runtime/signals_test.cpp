// StopSignals: the first signal is received, the second one ends the process.
#include "runtime/signals.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <unistd.h>

namespace rollcall::runtime {
namespace {

TEST(StopSignals, first_signal_is_received) {
    std::signal(SIGHUP, SIG_DFL);  // whoever runs the tests may ignore it
    for (int const signal : {SIGTERM, SIGINT, SIGHUP}) {
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

TEST(StopSignals, an_ignored_hangup_stays_ignored) {
    auto* const before = std::signal(SIGHUP, SIG_IGN);
    {
        StopSignals signals;
        kill(getpid(), SIGHUP);
        kill(getpid(), SIGTERM);
        EXPECT_EQ(signals.wait(), SIGTERM);
    }
    std::signal(SIGHUP, before);
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
