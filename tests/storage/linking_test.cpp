// Who a new user could be, and linking to that member (reading guide, points 5 and 6).
#include "base/limits.hpp"
#include "store_case.hpp"

#include <algorithm>

namespace rollcall::tests {
namespace {

using namespace directory;

class Linking : public StoreCase {
protected:
    Tenant tenant = world.tenant();
    storage::ConnectionKey key = tenant.connection;

    User create(std::string const& name, std::optional<std::string> external_id = {}) {
        auto creation = world.new_user(key, name);
        creation.state.external_id = std::move(external_id);
        return get(store().create_user(key, creation));
    }
    void remove(User const& user) {
        must(run_task(store().delete_user(key, user.id, {}, at(5), {})));
    }
    std::vector<LinkCandidate> find(std::string const& name,
                                    std::optional<std::string> external_id = {},
                                    std::optional<std::string> email = {}) {
        auto const address = name + "@example.com";
        return get(
            store().find_link_candidates(key, address, external_id, email.value_or(address)));
    }
    UserCreation link_to(LinkCandidate const& candidate, std::string const& name) {
        auto creation = world.new_user(key, name);
        creation.link = ExistingMember{candidate.id, candidate.member_version};
        return creation;
    }
};
ON_EVERY_STORE(Linking);

TEST_P(Linking, finds_nobody_for_a_stranger) {
    create("ada", "ext-1");
    EXPECT_TRUE(find("bob", "ext-2").empty());
    EXPECT_TRUE(find("bob", "", "").empty());
}

TEST_P(Linking, finds_the_holder_of_the_user_name) {
    auto const ada = create("ada", "ext-1");
    auto const found = find("ada", "ext-9", "");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].id, ada.id);
    EXPECT_EQ(found[0].status, MemberStatus::active);
    EXPECT_EQ(found[0].email_key, "ada@example.com");
    EXPECT_TRUE(found[0].registered);
    EXPECT_TRUE(found[0].same_user_name);
    EXPECT_FALSE(found[0].was_registered);
    EXPECT_FALSE(found[0].former_external_id);
}

TEST_P(Linking, a_creation_for_somebody_unknown_meets_nobody_or_is_planned_again) {
    auto const attempt = [&](std::string const& name, std::optional<std::string> external_id,
                             std::string const& email) {
        auto creation = world.new_user(key, name);
        creation.state.external_id = std::move(external_id);
        creation.state.email_address = email;
        creation.state.email_key = email;
        creation.only_if_unknown = true;
        return run_task(store().create_user(key, creation));
    };
    auto const is_refused = [&](Result<User> const& created) {
        return !created && created.error().code() == ErrorCode::conflict;
    };
    auto const ada = create("ada", "ext-1");
    EXPECT_TRUE(is_refused(attempt("ada", {}, "other@example.com")));  // userName
    EXPECT_TRUE(is_refused(attempt("bob", {}, "ada@example.com")));    // address
    EXPECT_TRUE(attempt("eve", "ext-1", "eve@example.com"));           // a live external id
    remove(ada);
    EXPECT_TRUE(is_refused(attempt("bob", "ext-1", "bob@example.com")));  // a former one
    EXPECT_TRUE(attempt("bob", "ext-2", "bob@example.com"));
}

TEST_P(Linking, ignores_live_registrations_with_the_same_external_id) {
    create("ada", "ext-1");
    EXPECT_TRUE(find("bob", "ext-1").empty());
}

TEST_P(Linking, finds_a_former_registration_by_external_id) {
    auto const ada = create("ada", "ext-1");
    remove(ada);
    purge_all();
    reopen();
    auto const found = find("other", "ext-1");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].id, ada.id);
    EXPECT_TRUE(found[0].was_registered);
    EXPECT_FALSE(found[0].registered);
    EXPECT_EQ(found[0].former_external_id, "ext-1");
    EXPECT_EQ(found[0].status, MemberStatus::deleted);
}

TEST_P(Linking, finds_registrations_of_deleted_connections) {
    auto const ada = create("ada", "ext-1");
    must(run_task(store().delete_connection(key, at(3), {})));
    key = world.connection(tenant.organization);
    for (bool const purged : {false, true}) {
        if (purged) purge_all();
        auto const found = find("other", "ext-1");
        ASSERT_EQ(found.size(), 1U) << purged;
        EXPECT_EQ(found[0].id, ada.id);
        EXPECT_EQ(found[0].status, MemberStatus::active);
        EXPECT_TRUE(found[0].was_registered);
        EXPECT_EQ(found[0].former_external_id, "ext-1");
    }
}

TEST_P(Linking, finds_members_by_address_the_living_first) {
    auto const first = create("ada");
    remove(first);
    auto const second = create("ada");
    auto const found = find("other", {}, "ada@example.com");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].id, second.id);
    EXPECT_EQ(found[1].id, first.id);
}

TEST_P(Linking, finds_so_many_and_no_more) {
    auto const most = Limits::link_candidates_max;
    for (std::size_t i = 1; i < most; ++i) remove(create("ada", "ext-1"));
    EXPECT_EQ(find("ada", "ext-1").size(), most - 1);
    remove(create("ada", "ext-1"));
    EXPECT_EQ(find("ada", "ext-1").size(), most);
    remove(create("ada", "ext-1"));
    EXPECT_EQ(find("ada", "ext-1").size(), most);
}

TEST_P(Linking, refuses_a_held_address_whoever_else_was_found) {
    auto const holder = create("holder");
    for (std::size_t i = 0; i <= Limits::link_candidates_max; ++i) remove(create("ada", "dup"));
    auto const found = find("bob", "dup", "holder@example.com");
    EXPECT_TRUE(std::ranges::none_of(
        found, [&](LinkCandidate const& candidate) { return candidate.id == holder.id; }));
    auto creation = link_to(found.at(0), "bob");
    creation.state.email_address = creation.state.email_key = "holder@example.com";
    auto const refused = error_of(store().create_user(key, creation));
    EXPECT_EQ(refused.code(), ErrorCode::uniqueness);
    EXPECT_NE(refused.message().find(to_string(holder.id)), std::string::npos);
}

TEST_P(Linking, names_each_member_once) {
    auto const ada = create("ada", "ext-1");
    remove(ada);
    auto const found = find("ada", "ext-1");
    ASSERT_EQ(found.size(), 1U);
    get(store().create_user(key, link_to(found[0], "ada")));
    EXPECT_EQ(find("ada", "ext-1").size(), 1U);
}

TEST_P(Linking, keeps_the_member_and_makes_a_new_registration) {
    auto const ada = create("ada", "ext-1");
    auto const group = world.group(key, "group", {member(ada)});
    remove(ada);
    auto const creation = link_to(find("ada", "ext-1").at(0), "ada");
    auto const returned = get(store().create_user(key, creation));
    EXPECT_EQ(returned.id, ada.id);
    EXPECT_EQ(returned.registration, creation.registration);
    EXPECT_NE(returned.registration, ada.registration);
    EXPECT_EQ(returned.version, 1U);
    auto const read = get(store().find_user(key, ada.id, true));
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->groups.empty());
    auto const found = find("ada");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].status, MemberStatus::active);
    EXPECT_TRUE(found[0].registered);
    EXPECT_TRUE(found[0].was_registered);
    EXPECT_EQ(found[0].former_external_id, "ext-1");
    EXPECT_EQ(get(store().find_group(key, group.id, true))->member_count, 0U);
}

TEST_P(Linking, retires_the_former_address_when_the_returner_has_another) {
    auto const ada = create("ada", "ext-1");
    remove(ada);
    get(store().create_user(key, link_to(find("x", "ext-1").at(0), "augusta")));
    auto const found = find("someone", {}, "ada@example.com");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].id, ada.id);
    EXPECT_EQ(found[0].email_key, "augusta@example.com");
}

TEST_P(Linking, fails_when_the_member_changed_since) {
    auto const ada = create("ada", "ext-1");
    remove(ada);
    auto candidate = find("ada", "ext-1").at(0);
    auto const stale = link_to(candidate, "ada");
    get(store().create_user(key, link_to(candidate, "ada")));
    must(run_task(store().delete_user(key, ada.id, {}, at(6), {})));
    EXPECT_EQ(error_of(store().create_user(key, stale)).code(), ErrorCode::conflict);
    EXPECT_FALSE(get(store().find_user(key, ada.id, false)));
}

TEST_P(Linking, refuses_a_member_that_is_registered_or_unknown) {
    create("ada");
    auto const registered = find("ada").at(0);
    EXPECT_EQ(error_of(store().create_user(key, link_to(registered, "bob"))).code(),
              ErrorCode::conflict);
    auto unknown = registered;
    unknown.id.uuid = {};
    EXPECT_EQ(error_of(store().create_user(key, link_to(unknown, "bob"))).code(),
              ErrorCode::conflict);
    EXPECT_EQ(get(store().list_users(key, {})).total, 1U);
}

TEST_P(Linking, refuses_a_member_of_another_organization) {
    auto const ada = create("ada");
    remove(ada);
    auto const candidate = find("ada").at(0);
    auto const other = world.tenant();
    EXPECT_EQ(error_of(store().create_user(other.connection, link_to(candidate, "ada"))).code(),
              ErrorCode::conflict);
}

TEST_P(Linking, prefers_the_external_id_that_was_asked_for) {
    auto const ada = create("ada", "ext-1");
    remove(ada);
    auto creation = link_to(find("ada", "ext-1").at(0), "ada");
    creation.state.external_id = "ext-2";
    remove(get(store().create_user(key, creation)));
    EXPECT_EQ(find("ada", "ext-1").at(0).former_external_id, "ext-1");
    EXPECT_EQ(find("ada", "ext-2").at(0).former_external_id, "ext-2");
    EXPECT_EQ(find("ada", "ext-3").at(0).former_external_id, "ext-2");
    EXPECT_EQ(find("ada").at(0).former_external_id, "ext-2");
}

TEST_P(Linking, keeps_one_former_registration_of_each_external_id) {
    auto ada = create("ada", "ext-1");
    auto const return_with = [&](std::string const& external_id) {
        remove(ada);
        auto creation = link_to(find("ada", external_id).at(0), "ada");
        creation.state.external_id = external_id;
        ada = get(store().create_user(key, creation));
    };
    for (int i = 0; i < 3; ++i) return_with("ext-1");
    // It repeats the former one, and is not a former one itself.
    EXPECT_TRUE(find("other", "ext-1").empty());
    EXPECT_FALSE(find("ada").at(0).was_registered);
    return_with("ext-2");
    ASSERT_EQ(find("other", "ext-1").size(), 1U);
    EXPECT_EQ(find("other", "ext-1")[0].former_external_id, "ext-1");
    return_with("ext-1");
    EXPECT_TRUE(find("other", "ext-1").empty());
    ASSERT_EQ(find("other", "ext-2").size(), 1U);
    remove(ada);
    // The one that is asked for, else the latest.
    EXPECT_EQ(find("ada", "ext-2").at(0).former_external_id, "ext-2");
    EXPECT_EQ(find("ada", "ext-1").at(0).former_external_id, "ext-1");
    EXPECT_EQ(find("ada").at(0).former_external_id, "ext-1");
}

}  // namespace
}  // namespace rollcall::tests
