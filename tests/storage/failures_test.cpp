// A full disk and a busy database: nothing is changed, the caller is told, and work goes on
// afterwards.
#include "runtime/task_group.hpp"
#include "storage/sqlite/database.hpp"
#include "storage/sqlite/migrate.hpp"
#include "storage/sqlite/open.hpp"
#include "storage/sqlite/readers.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "store_case.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <sqlite3.h>

#include <functional>
#include <future>

namespace rollcall::tests {
namespace {

using storage::sqlite::Database;
using storage::sqlite::SqliteStore;

class Failures : public ::testing::Test {
protected:
    TemporaryDirectory temporary;
    std::filesystem::path file = temporary.path() / "rollcall.db";
    crypto::RandomIdSource ids;

    // `prepare` gets the writer's connection before the store does.
    std::unique_ptr<SqliteStore> open(Limits const& limits, auto const& prepare) {
        auto database = std::make_unique<Database>(file, Database::Mode::write);
        must(storage::sqlite::migrate(*database));
        database->script("PRAGMA journal_mode = WAL");
        prepare(*database);
        return std::make_unique<SqliteStore>(file, std::move(database), std::nullopt, ids, limits);
    }
};

TEST_F(Failures, of_a_full_disk_change_nothing) {
    auto const store =
        open({}, [](Database& database) { database.script("PRAGMA max_page_count = 120"); });
    World world(*store);
    auto const tenant = world.tenant();
    std::vector<directory::User> created;
    std::optional<Error> refused;
    for (int i = 0; i < 10'000 && !refused; ++i) {
        auto creation = world.new_user(tenant.connection, "user" + std::to_string(i));
        creation.state.attributes["filler"] = std::string(1000, 'x');
        auto result = run_task(store->create_user(tenant.connection, creation));
        if (result) {
            created.push_back(*result);
        } else {
            refused = result.error();
        }
    }
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->code(), ErrorCode::unavailable);
    EXPECT_EQ(refused->message().find("SQLite"), std::string::npos);
    EXPECT_GT(created.size(), 10U);
    auto const page = get(store->list_users(tenant.connection, {}));
    EXPECT_EQ(page.total, created.size());
    for (auto const& user : created) {
        EXPECT_TRUE(get(store->find_user(tenant.connection, user.id, true)));
    }
    // What needs no new page still works.
    EXPECT_TRUE(run_task(store->delete_user(tenant.connection, created[0].id, {}, at(2), {})));
}

TEST_F(Failures, of_a_database_held_by_another_process_are_told_and_pass) {
    auto const store =
        open({}, [](Database& database) { sqlite3_busy_timeout(database.handle(), 0); });
    World world(*store);
    auto const tenant = world.tenant();
    {
        Database other(file, Database::Mode::write);
        other.script("BEGIN IMMEDIATE");
        auto const error =
            error_of(store->create_user(tenant.connection, world.new_user(tenant.connection, "a")));
        EXPECT_EQ(error.code(), ErrorCode::unavailable);
        EXPECT_EQ(get(store->list_users(tenant.connection, {})).total, 0U);
        other.script("ROLLBACK");
    }
    world.user(tenant.connection, "a");
    EXPECT_EQ(get(store->list_users(tenant.connection, {})).total, 1U);
}

TEST_F(Failures, of_a_full_queue_are_told_at_once) {
    Limits limits;
    limits.write_queue_max = 3;
    auto const store = open(limits, [](Database&) {});
    World world(*store);
    auto const tenant = world.tenant();
    Database other(file, Database::Mode::write);
    other.script("BEGIN IMMEDIATE");  // holds up the writer
    boost::asio::io_context context;
    int done = 0;
    int full = 0;
    auto const create = [&](int number) -> Task<void> {
        auto const name = "user" + std::to_string(number);
        auto const result =
            co_await store->create_user(tenant.connection, world.new_user(tenant.connection, name));
        if (result) {
            ++done;
        } else {
            EXPECT_EQ(result.error().code(), ErrorCode::unavailable);
            EXPECT_NE(result.error().message().find("waiting"), std::string::npos);
            ++full;
        }
    };
    for (int i = 0; i < 10; ++i) {
        boost::asio::co_spawn(context, create(i), [](std::exception_ptr error) {
            if (error) std::rethrow_exception(error);
        });
    }
    while (full == 0) context.run_one();
    other.script("ROLLBACK");
    context.run();
    // The writer may have taken some requests before the queue filled up.
    EXPECT_EQ(done + full, 10);
    EXPECT_GE(done, 3);
    EXPECT_GE(full, 1);
    EXPECT_EQ(get(store->list_users(tenant.connection, {})).total, static_cast<unsigned>(done));
}

TEST_F(Failures, of_a_full_queue_of_reads_speak_of_reads) {
    Database const database(file, Database::Mode::write);
    storage::sqlite::CommitCount const commits{0};
    storage::sqlite::Readers readers(file, commits);
    storage::sqlite::ReadGate gate;
    storage::sqlite::SideReader side(readers, gate, 1);
    std::promise<void> begun;
    std::promise<void> end;
    std::vector<std::string> refusals;
    boost::asio::io_context context;
    runtime::TaskGroup group(context.get_executor());
    auto const read = [&](std::function<void()> work) -> Task<void> {
        auto const result =
            co_await storage::sqlite::submit<void>(side.queue(), {}, [&work](Database&) -> Status {
                work();
                return {};
            });
        if (!result) refusals.push_back(result.error().message());
    };
    auto const start = [&](std::function<void()> work) {
        group.spawn(read(std::move(work)));
        context.poll();
    };
    start([&] {
        begun.set_value();
        end.get_future().wait();
    });
    begun.get_future().wait();
    start([] {});
    start([] {});
    end.set_value();
    context.run();
    ASSERT_EQ(refusals.size(), 1U);
    EXPECT_NE(refusals[0].find("reads are waiting"), std::string::npos) << refusals[0];
}

TEST_F(Failures, of_stored_text_are_internal_errors_without_details) {
    auto const store = open({}, [](Database&) {});
    World world(*store);
    auto const tenant = world.tenant();
    auto const user = world.user(tenant.connection, "ada");
    Database other(file, Database::Mode::write);
    other.script("UPDATE users SET attributes = '{'");
    auto const error = error_of(store->find_user(tenant.connection, user.id, false));
    EXPECT_EQ(error.code(), ErrorCode::internal);
    EXPECT_FALSE(error.cause().empty());
}

}  // namespace
}  // namespace rollcall::tests
