// Each thread has its own, and objects do not share.
#include "service/per_thread.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace rollcall::service {
namespace {

TEST(PerThread, OnePerThreadAndObject) {
    PerThread<int> a;
    PerThread<int> b;
    a.local() = 1;
    b.local() = 2;
    std::thread([&] {
        EXPECT_EQ(a.local(), 0);
        a.local() = 3;
        EXPECT_EQ(a.local(), 3);
    }).join();
    EXPECT_EQ(a.local(), 1);
    EXPECT_EQ(b.local(), 2);
}

TEST(PerThread, ANewObjectStartsAnew) {
    for (int i = 0; i < 10; ++i) {
        PerThread<int> state;
        EXPECT_EQ(state.local(), 0);
        state.local() = 7;
    }
}

}  // namespace
}  // namespace rollcall::service
