// Notes on their way into the store: bounded, in order, and not lost to a busy database.
#include "service/request_notes.hpp"

#include "crypto/random.hpp"
#include "storage/memory/open.hpp"
#include "support/fixture.hpp"
#include "support/forwarding_store.hpp"

#include <gtest/gtest.h>

namespace rollcall::service {
namespace {

using tests::run_task;

// Refuses to write while it is told to.
class BusyStore final : public tests::ForwardingStore {
public:
    using ForwardingStore::ForwardingStore;
    bool busy = false;
    std::size_t batches = 0;

    Task<Status> append_request_notes(
        std::vector<std::pair<directory::ConnectionKey, directory::RequestNote>> notes) override {
        if (busy) co_return fail(unavailable_error("the disk is full"));
        ++batches;
        co_return co_await ForwardingStore::append_request_notes(std::move(notes));
    }
};

class RequestNotesTest : public testing::Test {
protected:
    RequestNotesTest()
        : side([this](crypto::IdSource& ids, Limits const& store_limits) {
              auto opened =
                  std::make_unique<BusyStore>(storage::open_memory_store(ids, store_limits));
              store = opened.get();
              return opened;
          }),
          connected(side.connect(directory::IdentityProvider::okta)) {
        limits.request_notes_waiting_max = 1200;
    }

    void add(int count, int first = 0) {
        for (int i = first; i < first + count; ++i) {
            directory::RequestNote note;
            note.path = std::to_string(i);
            notes.add(connected.key, std::move(note));
        }
    }
    std::vector<std::string> stored() {
        std::vector<std::string> paths;
        auto const found = tests::value_of(run_task(store->list_request_notes(
            connected.key, directory::RequestNoteFilter::all, {}, 10'000)));
        for (auto const& entry : found) paths.push_back(entry.note.path);
        return paths;
    }

    BusyStore* store = nullptr;
    tests::ProviderSide side;
    tests::Connected connected;
    Limits limits;
    RequestNotes notes{*store, limits};
};

TEST_F(RequestNotesTest, AreWrittenInBatchesAndInOrder) {
    EXPECT_EQ(run_task(notes.flush()), false);
    add(501);
    EXPECT_EQ(run_task(notes.flush()), true);
    EXPECT_EQ(run_task(notes.flush()), false);
    EXPECT_EQ(store->batches, 2U);
    auto const paths = stored();
    ASSERT_EQ(paths.size(), 501U);
    EXPECT_EQ(paths.front(), "500");
    EXPECT_EQ(paths.back(), "0");
}

TEST_F(RequestNotesTest, AreDroppedAndCountedBeyondTheLimit) {
    add(1200);
    EXPECT_EQ(notes.take_dropped(), 0U);
    add(2, 1200);
    EXPECT_EQ(notes.take_dropped(), 2U);
    EXPECT_EQ(notes.take_dropped(), 0U);
    EXPECT_TRUE(run_task(notes.flush_all()));
    EXPECT_EQ(stored().front(), "1199");
}

TEST_F(RequestNotesTest, WaitWhileTheDatabaseIsBusy) {
    store->busy = true;
    add(600);
    EXPECT_FALSE(run_task(notes.flush()));
    EXPECT_FALSE(run_task(notes.flush_all()));
    add(600, 600);
    EXPECT_FALSE(run_task(notes.flush()));
    EXPECT_EQ(notes.take_dropped(), 0U);
    store->busy = false;
    EXPECT_TRUE(run_task(notes.flush_all()));
    auto const paths = stored();
    ASSERT_EQ(paths.size(), 1000U);  // what a connection keeps
    EXPECT_EQ(paths.front(), "1199");
    EXPECT_EQ(paths.back(), "200");
}

}  // namespace
}  // namespace rollcall::service
