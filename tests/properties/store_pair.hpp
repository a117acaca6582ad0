// A store in memory and one on SQLite side by side: the same random operations on both, and whether
// they answer and hold the same.
#pragma once

#include "dice.hpp"
#include "storage/store_case.hpp"
#include "store_describe.hpp"

#include <array>

namespace rollcall::tests {

/// A project with two organizations, each with a connection, in both stores. Names, addresses and
/// ids are chosen from pools so small that they meet.
class StorePair {
public:
    explicit StorePair(std::uint64_t seed);
    virtual ~StorePair() = default;

    /// Does `steps` operations, and compares the contents now and then, and after reopening.
    void run(int steps);

protected:
    /// One store, with the keys it issued.
    struct Side {
        std::unique_ptr<storage::Store> store;
        std::vector<storage::OrganizationKey> organizations{};
        std::vector<storage::ConnectionKey> connections{};  ///< the latest of each organization
    };

    /// Something for the chosen tenant.
    virtual void one_operation() = 0;
    /// Everything the chosen tenant has.
    virtual void compare_tenant() = 0;

    // --- Choosing -----------------------------------------------------------------------------

    std::size_t below(std::size_t bound) { return dice_.below(bound); }
    bool chance(int percent) { return dice_.chance(percent); }
    std::string name();
    std::string address() { return name() + "@example.com"; }
    std::optional<std::string> external_id();
    Uuid user_uuid();
    MemberId user_id();
    directory::UserState user_state();

    static Limits limits();
    Timestamp now() const { return at(now_); }
    Timestamp earlier(std::size_t seconds) const { return at(now_ - static_cast<int>(seconds)); }
    Timestamp later(std::size_t seconds) const { return at(now_ + static_cast<int>(seconds)); }
    crypto::IdSource& ids() { return ids_; }
    directory::Event event(storage::OrganizationKey const& key);
    directory::Connection new_connection(OrganizationId const& organization);

    // --- Both stores --------------------------------------------------------------------------

    std::array<Side*, 2> sides() { return {&memory_, &sqlite_}; }
    OrganizationId organization_id() const { return memory_.organizations[tenant_].id(); }
    ProjectId project_id() const { return memory_.organizations[tenant_].project().id(); }

    /// Calls operation(store, organization key, connection key) on both and compares the answers.
    template <class Operation>
    auto both(char const* what, Operation operation) {
        SCOPED_TRACE(what);
        auto const call = [&](Side& side) {
            return run_task(
                operation(*side.store, side.organizations[tenant_], side.connections[tenant_]));
        };
        auto expected = call(memory_);
        auto const actual = call(sqlite_);
        EXPECT_EQ(describe(actual), describe(expected));
        return expected;
    }

    std::size_t tenant_ = 0;  ///< whom operations are about
    std::vector<Uuid> users_;

private:
    void compare_contents();
    void reopen();
    void add_organization(directory::Organization const& organization, ProjectId const& project);

    Dice dice_;
    crypto::RandomIdSource ids_;
    TemporaryDirectory directory_;
    Side memory_{};
    Side sqlite_{};
    int now_ = 0;
};

}  // namespace rollcall::tests
