// Workers: answers come home, failures are values, and what waits is bounded.
#include "runtime/workers.hpp"

#include "support/run_task.hpp"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>
#include <thread>

namespace rollcall::runtime {
namespace {

using tests::run_task;

TEST(Workers, bring_the_answer_home) {
    Workers workers(2, 10, "busy");
    auto const home = std::this_thread::get_id();
    auto const ask = [&]() -> Task<int> {
        auto const answer = co_await workers.run([&]() -> Result<int> {
            EXPECT_NE(std::this_thread::get_id(), home);
            return 7;
        });
        EXPECT_EQ(std::this_thread::get_id(), home);
        co_return answer.value();
    };
    EXPECT_EQ(run_task(ask()), 7);
}

TEST(Workers, turn_whatever_is_thrown_into_an_error) {
    Workers workers(1, 10, "busy");
    auto const bug =
        run_task(workers.run([]() -> Result<int> { throw std::logic_error("the cause"); }));
    ASSERT_FALSE(bug);
    EXPECT_EQ(bug.error().code(), ErrorCode::internal);
    EXPECT_EQ(bug.error().cause(), "the cause");
    auto const other = run_task(workers.run([]() -> Result<int> { throw 7; }));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code(), ErrorCode::internal);
    EXPECT_FALSE(other.error().cause().empty());
    EXPECT_EQ(run_task(workers.run([]() -> Result<int> { return 1; })), 1);
}

TEST(Workers, say_what_there_is_too_much_of) {
    Workers workers(1, 1, "Too many chimneys at once; try again.");
    std::promise<void> begun;
    std::promise<void> end;
    std::jthread const busy([&] {
        static_cast<void>(run_task(workers.run([&]() -> Result<int> {
            begun.set_value();
            end.get_future().wait();
            return 1;
        })));
    });
    begun.get_future().wait();
    auto const refused = run_task(workers.run([]() -> Result<int> { return 1; }));
    end.set_value();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::unavailable);
    EXPECT_EQ(refused.error().message(), "Too many chimneys at once; try again.");
}

}  // namespace
}  // namespace rollcall::runtime
