// The background task: piece after piece while there is more, a pause otherwise, a prompt end.
#include "server/maintenance.hpp"

#include "runtime/yield.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>

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

TEST(Maintenance, GoesOnAfterAnException) {
    ::testing::internal::CaptureStderr();
    std::atomic<int> pieces = 0;
    {
        runtime::Log log(runtime::LogFormat::text, runtime::LogLevel::error);
        std::promise<void> done;
        Maintenance maintenance(
            "testing",
            [&]() -> Task<Result<bool>> {
                auto const piece = ++pieces;
                if (piece == 1) throw std::logic_error("the cause");
                if (piece == 2) throw 7;
                if (piece == 3) done.set_value();
                co_return false;
            },
            log, std::chrono::milliseconds(1));
        auto const gone_on = done.get_future().wait_for(std::chrono::seconds(10));
        EXPECT_EQ(gone_on, std::future_status::ready);
    }
    EXPECT_GE(pieces, 3);
    auto const output = ::testing::internal::GetCapturedStderr();
    EXPECT_NE(output.find("testing"), std::string::npos) << output;
    EXPECT_NE(output.find("the cause"), std::string::npos) << output;
}

TEST(Maintenance, EndsBetweenTwoPieces) {
    runtime::Log log(runtime::LogFormat::text, runtime::LogLevel::off);
    std::promise<void> begun;
    std::atomic<int> begun_pieces = 0;
    std::atomic<int> ended_pieces = 0;
    Maintenance maintenance(
        "testing",
        [&]() -> Task<Result<bool>> {
            if (++begun_pieces == 1) begun.set_value();
            for (int i = 0; i < 100; ++i) co_await runtime::yield();
            ++ended_pieces;
            co_return true;
        },
        log, std::chrono::hours(1));
    begun.get_future().wait();
    maintenance.stop();
    int const pieces = begun_pieces;
    EXPECT_EQ(ended_pieces, pieces);
    maintenance.stop();
    EXPECT_EQ(begun_pieces, pieces);
}

}  // namespace
}  // namespace rollcall::server
