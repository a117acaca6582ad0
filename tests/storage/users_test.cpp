// Users: creating, reading, updating, deleting, and the member behind each.
#include "store_case.hpp"

#include <boost/json/serialize.hpp>

#include <limits>

namespace rollcall::tests {
namespace {

using namespace directory;

class Users : public StoreCase {
protected:
    Tenant tenant = world.tenant();
    storage::ConnectionKey key = tenant.connection;

    UserUpdate update_of(User const& user, std::string const& name, int seconds = 2) {
        return {.state = state_of(name),
                .expected_version = user.version,
                .events = {},
                .now = at(seconds)};
    }
    std::vector<LinkCandidate> candidates(std::string const& name,
                                          std::optional<std::string> external_id = {}) {
        auto const address = name + "@example.com";
        return get(store().find_link_candidates(key, address, external_id, address));
    }
};
ON_EVERY_STORE(Users);

TEST_P(Users, are_read_as_they_were_written) {
    auto creation = world.new_user(key, "ada");
    creation.state.attributes["nested"] = {{"list", {1, 2, {{"deep", true}}}}};
    auto const made = get(store().create_user(key, creation));
    EXPECT_EQ(made.id, creation.new_member_id);
    EXPECT_EQ(made.registration, creation.registration);
    EXPECT_EQ(made.attributes, creation.state.attributes);
    EXPECT_EQ(made.version, 1U);
    reopen();
    auto const read = get(store().find_user(key, made.id, true));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->id, made.id);
    EXPECT_EQ(read->registration, made.registration);
    EXPECT_EQ(read->attributes, made.attributes);
    EXPECT_EQ(read->version, 1U);
    EXPECT_EQ(read->created_at, at(1));
    EXPECT_EQ(read->last_modified, at(1));
    EXPECT_TRUE(read->groups.empty());
}

TEST_P(Users, survive_attributes_as_deep_as_a_request_may_have) {
    boost::json::value deep = "bottom";
    for (std::size_t i = 0; i < Limits{}.json_depth_max - 1; ++i) {
        deep = boost::json::object{{"a", std::move(deep)}};
    }
    auto creation = world.new_user(key, "ada");
    creation.state.attributes["deep"] = deep;
    auto const made = get(store().create_user(key, creation));
    EXPECT_EQ(get(store().find_user(key, made.id, false))->attributes, made.attributes);
}

TEST_P(Users, keep_every_number_and_text_as_it_was_written) {
    auto creation = world.new_user(key, "ada");
    creation.state.attributes["odd"] = {1e308,
                                        std::numeric_limits<double>::max(),
                                        std::numeric_limits<double>::min(),
                                        5e-324,
                                        -0.0,
                                        0.1,
                                        123456789.12345679,
                                        9'007'199'254'740'993,
                                        std::numeric_limits<std::uint64_t>::max(),
                                        std::numeric_limits<std::int64_t>::min(),
                                        "\xef\xbf\xbf \xf0\x9f\x98\x80 \x01\x7f\"\\"};
    auto const made = get(store().create_user(key, creation));
    reopen();
    auto const read = get(store().find_user(key, made.id, false));
    ASSERT_TRUE(read);
    EXPECT_EQ(boost::json::serialize(read->attributes),
              boost::json::serialize(creation.state.attributes));
}

TEST_P(Users, are_not_found_under_another_id) {
    auto const user = world.user(key, "ada");
    EXPECT_FALSE(get(store().find_user(key, {Environment::test, {}}, true)));
    EXPECT_FALSE(get(store().find_user(key, {Environment::live, user.id.uuid}, true)));
}

TEST_P(Users, have_their_user_name_alone) {
    auto const ada = world.user(key, "ada");
    auto creation = world.new_user(key, "ada");
    creation.state.email_key = creation.state.email_address = "other@example.com";
    auto const error = error_of(store().create_user(key, creation));
    EXPECT_EQ(error.code(), ErrorCode::uniqueness);
    EXPECT_NE(error.message().find("userName"), std::string::npos);
    EXPECT_NE(error.message().find(to_string(ada.id)), std::string::npos);
    EXPECT_EQ(get(store().list_users(key, {})).total, 1U);
}

TEST_P(Users, have_their_address_alone_in_the_organization) {
    auto const ada = world.user(key, "ada");
    auto creation = world.new_user(key, "bob");
    creation.state.email_key = "ada@example.com";
    auto const error = error_of(store().create_user(key, creation));
    EXPECT_EQ(error.code(), ErrorCode::uniqueness);
    EXPECT_NE(error.message().find("emails"), std::string::npos);
    EXPECT_NE(error.message().find(to_string(ada.id)), std::string::npos);
    EXPECT_FALSE(get(store().find_user(key, creation.new_member_id, false)));
    EXPECT_EQ(get(store().list_users(key, {})).total, 1U);
}

TEST_P(Users, may_all_have_no_address) {
    for (auto const* name : {"ada", "bob"}) {
        auto creation = world.new_user(key, name);
        creation.state.email_key = creation.state.email_address = "";
        creation.state.emails.clear();
        get(store().create_user(key, creation));
    }
    EXPECT_EQ(get(store().list_users(key, {})).total, 2U);
}

TEST_P(Users, that_are_deactivated_do_not_hold_their_address) {
    auto creation = world.new_user(key, "ada");
    creation.state.status = MemberStatus::deleted;
    auto const ada = get(store().create_user(key, creation));
    auto bob = world.new_user(key, "bob");
    bob.state.email_key = "ada@example.com";
    get(store().create_user(key, bob));
    // Nor can it be taken back while someone else has it.
    auto update = update_of(ada, "ada");
    EXPECT_EQ(error_of(store().update_user(key, ada.id, update)).code(), ErrorCode::uniqueness);
    update.state.status = MemberStatus::deleted;
    get(store().update_user(key, ada.id, update));
    EXPECT_EQ(candidates("ada").size(), 2U);
}

TEST_P(Users, with_one_address_may_be_deactivated_together) {
    for (auto const* name : {"ada", "bob"}) {
        auto creation = world.new_user(key, name);
        creation.state.email_key = "shared@example.com";
        auto const user = get(store().create_user(key, creation));
        auto update = update_of(user, name);
        update.state.email_key = "shared@example.com";
        update.state.status = MemberStatus::deleted;
        get(store().update_user(key, user.id, update));
    }
    EXPECT_EQ(candidates("shared").size(), 2U);
}

TEST_P(Users, are_updated_if_their_version_stands) {
    auto const user = world.user(key, "ada");
    world.group(key, "group", {member(user)});
    auto update = update_of(user, "ada", 7);
    update.state.attributes["title"] = "Countess";
    auto const updated = get(store().update_user(key, user.id, update));
    EXPECT_TRUE(updated.groups.empty()) << "nobody asked for them";
    EXPECT_EQ(updated.version, 2U);
    EXPECT_EQ(updated.attributes.at("title"), "Countess");
    EXPECT_EQ(updated.registration, user.registration);
    EXPECT_EQ(updated.created_at, at(1));
    EXPECT_EQ(updated.last_modified, at(7));
    EXPECT_EQ(error_of(store().update_user(key, user.id, update)).code(),
              ErrorCode::precondition_failed);
    auto const read = get(store().find_user(key, user.id, false));
    EXPECT_EQ(read->version, 2U);
    EXPECT_EQ(read->attributes, updated.attributes);
    EXPECT_EQ(read->last_modified, at(7));
}

TEST_P(Users, that_do_not_exist_are_neither_updated_nor_deleted) {
    auto const nobody = MemberId{Environment::test, {}};
    EXPECT_EQ(error_of(store().update_user(key, nobody, update_of({}, "ada"))).code(),
              ErrorCode::not_found);
    EXPECT_EQ(error_of(store().delete_user(key, nobody, {}, at(1), {})).code(),
              ErrorCode::not_found);
}

TEST_P(Users, free_the_user_name_they_give_up) {
    auto const ada = world.user(key, "ada");
    auto const bob = world.user(key, "bob");
    auto const error = error_of(store().update_user(key, bob.id, update_of(bob, "ada")));
    EXPECT_EQ(error.code(), ErrorCode::uniqueness);
    EXPECT_NE(error.message().find(to_string(ada.id)), std::string::npos);
    get(store().update_user(key, ada.id, update_of(ada, "augusta")));
    get(store().update_user(key, bob.id, update_of(bob, "ada")));
    UserQuery query;
    query.index = ByUserName{"ada@example.com"};
    EXPECT_EQ(get(store().list_users(key, query)).users.at(0).id, bob.id);
}

TEST_P(Users, retire_an_address_they_change) {
    auto const ada = world.user(key, "ada");
    get(store().update_user(key, ada.id, update_of(ada, "augusta")));
    auto const found = candidates("ada");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].id, ada.id);
    EXPECT_EQ(found[0].email_key, "augusta@example.com");
    EXPECT_TRUE(found[0].registered);
    EXPECT_FALSE(found[0].same_user_name);
}

TEST_P(Users, move_the_version_of_their_member_with_each_write) {
    auto const ada = world.user(key, "ada");
    auto const before = candidates("ada").at(0).member_version;
    get(store().update_user(key, ada.id, update_of(ada, "ada")));
    auto const between = candidates("ada").at(0).member_version;
    EXPECT_GT(between, before);
    must(run_task(store().delete_user(key, ada.id, {}, at(3), {})));
    EXPECT_GT(candidates("ada").at(0).member_version, between);
}

TEST_P(Users, that_are_deleted_are_gone_and_leave_a_deactivated_member) {
    auto const ada = world.user(key, "ada");
    EXPECT_EQ(error_of(store().delete_user(key, ada.id, 7, at(3), {})).code(),
              ErrorCode::precondition_failed);
    must(run_task(store().delete_user(key, ada.id, 1, at(3), {})));
    EXPECT_FALSE(get(store().find_user(key, ada.id, true)));
    EXPECT_EQ(get(store().list_users(key, {})).total, 0U);
    EXPECT_EQ(error_of(store().delete_user(key, ada.id, {}, at(3), {})).code(),
              ErrorCode::not_found);
    auto const found = candidates("ada");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].id, ada.id);
    EXPECT_EQ(found[0].status, MemberStatus::deleted);
    EXPECT_FALSE(found[0].registered);
    EXPECT_TRUE(found[0].was_registered);
}

TEST_P(Users, leave_their_groups_when_deleted) {
    auto const ada = world.user(key, "ada");
    auto const bob = world.user(key, "bob");
    auto const both = world.group(key, "both", {member(ada), member(bob)});
    auto const one = world.group(key, "one", {member(ada)});
    auto const none = world.group(key, "none", {member(bob)});
    auto const before = world.last_position(tenant.organization);
    auto const planned = world.event(tenant.organization, EventObject::member, EventAction::remove);
    must(run_task(store().delete_user(key, ada.id, {}, at(9), {planned})));
    auto const after = get(store().find_group(key, both.id, true));
    EXPECT_EQ(after->member_count, 1U);
    EXPECT_EQ(after->version, 2U);
    EXPECT_EQ(after->last_modified, at(9));
    ASSERT_EQ(after->members.size(), 1U);
    EXPECT_EQ(after->members[0].ref, member(bob).ref);
    EXPECT_EQ(get(store().find_group(key, one.id, true))->member_count, 0U);
    EXPECT_EQ(get(store().find_group(key, none.id, true))->version, 1U);
    EXPECT_EQ(world.events(tenant.organization, before),
              (std::vector<std::string>{"direct.member.delete label",
                                        "scim.scim_member_group.delete both",
                                        "scim.scim_member_group.delete one"}));
}

TEST_P(Users, write_the_planned_events) {
    auto creation = world.new_user(key, "ada");
    auto const created = world.event(tenant.organization, EventObject::member, EventAction::create);
    creation.events = {created};
    auto const before = store().generation(tenant.organization.id().uuid);
    auto const user = get(store().create_user(key, creation));
    EXPECT_NE(store().generation(tenant.organization.id().uuid), before);
    auto update = update_of(user, "ada");
    update.events = {world.event(tenant.organization, EventObject::member, EventAction::update)};
    get(store().update_user(key, user.id, update));
    EXPECT_EQ(
        world.events(tenant.organization),
        (std::vector<std::string>{"direct.member.create label", "direct.member.update label"}));
    // A refused write leaves none.
    EXPECT_EQ(error_of(store().update_user(key, user.id, update)).code(),
              ErrorCode::precondition_failed);
    EXPECT_EQ(error_of(store().create_user(key, creation)).code(), ErrorCode::uniqueness);
    EXPECT_EQ(world.events(tenant.organization).size(), 2U);
}

TEST_P(Users, are_resolved_to_display_names) {
    auto const ada = world.user(key, "ada");
    auto creation = world.new_user(key, "bob");
    creation.state.attributes.erase("displayName");
    auto const bob = get(store().create_user(key, creation));
    auto const gone = world.user(key, "eve");
    must(run_task(store().delete_user(key, gone.id, {}, at(2), {})));
    auto const names = get(store().resolve_users(
        key, {bob.id, gone.id, ada.id, MemberId{Environment::live, ada.id.uuid}}));
    ASSERT_EQ(names.size(), 2U);
    EXPECT_EQ(names[0], std::pair(bob.id, std::optional<std::string>{}));
    EXPECT_EQ(names[1], std::pair(ada.id, std::optional<std::string>{"ada"}));
}

}  // namespace
}  // namespace rollcall::tests
