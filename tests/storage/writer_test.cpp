// Group commit: a failing request harms no other, whatever it did before it failed.
#include "storage/sqlite/writer.hpp"

#include "storage/sqlite/database.hpp"
#include "storage/sqlite/requests.hpp"
#include "store_case.hpp"

#include <sqlite3.h>

#include <deque>

namespace rollcall::tests {
namespace {

using storage::sqlite::commit_batch;
using storage::sqlite::Database;
using storage::sqlite::DriverFailure;
using storage::sqlite::Request;
using storage::sqlite::Sql;
using storage::sqlite::TypedRequest;

class Batches : public ::testing::Test {
protected:
    TemporaryDirectory temporary;
    Database database{temporary.path() / "batch.db", Database::Mode::write};

    using Work = std::function<Status(Database&)>;

    Batches() { database.script("CREATE TABLE numbers (n INTEGER PRIMARY KEY) STRICT"); }

    static Work insert(int n, std::optional<ErrorCode> then = {}) {
        return [=](Database& db) -> Status {
            static constexpr Sql statement = "INSERT INTO numbers VALUES (?1)";
            db.run(statement, n);
            if (then) return fail({*then, "refused"});
            return {};
        };
    }
    static Work refuse() {
        return [](Database&) -> Status { return fail({ErrorCode::conflict, "refused"}); };
    }

    // The outcome of each request: "ok" or the error's code.
    std::vector<std::string> commit(std::vector<Work> works) {
        std::deque<TypedRequest<void, Work>> requests;
        std::vector<Request*> batch;
        for (auto& work : works) batch.push_back(&requests.emplace_back(work));
        auto const done = commit_batch(database, batch);
        EXPECT_FALSE(database.in_transaction());
        std::vector<std::string> outcomes;
        std::size_t succeeded = 0;
        for (auto& request : requests) {
            auto const result = request.take();
            succeeded += result ? 1 : 0;
            outcomes.emplace_back(result ? "ok" : to_string(result.error().code()));
        }
        EXPECT_EQ(done.size(), succeeded);
        return outcomes;
    }
    std::string numbers() {
        static constexpr Sql statement = "SELECT n FROM numbers ORDER BY n";
        std::string text;
        storage::sqlite::Query row(database, statement);
        while (row.step()) text += std::to_string(row.integer(0)) + " ";
        return text;
    }
};

using Outcomes = std::vector<std::string>;

TEST_F(Batches, are_committed_whole) {
    EXPECT_EQ(commit({insert(1), insert(2), insert(3)}), (Outcomes{"ok", "ok", "ok"}));
    EXPECT_EQ(numbers(), "1 2 3 ");
}

TEST_F(Batches, leave_out_a_request_that_is_refused_before_it_writes) {
    EXPECT_EQ(commit({insert(1), refuse(), insert(3)}), (Outcomes{"ok", "conflict", "ok"}));
    EXPECT_EQ(numbers(), "1 3 ");
}

TEST_F(Batches, undo_a_request_that_fails_after_it_wrote) {
    EXPECT_EQ(commit({insert(1), insert(2, ErrorCode::conflict), insert(3)}),
              (Outcomes{"ok", "conflict", "ok"}));
    EXPECT_EQ(numbers(), "1 3 ");
}

TEST_F(Batches, undo_a_request_that_fails_alone) {
    EXPECT_EQ(commit({insert(1, ErrorCode::conflict)}), Outcomes{"conflict"});
    EXPECT_EQ(numbers(), "");
}

TEST_F(Batches, turn_a_failing_statement_into_an_error_of_its_request) {
    EXPECT_EQ(commit({insert(1), insert(1), insert(2)}), (Outcomes{"ok", "internal", "ok"}));
    EXPECT_EQ(numbers(), "1 2 ");
}

TEST_F(Batches, turn_a_bug_into_an_error_of_its_request) {
    auto const bug = [](Database& db) -> Status {
        insert(7)(db).value();
        throw std::logic_error("bug");
    };
    EXPECT_EQ(commit({insert(1), bug, insert(2)}), (Outcomes{"ok", "internal", "ok"}));
    EXPECT_EQ(numbers(), "1 2 ");
}

TEST_F(Batches, refuse_all_when_the_transaction_breaks) {
    auto const disk_full = [](Database&) -> Status { throw DriverFailure(SQLITE_FULL, "full"); };
    EXPECT_EQ(commit({insert(1), disk_full, insert(2)}),
              (Outcomes{"unavailable", "unavailable", "unavailable"}));
    EXPECT_EQ(numbers(), "");
    EXPECT_EQ(commit({insert(1)}), Outcomes{"ok"});
}

TEST_F(Batches, fail_wherever_the_transaction_breaks_without_a_trace) {
    for (int failing = 0; failing < 4; ++failing) {
        int countdown = failing;
        auto const step = [&](int n) -> Work {
            return [&countdown, n](Database& db) -> Status {
                if (countdown-- == 0) throw DriverFailure(SQLITE_IOERR, "broken");
                return insert(n)(db);
            };
        };
        auto const outcomes = commit({step(1), step(2), step(3)});
        EXPECT_EQ(outcomes, failing < 3 ? Outcomes(3, "unavailable") : Outcomes(3, "ok"));
    }
    EXPECT_EQ(numbers(), "1 2 3 ");
}

}  // namespace
}  // namespace rollcall::tests
