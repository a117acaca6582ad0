// A search reads the organizations whose members it shows, and no others.
#include "service/member_searches.hpp"

#include "service/policies.hpp"
#include "storage/memory/open.hpp"
#include "support/fixture.hpp"
#include "support/forwarding_store.hpp"

#include <gtest/gtest.h>

namespace rollcall::tests {
namespace {

/// Counts how often organizations are read.
class CountingStore final : public ForwardingStore {
public:
    using ForwardingStore::ForwardingStore;
    Task<Result<std::optional<storage::OrganizationRecord>>> find_organization_record(
        directory::ProjectKey project, std::string reference) override {
        ++reads;
        return ForwardingStore::find_organization_record(project, std::move(reference));
    }
    int reads = 0;
};

class MemberSearchesTest : public ::testing::Test {
protected:
    void create_member(directory::OrganizationKey const& key, std::string address) {
        directory::MemberCreation creation;
        creation.member.id = {Environment::test, ids.ordered_uuid(side.clock().now())};
        creation.member.organization = key.id();
        creation.member.email_address = std::move(address);
        value_of(run_task(store.create_member(key, std::move(creation))));
    }
    /// How many organizations were read for the page; checks how many members it has.
    int reads_of(directory::MemberSearch search, std::size_t found) {
        store.reads = 0;
        auto const page = value_of(run_task(searches.run(
            empty.project(), {.organizations = {to_string(empty.id()), to_string(inhabited.id())},
                              .search = std::move(search),
                              .cursor = {},
                              .limit = 10,
                              .only = {}})));
        EXPECT_EQ(page.members.size(), found);
        EXPECT_EQ(page.total, found);
        EXPECT_EQ(page.organizations.size(), found == 0 ? 0U : 1U);
        return store.reads;
    }

    Limits limits;
    crypto::RandomIdSource ids;
    ProviderSide side{[](crypto::IdSource& made, Limits const& bounds) {
        return std::make_unique<CountingStore>(storage::open_memory_store(made, bounds));
    }};
    CountingStore& store = static_cast<CountingStore&>(side.store());
    service::Policies policies{store, side.clock(), ids, limits};
    service::MemberSearches searches{store, policies, limits};
    directory::OrganizationKey empty = side.create_organization();
    directory::OrganizationKey inhabited = side.create_organization();
};

TEST_F(MemberSearchesTest, ReadOnlyOrganizationsOfWhomTheyShow) {
    create_member(inhabited, "ada@example.com");
    EXPECT_EQ(reads_of({}, 1), 1);
    EXPECT_EQ(reads_of({false, {directory::MemberEmailIn{{"bob@example.com"}}}}, 0), 0);
}

// Roles may follow from an organization's settings.
TEST_F(MemberSearchesTest, ReadEachOrganizationOnceToTellRoles) {
    create_member(inhabited, "ada@example.com");
    EXPECT_EQ(reads_of({false, {directory::MemberRoleIn{{"stytch_member"}}}}, 1), 2);
    EXPECT_EQ(reads_of({false, {directory::MemberRoleIn{{"nobody"}}}}, 0), 2);
}

}  // namespace
}  // namespace rollcall::tests
