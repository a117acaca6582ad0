// The side thread's end: nobody waits for a long read that will never be asked for again.
#include "storage/sqlite/readers.hpp"
#include "store_case.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <thread>

namespace rollcall::tests {
namespace {

using namespace storage::sqlite;

// Takes minutes.
constexpr Sql endless =
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 4000000000) "
    "SELECT count(*) FROM n";

class SideReads : public ::testing::Test {
protected:
    TemporaryDirectory temporary;
    std::filesystem::path file = temporary.path() / "reads.db";
    Database writer{file, Database::Mode::write};
    CommitCount commits{0};
    Readers readers{file, commits};
    ReadGate gate;
    SideReader side{readers, gate, 100};

    SideReads() { writer.script("PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER) STRICT"); }
};

TEST_F(SideReads, are_broken_off_and_refused_at_the_end) {
    constexpr int reads = 5;
    boost::asio::io_context context;
    std::atomic<bool> began = false;
    std::vector<Error> errors;
    auto const read = [&]() -> Task<void> {
        auto const answer = co_await submit<std::int64_t>(
            side.queue(), {}, [&](Database& database) -> Result<std::int64_t> {
                began = true;
                return database.integer(endless).value_or(0);
            });
        if (!answer) errors.push_back(answer.error());
    };
    for (int i = 0; i < reads; ++i) {
        boost::asio::co_spawn(context, read(), [](std::exception_ptr error) {
            if (error) std::rethrow_exception(error);
        });
    }
    std::thread io([&] { context.run(); });
    while (!began) std::this_thread::yield();
    side.finish();
    io.join();
    ASSERT_EQ(errors.size(), reads);
    for (auto const& error : errors) {
        EXPECT_EQ(error.code(), ErrorCode::unavailable) << error.cause();
        EXPECT_EQ(error.message(), "the server is shutting down");
    }
}

}  // namespace
}  // namespace rollcall::tests
