// The write-ahead log stays bounded, also while long reads follow each other without a gap.
#include "storage/sqlite/checkpointer.hpp"

#include "storage/generations.hpp"
#include "storage/sqlite/readers.hpp"
#include "storage/sqlite/writer.hpp"
#include "store_case.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace rollcall::tests {
namespace {

using namespace storage::sqlite;

constexpr Sql insert = "INSERT INTO blobs (bytes) VALUES (?1)";
constexpr Sql clear = "DELETE FROM blobs";
constexpr Sql take_snapshot = "SELECT count(*) FROM blobs";
// Some 20 ms.
constexpr Sql dawdle =
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 200000) "
    "SELECT count(*) FROM n";

constexpr int page_bytes = 4096;
constexpr int commits_made = 300;
constexpr int pages_of_a_commit = 25;

class Checkpoints : public ::testing::Test {
protected:
    static std::unique_ptr<Database> make(std::filesystem::path const& file) {
        auto database = std::make_unique<Database>(file, Database::Mode::write);
        database->script("PRAGMA journal_mode = WAL; CREATE TABLE blobs (bytes BLOB) STRICT");
        return database;
    }
    static void rethrow(std::exception_ptr error) {
        if (error) std::rethrow_exception(error);
    }

    // One after the other until writing is over.
    Task<void> read_on() {
        while (!written) {
            must(co_await submit<std::int64_t>(
                side.queue(), {}, [](Database& database) -> Result<std::int64_t> {
                    return database.integer(take_snapshot).value_or(0) +
                           database.integer(dawdle).value_or(0);
                }));
            ++reads;
        }
    }
    // One that takes as long as writing does, and one after it.
    Task<void> read_until_written() {
        for (int i = 0; i < 2; ++i) {
            must(co_await submit<std::int64_t>(
                side.queue(), {}, [&](Database& database) -> Result<std::int64_t> {
                    auto const count = database.integer(take_snapshot).value_or(0);
                    while (!written) std::this_thread::yield();
                    return count;
                }));
        }
    }
    Task<void> write_all(int count) {
        return write_while([this, end = writes + count] { return writes < end; });
    }
    Task<void> write_while(std::function<bool()> wanted) {
        std::string const bytes(pages_of_a_commit * page_bytes, 'x');
        for (; wanted(); ++writes) {
            must(co_await submit<void>(writer.queue(), {}, [&](Database& database) -> Status {
                database.run(clear);
                database.run(insert, Blob{bytes});
                return {};
            }));
        }
        written = true;
    }

    [[nodiscard]] std::uintmax_t log_bytes() const {
        return std::filesystem::file_size(file.string() + "-wal");
    }

    TemporaryDirectory temporary;
    std::filesystem::path file = temporary.path() / "rollcall.db";
    CommitCount commits{0};
    storage::Generations generations;
    std::unique_ptr<Database> made = make(file);
    Readers readers{file, commits};
    ReadGate gate;
    Checkpointer checkpointer{file, gate, {.checkpoint = 100, .overlong = 200, .restart = 400}};
    Writer writer{std::move(made), checkpointer, {commits, generations}, 100};
    SideReader side{readers, gate, 100};
    std::atomic<bool> written = false;
    int reads = 0;
    int writes = 0;
};

TEST_F(Checkpoints, keep_the_log_short_under_reads_without_a_gap) {
    boost::asio::io_context context;
    // Two, so that one always waits for the side thread.
    boost::asio::co_spawn(context, read_on(), rethrow);
    boost::asio::co_spawn(context, read_on(), rethrow);
    // What is written during one read stays in the log, so there must be many of them.
    constexpr int many_reads = 10;
    auto const goes_on = [this] { return writes < commits_made || reads < many_reads; };
    boost::asio::co_spawn(context, write_while(goes_on), rethrow);
    context.run();
    EXPECT_LT(log_bytes(),
              static_cast<std::uintmax_t>(writes) * pages_of_a_commit * page_bytes / 2);
}

TEST_F(Checkpoints, wait_for_the_read_at_work_and_hold_the_next_one_back) {
    boost::asio::io_context context;
    boost::asio::co_spawn(context, read_until_written(), rethrow);
    boost::asio::co_spawn(context, write_all(commits_made), rethrow);
    context.run();
    auto const log = log_bytes();
    EXPECT_GT(log, commits_made * pages_of_a_commit * page_bytes / 2);
    // It was started anew though nobody wrote any more: its file has room for what comes.
    context.restart();
    boost::asio::co_spawn(context, write_all(10), rethrow);
    context.run();
    EXPECT_EQ(log_bytes(), log);
}

}  // namespace
}  // namespace rollcall::tests
