// Opening a directory: permissions, locks, damaged and foreign files, other processes.
#include "storage/sqlite/database.hpp"
#include "storage/sqlite/open.hpp"
#include "store_case.hpp"

#include <sqlite3.h>

#include <fstream>
#include <sys/stat.h>

namespace rollcall::tests {
namespace {

using storage::open_sqlite_store;
using storage::SqliteOptions;
using storage::sqlite::Database;

class Opening : public ::testing::Test {
protected:
    TemporaryDirectory temporary;
    std::filesystem::path directory = temporary.path() / "data";
    std::filesystem::path file = directory / "rollcall.db";
    crypto::RandomIdSource ids;

    Result<std::unique_ptr<storage::Store>> open(bool exclusive) {
        return open_sqlite_store({.directory = directory, .exclusive = exclusive}, ids, Limits{});
    }
    static mode_t permissions(std::filesystem::path const& path) {
        struct stat status{};
        if (::stat(path.c_str(), &status) != 0) return 0;
        return status.st_mode & 0777U;
    }
};

TEST_F(Opening, makes_everything_for_its_owner_only) {
    auto const store = must(open(true));
    std::ignore = World(*store).tenant();
    EXPECT_EQ(permissions(directory), 0700U);
    for (auto const* name :
         {"rollcall.db", "rollcall.db-wal", "rollcall.db-shm", "rollcall.lock"}) {
        EXPECT_EQ(permissions(directory / name), 0600U) << name;
    }
}

TEST_F(Opening, refuses_a_second_server) {
    auto first = must(open(true));
    auto const second = open(true);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code(), ErrorCode::conflict);
    EXPECT_NE(second.error().message().find(directory.string()), std::string::npos);
    EXPECT_NE(second.error().message().find(std::to_string(::getpid())), std::string::npos);
    must(run_task(first->close()));
    EXPECT_TRUE(open(true));
}

TEST_F(Opening, frees_the_directory_when_the_server_goes_without_closing) {
    must(open(true)).reset();
    EXPECT_TRUE(open(true));
}

TEST_F(Opening, lets_another_process_work_beside_the_server) {
    auto const server = must(open(true));
    auto const before = World(*server).tenant();
    auto const tool = must(open(false));
    std::ignore = World(*tool).project();
    EXPECT_EQ(get(server->list_projects()).size(), 2U);
    auto const user = World(*server).user(before.connection, "ada");
    EXPECT_TRUE(get(tool->find_user(before.connection, user.id, false)));
    must(run_task(tool->close()));
    EXPECT_EQ(get(server->list_projects()).size(), 2U);
    World(*server).user(before.connection, "bob");
}

TEST_F(Opening, tells_the_server_of_changes_by_others) {
    auto const server = must(open(true));
    auto const scope = World(*server).tenant().organization.id().uuid;
    auto const before = server->generation(scope);
    {
        auto const tool = must(open(false));
        std::ignore = World(*tool).project();
    }
    // At the latest with its next write, which here is one without a scope of its own.
    get(server->cursor_key());
    EXPECT_NE(server->generation(scope), before);
}

TEST_F(Opening, waits_for_a_short_write_of_another_process) {
    auto const server = must(open(true));
    Database other(file, Database::Mode::write);
    other.script("BEGIN IMMEDIATE");
    std::thread writing([&] { std::ignore = World(*server).project(); });
    other.script("INSERT INTO settings VALUES ('test', x'00')");
    other.script("COMMIT");
    writing.join();
    EXPECT_EQ(get(server->list_projects()).size(), 1U);
}

TEST_F(Opening, refuses_a_file_that_is_no_database) {
    std::filesystem::create_directories(directory);
    std::ofstream(file) << std::string(8192, 'x');
    auto const store = open(true);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code(), ErrorCode::invalid_value);
    EXPECT_NE(store.error().message().find(file.string()), std::string::npos);
}

TEST_F(Opening, refuses_a_database_of_someone_else) {
    std::filesystem::create_directories(directory);
    {
        Database other(file, Database::Mode::write);
        other.script("CREATE TABLE notes (text TEXT)");
    }
    auto const store = open(true);
    ASSERT_FALSE(store);
    EXPECT_NE(store.error().message().find("not a Rollcall database"), std::string::npos);
}

TEST_F(Opening, refuses_a_database_of_a_newer_release) {
    must(open(true)).reset();
    {
        Database database(file, Database::Mode::write);
        database.script("PRAGMA user_version = 999");
    }
    for (bool const exclusive : {true, false}) {
        auto const store = open(exclusive);
        ASSERT_FALSE(store);
        EXPECT_EQ(store.error().code(), ErrorCode::invalid_value);
        EXPECT_NE(store.error().message().find("newer release"), std::string::npos);
        EXPECT_NE(store.error().message().find("999"), std::string::npos);
    }
}

TEST_F(Opening, names_a_directory_that_cannot_be_made) {
    std::ofstream(temporary.path() / "file") << "x";
    directory = temporary.path() / "file" / "data";
    auto const store = open(true);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code(), ErrorCode::unavailable);
    EXPECT_NE(store.error().message().find("file"), std::string::npos);
}

TEST_F(Opening, leaves_one_self_contained_file_behind) {
    auto store = must(open(true));
    auto const tenant = World(*store).tenant();
    World(*store).user(tenant.connection, "ada");
    must(run_task(store->close()));
    store.reset();
    auto const wal = directory / "rollcall.db-wal";
    EXPECT_TRUE(!std::filesystem::exists(wal) || std::filesystem::file_size(wal) == 0);
    auto const copy = temporary.path() / "copy";
    std::filesystem::create_directories(copy);
    std::filesystem::copy_file(file, copy / "rollcall.db");
    auto const opened =
        must(open_sqlite_store({.directory = copy, .exclusive = true}, ids, Limits{}));
    EXPECT_EQ(get(opened->list_users(tenant.connection, {})).total, 1U);
}

}  // namespace
}  // namespace rollcall::tests
