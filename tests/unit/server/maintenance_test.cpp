// The background task: piece after piece while there is more, a pause otherwise, a prompt end.
#include "server/maintenance.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace rollcall::server {
namespace {

TEST(Maintenance, WorksOffWhatThereIsThenPauses) {
    runtime::Log log(runtime::LogFormat::text, runtime::LogLevel::off);
    std::atomic<int> pieces = 0;
    std::promise<void> done;
    Maintenance maintenance(
        "testing",
        [&]() -> Task<Result<bool>> {
            auto const piece = ++pieces;
            if (piece == 5) done.set_value();
            co_return piece < 5;
        },
        log, std::chrono::hours(1));
    done.get_future().wait();
    maintenance.stop();
    EXPECT_EQ(pieces, 5);
}

TEST(Maintenance, GoesOnAfterAPauseAndAfterAFailure) {
    runtime::Log log(runtime::LogFormat::text, runtime::LogLevel::off);
    std::atomic<int> pieces = 0;
    std::promise<void> done;
    Maintenance maintenance(
        "testing",
        [&]() -> Task<Result<bool>> {
            if (++pieces == 3) done.set_value();
            co_return fail(unavailable_error("the disk is full"));
        },
        log, std::chrono::milliseconds(1));
    done.get_future().wait();
    maintenance.stop();
    EXPECT_GE(pieces, 3);
}

TEST(Maintenance, EndsBetweenTwoPieces) {
    runtime::Log log(runtime::LogFormat::text, runtime::LogLevel::off);
    std::promise<void> begun;
    bool first = true;
    Maintenance maintenance(
        "testing",
        [&]() -> Task<Result<bool>> {
            if (std::exchange(first, false)) begun.set_value();
            co_return true;
        },
        log, std::chrono::hours(1));
    begun.get_future().wait();
    maintenance.stop();
    maintenance.stop();
}

}  // namespace
}  // namespace rollcall::server
