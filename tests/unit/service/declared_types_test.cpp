// Declared resource types are made when a definition changed, and only then.
#include "service/declared_types.hpp"

#include "crypto/digest.hpp"
#include "service/connection_tokens.hpp"
#include "service/schemas.hpp"
#include "storage/memory/open.hpp"
#include "support/fixture.hpp"
#include "support/forwarding_store.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace rollcall::tests {
namespace {

/// Counts how often definitions are read.
class CountingStore final : public ForwardingStore {
public:
    using ForwardingStore::ForwardingStore;
    Task<Result<directory::ConnectionSchemas>> list_schemas(directory::ConnectionKey key) override {
        ++reads;
        return ForwardingStore::list_schemas(key);
    }
    int reads = 0;
};

class DeclaredTypesTest : public ::testing::Test {
protected:
    DeclaredTypesTest() {
        store = static_cast<CountingStore*>(&side.store());
        tokens.emplace(*store, side.clock());
    }

    service::ConnectionCaller authenticate(Connected const& whose) {
        auto caller = value_of(run_task(tokens->authenticate(
            whose.key.id(), service::ConnectionCredential{Secret(whose.token)})));
        return caller;
    }
    void declare(Connected const& whose, std::string const& attribute) {
        auto const definition = fmt::format(
            R"({{"id":"urn:acme:x","name":"X","attributes":[{{"name":"{}"}}]}})", attribute);
        ASSERT_TRUE(side.declare(whose, boost::json::parse(definition).as_object()));
        store->reads = 0;
    }

    ProviderSide side{[](crypto::IdSource& ids, Limits const& limits) {
        return std::make_unique<CountingStore>(storage::open_memory_store(ids, limits));
    }};
    CountingStore* store = nullptr;
    std::optional<service::ConnectionTokens> tokens;
    Connected connected = side.connect(directory::IdentityProvider::okta);
};

TEST_F(DeclaredTypesTest, AConnectionWithoutSchemasCostsNothing) {
    EXPECT_EQ(&authenticate(connected).types(), &scim::builtin_types());
    EXPECT_EQ(store->reads, 0);
}

TEST_F(DeclaredTypesTest, DefinitionsAreReadOnceForEachVersion) {
    declare(connected, "a");
    auto const first = authenticate(connected);
    EXPECT_NE(first.user_type().find_schema("urn:acme:x"), nullptr);
    EXPECT_EQ(&authenticate(connected).types(), &first.types());
    EXPECT_EQ(store->reads, 1);

    declare(connected, "b");
    auto const second = authenticate(connected);
    EXPECT_NE(second.user_type().find_schema("urn:acme:x")->find("b"), nullptr);
    EXPECT_NE(first.user_type().find_schema("urn:acme:x")->find("a"), nullptr)
        << "a request under way keeps what it began with";
    EXPECT_EQ(&authenticate(connected).types(), &second.types());
    EXPECT_EQ(store->reads, 1);
}

TEST_F(DeclaredTypesTest, WithdrawnSchemasAreBuiltInTypesAgain) {
    declare(connected, "a");
    side.withdraw(connected, "urn:acme:x");
    store->reads = 0;
    EXPECT_EQ(&authenticate(connected).types(), &scim::builtin_types());
    EXPECT_EQ(&authenticate(connected).types(), &scim::builtin_types());
    EXPECT_EQ(store->reads, 1);
}

TEST_F(DeclaredTypesTest, MemoryIsBounded) {
    // Each connection weighs 101 of attributes_max.
    std::string many;
    for (int i = 0; i < 100; ++i) many += fmt::format(R"({}{{"name":"a{}"}})", i ? "," : "", i);
    auto const definition =
        boost::json::parse(R"({"id":"urn:acme:x","name":"X","attributes":[)" + many + "]}")
            .as_object();
    auto const fit = service::DeclaredTypes::attributes_max / 101;
    std::vector<Connected> connections;
    for (std::size_t i = 0; i <= fit; ++i) {
        connections.push_back(side.connect(directory::IdentityProvider::okta));
        ASSERT_TRUE(side.declare(connections.back(), definition));
    }
    store->reads = 0;
    for (std::size_t i = 0; i < fit; ++i) authenticate(connections[i]);
    for (std::size_t i = 0; i < fit; ++i) authenticate(connections[i]);
    EXPECT_EQ(store->reads, static_cast<int>(fit)) << "all fit";
    authenticate(connections[fit]);
    authenticate(connections[0]);
    EXPECT_EQ(store->reads, static_cast<int>(fit) + 2) << "the one too many made room for all";
}

}  // namespace
}  // namespace rollcall::tests
