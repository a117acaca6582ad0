// Schemas that connections declare, their version, and the data of groups under them.
#include "directory/schema_plan.hpp"
#include "store_case.hpp"

#include <boost/json/parse.hpp>

namespace rollcall::tests {
namespace {

using namespace directory;

constexpr std::size_t most_schemas = 3;

Limits few_schemas() {
    Limits limits;
    limits.schemas_per_connection_max = most_schemas;
    return limits;
}

ConnectionSchema schema(std::string urn, std::string attribute = "number", Timestamp now = at(1)) {
    scim::Schema definition{std::move(urn), "Badge", "", {}};
    definition.attributes.emplace_back().name = std::move(attribute);
    return {{scim::ResourceKind::user, false, std::move(definition)}, now, now};
}

class Schemas : public StoreCase {
protected:
    Schemas() : StoreCase(few_schemas()) {}

    ConnectionSchema put(ConnectionSchema const& declared) {
        return get(store().put_schema(key, declared, version(), {}));
    }
    std::vector<std::string> urns() {
        std::vector<std::string> all;
        for (auto const& declared : get(store().list_schemas(key)).schemas) {
            all.push_back(declared.declared.schema.urn);
        }
        return all;
    }
    std::uint64_t version() { return get(store().list_schemas(key)).version; }
    std::uint64_t version_with_token() {
        return get(store().authenticate_connection(key.id(), digest_of("token"), at(1)))
            ->schemas_version;
    }

    Tenant tenant = world.tenant();
    storage::ConnectionKey key = tenant.connection;
};
ON_EVERY_STORE(Schemas);

using Urns = std::vector<std::string>;

TEST_P(Schemas, are_read_as_they_were_written) {
    auto declared = schema("urn:acme:Badge");
    declared.declared.extends = scim::ResourceKind::group;
    declared.declared.required = true;
    declared.declared.schema.attributes.front().type = scim::Type::reference;
    declared.declared.schema.attributes.front().case_exact = true;
    declared.declared.schema.attributes.front().reference_types = {"User"};
    EXPECT_EQ(put(declared).declared, declared.declared);
    reopen();
    auto const read = get(store().list_schemas(key));
    ASSERT_EQ(read.schemas.size(), 1U);
    EXPECT_EQ(read.schemas.front().declared, declared.declared);
    EXPECT_EQ(read.schemas.front().created_at, at(1));
    EXPECT_EQ(read.schemas.front().updated_at, at(1));
}

TEST_P(Schemas, are_replaced_by_urn_without_case_and_keep_their_place) {
    put(schema("urn:acme:a"));
    put(schema("urn:acme:b"));
    auto const replaced = put(schema("URN:acme:A", "other", at(9)));
    EXPECT_EQ(replaced.created_at, at(1));
    EXPECT_EQ(replaced.updated_at, at(9));
    EXPECT_EQ(urns(), (Urns{"URN:acme:A", "urn:acme:b"}));
    EXPECT_EQ(get(store().find_active_connection(tenant.organization))->connection.updated_at,
              at(9));
}

TEST_P(Schemas, move_the_version_that_comes_with_the_token) {
    EXPECT_EQ(version(), 0U);
    EXPECT_EQ(version_with_token(), 0U);
    put(schema("urn:acme:a"));
    auto const first = version();
    EXPECT_NE(first, 0U);
    put(schema("urn:acme:a", "other"));
    auto const second = version();
    EXPECT_GT(second, first);
    get(store().delete_schema(key, "urn:acme:A", at(3), {}));
    EXPECT_GT(version(), second);
    EXPECT_EQ(version_with_token(), version());
    reopen();
    EXPECT_EQ(version_with_token(), version());
    EXPECT_EQ(urns(), Urns{});
}

TEST_P(Schemas, are_bounded_for_each_connection) {
    for (auto const* urn : {"urn:acme:a", "urn:acme:b", "urn:acme:c"}) put(schema(urn));
    auto const error = error_of(store().put_schema(key, schema("urn:acme:d"), version(), {}));
    EXPECT_EQ(error.code(), ErrorCode::too_many);
    EXPECT_EQ(error.kind(), "too_many_scim_schemas");
    put(schema("urn:acme:C", "other"));
    EXPECT_EQ(urns().size(), most_schemas);
    get(store().delete_schema(key, "urn:acme:a", at(2), {}));
    put(schema("urn:acme:d"));
    EXPECT_EQ(urns().size(), most_schemas);
}

TEST_P(Schemas, are_put_only_where_nothing_was_declared_meanwhile) {
    put(schema("urn:acme:a"));
    auto const planned_for = version();
    put(schema("urn:acme:b"));
    for (auto const* urn : {"urn:acme:a", "urn:acme:c"}) {
        auto const error = error_of(store().put_schema(key, schema(urn, "late"), planned_for, {}));
        EXPECT_EQ(error.code(), ErrorCode::precondition_failed) << urn;
    }
    EXPECT_EQ(urns(), (Urns{"urn:acme:a", "urn:acme:b"}));
}

TEST_P(Schemas, write_their_events_and_raise_the_generation) {
    auto const event =
        world.event(tenant.organization, EventObject::scim_connection, EventAction::update);
    auto const position = world.last_position(tenant.organization);
    auto const before = store().generation(tenant.organization.id().uuid);
    get(store().put_schema(key, schema("urn:acme:a"), 0, {event}));
    EXPECT_NE(store().generation(tenant.organization.id().uuid), before);
    EXPECT_EQ(world.events(tenant.organization, position).size(), 1U);
    error_of(store().delete_schema(key, "urn:acme:b", at(2), {event}));
    EXPECT_EQ(world.events(tenant.organization, position).size(), 1U);
}

TEST_P(Schemas, are_not_found_by_another_urn_or_connection) {
    put(schema("urn:acme:a"));
    auto const other = world.tenant();
    EXPECT_TRUE(get(store().list_schemas(other.connection)).schemas.empty());
    for (auto const& [connection, urn] :
         {std::pair(key, "urn:acme:b"), std::pair(other.connection, "urn:acme:a")}) {
        auto const error = error_of(store().delete_schema(connection, urn, at(2), {}));
        EXPECT_EQ(error.code(), ErrorCode::not_found);
        EXPECT_EQ(error.kind(), "scim_schema_not_found");
    }
    EXPECT_EQ(urns(), Urns{"urn:acme:a"});
}

TEST_P(Schemas, go_with_their_connection) {
    put(schema("urn:acme:a"));
    get(store().delete_connection(key, at(2), {}));
    EXPECT_TRUE(get(store().list_schemas(key)).schemas.empty());
    EXPECT_EQ(error_of(store().put_schema(key, schema("urn:acme:b"), 1, {})).code(),
              ErrorCode::not_found);
    EXPECT_EQ(error_of(store().delete_schema(key, "urn:acme:a", at(3), {})).code(),
              ErrorCode::not_found);
    purge_all();
    auto const next = world.connection(tenant.organization);
    EXPECT_EQ(get(store().list_schemas(next)).version, 0U);
}

class GroupExtensions : public StoreCase {
protected:
    static boost::json::object data(std::string const& text) {
        return boost::json::parse(text).as_object();
    }
    Group find(GroupId const& id) { return *get(store().find_group(key, id, false)); }
    AppliedGroupChange change(GroupId const& id, std::optional<boost::json::object> extensions) {
        GroupChange wanted;
        wanted.extensions = std::move(extensions);
        wanted.now = at(5);
        return get(store().apply_group_change(key, id, std::move(wanted)));
    }

    Tenant tenant = world.tenant();
    storage::ConnectionKey key = tenant.connection;
};
ON_EVERY_STORE(GroupExtensions);

TEST_P(GroupExtensions, are_kept_replaced_and_cleared) {
    auto creation = world.new_group(key, "sales");
    creation.extensions = data(R"({"urn:acme:team":{"colour":"red"}})");
    auto const made = get(store().create_group(key, creation)).group;
    EXPECT_EQ(made.extensions, creation.extensions);
    reopen();
    EXPECT_EQ(find(made.id).extensions, creation.extensions);
    GroupQuery everything;
    EXPECT_EQ(get(store().list_groups(key, everything)).groups.at(0).extensions,
              creation.extensions);

    auto const blue = data(R"({"urn:acme:team":{"colour":"blue"},"urn:acme:x":{"a":1}})");
    auto const replaced = change(made.id, blue);
    EXPECT_TRUE(replaced.changed);
    EXPECT_EQ(replaced.group.version, 2U);
    EXPECT_EQ(find(made.id).extensions, blue);
    EXPECT_EQ(find(made.id).version, 2U);

    EXPECT_TRUE(change(made.id, boost::json::object()).changed);
    EXPECT_TRUE(find(made.id).extensions.empty());
}

// S-15
TEST_P(GroupExtensions, S15_the_same_data_is_no_change) {
    auto creation = world.new_group(key, "sales");
    creation.extensions = data(R"({"urn:acme:team":{"colour":"red","size":1}})");
    auto const made = get(store().create_group(key, creation)).group;
    EXPECT_FALSE(change(made.id, data(R"({"urn:acme:team":{"size":1,"colour":"red"}})")).changed);
    EXPECT_FALSE(change(made.id, std::nullopt).changed);
    EXPECT_EQ(find(made.id).version, 1U);
    EXPECT_EQ(find(made.id).extensions, creation.extensions);
}

TEST_P(GroupExtensions, go_with_their_group) {
    auto creation = world.new_group(key, "sales");
    creation.extensions = data(R"({"urn:acme:team":{"colour":"red"}})");
    auto const made = get(store().create_group(key, creation)).group;
    get(store().delete_group(key, made.id, std::nullopt, at(2)));
    purge_all();
    EXPECT_TRUE(world.group(key, "sales").extensions.empty());
}

}  // namespace
}  // namespace rollcall::tests
