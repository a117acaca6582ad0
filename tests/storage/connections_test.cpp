// Connections: one per organization, tokens and their rotation, role assignments, deletion.
#include "store_case.hpp"

namespace rollcall::tests {
namespace {

using namespace directory;
using storage::ConnectionChange;
using storage::Rotation;

class Connections : public StoreCase {
protected:
    storage::ProjectKey project = world.project();
    storage::OrganizationKey organization = world.organization(project, "acme");
    Connection made = world.new_connection(organization, "one");
    storage::ConnectionKey key = get(store().create_connection(organization, made, {})).key;

    bool accepts(std::string const& token, Timestamp now = at(1)) {
        return get(store().authenticate_connection(key.id(), digest_of(token), now)).has_value();
    }
    static BearerToken token(std::string const& text, Timestamp expires_at = at(1'000'000)) {
        return {digest_of(text), text.substr(0, 4), expires_at};
    }
};
ON_EVERY_STORE(Connections);

TEST_P(Connections, are_read_as_they_were_written) {
    reopen();
    auto const record = get(store().find_active_connection(organization));
    ASSERT_TRUE(record);
    EXPECT_EQ(record->connection.id, made.id);
    EXPECT_EQ(record->connection.organization, organization.id());
    EXPECT_EQ(record->connection.display_name, "Okta");
    EXPECT_EQ(record->connection.identity_provider, IdentityProvider::okta);
    EXPECT_EQ(record->connection.token.last_four, made.token.last_four);
    EXPECT_EQ(record->connection.token.expires_at, made.token.expires_at);
    EXPECT_FALSE(record->connection.next_token);
    EXPECT_EQ(record->connection.created_at, at(0));
    EXPECT_TRUE(record->role_assignments.empty());
    auto const shown = get(store().find_organization_record(project, "acme"));
    ASSERT_TRUE(shown && shown->active_connection);
    EXPECT_EQ(shown->active_connection->id, made.id);
}

TEST_P(Connections, are_one_for_each_organization) {
    auto const error =
        error_of(store().create_connection(organization, world.new_connection(organization), {}));
    EXPECT_EQ(error.code(), ErrorCode::conflict);
    EXPECT_EQ(error.kind(), "active_scim_connection_exists");
}

TEST_P(Connections, are_found_by_their_own_id_only) {
    EXPECT_TRUE(get(store().find_connection(organization, made.id)));
    EXPECT_FALSE(get(store().find_connection(organization, {Environment::live, made.id.uuid})));
    EXPECT_FALSE(get(store().find_connection(organization, {Environment::test, {}})));
}

TEST_P(Connections, authenticate_their_token_until_it_expires) {
    auto const found = get(store().authenticate_connection(key.id(), digest_of("one"), at(1)));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->key.id(), key.id());
    EXPECT_EQ(found->key.organization().id(), organization.id());
    EXPECT_EQ(found->key.organization().project().id(), project.id());
    EXPECT_EQ(found->identity_provider, IdentityProvider::okta);
    EXPECT_FALSE(accepts("other"));
    EXPECT_TRUE(accepts("one", at(999'999)));
    EXPECT_FALSE(accepts("one", at(1'000'000)));
    EXPECT_FALSE(get(store().authenticate_connection({Environment::live, key.id().uuid},
                                                     digest_of("one"), at(1))));
}

TEST_P(Connections, accept_both_tokens_while_rotating_and_one_afterwards) {
    auto const started = get(store().start_rotation(key, token("two"), at(2), {}));
    ASSERT_TRUE(started.connection.next_token);
    EXPECT_EQ(started.connection.next_token->last_four, "two");
    EXPECT_EQ(started.connection.updated_at, at(2));
    reopen();
    EXPECT_TRUE(accepts("one"));
    EXPECT_TRUE(accepts("two"));
    auto const done = get(store().end_rotation(key, Rotation::complete, at(3), {}));
    EXPECT_FALSE(done.connection.next_token);
    EXPECT_EQ(done.connection.token.last_four, "two");
    EXPECT_FALSE(accepts("one"));
    EXPECT_TRUE(accepts("two"));
}

TEST_P(Connections, refuse_the_next_token_once_the_rotation_is_cancelled) {
    get(store().start_rotation(key, token("two"), at(2), {}));
    get(store().end_rotation(key, Rotation::cancel, at(3), {}));
    EXPECT_TRUE(accepts("one"));
    EXPECT_FALSE(accepts("two"));
}

TEST_P(Connections, forget_the_pending_token_when_a_rotation_is_started_again) {
    get(store().start_rotation(key, token("two"), at(2), {}));
    get(store().start_rotation(key, token("three"), at(3), {}));
    EXPECT_FALSE(accepts("two"));
    EXPECT_TRUE(accepts("three"));
}

TEST_P(Connections, let_each_token_expire_on_its_own) {
    get(store().start_rotation(key, token("two", at(5)), at(2), {}));
    EXPECT_TRUE(accepts("two", at(4)));
    EXPECT_FALSE(accepts("two", at(5)));
    EXPECT_TRUE(accepts("one", at(5)));
}

TEST_P(Connections, cannot_end_a_rotation_that_was_not_started) {
    for (auto const how : {Rotation::complete, Rotation::cancel}) {
        auto const error = error_of(store().end_rotation(key, how, at(1), {}));
        EXPECT_EQ(error.code(), ErrorCode::conflict);
        EXPECT_EQ(error.kind(), "scim_connection_not_rotating_token");
    }
    EXPECT_TRUE(accepts("one"));
}

TEST_P(Connections, change_only_what_is_named) {
    ConnectionChange change;
    change.display_name = "Entra";
    change.now = at(4);
    auto record = get(store().update_connection(key, change));
    EXPECT_EQ(record.connection.display_name, "Entra");
    EXPECT_EQ(record.connection.identity_provider, IdentityProvider::okta);
    EXPECT_EQ(record.connection.updated_at, at(4));
    ConnectionChange provider;
    provider.identity_provider = IdentityProvider::microsoft_entra;
    provider.now = at(5);
    record = get(store().update_connection(key, provider));
    EXPECT_EQ(record.connection.display_name, "Entra");
    EXPECT_EQ(record.connection.identity_provider, IdentityProvider::microsoft_entra);
}

TEST_P(Connections, name_the_groups_of_role_assignments) {
    auto const zebra = world.group(key, "zebra");
    auto const apple = world.group(key, "Apple");
    ConnectionChange change;
    change.role_assignments = std::vector<RoleAssignment>{
        {"editor", zebra.id}, {"viewer", apple.id}, {"admin", zebra.id}, {"admin", zebra.id}};
    auto const record = get(store().update_connection(key, change));
    ASSERT_EQ(record.role_assignments.size(), 3U);
    EXPECT_EQ(record.role_assignments[0].group_name, "Apple");
    EXPECT_EQ(record.role_assignments[0].role_id, "viewer");
    EXPECT_EQ(record.role_assignments[1].group, zebra.id);
    EXPECT_EQ(record.role_assignments[1].role_id, "admin");
    EXPECT_EQ(record.role_assignments[2].role_id, "editor");
    change.role_assignments = std::vector<RoleAssignment>{};
    EXPECT_TRUE(get(store().update_connection(key, change)).role_assignments.empty());
}

TEST_P(Connections, refuse_an_assignment_to_a_group_that_is_not_theirs) {
    auto const own = world.group(key, "own");
    auto const foreign = world.group(world.tenant().connection, "foreign");
    ConnectionChange change;
    change.role_assignments = std::vector<RoleAssignment>{{"admin", own.id}};
    get(store().update_connection(key, change));
    change.role_assignments = std::vector<RoleAssignment>{{"viewer", own.id}, {"x", foreign.id}};
    change.display_name = "changed";
    auto const error = error_of(store().update_connection(key, change));
    EXPECT_EQ(error.code(), ErrorCode::invalid_value);
    EXPECT_EQ(error.kind(), "scim_group_role_assignment_group_does_not_exist");
    EXPECT_NE(error.message().find(to_string(foreign.id)), std::string::npos);
    auto const record = get(store().find_active_connection(organization));
    EXPECT_EQ(record->connection.display_name, "Okta");
    ASSERT_EQ(record->role_assignments.size(), 1U);
    EXPECT_EQ(record->role_assignments[0].role_id, "admin");
}

TEST_P(Connections, have_options_that_come_with_the_token) {
    EXPECT_EQ(get(store().authenticate_connection(key.id(), digest_of("one"), at(1)))->options,
              ConnectionOptions{});
    ConnectionChange change;
    change.options.emplace();
    change.options->put_merges = true;
    change.options->unique_group_names = false;
    change.now = at(4);
    auto record = get(store().update_connection(key, change));
    EXPECT_EQ(record.connection.options, change.options);
    EXPECT_EQ(record.connection.updated_at, at(4));
    reopen();
    EXPECT_EQ(get(store().find_active_connection(organization))->connection.options,
              change.options);
    EXPECT_EQ(get(store().authenticate_connection(key.id(), digest_of("one"), at(1)))->options,
              change.options);
    ConnectionChange other;
    other.display_name = "Renamed";
    EXPECT_EQ(get(store().update_connection(key, other)).connection.options, change.options);
    // All of them are replaced.
    change.options = ConnectionOptions{};
    change.options->basic_auth = true;
    EXPECT_EQ(get(store().update_connection(key, change)).connection.options, change.options);
}

TEST_P(Connections, keep_options_that_are_not_the_expected_ones) {
    storage::ConnectionChange first;
    first.expected_options = ConnectionOptions{};
    first.options.emplace();
    first.options->put_merges = true;
    get(store().update_connection(key, first));
    storage::ConnectionChange second;
    second.display_name = "Other";
    second.expected_options = ConnectionOptions{};
    second.options.emplace();
    second.options->basic_auth = true;
    EXPECT_EQ(error_of(store().update_connection(key, second)).code(),
              ErrorCode::precondition_failed);
    auto const read = get(store().find_active_connection(organization))->connection;
    EXPECT_EQ(read.options, *first.options);
    EXPECT_NE(read.display_name, "Other");
    second.expected_options = first.options;
    EXPECT_EQ(get(store().update_connection(key, second)).connection.options, *second.options);
}

TEST_P(Connections, keep_the_options_they_were_created_with) {
    auto const second = world.organization(project, "second");
    auto connection = world.new_connection(second);
    connection.options.user_groups = false;
    get(store().create_connection(second, connection, {}));
    EXPECT_EQ(get(store().find_active_connection(second))->connection.options, connection.options);
    EXPECT_EQ(get(store().find_active_connection(organization))->connection.options,
              ConnectionOptions{});
}

TEST_P(Connections, of_every_project_are_the_operators) {
    auto const found = get(store().find_connection_for_operator(made.id));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->connection.id, made.id);
    EXPECT_EQ(found->key.organization().id(), organization.id());
    EXPECT_EQ(found->key.organization().project().id(), project.id());
    ConnectionChange change;
    change.display_name = "By the operator";
    get(store().update_connection(found->key, change));
    EXPECT_EQ(get(store().find_active_connection(organization))->connection.display_name,
              "By the operator");
    EXPECT_FALSE(get(store().find_connection_for_operator({Environment::live, made.id.uuid})));
    must(run_task(store().delete_connection(key, at(1), {})));
    EXPECT_FALSE(get(store().find_connection_for_operator(made.id)));
}

TEST_P(Connections, drop_the_assignments_of_a_deleted_group) {
    auto const group = world.group(key, "group");
    ConnectionChange change;
    change.role_assignments = std::vector<RoleAssignment>{{"admin", group.id}};
    get(store().update_connection(key, change));
    must(run_task(store().delete_group(key, group.id, {}, at(1))));
    EXPECT_TRUE(get(store().find_active_connection(organization))->role_assignments.empty());
}

TEST_P(Connections, that_are_deleted_are_gone_at_once) {
    auto const user = world.user(key, "ada");
    auto const group = world.group(key, "group", {member(user)});
    must(run_task(store().delete_connection(key, at(2), {})));
    EXPECT_FALSE(accepts("one"));
    EXPECT_FALSE(get(store().find_active_connection(organization)));
    EXPECT_FALSE(get(store().find_connection(organization, made.id)));
    EXPECT_FALSE(get(store().find_user(key, user.id, true)));
    EXPECT_FALSE(get(store().find_group(key, group.id, true)));
    EXPECT_EQ(get(store().list_users(key, {})).total, 0U);
    EXPECT_EQ(get(store().list_groups(key, {})).total, 0U);
    EXPECT_TRUE(get(store().list_group_summaries(key, {}, 10)).empty());
    EXPECT_TRUE(get(store().resolve_users(key, {user.id})).empty());
    EXPECT_TRUE(get(store().find_link_candidates(key, "ada@example.com", {}, "")).empty());
    EXPECT_EQ(error_of(store().create_user(key, world.new_user(key, "bob"))).code(),
              ErrorCode::not_found);
    EXPECT_EQ(error_of(store().create_group(key, world.new_group(key, "b"))).code(),
              ErrorCode::not_found);
    EXPECT_EQ(error_of(store().apply_group_change(key, group.id, {})).code(), ErrorCode::not_found);
    EXPECT_EQ(error_of(store().delete_group(key, group.id, {}, at(3))).code(),
              ErrorCode::not_found);
    EXPECT_EQ(error_of(store().delete_user(key, user.id, {}, at(3), {})).code(),
              ErrorCode::not_found);
    EXPECT_EQ(error_of(store().update_connection(key, {})).code(), ErrorCode::not_found);
    EXPECT_EQ(error_of(store().start_rotation(key, token("x"), at(3), {})).code(),
              ErrorCode::not_found);
    EXPECT_EQ(error_of(store().end_rotation(key, Rotation::cancel, at(3), {})).code(),
              ErrorCode::not_found);
    EXPECT_EQ(error_of(store().delete_connection(key, at(3), {})).code(), ErrorCode::not_found);
}

TEST_P(Connections, that_follow_a_deleted_one_start_empty) {
    world.user(key, "ada");
    world.group(key, "group");
    must(run_task(store().delete_connection(key, at(2), {})));
    auto const next = world.connection(organization);
    EXPECT_EQ(get(store().list_users(next, {})).total, 0U);
    EXPECT_TRUE(get(store().list_group_summaries(next, {}, 10)).empty());
    world.group(next, "group");
    purge_all();
    EXPECT_EQ(names(get(store().list_group_summaries(next, {}, 10))),
              std::vector<std::string>{"group"});
}

TEST_P(Connections, write_events_and_raise_the_generation) {
    auto const before = store().generation(organization.id().uuid);
    auto const updated =
        world.event(organization, EventObject::scim_connection, EventAction::update);
    get(store().start_rotation(key, token("two"), at(1), {updated}));
    get(store().end_rotation(key, Rotation::complete, at(1), {updated}));
    ConnectionChange change;
    change.events = {updated};
    get(store().update_connection(key, change));
    must(run_task(store().delete_connection(
        key, at(1),
        {world.event(organization, EventObject::scim_connection, EventAction::remove)})));
    auto const update_line = std::string("direct.scim_connection.update label");
    EXPECT_EQ(world.events(organization),
              (std::vector<std::string>{update_line, update_line, update_line,
                                        "direct.scim_connection.delete label"}));
    EXPECT_NE(store().generation(organization.id().uuid), before);
}

}  // namespace
}  // namespace rollcall::tests
