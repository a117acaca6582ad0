// What storage tests share: a store of each kind, tenants in it, and short ways to make users and
// groups.
#pragma once

#include "crypto/random.hpp"
#include "storage/store.hpp"
#include "support/run_task.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::tests {

enum class StoreKind : std::uint8_t { memory, sqlite };

/// A directory that goes away with the test.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(TemporaryDirectory const&) = delete;
    TemporaryDirectory& operator=(TemporaryDirectory const&) = delete;
    [[nodiscard]] std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// An organization with an active connection.
struct Tenant {
    storage::OrganizationKey organization;
    storage::ConnectionKey connection;
};

/// The instant `seconds` after the tests' beginning of time.
[[nodiscard]] Timestamp at(int seconds);
[[nodiscard]] Digest digest_of(std::string_view text);

/// Unwraps a result; a test that expected none fails with the error's text.
template <class T>
T must(Result<T> result) {
    if (!result) {
        throw std::runtime_error(std::string(to_string(result.error().code())) + ": " +
                                 result.error().message() + " / " + result.error().cause());
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// Runs a store's method and unwraps its result.
template <class T>
T get(Task<Result<T>> task) {
    return must(run_task(std::move(task)));
}

/// Runs a method that must fail.
template <class T>
Error error_of(Task<Result<T>> task) {
    auto result = run_task(std::move(task));
    if (result) throw std::runtime_error("an error was expected");
    return result.error();
}

/// Builders over one store.
class World {
public:
    explicit World(storage::Store& store) : store_(&store) {}

    [[nodiscard]] storage::ProjectKey project(Environment environment = Environment::test);
    [[nodiscard]] storage::OrganizationKey organization(storage::ProjectKey const& project,
                                                        std::string slug);
    [[nodiscard]] storage::ConnectionKey connection(storage::OrganizationKey const& organization);
    /// All of the above, freshly made.
    [[nodiscard]] Tenant tenant();

    [[nodiscard]] directory::Organization new_organization(storage::ProjectKey const& project,
                                                           std::string slug);
    [[nodiscard]] directory::Connection new_connection(storage::OrganizationKey const& key,
                                                       std::string const& token = "token");
    /// A new member whose userName and address are `name`@example.com.
    [[nodiscard]] directory::UserCreation new_user(storage::ConnectionKey const& key,
                                                   std::string const& name);
    [[nodiscard]] directory::GroupCreation new_group(storage::ConnectionKey const& key,
                                                     std::string const& name);

    directory::User user(storage::ConnectionKey const& key, std::string const& name) {
        return get(store_->create_user(key, new_user(key, name)));
    }
    directory::Group group(storage::ConnectionKey const& key, std::string const& name,
                           std::vector<directory::GroupMember> members = {});
    /// The names of events after `position`, oldest first, each with its object.
    [[nodiscard]] std::vector<std::string> events(storage::OrganizationKey const& key,
                                                  std::int64_t after = 0);
    [[nodiscard]] std::int64_t last_position(storage::OrganizationKey const& key);
    [[nodiscard]] directory::Event event(storage::OrganizationKey const& key,
                                         directory::EventObject object,
                                         directory::EventAction action);

    [[nodiscard]] crypto::IdSource& ids() { return ids_; }

private:
    storage::Store* store_;
    crypto::RandomIdSource ids_;
    int made_ = 0;
};

/// The state of a user called `name`, with address `name`@example.com of type work.
[[nodiscard]] directory::UserState state_of(std::string const& name);
[[nodiscard]] directory::GroupMember member(directory::User const& user);
[[nodiscard]] directory::GroupMember member(directory::Group const& group);
[[nodiscard]] std::vector<std::string> names(std::vector<directory::GroupSummary> const& groups);

/// A test that runs on every kind of store.
class StoreCase : public ::testing::TestWithParam<StoreKind> {
protected:
    StoreCase() : StoreCase(Limits{}) {}
    explicit StoreCase(Limits const& limits);

    /// Closes the store and opens it again; nothing for one in memory.
    void reopen();
    [[nodiscard]] storage::Store& store() { return *store_; }
    [[nodiscard]] std::filesystem::path const& directory() const { return directory_.path(); }

    /// Purges to the end, in small steps.
    void purge_all();

private:
    void open();
    Limits limits_;
    TemporaryDirectory directory_;
    crypto::RandomIdSource ids_;
    std::unique_ptr<storage::Store> store_;

protected:
    World world;
};

[[nodiscard]] std::string kind_name(::testing::TestParamInfo<StoreKind> const& info);

#define ON_EVERY_STORE(Fixture)               \
    INSTANTIATE_TEST_SUITE_P(Stores, Fixture, \
                             ::testing::Values(StoreKind::memory, StoreKind::sqlite), kind_name)

}  // namespace rollcall::tests
