// What sessions are made with: signing keys, trusted-token profiles, passwords, impersonation.
#include "store_case.hpp"

namespace rollcall::tests {
namespace {

using namespace directory;

Limits few_profiles() {
    Limits limits;
    limits.token_profiles_per_project_max = 2;
    return limits;
}

class SessionKeys : public StoreCase {
protected:
    SessionKeys() : StoreCase(few_profiles()) {}

    SigningKey new_key(int created) {
        return {.id = {project.environment(), world.ids().ordered_uuid(at(created))},
                .sealed_private = std::string("sealed\0bytes", 12),
                .modulus = "n",
                .exponent = "AQAB",
                .created_at = at(created),
                .retired_at = {}};
    }
    std::vector<SigningKey> keys() { return *get(store().list_signing_keys(project.id())); }

    TokenProfile new_profile(std::string name) {
        return {.id = {project.environment(), world.ids().ordered_uuid(at(1))},
                .name = std::move(name),
                .issuer = "https://issuer.example.com",
                .audience = "rollcall",
                .key_type = PublicKeyType::jwk,
                .keys = {R"({"kty":"RSA"})"},
                .mapping = {.email = "email",
                            .token_id = "jti",
                            .organization_id = "org",
                            .external_member_id = {},
                            .role_ids = "roles"},
                .can_jit_provision = true,
                .single_use = true,
                .created_at = at(1),
                .updated_at = at(1)};
    }

    MemberPassword new_password(std::string hash) {
        return {.id = {project.environment(), world.ids().random_uuid()},
                .hash = std::move(hash),
                .created_at = at(2)};
    }
    MemberUpdate update_of_ada() {
        MemberUpdate update;
        update.member = get(store().find_member(tenant.organization, to_string(ada)))->member;
        update.now = at(4);
        return update;
    }
    Task<Result<MemberRecord>> give(MemberPassword password) {
        auto update = update_of_ada();
        update.password = std::move(password);
        return store().update_member(tenant.organization, std::move(update));
    }

    Tenant tenant = world.tenant();
    storage::ProjectKey project = tenant.organization.project();
    MemberId ada = world.user(tenant.connection, "ada").id;
};
ON_EVERY_STORE(SessionKeys);

TEST_P(SessionKeys, follow_each_other_and_only_in_turn) {
    EXPECT_TRUE(keys().empty());
    auto const first = new_key(1);
    get(store().add_signing_key(project.id(), first, std::nullopt));
    // Two that saw none: one wins.
    EXPECT_EQ(error_of(store().add_signing_key(project.id(), new_key(2), std::nullopt)).code(),
              ErrorCode::precondition_failed);
    auto const second = new_key(5);
    get(store().add_signing_key(project.id(), second, first.id));
    reopen();
    auto const all = keys();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].id, second.id);
    EXPECT_EQ(all[0].sealed_private, second.sealed_private);
    EXPECT_FALSE(all[0].retired_at);
    EXPECT_EQ(all[1].id, first.id);
    EXPECT_EQ(all[1].retired_at, at(5));
    EXPECT_FALSE(get(store().list_signing_keys({Environment::live, project.id().uuid})));
}

TEST_P(SessionKeys, are_published_until_they_are_old_enough) {
    auto const first = new_key(1);
    get(store().add_signing_key(project.id(), first, std::nullopt));
    get(store().add_signing_key(project.id(), new_key(5), first.id));
    get(store().forget_expired(at(100), at(4), 10));
    EXPECT_EQ(keys().size(), 2U);
    get(store().forget_expired(at(100), at(5), 10));
    EXPECT_EQ(keys().size(), 1U);
}

TEST_P(SessionKeys, profiles_are_kept_replaced_and_deleted) {
    auto profile = new_profile("backend");
    get(store().create_token_profile(project, profile));
    reopen();
    EXPECT_EQ(get(store().find_token_profile(project, profile.id)), profile);
    profile.name = "other";
    profile.mapping.role_ids.reset();
    profile.updated_at = at(7);
    EXPECT_EQ(get(store().update_token_profile(project, profile, at(1))), profile);
    EXPECT_EQ(get(store().list_token_profiles(project)), std::vector{profile});
    get(store().delete_token_profile(project, profile.id));
    EXPECT_FALSE(get(store().find_token_profile(project, profile.id)));
    EXPECT_EQ(error_of(store().delete_token_profile(project, profile.id)).kind(),
              "trusted_token_profile_not_found");
    EXPECT_EQ(error_of(store().update_token_profile(project, profile, at(7))).kind(),
              "trusted_token_profile_not_found");
}

TEST_P(SessionKeys, a_profile_that_changed_meanwhile_stays_as_it_became) {
    auto const read = new_profile("backend");
    get(store().create_token_profile(project, read));
    auto first = read;
    first.name = "first";
    first.updated_at = at(2);
    get(store().update_token_profile(project, first, read.updated_at));
    auto second = read;
    second.audience = "second";
    second.updated_at = at(3);
    EXPECT_EQ(error_of(store().update_token_profile(project, second, read.updated_at)).code(),
              ErrorCode::precondition_failed);
    EXPECT_EQ(get(store().find_token_profile(project, read.id)), first);
}

TEST_P(SessionKeys, profiles_are_bounded_and_their_projects_own) {
    auto const profile = new_profile("a");
    get(store().create_token_profile(project, profile));
    get(store().create_token_profile(project, new_profile("b")));
    EXPECT_EQ(error_of(store().create_token_profile(project, new_profile("c"))).code(),
              ErrorCode::too_many);
    auto const other = world.tenant().organization.project();
    EXPECT_FALSE(get(store().find_token_profile(other, profile.id)));
    EXPECT_TRUE(get(store().list_token_profiles(other)).empty());
    EXPECT_EQ(error_of(store().delete_token_profile(other, profile.id)).code(),
              ErrorCode::not_found);
}

TEST_P(SessionKeys, a_token_id_is_claimed_once_until_it_expires) {
    auto const profile = new_profile("a").id;
    EXPECT_TRUE(get(store().claim_token_id(project, profile, digest_of("jti"), at(50))));
    EXPECT_FALSE(get(store().claim_token_id(project, profile, digest_of("jti"), at(50))));
    EXPECT_TRUE(
        get(store().claim_token_id(project, new_profile("b").id, digest_of("jti"), at(50))));
    get(store().forget_expired(at(50), at(0), 10));
    EXPECT_TRUE(get(store().claim_token_id(project, profile, digest_of("jti"), at(90))));
}

TEST_P(SessionKeys, a_member_gets_one_password) {
    auto const organization = tenant.organization;
    auto const password = new_password("h");
    EXPECT_FALSE(get(store().find_password(organization, ada)));
    EXPECT_EQ(get(give(password)).password, password.id);
    reopen();
    auto const read = get(store().find_password(organization, ada));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->id, password.id);
    EXPECT_EQ(read->hash, "h");
    EXPECT_EQ(read->created_at, at(2));
    EXPECT_FALSE(get(store().find_password(world.tenant().organization, ada)));
}

TEST_P(SessionKeys, a_second_password_changes_nothing) {
    get(give(new_password("h")));
    auto const before = get(store().find_member(tenant.organization, to_string(ada)))->member;
    auto update = update_of_ada();
    update.member.name = "Other";
    update.password = new_password("i");
    EXPECT_EQ(error_of(store().update_member(tenant.organization, update)).kind(),
              "password_already_exists");
    EXPECT_EQ(get(store().find_password(tenant.organization, ada))->hash, "h");
    EXPECT_EQ(get(store().find_member(tenant.organization, to_string(ada)))->member, before);
}

TEST_P(SessionKeys, a_new_member_may_have_a_password) {
    MemberCreation creation;
    creation.member.id = {project.environment(), world.ids().ordered_uuid(at(1))};
    creation.member.organization = tenant.organization.id();
    creation.member.email_address = "new@example.com";
    creation.password = new_password("h");
    auto const made = get(store().create_member(tenant.organization, creation));
    EXPECT_EQ(made.password, creation.password->id);
    reopen();
    EXPECT_EQ(get(store().find_password(tenant.organization, made.member.id))->hash, "h");
    // A refused creation leaves none behind.
    creation.member.id.uuid = world.ids().ordered_uuid(at(1));
    EXPECT_EQ(error_of(store().create_member(tenant.organization, creation)).kind(),
              "duplicate_member_email");
    EXPECT_FALSE(get(store().find_password(tenant.organization, creation.member.id)));
}

TEST_P(SessionKeys, passwords_end_with_the_address_they_were_set_with) {
    auto const organization = tenant.organization;
    get(give(new_password("h")));
    auto const change = [&](auto const& edit) {
        auto update = update_of_ada();
        edit(update.member);
        get(store().update_member(organization, update));
    };
    change([](Member& member) { member.name = "Ada"; });
    EXPECT_TRUE(get(store().find_password(organization, ada)));
    change([](Member& member) { member.email_address = "other@example.com"; });
    EXPECT_FALSE(get(store().find_password(organization, ada)));
}

// An identity provider may push any address: whoever knows the password need not be its holder.
TEST_P(SessionKeys, passwords_end_with_the_address_a_provider_changes) {
    auto const organization = tenant.organization;
    std::uint64_t version = 1;
    auto const change = [&](UserState state) {
        get(store().update_user(tenant.connection, ada,
                                {.state = std::move(state),
                                 .expected_version = version++,
                                 .events = {},
                                 .now = at(3)}));
    };
    auto const without_address = [] {
        auto state = state_of("ada");
        state.email_address.clear();
        state.email_key.clear();
        return state;
    };
    get(give(new_password("h")));
    auto renamed = state_of("ada");
    renamed.name = "Ada L.";
    renamed.email_address = "ADA@example.com";
    change(renamed);
    EXPECT_TRUE(get(store().find_password(organization, ada)));
    for (auto const& next : {state_of("other"), without_address(), state_of("ada")}) {
        change(next);
        EXPECT_FALSE(get(store().find_password(organization, ada))) << next.email_address;
        EXPECT_FALSE(get(store().find_member(organization, to_string(ada)))->password);
        get(give(new_password("h")));
        reopen();
        EXPECT_TRUE(get(store().find_password(organization, ada)));
    }
}

TEST_P(SessionKeys, passwords_stay_with_who_is_linked_under_the_same_address_alone) {
    auto const organization = tenant.organization;
    auto const link = [&](std::string const& name) {
        must(run_task(store().delete_user(tenant.connection, ada, {}, at(3), {})));
        auto creation = world.new_user(tenant.connection, name);
        auto const found =
            get(store().find_link_candidates(tenant.connection, "", {}, "ada@example.com"));
        creation.link = ExistingMember{found.at(0).id, found.at(0).member_version};
        EXPECT_EQ(get(store().create_user(tenant.connection, creation)).id, ada);
    };
    get(give(new_password("h")));
    link("ada");
    EXPECT_TRUE(get(store().find_password(organization, ada)));
    link("other");
    EXPECT_FALSE(get(store().find_password(organization, ada)));
}

TEST_P(SessionKeys, impersonation_tokens_are_taken_once) {
    ImpersonationToken const token{.digest = digest_of("t"),
                                   .member = ada,
                                   .impersonator_id = "support-7",
                                   .impersonator_address = "help@example.com",
                                   .expires_at = at(50)};
    get(store().create_impersonation_token(tenant.organization, token));
    auto const other = world.tenant().organization;
    EXPECT_FALSE(get(store().take_impersonation_token(other.project(), digest_of("t"), at(10))));
    EXPECT_FALSE(get(store().take_impersonation_token(project, digest_of("t"), at(50))));
    auto const taken = get(store().take_impersonation_token(project, digest_of("t"), at(10)));
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->first.id(), tenant.organization.id());
    EXPECT_EQ(taken->second.member, ada);
    EXPECT_EQ(taken->second.impersonator_id, "support-7");
    EXPECT_EQ(taken->second.impersonator_address, "help@example.com");
    EXPECT_FALSE(get(store().take_impersonation_token(project, digest_of("t"), at(10))));
    EXPECT_EQ(error_of(store().create_impersonation_token(other, token)).kind(),
              "member_not_found");
}

TEST_P(SessionKeys, passwords_and_tokens_go_with_their_organization) {
    get(give(new_password("h")));
    get(store().create_impersonation_token(tenant.organization, {.digest = digest_of("t"),
                                                                 .member = ada,
                                                                 .impersonator_id = "x",
                                                                 .impersonator_address = "",
                                                                 .expires_at = at(50)}));
    get(store().delete_organization(tenant.organization, at(3), {}));
    EXPECT_FALSE(get(store().find_password(tenant.organization, ada)));
    EXPECT_FALSE(get(store().take_impersonation_token(project, digest_of("t"), at(10))));
    purge_all();
    EXPECT_FALSE(get(store().find_password(tenant.organization, ada)));
}

}  // namespace
}  // namespace rollcall::tests
