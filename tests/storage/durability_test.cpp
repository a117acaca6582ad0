// What was acknowledged survives: a process that dies, and a log that was never moved.
#include "storage/sqlite/open.hpp"
#include "store_case.hpp"

#include <array>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace rollcall::tests {
namespace {

class Durability : public ::testing::Test {
protected:
    TemporaryDirectory temporary;
    crypto::RandomIdSource ids;

    std::unique_ptr<storage::Store> open() {
        return must(storage::open_sqlite_store({.directory = temporary.path(), .exclusive = true},
                                               ids, Limits{}));
    }
};

// The child reports every acknowledged user through a pipe until it is killed.
[[noreturn]] void push_until_killed(std::filesystem::path const& directory, int out) {
    crypto::RandomIdSource ids;
    auto const store =
        must(storage::open_sqlite_store({.directory = directory, .exclusive = true}, ids, {}));
    World world(*store);
    auto const key = world.tenant().connection;
    for (int i = 0;; ++i) {
        auto const user = world.user(key, "user" + std::to_string(i));
        std::array<Uuid, 2> const report{key.id().uuid, user.id.uuid};
        if (::write(out, report.data(), sizeof report) != sizeof report) _exit(1);
    }
}

TEST_F(Durability, of_every_acknowledged_write_when_the_process_is_killed) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    auto const child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) push_until_killed(temporary.path(), ends[1]);
    ::close(ends[1]);
    std::vector<std::array<Uuid, 2>> acknowledged;
    std::array<Uuid, 2> report{};
    while (::read(ends[0], report.data(), sizeof report) == sizeof report) {
        acknowledged.push_back(report);
        if (acknowledged.size() == 50) ::kill(child, SIGKILL);
    }
    ::close(ends[0]);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    ASSERT_GE(acknowledged.size(), 50U);

    auto const store = open();
    auto const found = get(store->authenticate_connection({Environment::test, acknowledged[0][0]},
                                                          digest_of("token"), at(1)));
    ASSERT_TRUE(found);
    for (auto const& [connection, user] : acknowledged) {
        EXPECT_TRUE(get(store->find_user(found->key, {Environment::test, user}, false)));
    }
    auto const total = get(store->list_users(found->key, {})).total;
    EXPECT_GE(total, acknowledged.size());
    EXPECT_LE(total, acknowledged.size() + 1);
}

TEST_F(Durability, of_memberships_counts_and_events) {
    auto store = open();
    World world(*store);
    auto const tenant = world.tenant();
    auto const user = world.user(tenant.connection, "ada");
    auto const group = world.group(tenant.connection, "group", {member(user)});
    store = nullptr;
    store = open();
    auto const read = get(store->find_group(tenant.connection, group.id, true));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->members.size(), 1U);
    EXPECT_EQ(get(store->list_users(tenant.connection, {})).total, 1U);
    EXPECT_EQ(get(store->list_events(tenant.organization, 0, 10)).size(), 2U);
}

}  // namespace
}  // namespace rollcall::tests
