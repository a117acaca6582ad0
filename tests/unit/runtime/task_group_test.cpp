// TaskGroup: tasks run, can be cancelled, and are waited for.
#include "runtime/task_group.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace rollcall::runtime {
namespace {

namespace asio = boost::asio;

Task<void> note(std::vector<int>& notes, int number) {
    notes.push_back(number);
    co_return;
}

Task<void> wait_for_ever(asio::io_context& context, bool& began) {
    began = true;
    asio::steady_timer timer(context, asio::steady_timer::time_point::max());
    co_await timer.async_wait(asio::use_awaitable);
}

Task<void> throw_error() {
    throw std::runtime_error("broken");
    co_return;
}

/// Runs `context` until nothing is left to do; with everything cancelled it must come to an end.
void wait_for(asio::io_context& context, TaskGroup& group, bool& done) {
    asio::co_spawn(context, group.wait(), [&done](std::exception_ptr error) { done = !error; });
    context.run();
}

TEST(TaskGroup, runs_tasks_in_order_and_waits) {
    asio::io_context context;
    TaskGroup group(context.get_executor());
    std::vector<int> notes;
    for (int const number : {1, 2, 3}) group.spawn(note(notes, number));
    EXPECT_EQ(group.size(), 3U);
    EXPECT_TRUE(notes.empty());
    bool done = false;
    wait_for(context, group, done);
    EXPECT_TRUE(done);
    EXPECT_EQ(notes, (std::vector{1, 2, 3}));
    EXPECT_EQ(group.size(), 0U);
}

TEST(TaskGroup, waiting_for_no_task_returns) {
    asio::io_context context;
    TaskGroup group(context.get_executor());
    bool done = false;
    wait_for(context, group, done);
    EXPECT_TRUE(done);
}

TEST(TaskGroup, cancel_ends_all_waits_without_error) {
    asio::io_context context;
    unsigned errors = 0;
    TaskGroup group(context.get_executor(), [&errors](std::exception_ptr const&) { ++errors; });
    bool first = false;
    bool second = false;
    group.spawn(wait_for_ever(context, first));
    group.spawn(wait_for_ever(context, second));
    context.poll();
    EXPECT_TRUE(first && second);
    group.cancel();
    bool done = false;
    wait_for(context, group, done);
    EXPECT_TRUE(done);
    EXPECT_EQ(errors, 0U);
}

TEST(TaskGroup, reports_what_a_task_throws) {
    asio::io_context context;
    std::string reported;
    TaskGroup group(context.get_executor(), [&reported](std::exception_ptr const& error) {
        try {
            std::rethrow_exception(error);
        } catch (std::exception const& thrown) {
            reported = thrown.what();
        }
    });
    group.spawn(throw_error());
    context.run();
    EXPECT_EQ(reported, "broken");
    EXPECT_EQ(group.size(), 0U);
}

TEST(TaskGroup, tasks_that_still_wait_are_destroyed_with_the_context) {
    bool began = false;
    std::optional<TaskGroup> group;
    {
        asio::io_context context;
        group.emplace(context.get_executor());
        group->spawn(wait_for_ever(context, began));
        context.poll();
    }
    EXPECT_TRUE(began);
}

}  // namespace
}  // namespace rollcall::runtime
