// Many coroutines on many threads: nothing is lost, nothing wins twice.
#include "store_case.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

namespace rollcall::tests {
namespace {

using namespace directory;

class Concurrency : public StoreCase {
protected:
    Tenant tenant = world.tenant();
    storage::ConnectionKey key = tenant.connection;

    // Runs `count` coroutines on each of `threads` io threads; body(thread, number).
    template <class Body>
    static void run_all(int threads, int count, Body body) {
        std::vector<std::thread> running;
        for (int thread = 0; thread < threads; ++thread) {
            running.emplace_back([=] {
                boost::asio::io_context context;
                for (int number = 0; number < count; ++number) {
                    boost::asio::co_spawn(context, body(thread, number), rethrow);
                }
                context.run();
            });
        }
        for (auto& thread : running) thread.join();
    }
    static void rethrow(std::exception_ptr error) {
        if (error) std::rethrow_exception(error);
    }
};
ON_EVERY_STORE(Concurrency);

TEST_P(Concurrency, lets_exactly_one_of_many_have_a_user_name) {
    std::atomic<int> won = 0;
    std::atomic<int> refused = 0;
    run_all(4, 25, [&](int, int) -> Task<void> {
        auto creation = world.new_user(key, "ada");
        creation.state.email_key.clear();
        auto const result = co_await store().create_user(key, std::move(creation));
        if (result) {
            ++won;
        } else if (result.error().code() == ErrorCode::uniqueness) {
            ++refused;
        }
    });
    EXPECT_EQ(won, 1);
    EXPECT_EQ(refused, 99);
    EXPECT_EQ(get(store().list_users(key, {})).total, 1U);
}

TEST_P(Concurrency, lets_exactly_one_of_many_have_an_address) {
    std::atomic<int> won = 0;
    run_all(4, 25, [&](int thread, int number) -> Task<void> {
        auto const name = "user" + std::to_string(thread) + "-" + std::to_string(number);
        auto creation = world.new_user(key, name);
        creation.state.email_key = "shared@example.com";
        if (co_await store().create_user(key, std::move(creation))) ++won;
    });
    EXPECT_EQ(won, 1);
}

// I-38
TEST_P(Concurrency, loses_no_member) {
    constexpr int threads = 8;
    constexpr int each = 20;
    auto const group = world.group(key, "everybody");
    std::vector<std::vector<User>> users(threads);
    for (int thread = 0; thread < threads; ++thread) {
        for (int number = 0; number < each; ++number) {
            users[static_cast<std::size_t>(thread)].push_back(
                world.user(key, std::to_string(thread) + "-" + std::to_string(number)));
        }
    }
    auto const before = world.last_position(tenant.organization);
    run_all(threads, each, [&](int thread, int number) -> Task<void> {
        GroupChange change;
        change.add = {
            member(users[static_cast<std::size_t>(thread)][static_cast<std::size_t>(number)])};
        must(co_await store().apply_group_change(key, group.id, std::move(change)));
    });
    auto const read = get(store().find_group(key, group.id, true));
    std::set<MemberRef> found;
    for (auto const& entry : read->members) found.insert(entry.ref);
    std::set<MemberRef> expected;
    for (auto const& row : users) {
        for (auto const& user : row) expected.insert(member(user).ref);
    }
    EXPECT_EQ(found, expected);
    EXPECT_EQ(read->member_count, expected.size());
    EXPECT_EQ(read->version, 1U + threads * each);
    EXPECT_EQ(world.events(tenant.organization, before).size(), expected.size());
}

TEST_P(Concurrency, lets_every_optimistic_update_through_once) {
    auto const user = world.user(key, "ada");
    std::atomic<int> won = 0;
    run_all(4, 10, [&](int, int) -> Task<void> {
        UserUpdate update{
            .state = state_of("ada"), .expected_version = 1, .events = {}, .now = at(2)};
        if (co_await store().update_user(key, user.id, std::move(update))) ++won;
    });
    EXPECT_EQ(won, 1);
    EXPECT_EQ(get(store().find_user(key, user.id, false))->version, 2U);
}

TEST_P(Concurrency, shows_every_acknowledged_write_to_every_reader) {
    std::atomic<int> unseen = 0;
    run_all(4, 10, [&](int thread, int number) -> Task<void> {
        auto const name = std::to_string(thread) + "-" + std::to_string(number);
        auto const generation = store().generation(tenant.organization.id().uuid);
        auto const user = must(co_await store().create_user(key, world.new_user(key, name)));
        if (store().generation(tenant.organization.id().uuid) == generation) ++unseen;
        // Another thread, with a connection of its own.
        std::thread([&] {
            if (!get(store().find_user(key, user.id, true))) ++unseen;
        }).join();
    });
    EXPECT_EQ(unseen, 0);
    EXPECT_EQ(get(store().list_users(key, {})).total, 40U);
}

TEST_P(Concurrency, orders_events_as_the_changes_happened) {
    run_all(4, 10, [&](int thread, int number) -> Task<void> {
        auto const name = std::to_string(thread) + "-" + std::to_string(number);
        auto const made = must(co_await store().create_group(key, world.new_group(key, name)));
        must(co_await store().delete_group(key, made.group.id, {}, at(2)));
    });
    std::set<std::string> alive;
    std::int64_t position = 0;
    auto const events = get(store().list_events(tenant.organization, 0, 1000));
    EXPECT_EQ(events.size(), 80U);
    for (auto const& stored : events) {
        EXPECT_GT(stored.position, position);
        position = stored.position;
        if (stored.event.action == EventAction::create) {
            EXPECT_TRUE(alive.insert(stored.event.object_id).second);
        } else {
            EXPECT_EQ(alive.erase(stored.event.object_id), 1U);
        }
    }
    EXPECT_TRUE(alive.empty());
}

TEST_P(Concurrency, reads_and_writes_side_by_side) {
    std::atomic<int> done = 0;
    run_all(4, 10, [&](int thread, int number) -> Task<void> {
        auto const name = std::to_string(thread) + "-" + std::to_string(number);
        must(co_await store().create_user(key, world.new_user(key, name)));
        UserQuery query;
        query.rest = [](User const&) { return true; };
        auto const page = must(co_await store().list_users(key, query));
        EXPECT_GE(page.total, 1U);
        query.rest = nullptr;
        query.window.count = 1000;
        must(co_await store().list_users(key, query));
        ++done;
    });
    EXPECT_EQ(done, 40);
}

}  // namespace
}  // namespace rollcall::tests
