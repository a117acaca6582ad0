// yield(): others run in between.
#include "runtime/yield.hpp"

#include "runtime/task_group.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace rollcall::runtime {
namespace {

using testing::ElementsAre;

Task<void> count_twice(std::vector<int>& notes, int number) {
    notes.push_back(number);
    co_await yield();
    notes.push_back(number);
}

TEST(Yield, OthersRunInBetween) {
    boost::asio::io_context context;
    TaskGroup group(context.get_executor());
    std::vector<int> notes;
    group.spawn(count_twice(notes, 1));
    group.spawn(count_twice(notes, 2));
    context.run();
    EXPECT_THAT(notes, ElementsAre(1, 2, 1, 2));
}

}  // namespace
}  // namespace rollcall::runtime
