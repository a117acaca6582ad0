// What happens when somebody else changes things between a read and a write.
#include "directory/organization_plan.hpp"
#include "service/attempts.hpp"
#include "service/connections.hpp"
#include "service/credentials.hpp"
#include "service/operator_connections.hpp"
#include "service/organizations.hpp"
#include "service/projects.hpp"
#include "service/schemas.hpp"
#include "storage/memory/open.hpp"
#include "support/forwarding_store.hpp"
#include "support/run_task.hpp"
#include "support/test_clock.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <functional>
#include <thread>
#include <utility>

namespace rollcall::service {
namespace {

using namespace std::chrono_literals;
using tests::run_task;

// Lets somebody else be faster a given number of times, or has lost what is to be written.
class RacingStore final : public tests::ForwardingStore {
public:
    using ForwardingStore::ForwardingStore;
    using ForwardingStore::inner;

    Task<Result<storage::OrganizationRecord>> update_organization(
        storage::OrganizationKey key, directory::Organization organization,
        Timestamp expected_updated_at, std::vector<directory::Event> events) override {
        if (gone) return answer<storage::OrganizationRecord>(ErrorCode::not_found);
        if (conflicts_left-- > 0) {
            return answer<storage::OrganizationRecord>(ErrorCode::precondition_failed);
        }
        return ForwardingStore::update_organization(key, std::move(organization),
                                                    expected_updated_at, std::move(events));
    }
    Task<Result<storage::ConnectionRecord>> create_connection(
        storage::OrganizationKey organization, directory::Connection connection,
        std::vector<directory::Event> events) override {
        if (gone) return answer<storage::ConnectionRecord>(ErrorCode::not_found);
        return ForwardingStore::create_connection(organization, std::move(connection),
                                                  std::move(events));
    }
    Task<Result<storage::ConnectionRecord>> update_connection(
        storage::ConnectionKey key, storage::ConnectionChange change) override {
        if (gone) return answer<storage::ConnectionRecord>(ErrorCode::not_found);
        if (auto const others_write = std::exchange(meanwhile, {})) others_write();
        return ForwardingStore::update_connection(key, std::move(change));
    }
    Task<Result<storage::ConnectionRecord>> start_rotation(
        storage::ConnectionKey key, directory::BearerToken next, Timestamp now,
        std::vector<directory::Event> events) override {
        if (gone) return answer<storage::ConnectionRecord>(ErrorCode::not_found);
        return ForwardingStore::start_rotation(key, std::move(next), now, std::move(events));
    }
    Task<Result<directory::ConnectionSchema>> put_schema(
        storage::ConnectionKey key, directory::ConnectionSchema schema,
        std::uint64_t expected_version, std::vector<directory::Event> events) override {
        if (auto const others_write = std::exchange(meanwhile, {})) others_write();
        return ForwardingStore::put_schema(key, std::move(schema), expected_version,
                                           std::move(events));
    }
    [[nodiscard]] std::uint64_t generation(Uuid const& scope) const noexcept override {
        return generation_stands_still ? 0 : ForwardingStore::generation(scope);
    }

    int conflicts_left = 0;
    bool gone = false;
    bool generation_stands_still = false;
    std::function<void()> meanwhile{};  ///< before a connection or a schema is written, once

private:
    template <class T>
    static Task<Result<T>> answer(ErrorCode code) {
        co_return fail(Error(code, "somebody else was faster"));
    }
};

class BackendRaces : public ::testing::Test {
protected:
    BackendRaces() {
        directory::OrganizationFields fields;
        fields.name = "Acme";
        auto const created = run_task(organizations.create(key, fields));
        organization = to_string(created->organization.id);
        auto const connected = run_task(connections.create(key, organization, {}));
        reference = {organization, to_string(connected->view.connection.id)};
    }

    directory::ProjectKey authenticate() {
        return **run_task(
            credentials.authenticate(project.project.id, Secret(project.secret.value)));
    }
    Result<OrganizationView> rename(std::string name) {
        directory::OrganizationFields fields;
        fields.name = std::move(name);
        return run_task(organizations.update(key, organization, fields, permit_all));
    }

    tests::TestClock clock;
    crypto::RandomIdSource ids;
    Limits limits;
    RacingStore store{storage::open_memory_store(ids, limits)};
    Projects projects{store, clock, ids};
    ProjectCredentials credentials{store, clock};
    Policies policies{store, clock, ids, limits};
    Organizations organizations{store, policies, clock, ids, limits};
    Connections connections{store, policies, clock, ids, limits};
    NewProject project = *run_task(projects.create("Project", Environment::test));
    directory::ProjectKey key = authenticate();
    std::string organization;
    ConnectionReference reference;
};

TEST_F(BackendRaces, UpdatesArePlannedAgainAsOftenAsManyWritersNeed) {
    store.conflicts_left = attempts_max - 1;
    EXPECT_EQ(rename("B")->organization.name, "B");
    store.conflicts_left = attempts_max;
    auto const refused = rename("C");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::unavailable);
    EXPECT_EQ(run_task(organizations.get(key, organization))->organization.name, "B");
}

TEST_F(BackendRaces, OptionsThatTwoOperatorsSetAreAllKept) {
    OperatorConnections mine{store, clock, ids};
    OperatorConnections others{store.inner(), clock, ids};
    auto const connection = *parse_id<ConnectionId>(reference.connection);
    store.meanwhile = [&] {
        // On a thread of its own, since this one is in the midst of a task.
        std::jthread const other(
            [&] { EXPECT_TRUE(run_task(others.set_options(connection, {{"put", "merge"}}))); });
    };
    auto const set = run_task(mine.set_options(connection, {{"basic_auth", "true"}}));
    ASSERT_TRUE(set);
    EXPECT_EQ(set->options.put_merges, true);
    EXPECT_EQ(set->options.basic_auth, true);
    EXPECT_EQ(run_task(mine.get(connection))->options, set->options);
}

TEST_F(BackendRaces, SchemasDeclaredAtOnceAreHeldAgainstEachOther) {
    Schemas mine{store, clock, ids, limits};
    Schemas others{store.inner(), clock, ids, limits};
    auto const owner = *run_task(mine.open(key, reference));
    auto const put = [&](Schemas& schemas, std::string const& urn) {
        directory::SchemaFields fields;
        fields.schema =
            boost::json::parse(R"({"name":"Badge","attributes":[{"name":"number"}]})").as_object();
        return run_task(schemas.put(owner, urn, fields));
    };
    auto const meanwhile_put = [&](std::string const& urn) {
        store.meanwhile = [&, urn] {
            std::jthread const other([&] { EXPECT_TRUE(put(others, urn)); });
        };
    };
    meanwhile_put("urn:acme:badge:more");
    auto const refused = put(mine, "urn:acme:badge");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message().find("declares urn:acme:badge:more"), std::string::npos);
    meanwhile_put("urn:acme:other");
    EXPECT_TRUE(put(mine, "urn:acme:card"));
    EXPECT_EQ(run_task(mine.list(owner))->size(), 3U);
}

TEST_F(BackendRaces, WhatIsDeletedMeanwhileIsNotFound) {
    store.gone = true;
    EXPECT_EQ(rename("B").error().kind(), "organization_not_found");
    EXPECT_EQ(run_task(connections.create(key, organization, {})).error().kind(),
              "organization_not_found");
    directory::ConnectionFields fields;
    fields.display_name = "B";
    EXPECT_EQ(run_task(connections.update(key, reference, fields, permit_all)).error().kind(),
              "no_active_scim_connection");
    EXPECT_EQ(run_task(connections.start_rotation(key, reference)).error().kind(),
              "no_active_scim_connection");
}

TEST_F(BackendRaces, RevocationByAnotherProcessIsSeenWithinASecond) {
    store.generation_stands_still = true;
    auto const authenticates = [&] {
        return run_task(credentials.authenticate(project.project.id, project.secret.value))
            ->has_value();
    };
    EXPECT_TRUE(authenticates());
    EXPECT_TRUE(run_task(store.inner().revoke_secret(project.project.id, project.secret.record.id,
                                                     clock.now(), false)));
    EXPECT_TRUE(authenticates());
    clock.advance(1s);
    EXPECT_FALSE(authenticates());
}

TEST_F(BackendRaces, MemoryOfASuccessDoesNotOutliveAClockSetBack) {
    store.generation_stands_still = true;
    clock.advance(1h);
    EXPECT_TRUE(
        run_task(credentials.authenticate(project.project.id, project.secret.value))->has_value());
    EXPECT_TRUE(run_task(store.inner().revoke_secret(project.project.id, project.secret.record.id,
                                                     clock.now(), false)));
    clock.advance(-1h);
    EXPECT_FALSE(
        run_task(credentials.authenticate(project.project.id, project.secret.value))->has_value());
}

}  // namespace
}  // namespace rollcall::service
