// Members: what the developer writes of them, and what becomes of it when providers write too.
#include "directory/member_plan.hpp"
#include "store_case.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <future>

namespace rollcall::tests {
namespace {

using namespace directory;

using Lines = std::vector<std::string>;

class Members : public StoreCase {
protected:
    Tenant tenant = world.tenant();
    storage::OrganizationKey organization = tenant.organization;
    storage::ConnectionKey connection = tenant.connection;

    Member new_member(std::string const& name) {
        Member member;
        member.id = {Environment::test, world.ids().ordered_uuid(at(1))};
        member.organization = organization.id();
        member.email_address = name + "@example.com";
        member.name = name;
        member.created_at = member.updated_at = at(1);
        return member;
    }
    MemberRecord create(Member const& member) {
        return get(store().create_member(
            organization,
            {member, {world.event(organization, EventObject::member, EventAction::create)}}));
    }
    MemberRecord create(std::string const& name) { return create(new_member(name)); }
    Error refusal_of(Member const& member) {
        return error_of(store().create_member(organization, {member, {}}));
    }
    Task<Result<MemberRecord>> update(Member member, int seconds = 2,
                                      std::optional<boost::json::object> attributes = {}) {
        return store().update_member(organization,
                                     {std::move(member), std::move(attributes), {}, at(seconds)});
    }
    std::optional<MemberRecord> find(std::string reference) {
        return get(store().find_member(organization, std::move(reference)));
    }
    MemberRecord find(MemberId const& id) { return find(to_string(id)).value(); }
    /// A provider's update of a user, to a state made of `name`.
    User push(User const& user, UserState state) {
        return get(
            store().update_user(connection, user.id, {std::move(state), user.version, {}, at(3)}));
    }
    UserState inactive(std::string const& name) {
        auto state = state_of(name);
        state.status = MemberStatus::deleted;
        state.attributes["active"] = false;
        return state;
    }
    void assign(GroupId const& group, std::string role) {
        storage::ConnectionChange change;
        change.role_assignments = {{std::move(role), group}};
        get(store().update_connection(connection, change));
    }
};
ON_EVERY_STORE(Members);

TEST_P(Members, are_read_as_they_were_written) {
    auto member = new_member("ada");
    member.external_id = "ext|1";
    member.status = MemberStatus::pending;
    member.trusted_metadata = {{"plan", {{"tier", 3}}}};
    member.untrusted_metadata = {{"theme", "dark"}};
    member.email_address_verified = true;
    member.is_breakglass = true;
    member.mfa_phone_number = "+14155550100";
    member.mfa_phone_number_verified = true;
    member.mfa_enrolled = true;
    member.default_mfa_method = "totp";
    member.explicit_roles = {"editor", "stytch_admin"};
    auto const made = create(member);
    EXPECT_EQ(made.member, member);
    EXPECT_FALSE(made.registration);
    reopen();
    EXPECT_EQ(find(member.id).member, member);
    EXPECT_EQ(find("ext|1")->member, member);
    EXPECT_EQ(get(store().find_member_by_email(organization, "ada@example.com"))->member, member);
    EXPECT_EQ(world.events(organization), Lines{"direct.member.create label"});
}

TEST_P(Members, are_found_as_providers_made_them) {
    auto const user = world.user(connection, "ada");
    auto const found = find(user.id);
    EXPECT_EQ(found.member.email_address, "ada@example.com");
    EXPECT_EQ(found.member.name, "ada");
    EXPECT_FALSE(found.member.email_address_verified);
    EXPECT_EQ(found.member.created_at, at(1));
    ASSERT_TRUE(found.registration);
    EXPECT_EQ(found.registration->connection, connection.id());
    EXPECT_EQ(found.registration->user.registration, user.registration);
    EXPECT_EQ(found.registration->user.attributes, user.attributes);
}

TEST_P(Members, are_not_found_elsewhere) {
    auto const ada = create("ada");
    auto const other = world.organization(organization.project(), "other");
    auto const id = to_string(ada.member.id);
    EXPECT_FALSE(get(store().find_member(other, id)));
    EXPECT_FALSE(get(store().find_member_by_email(other, "ada@example.com")));
    EXPECT_FALSE(get(store().find_role_basis(other, ada.member.id)));
    EXPECT_EQ(error_of(store().update_member(other, {ada.member, {}, {}, at(2)})).kind(),
              "member_not_found");
    EXPECT_FALSE(find(to_string(MemberId{Environment::live, ada.member.id.uuid})));
    EXPECT_FALSE(find("nobody"));
    EXPECT_FALSE(get(store().find_member_by_email(organization, "")));
}

TEST_P(Members, are_traced_to_their_organization_within_the_project) {
    auto const ada = create("ada");
    auto const project = organization.project();
    static_cast<void>(world.organization(project, "other"));
    auto const found = get(store().find_organization_of_member(project, ada.member.id));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id(), organization.id());
    EXPECT_FALSE(get(store().find_organization_of_member(world.project(), ada.member.id)));
    EXPECT_FALSE(
        get(store().find_organization_of_member(project, {Environment::live, ada.member.id.uuid})));
    EXPECT_FALSE(get(store().find_organization_of_member(
        project, {Environment::test, world.ids().random_uuid()})));
}

TEST_P(Members, are_gone_with_their_organization) {
    auto member = new_member("ada");
    member.external_id = "ext-1";
    member.explicit_roles = {"editor"};
    create(member);
    must(run_task(store().delete_organization(organization, at(5), {})));
    EXPECT_FALSE(find(to_string(member.id)));
    EXPECT_FALSE(find("ext-1"));
    EXPECT_FALSE(get(store().find_member_by_email(organization, "ada@example.com")));
    EXPECT_FALSE(get(store().find_role_basis(organization, member.id)));
    EXPECT_FALSE(get(store().find_organization_of_member(organization.project(), member.id)));
    EXPECT_EQ(refusal_of(new_member("bob")).code(), ErrorCode::not_found);
    EXPECT_EQ(error_of(update(member)).kind(), "member_not_found");
    purge_all();
}

TEST_P(Members, have_their_address_alone) {
    auto const ada = create("ada");
    auto twin = new_member("ADA");
    auto const error = refusal_of(twin);
    EXPECT_EQ(error.code(), ErrorCode::uniqueness);
    EXPECT_EQ(error.kind(), "duplicate_member_email");
    EXPECT_THAT(error.message(), ::testing::HasSubstr(to_string(ada.member.id)));
    auto bob = create("bob").member;
    bob.email_address = "Ada@Example.com";
    EXPECT_EQ(error_of(update(bob)).kind(), "duplicate_member_email");
    EXPECT_EQ(find(bob.id).member.email_address, "bob@example.com");
    // Also of those that a provider pushed.
    world.user(connection, "eve");
    EXPECT_EQ(refusal_of(new_member("eve")).kind(), "duplicate_member_email");
}

TEST_P(Members, may_lack_an_address_together) {
    for (auto const* name : {"ada", "bob"}) {
        auto creation = world.new_user(connection, name);
        creation.state.email_address = creation.state.email_key = "";
        auto const user = get(store().create_user(connection, creation));
        EXPECT_EQ(find(user.id).member.email_address, "");
    }
}

TEST_P(Members, that_are_deleted_keep_their_address_from_new_ones) {
    auto const ada = create("ada");
    get(update(deactivated(ada.member)));
    auto const error = refusal_of(new_member("ada"));
    EXPECT_EQ(error.kind(), "duplicate_member_email");
    EXPECT_THAT(error.message(), ::testing::HasSubstr("reactivate"));
    // But not from members that change theirs: that is what reactivation then complains about.
    auto bob = create("bob").member;
    bob.email_address = "ada@example.com";
    get(update(bob));
    auto back = find(ada.member.id).member;
    back.status = MemberStatus::active;
    EXPECT_EQ(error_of(update(back)).kind(), "duplicate_member_email");
}

TEST_P(Members, keep_retired_addresses_from_others) {
    auto ada = create("ada").member;
    ada.email_address = "lovelace@example.com";
    ada.retired_emails = {"ada@example.com"};
    ada = get(update(ada)).member;
    EXPECT_EQ(ada.retired_emails, Lines{"ada@example.com"});
    EXPECT_EQ(refusal_of(new_member("ada")).kind(), "retired_member_email");
    // One's own may come back, and is then no retired one.
    ada.email_address = "ada@example.com";
    ada.retired_emails = {"lovelace@example.com"};
    ada = get(update(ada)).member;
    EXPECT_EQ(ada.retired_emails, Lines{"lovelace@example.com"});
    ada.retired_emails.clear();
    EXPECT_TRUE(get(update(ada)).member.retired_emails.empty());
    create("lovelace");
    // Those of deleted members are free.
    auto bob = create("bob").member;
    bob.email_address = "robert@example.com";
    bob.retired_emails = {"bob@example.com"};
    get(update(deactivated(get(update(bob)).member)));
    create("bob");
}

TEST_P(Members, have_addresses_retired_by_their_provider) {
    auto const user = world.user(connection, "ada");
    auto member = find(user.id).member;
    member.email_address_verified = true;
    get(update(member));
    auto const renamed = push(user, state_of("lovelace"));
    auto found = find(user.id).member;
    EXPECT_EQ(found.retired_emails, Lines{"ada@example.com"});
    EXPECT_FALSE(found.email_address_verified);
    EXPECT_EQ(refusal_of(new_member("ada")).kind(), "retired_member_email");
    push(renamed, state_of("ada"));
    found = find(user.id).member;
    EXPECT_EQ(found.email_address, "ada@example.com");
    EXPECT_EQ(found.retired_emails, Lines{"lovelace@example.com"});
}

TEST_P(Members, have_their_external_id_alone_even_when_deleted) {
    auto ada = new_member("ada");
    ada.external_id = "ext-1";
    create(ada);
    auto bob = new_member("bob");
    bob.external_id = "ext-1";
    EXPECT_EQ(refusal_of(bob).kind(), "duplicate_member_external_id");
    get(update(deactivated(find(ada.id).member)));
    auto const error = refusal_of(bob);
    EXPECT_EQ(error.kind(), "duplicate_member_external_id");
    EXPECT_THAT(error.message(), ::testing::HasSubstr(to_string(ada.id)));
    auto gone = find("ext-1")->member;
    EXPECT_EQ(gone.status, MemberStatus::deleted);
    gone.external_id.reset();
    get(update(gone));
    create(bob);
    EXPECT_EQ(find("ext-1")->member.id, bob.id);
    // Case counts.
    auto eve = new_member("eve");
    eve.external_id = "EXT-1";
    create(eve);
}

TEST_P(Members, are_found_by_id_before_external_id) {
    auto const ada = create("ada");
    auto bob = new_member("bob");
    bob.external_id = to_string(ada.member.id);
    create(bob);
    EXPECT_EQ(find(ada.member.id).member.id, ada.member.id);
}

TEST_P(Members, change_only_as_they_were_read) {
    auto ada = create("ada").member;
    ada.name = "Ada";
    auto const updated = get(update(ada, 7)).member;
    EXPECT_EQ(updated.name, "Ada");
    EXPECT_EQ(updated.version, 2U);
    EXPECT_EQ(updated.created_at, at(1));
    EXPECT_EQ(updated.updated_at, at(7));
    EXPECT_EQ(find(ada.id).member, updated);
    EXPECT_EQ(error_of(update(ada)).code(), ErrorCode::precondition_failed);
    // A provider's change counts too.
    auto const user = world.user(connection, "bob");
    auto const before = find(user.id).member;
    push(user, state_of("robert"));
    EXPECT_EQ(error_of(update(before)).code(), ErrorCode::precondition_failed);
    EXPECT_EQ(find(user.id).member.name, "robert");
}

TEST_P(Members, forget_what_is_cleared) {
    auto ada = new_member("ada");
    ada.external_id = "ext-1";
    ada.trusted_metadata = {{"a", 1}};
    ada.explicit_roles = {"editor", "viewer"};
    auto stored = create(ada).member;
    stored.external_id.reset();
    stored.trusted_metadata.clear();
    stored.explicit_roles = {"viewer"};
    get(update(stored));
    auto const found = find(ada.id).member;
    EXPECT_FALSE(found.external_id);
    EXPECT_TRUE(found.trusted_metadata.empty());
    EXPECT_EQ(found.explicit_roles, Lines{"viewer"});
    EXPECT_FALSE(find("ext-1"));
}

TEST_P(Members, lose_explicit_roles_when_anybody_deactivates_them) {
    auto const with_roles = [&](User const& user) {
        auto member = find(user.id).member;
        member.explicit_roles = {"editor"};
        get(update(member));
    };
    auto const roles = [&](User const& user) {
        return get(store().find_role_basis(organization, user.id))->explicit_roles;
    };
    auto const ada = world.user(connection, "ada");
    with_roles(ada);
    auto const gone = push(ada, inactive("ada"));
    EXPECT_EQ(roles(ada), Lines{});
    push(gone, state_of("ada"));
    EXPECT_EQ(roles(ada), Lines{});  // they do not return

    auto const bob = world.user(connection, "bob");
    with_roles(bob);
    must(run_task(store().delete_user(connection, bob.id, {}, at(3), {})));
    EXPECT_EQ(roles(bob), Lines{});

    auto const eve = world.user(connection, "eve");
    with_roles(eve);
    auto member = find(eve.id).member;
    member.status = MemberStatus::deleted;
    get(update(member));
    EXPECT_EQ(roles(eve), Lines{});

    // A member that the developer made, linked by a provider that calls it inactive.
    auto zoe = new_member("zoe");
    zoe.explicit_roles = {"editor"};
    create(zoe);
    auto creation = world.new_user(connection, "zoe");
    creation.state = inactive("zoe");
    creation.link = ExistingMember{zoe.id, 1};
    auto const linked = get(store().create_user(connection, creation));
    EXPECT_EQ(linked.id, zoe.id);
    EXPECT_EQ(roles(linked), Lines{});
}

TEST_P(Members, keep_what_the_developer_wrote_when_a_provider_links_them) {
    auto ada = new_member("ada");
    ada.status = MemberStatus::pending;
    ada.external_id = "ext-1";
    ada.trusted_metadata = {{"a", 1}};
    ada.email_address_verified = true;
    ada.explicit_roles = {"editor"};
    create(ada);
    auto creation = world.new_user(connection, "ada");
    creation.link = ExistingMember{ada.id, 1};
    get(store().create_user(connection, creation));
    auto const found = find(ada.id);
    EXPECT_EQ(found.member.status, MemberStatus::active);
    EXPECT_EQ(found.member.external_id, "ext-1");
    EXPECT_EQ(found.member.trusted_metadata, ada.trusted_metadata);
    EXPECT_TRUE(found.member.email_address_verified);
    EXPECT_EQ(found.member.explicit_roles, Lines{"editor"});
    EXPECT_TRUE(found.registration);
}

TEST_P(Members, are_seen_by_their_provider_as_the_developer_leaves_them) {
    auto const user = world.user(connection, "ada");
    auto attributes = user.attributes;
    attributes["active"] = false;
    auto const gone = get(update(deactivated(find(user.id).member), 9, attributes));
    EXPECT_EQ(gone.member.status, MemberStatus::deleted);
    auto const seen = get(store().find_user(connection, user.id, true)).value();
    EXPECT_EQ(seen.attributes, attributes);
    EXPECT_EQ(seen.version, user.version + 1);
    EXPECT_EQ(seen.last_modified, at(9));
    EXPECT_EQ(gone.registration->user.version, seen.version);
    // Whatever else it looks for, it finds as before.
    UserQuery query;
    query.index = ByUserName{"ada@example.com"};
    EXPECT_EQ(get(store().list_users(connection, query)).total, 1U);
    push(seen, state_of("ada"));
    EXPECT_EQ(find(user.id).member.status, MemberStatus::active);
}

TEST_P(Members, lose_their_registration_with_the_connection) {
    auto const user = world.user(connection, "ada");
    auto const group = world.group(connection, "group", {member(user)});
    assign(group.id, "editor");
    EXPECT_EQ(find(user.id).group_roles.size(), 1U);
    must(run_task(store().delete_connection(connection, at(3), {})));
    auto const found = find(user.id);
    EXPECT_FALSE(found.registration);
    EXPECT_TRUE(found.group_roles.empty());
    EXPECT_EQ(found.member.status, MemberStatus::active);
    EXPECT_TRUE(get(store().find_role_basis(organization, user.id))->group_roles.empty());
    // A later connection starts empty, also when a change was planned before.
    static_cast<void>(world.connection(organization));
    EXPECT_FALSE(get(update(found.member, 4, boost::json::object{{"active", false}})).registration);
}

TEST_P(Members, are_offered_the_roles_of_their_groups) {
    auto const ada = world.user(connection, "ada");
    auto const bob = world.user(connection, "bob");
    auto const inner = world.group(connection, "inner", {member(ada)});
    auto const outer = world.group(connection, "outer", {member(inner), member(bob)});
    storage::ConnectionChange change;
    change.role_assignments = {{"viewer", outer.id}, {"editor", inner.id}, {"viewer", inner.id}};
    get(store().update_connection(connection, change));
    auto const roles = find(ada.id).group_roles;
    // Only direct membership counts.
    EXPECT_EQ(roles, (std::vector<GroupRole>{{"editor", connection.id(), inner.id},
                                             {"viewer", connection.id(), inner.id}}));
    auto const basis = get(store().find_role_basis(organization, ada.id)).value();
    EXPECT_EQ(basis.group_roles, roles);
    EXPECT_EQ(basis.email_address, "ada@example.com");
    EXPECT_EQ(basis.status, MemberStatus::active);
    EXPECT_EQ(find(bob.id).group_roles.size(), 1U);

    GroupChange leave;
    leave.remove = {member(ada).ref};
    get(store().apply_group_change(connection, inner.id, leave));
    EXPECT_TRUE(find(ada.id).group_roles.empty());
    must(run_task(store().delete_group(connection, outer.id, {}, at(4))));
    EXPECT_TRUE(find(bob.id).group_roles.empty());
}

TEST_P(Members, of_concurrent_creations_with_one_address_exactly_one_is_made) {
    constexpr int writers = 8;
    std::vector<Member> rivals;
    for (int i = 0; i < writers; ++i) {
        rivals.push_back(new_member(i % 2 == 0 ? "ada" : "ADA"));
        rivals.back().external_id = "ext-" + std::to_string(i);
    }
    std::vector<std::future<Result<MemberRecord>>> attempts;
    for (auto const& rival : rivals) {
        attempts.push_back(std::async(std::launch::async, [&] {
            return run_task(store().create_member(organization, {rival, {}}));
        }));
    }
    int made = 0;
    for (auto& attempt : attempts) {
        auto const result = attempt.get();
        if (result) {
            ++made;
        } else {
            EXPECT_EQ(result.error().kind(), "duplicate_member_email");
        }
    }
    EXPECT_EQ(made, 1);
}

TEST_P(Members, of_concurrent_creations_with_one_external_id_exactly_one_is_made) {
    std::vector<std::future<Result<MemberRecord>>> attempts;
    for (int i = 0; i < 8; ++i) {
        auto rival = new_member("member" + std::to_string(i));
        rival.external_id = "ext-1";
        attempts.push_back(std::async(std::launch::async, [this, rival] {
            return run_task(store().create_member(organization, {rival, {}}));
        }));
    }
    auto const made = std::ranges::count_if(attempts, [](auto& attempt) {
        auto const result = attempt.get();
        return result.has_value();
    });
    EXPECT_EQ(made, 1);
}

TEST_P(Members, raise_the_generation_of_their_organization) {
    auto const scope = organization.id().uuid;
    auto const before = store().generation(scope);
    auto const ada = create("ada");
    auto const between = store().generation(scope);
    EXPECT_NE(between, before);
    get(update(ada.member));
    EXPECT_NE(store().generation(scope), between);
}

}  // namespace
}  // namespace rollcall::tests
