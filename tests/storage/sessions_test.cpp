// Sessions: found while they are live, by token or id, and gone with whatever ends them.
#include "store_case.hpp"

#include <boost/json/value_to.hpp>

namespace rollcall::tests {
namespace {

using namespace directory;

Limits few_sessions() {
    Limits limits;
    limits.sessions_per_member_max = 3;
    return limits;
}

class Sessions : public StoreCase {
protected:
    Sessions() : StoreCase(few_sessions()) {}

    Session new_session(MemberId const& member, int expires = 100) {
        return {.id = {member.environment, world.ids().random_uuid()},
                .member = member,
                .started_at = at(1),
                .last_accessed_at = at(1),
                .expires_at = at(expires),
                .factors = {{.type = FactorType::trusted_auth_token,
                             .subject = "token-1",
                             .address = "",
                             .created_at = at(1),
                             .last_authenticated_at = at(1)}},
                .custom_claims = {{"plan", "gold"}}};
    }
    SessionId begin(MemberId const& member, std::string_view token, int expires = 100) {
        auto session = new_session(member, expires);
        get(store().create_session(tenant.organization, session, digest_of(token)));
        return session.id;
    }
    std::optional<storage::SessionRecord> find(std::string_view token, int now = 10) {
        return get(store().find_session(project, digest_of(token), at(now)));
    }
    std::size_t count(MemberId const& member, int now = 10) {
        return get(store().list_sessions(tenant.organization, member, at(now))).size();
    }

    Tenant tenant = world.tenant();
    storage::ProjectKey project = tenant.organization.project();
    MemberId ada = world.user(tenant.connection, "ada").id;
};
ON_EVERY_STORE(Sessions);

TEST_P(Sessions, are_read_as_they_were_written_by_token_and_by_id) {
    auto const session = new_session(ada);
    get(store().create_session(tenant.organization, session, digest_of("t")));
    reopen();
    auto const by_token = find("t");
    ASSERT_TRUE(by_token);
    EXPECT_EQ(by_token->organization.id(), tenant.organization.id());
    auto const& read = by_token->session;
    EXPECT_EQ(read.id, session.id);
    EXPECT_EQ(read.member, ada);
    EXPECT_EQ(read.started_at, at(1));
    EXPECT_EQ(read.last_accessed_at, at(1));
    EXPECT_EQ(read.expires_at, at(100));
    EXPECT_EQ(read.factors, session.factors);
    EXPECT_EQ(read.custom_claims, session.custom_claims);
    EXPECT_EQ(read.version, 1U);
    auto const by_id = get(store().find_session(project, session.id, at(10)));
    ASSERT_TRUE(by_id);
    EXPECT_EQ(by_id->session.id, session.id);
    EXPECT_FALSE(find("another"));
}

TEST_P(Sessions, end_at_their_instant) {
    auto const id = begin(ada, "t", 50);
    EXPECT_TRUE(find("t", 49));
    EXPECT_FALSE(find("t", 50));
    EXPECT_FALSE(get(store().find_session(project, id, at(50))));
    EXPECT_EQ(count(ada, 49), 1U);
    EXPECT_EQ(count(ada, 50), 0U);
}

TEST_P(Sessions, belong_to_a_member_who_is_there) {
    auto const stranger = MemberId{ada.environment, world.ids().random_uuid()};
    auto const error = error_of(
        store().create_session(tenant.organization, new_session(stranger), digest_of("t")));
    EXPECT_EQ(error.kind(), "member_not_found");
    auto const other = world.tenant();
    EXPECT_EQ(error_of(store().create_session(other.organization, new_session(ada), digest_of("t")))
                  .kind(),
              "member_not_found");
}

TEST_P(Sessions, of_another_project_or_organization_are_not_found) {
    auto const id = begin(ada, "t");
    auto const other = world.tenant();
    auto const other_project = other.organization.project();
    EXPECT_FALSE(get(store().find_session(other_project, digest_of("t"), at(10))));
    EXPECT_FALSE(get(store().find_session(other_project, id, at(10))));
    EXPECT_EQ(error_of(store().revoke_session(other.organization, id)).kind(), "session_not_found");
    EXPECT_EQ(get(store().revoke_sessions(other.organization, ada)), 0U);
    auto session = find("t")->session;
    EXPECT_EQ(error_of(store().update_session(other.organization, session)).kind(),
              "session_not_found");
    EXPECT_TRUE(find("t"));
}

TEST_P(Sessions, change_only_from_the_version_that_was_read) {
    begin(ada, "t");
    auto session = find("t")->session;
    session.last_accessed_at = at(20);
    session.expires_at = at(200);
    session.custom_claims["plan"] = "silver";
    get(store().update_session(tenant.organization, session));
    auto const read = find("t", 150)->session;
    EXPECT_EQ(read.version, 2U);
    EXPECT_EQ(read.last_accessed_at, at(20));
    EXPECT_EQ(read.custom_claims.at("plan").as_string(), "silver");
    EXPECT_EQ(error_of(store().update_session(tenant.organization, session)).code(),
              ErrorCode::precondition_failed);
}

TEST_P(Sessions, are_revoked_one_by_one_or_all_of_a_member) {
    auto const first = begin(ada, "a");
    begin(ada, "b");
    auto const bob = world.user(tenant.connection, "bob").id;
    begin(bob, "c");
    auto const generation = store().generation(ada.uuid);
    get(store().revoke_session(tenant.organization, first));
    EXPECT_NE(store().generation(ada.uuid), generation);
    EXPECT_FALSE(find("a"));
    EXPECT_TRUE(find("b"));
    EXPECT_EQ(error_of(store().revoke_session(tenant.organization, first)).kind(),
              "session_not_found");
    EXPECT_EQ(get(store().revoke_sessions(tenant.organization, ada)), 1U);
    EXPECT_FALSE(find("b"));
    EXPECT_TRUE(find("c"));
    EXPECT_EQ(count(ada), 0U);
}

TEST_P(Sessions, of_one_member_are_bounded) {
    begin(ada, "long", 90);
    begin(ada, "short", 50);
    begin(ada, "middle", 70);
    begin(ada, "new", 60);
    EXPECT_EQ(count(ada), 3U);
    EXPECT_FALSE(find("short"));
    EXPECT_TRUE(find("long"));
    EXPECT_TRUE(find("new"));
}

TEST_P(Sessions, end_when_the_provider_deactivates_the_user) {
    begin(ada, "t");
    auto const before = *get(store().find_user(tenant.connection, ada, false));
    UserUpdate update{
        .state = state_of("ada"), .expected_version = before.version, .events = {}, .now = at(5)};
    update.state.status = MemberStatus::deleted;
    get(store().update_user(tenant.connection, ada, update));
    EXPECT_FALSE(find("t"));
    // Returning does not bring them back.
    update.state.status = MemberStatus::active;
    update.expected_version = before.version + 1;
    get(store().update_user(tenant.connection, ada, update));
    EXPECT_FALSE(find("t"));
    EXPECT_EQ(count(ada), 0U);
}

TEST_P(Sessions, end_when_the_provider_deletes_the_user) {
    begin(ada, "t");
    get(store().delete_user(tenant.connection, ada, std::nullopt, at(5), {}));
    EXPECT_FALSE(find("t"));
    EXPECT_EQ(
        error_of(store().create_session(tenant.organization, new_session(ada), digest_of("n")))
            .kind(),
        "member_not_found");
}

TEST_P(Sessions, stay_when_the_connection_goes_and_end_with_the_organization) {
    begin(ada, "t");
    get(store().delete_connection(tenant.connection, at(5), {}));
    EXPECT_TRUE(find("t"));
    get(store().delete_organization(tenant.organization, at(6), {}));
    EXPECT_FALSE(find("t"));
    purge_all();
    EXPECT_FALSE(find("t"));
}

TEST_P(Sessions, are_forgotten_once_they_expired) {
    begin(ada, "short", 50);
    begin(ada, "long", 90);
    while (get(store().forget_expired(at(60), at(0), 1))) {
    }
    EXPECT_FALSE(find("short", 10));
    EXPECT_TRUE(find("long", 10));
}

}  // namespace
}  // namespace rollcall::tests
