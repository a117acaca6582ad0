// A coroutine that is cancelled while its change is committed comes home to its own thread with the
// answer; the cancellation shows at the next wait (house style, section 6).
#include "storage/sqlite/database.hpp"
#include "storage/sqlite/open.hpp"
#include "store_case.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <thread>

namespace rollcall::tests {
namespace {

namespace asio = boost::asio;
using storage::sqlite::Database;

class Cancellation : public ::testing::Test {
protected:
    TemporaryDirectory temporary;
    crypto::RandomIdSource ids;
    std::unique_ptr<storage::Store> store = must(storage::open_sqlite_store(
        {.directory = temporary.path(), .exclusive = true}, ids, Limits{}));
    World world{*store};
    Tenant tenant = world.tenant();
};

TEST_F(Cancellation, during_a_commit_loses_neither_answer_nor_thread) {
    // Holds up the writer until the coroutine has been cancelled.
    Database other(temporary.path() / "rollcall.db", Database::Mode::write);
    other.script("BEGIN IMMEDIATE");

    asio::io_context context;
    asio::cancellation_signal signal;
    auto const home = std::this_thread::get_id();
    std::optional<Result<directory::User>> answer;
    bool resumed_at_home = false;
    bool cancelled_later = false;
    auto const create = [&]() -> Task<void> {
        answer = co_await store->create_user(tenant.connection,
                                             world.new_user(tenant.connection, "ada"));
        resumed_at_home = std::this_thread::get_id() == home;
        try {
            co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
        } catch (boost::system::system_error const& error) {
            cancelled_later = error.code() == asio::error::operation_aborted;
        }
    };
    bool ended = false;
    asio::co_spawn(context, create(),
                   asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr error) {
                       if (error) std::rethrow_exception(error);
                       ended = true;
                   }));
    asio::post(context, [&] {
        signal.emit(asio::cancellation_type::terminal);
        other.script("ROLLBACK");
    });
    context.run();

    EXPECT_TRUE(ended);
    EXPECT_TRUE(resumed_at_home);
    EXPECT_TRUE(cancelled_later);
    ASSERT_TRUE(answer && *answer);
    EXPECT_TRUE(get(store->find_user(tenant.connection, (*answer)->id, false)));
}

TEST_F(Cancellation, before_a_write_changes_nothing) {
    asio::io_context context;
    asio::cancellation_signal signal;
    bool aborted = false;
    auto const create = [&]() -> Task<void> {
        co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
        signal.emit(asio::cancellation_type::terminal);
        must(co_await store->create_user(tenant.connection,
                                         world.new_user(tenant.connection, "ada")));
    };
    asio::co_spawn(context, create(),
                   asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr error) {
                       aborted = error != nullptr;
                   }));
    context.run();
    EXPECT_TRUE(aborted);
    EXPECT_EQ(get(store->list_users(tenant.connection, {})).total, 0U);
}

TEST_F(Cancellation, of_a_thread_of_answers_leaves_the_other_answers) {
    // One coroutine throws right after its answer; those that share its post still get theirs.
    Database other(temporary.path() / "rollcall.db", Database::Mode::write);
    other.script("BEGIN IMMEDIATE");
    asio::io_context context;
    int answered = 0;
    auto const create = [&](int number) -> Task<void> {
        auto const name = "user" + std::to_string(number);
        must(co_await store->create_user(tenant.connection,
                                         world.new_user(tenant.connection, name)));
        if (number == 1) throw std::runtime_error("after the answer");
        ++answered;
    };
    for (int i = 0; i < 5; ++i) {
        asio::co_spawn(context, create(i), [](std::exception_ptr error) {
            if (error) std::rethrow_exception(error);
        });
    }
    asio::post(context, [&] { other.script("ROLLBACK"); });
    EXPECT_THROW(context.run(), std::runtime_error);
    context.run();
    EXPECT_EQ(answered, 4);
    EXPECT_EQ(get(store->list_users(tenant.connection, {})).total, 5U);
}

TEST_F(Cancellation, by_closing_answers_everything_that_waits) {
    Database other(temporary.path() / "rollcall.db", Database::Mode::write);
    other.script("BEGIN IMMEDIATE");
    asio::io_context context;
    int answered = 0;
    auto const create = [&](int number) -> Task<void> {
        auto const name = "user" + std::to_string(number);
        auto const result =
            co_await store->create_user(tenant.connection, world.new_user(tenant.connection, name));
        EXPECT_TRUE(result);
        ++answered;
    };
    for (int i = 0; i < 5; ++i) {
        asio::co_spawn(context, create(i), [](std::exception_ptr error) {
            if (error) std::rethrow_exception(error);
        });
    }
    asio::post(context, [&] {
        std::thread closing([&] { must(run_task(store->close())); });
        other.script("ROLLBACK");
        closing.join();
    });
    context.run();
    EXPECT_EQ(answered, 5);
}

}  // namespace
}  // namespace rollcall::tests
