// Every change, with the disk failing at its first, second, third … operation: either the change is
// whole or nothing of it is there, and the caller knows which.
#include "failing_vfs.hpp"
#include "storage/sqlite/open.hpp"
#include "store_case.hpp"

namespace rollcall::tests {
namespace {

using namespace directory;

class DiskFailures : public ::testing::Test {
protected:
    FailingVfs disk;
    TemporaryDirectory temporary;
    crypto::RandomIdSource ids;
    std::unique_ptr<storage::Store> store = open();
    World world{*store};
    Tenant tenant = world.tenant();
    storage::ConnectionKey key = tenant.connection;

    std::unique_ptr<storage::Store> open() {
        return must(storage::open_sqlite_store({.directory = temporary.path(), .exclusive = true},
                                               ids, Limits{}));
    }

    // What can be seen of the tenant.
    std::string contents() {
        std::string text;
        for (auto const& user : get(store->list_users(key, {})).users) {
            text += to_string(user.id) + " " + std::to_string(user.version) + " " +
                    std::to_string(user.groups.size()) + "\n";
        }
        for (auto const& group : get(store->list_groups(key, {})).groups) {
            text += group.display_name + " " + std::to_string(group.version) + " " +
                    std::to_string(group.members.size()) + "/" +
                    std::to_string(group.member_count) + "\n";
        }
        return text + std::to_string(world.events(tenant.organization).size()) + " events\n";
    }

    // change() yields the error, if any. It is tried until the disk lets it through.
    template <class Change>
    void survives(Change change) {
        bool failed_once = false;
        for (int operations = 0; operations < 200; ++operations) {
            auto const before = contents();
            disk.fail_after(operations);
            std::optional<Error> const error = change();
            bool const disk_failed = disk.has_failed();
            disk.heal();
            if (!error) {
                EXPECT_NE(contents(), before);
                EXPECT_TRUE(failed_once);
                return;
            }
            EXPECT_TRUE(disk_failed);
            failed_once = true;
            EXPECT_EQ(error->code(), ErrorCode::unavailable) << error->cause();
            ASSERT_EQ(contents(), before) << "after " << operations << " operations";
        }
        FAIL() << "the change never came through";
    }

    template <class T>
    static std::optional<Error> outcome(Task<Result<T>> task) {
        auto const result = run_task(std::move(task));
        return result ? std::nullopt : std::optional(result.error());
    }
};

TEST_F(DiskFailures, leave_no_part_of_a_user) {
    auto const creation = world.new_user(key, "ada");
    survives([&] { return outcome(store->create_user(key, creation)); });
}

TEST_F(DiskFailures, leave_no_part_of_a_changed_group) {
    auto const ada = world.user(key, "ada");
    auto const bob = world.user(key, "bob");
    auto const group = world.group(key, "group", {member(ada)});
    GroupChange change;
    change.display_name = "renamed";
    change.name_key = "renamed";
    change.add = {member(bob)};
    change.remove = {member(ada).ref};
    survives([&] { return outcome(store->apply_group_change(key, group.id, change)); });
}

TEST_F(DiskFailures, leave_no_part_of_a_deleted_user) {
    auto const ada = world.user(key, "ada");
    world.group(key, "group", {member(ada)});
    survives([&] { return outcome(store->delete_user(key, ada.id, {}, at(2), {})); });
}

TEST_F(DiskFailures, are_named_when_the_log_cannot_be_moved_at_the_end) {
    auto const ada = world.user(key, "ada");
    disk.fail_after(0);
    auto const error = error_of(store->close());
    disk.heal();
    EXPECT_EQ(error.code(), ErrorCode::unavailable);
    EXPECT_NE(error.message().find("could not be moved"), std::string::npos) << error.message();
    EXPECT_EQ(error.message().find("another process"), std::string::npos) << error.message();
    EXPECT_NE(error.cause().find("SQLite"), std::string::npos) << error.cause();
    store = nullptr;
    store = open();
    EXPECT_TRUE(get(store->find_user(key, ada.id, true)));
}

TEST_F(DiskFailures, lose_nothing_that_was_acknowledged) {
    std::vector<User> acknowledged;
    for (int i = 0; i < 60; ++i) {
        auto creation = world.new_user(key, "user" + std::to_string(i));
        creation.state.attributes["filler"] = std::string(3000, 'x');
        disk.fail_after(i);
        auto const result = run_task(store->create_user(key, creation));
        disk.heal();
        if (result) acknowledged.push_back(*result);
    }
    ASSERT_FALSE(acknowledged.empty());
    ASSERT_LT(acknowledged.size(), 60U);
    store = nullptr;
    store = open();
    EXPECT_EQ(get(store->list_users(key, {})).total, acknowledged.size());
    for (auto const& user : acknowledged) {
        EXPECT_TRUE(get(store->find_user(key, user.id, true)));
    }
}

}  // namespace
}  // namespace rollcall::tests
