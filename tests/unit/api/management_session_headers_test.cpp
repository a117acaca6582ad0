// Calls that carry a member's session can do what the member can, as of now (contract §1.3), and
// whoever leaves can do nothing any more.
#include "api/dispatch.hpp"
#include "api/scim/api.hpp"
#include "unit/api/management_sessions_fixture.hpp"

#include <atomic>
#include <thread>

namespace rollcall::tests {
namespace {

using namespace std::chrono_literals;

class SessionHeaders : public SessionsTest {
protected:
    Answer get_groups(Headers headers) {
        return send("GET", connected.path(), "", std::move(headers));
    }
    Answer update(std::string const& email, std::string const& roles) {
        return send("PUT", "/v1/b2b/organizations/" + organization + "/members/" + email,
                    R"({"roles":)" + roles + "}");
    }

    Answer scim_call(std::string const& method, std::string const& path, std::string body) {
        return call(*scim, method, "/v1/b2b/scim/" + connected.connection + path,
                    {{"Authorization", "Bearer " + connected.token},
                     {"Content-Type", "application/scim+json"}},
                    std::move(body));
    }
    /// Pushes a user who can log in; returns the member's id.
    std::string push_user(std::string const& email) {
        auto const answer =
            scim_call("POST", "/Users",
                      R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":")" +
                          email + R"(","emails":[{"value":")" + email + R"(","primary":true}]})");
        EXPECT_EQ(answer.response.status, 201) << answer.body();
        return std::string(json::parse(answer.body()).at("id").as_string());
    }

    Connected connected = connect();
    std::string organization = connected.organization;
    std::unique_ptr<api::Api> scim = api::make_scim_api(
        services.tokens, services.users, services.groups, services.searches, public_url, limits);
    Session root = log_in_admin(organization, "root@example.com");
    Session ada = log_in(organization, "ada@example.com");
};

TEST_F(SessionHeaders, ARoleThatAllowsItLetsTheCallThrough) {
    EXPECT_EQ(get_groups(with_token(root)).response.status, 200);
    EXPECT_EQ(get_groups(with_jwt(root)).response.status, 200);
    EXPECT_EQ(get_groups({}).response.status, 200);
    EXPECT_EQ(get_groups({{"X-Stytch-Member-Session", ""}}).response.status, 200);
    expect_error(get_groups(with_token(ada)), 403, "session_authorization_error", "stytch.scim");
    expect_error(get_groups(with_jwt(ada)), 403, "session_authorization_error", "get");
}

TEST_F(SessionHeaders, AnotherOrganizationIsNotTouchedHoweverItIsNamed) {
    auto const other =
        connect_to(backend, std::string(create_organization(R"(,"organization_slug":"other",)"
                                                            R"("organization_external_id":"ext")")
                                            .at("organization_id")
                                            .as_string()));
    for (auto const& name :
         {other.organization, std::string("other"), std::string("ext"), std::string("none-such"),
          std::string("organization-test-11111111-1111-4111-8111-111111111111")}) {
        SCOPED_TRACE(name);
        expect_error(send("GET", "/v1/b2b/scim/" + name + "/connection/" + other.connection, "",
                          with_token(root)),
                     403, "session_authorization_tenancy_error");
    }
    EXPECT_EQ(send("GET", "/v1/b2b/scim/acme-inc/connection/" + connected.connection, "",
                   with_token(root))
                  .response.status,
              200);
}

TEST_F(SessionHeaders, ASearchTellsNothingOfOtherOrganizations) {
    create_organization(R"(,"organization_slug":"other")");
    for (std::string const name :
         {"other", "none-such", "%%", "organization-live-11111111-1111-4111-8111-111111111111"}) {
        expect_error(send("POST", "/v1/b2b/organizations/members/search",
                          R"({"organization_ids":[")" + organization + R"(",")" + name + "\"]}",
                          with_token(root)),
                     403, "session_authorization_tenancy_error", "organization_ids");
    }
}

TEST_F(SessionHeaders, ARoleChangeHoldsForTheNextCall) {
    EXPECT_EQ(get_groups(with_token(root)).response.status, 200);
    EXPECT_EQ(update(root.member, "[]").response.status, 200);
    expect_error(get_groups(with_token(root)), 403, "session_authorization_error");
    // Not what the JWT once said, but what holds.
    expect_error(get_groups(with_jwt(root)), 403, "session_authorization_error");
    EXPECT_EQ(update(ada.member, R"(["stytch_admin"])").response.status, 200);
    EXPECT_EQ(get_groups(with_jwt(ada)).response.status, 200);
}

TEST_F(SessionHeaders, APolicyChangeHoldsForTheNextCall) {
    expect_error(get_groups(with_token(ada)), 403, "session_authorization_error");
    auto const reader = R"({"org_policy":{"roles":[{"role_id":"reader","description":"",)"
                        R"("permissions":[{"resource_id":"stytch.scim","actions":["get"]}]}]}})";
    auto const path = "/v1/b2b/rbac/organizations/" + organization;
    EXPECT_EQ(send("PUT", path, reader).response.status, 200);
    EXPECT_EQ(update(ada.member, R"(["reader"])").response.status, 200);
    EXPECT_EQ(get_groups(with_token(ada)).response.status, 200);
    EXPECT_EQ(send("PUT", path, R"({"org_policy":{"roles":[]}})").response.status, 200);
    expect_error(get_groups(with_token(ada)), 403, "session_authorization_error");
}

TEST_F(SessionHeaders, RolesOfGroupsFollowTheGroups) {
    auto const eve = push_user("eve@example.com");
    auto const session = session_of(attest(sign(claims_about("eve@example.com")), organization));
    EXPECT_EQ(session.member, eve);
    auto const made = scim_call(
        "POST", "/Groups",
        R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Admins"})");
    auto const group = std::string(json::parse(made.body()).at("id").as_string());
    EXPECT_EQ(send("PUT", connected.path(),
                   R"({"scim_group_implicit_role_assignments":[{"role_id":"stytch_admin",)"
                   R"("group_id":")" +
                       group + R"("}]})")
                  .response.status,
              200);
    expect_error(get_groups(with_token(session)), 403, "session_authorization_error");
    auto const change = [&](std::string const& op) {
        auto const answer = scim_call(
            "PATCH", "/Groups/" + group,
            R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":")" +
                op + R"(","path":"members","value":[{"value":")" + eve + R"("}]}]})");
        EXPECT_LT(answer.response.status, 300U) << answer.body();
    };
    change("add");
    EXPECT_EQ(get_groups(with_token(session)).response.status, 200);
    change("remove");
    expect_error(get_groups(with_token(session)), 403, "session_authorization_error");
}

TEST_F(SessionHeaders, WhatEndedIsNotFound) {
    EXPECT_EQ(get_groups(with_token(root)).response.status, 200);
    auto const second = log_in_admin(organization, "second@example.com");
    EXPECT_EQ(get_groups(with_jwt(second)).response.status, 200);
    send("POST", "/v1/b2b/sessions/revoke", R"({"session_token":")" + second.token + R"("})");
    expect_error(get_groups(with_jwt(second)), 404, "session_not_found");
    expect_error(get_groups(with_token(second)), 404, "session_not_found");
    clock.advance(6min);
    // The JWT is past its end, the session is not.
    expect_error(get_groups(with_jwt(root)), 404, "session_not_found");
    EXPECT_EQ(get_groups(with_token(root)).response.status, 200);
    clock.advance(55min);
    expect_error(get_groups(with_token(root)), 404, "session_not_found");
}

TEST_F(SessionHeaders, ALeaverIsRefusedAsSoonAsTheProviderHasItsAnswer) {
    auto const deactivate = R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],)"
                            R"("Operations":[{"op":"replace","value":{"active":false}}]})";
    for (std::string const how : {"PATCH", "DELETE"}) {
        SCOPED_TRACE(how);
        auto const email = how + "@example.com";
        auto const id = push_user(email);
        EXPECT_EQ(update(id, R"(["stytch_admin"])").response.status, 200);
        auto const session = session_of(attest(sign(claims_about(email)), organization));
        EXPECT_EQ(get_groups(with_token(session)).response.status, 200);
        EXPECT_EQ(get_groups(with_jwt(session)).response.status, 200);
        auto const answer = how == "PATCH" ? scim_call("PATCH", "/Users/" + id, deactivate)
                                           : scim_call("DELETE", "/Users/" + id, "");
        EXPECT_LT(answer.response.status, 300U) << answer.body();
        expect_error(get_groups(with_token(session)), 404, "session_not_found");
        expect_error(get_groups(with_jwt(session)), 404, "session_not_found");
        expect_error(authenticate(session), 404, "session_not_found");
        expect_error(attest(sign(claims_about(email)), organization), 404, "member_not_found");
    }
}

TEST_F(SessionHeaders, AMemberDeletedByTheBackendIsRefusedToo) {
    EXPECT_EQ(get_groups(with_token(root)).response.status, 200);
    EXPECT_EQ(send("DELETE", "/v1/b2b/organizations/" + organization + "/members/" + root.member)
                  .response.status,
              200);
    expect_error(get_groups(with_token(root)), 404, "session_not_found");
}

TEST_F(SessionHeaders, ADeletedOrganizationTakesItsSessionsWithIt) {
    EXPECT_EQ(get_groups(with_token(root)).response.status, 200);
    send("DELETE", "/v1/b2b/organizations/" + organization);
    expect_error(get_groups(with_token(root)), 404, "session_not_found");
    expect_error(authenticate(root), 404, "session_not_found");
}

TEST_F(SessionHeaders, OfAnotherProjectAreNotFound) {
    auto const other = create_backend(Environment::test);
    auto const theirs = connect_as(other);
    expect_error(send_as(other, "GET", theirs.path(), "", with_token(root)), 404,
                 "session_not_found");
    expect_error(send_as(other, "GET", theirs.path(), "", with_jwt(root)), 404,
                 "session_not_found");
}

TEST_F(SessionHeaders, WhatAMemberMayChangeDependsOnTheFieldAndOnWhoseItIs) {
    auto const change = [&](Session const& who, Session const& whom, std::string const& body) {
        return send("PUT", "/v1/b2b/organizations/" + organization + "/members/" + whom.member,
                    body, with_token(who));
    };
    auto const bob = log_in(organization, "bob@example.com");
    EXPECT_EQ(change(ada, ada, R"({"name":"Ada"})").response.status, 200);
    EXPECT_EQ(change(ada, ada, R"({"untrusted_metadata":{"a":1}})").response.status, 200);
    expect_error(change(ada, bob, R"({"name":"Bob"})"), 403, "session_authorization_error",
                 "update.info.name");
    EXPECT_EQ(change(root, bob, R"({"name":"Bob"})").response.status, 200);
    expect_error(change(ada, ada, R"({"roles":["stytch_admin"]})"), 403,
                 "session_authorization_error", "update.settings.roles");
    expect_error(change(ada, ada, R"({"is_breakglass":true})"), 403, "session_authorization_error",
                 "update.settings.is-breakglass");
    expect_error(change(ada, ada, R"({"email_address":"a@example.com"})"), 403,
                 "member_cannot_update_their_email_address", "email_address");
    EXPECT_EQ(change(root, bob, R"({"email_address":"bobby@example.com"})").response.status, 200);
    for (auto const& who : {ada, root}) {
        expect_error(change(who, ada, R"({"trusted_metadata":{"a":1}})"), 401,
                     "cannot_update_trusted_metadata", "trusted_metadata");
    }
    // What the Java SDK sends along changes nothing, so it needs nothing.
    EXPECT_EQ(
        change(ada, ada, R"({"name":"Ada L.","roles":[],"trusted_metadata":{}})").response.status,
        200);
}

TEST_F(SessionHeaders, WithoutARoleNothingIsChanged) {
    auto const before = send("GET", "/v1/b2b/scim/" + organization + "/connection").body();
    for (auto const& [method, path] :
         {std::pair{"POST", connected.path() + "/rotate/start"},
          std::pair{"DELETE", connected.path()},
          std::pair{"DELETE", "/v1/b2b/organizations/" + organization}}) {
        expect_error(send(method, path, "", with_token(ada)), 403, "session_authorization_error");
    }
    auto const after = send("GET", "/v1/b2b/scim/" + organization + "/connection").body();
    EXPECT_EQ(before.substr(0, before.find("request_id")),
              after.substr(0, after.find("request_id")));
}

// The permission is asked for what is written, not for what was there a moment ago.
TEST_F(SessionHeaders, ARaceGivesNoPermission) {
    auto const path = "/v1/b2b/organizations/" + organization + "/members/" + ada.member;
    // A role with which its member may not take it away.
    ASSERT_EQ(send("PUT", "/v1/rollcall/rbac/policy",
                   R"({"policy":{"custom_roles":[{"role_id":"finder","description":"",)"
                   R"("permissions":[{"resource_id":"stytch.member","actions":["search"]}]}]}})")
                  .response.status,
              200U);
    for (int round = 0; round < 50; ++round) {
        ASSERT_EQ(send("PUT", path, R"({"roles":[]})").response.status, 200U);
        std::thread backend_gives([&] {
            EXPECT_EQ(call(*api, "PUT", path, backend.headers(), R"({"roles":["finder"]})")
                          .response.status,
                      200U);
        });
        auto headers = backend.headers();
        for (auto& header : with_token(ada)) headers.push_back(header);
        auto const name = "Ada " + std::to_string(round);
        call(*api, "PUT", path, headers, R"({"roles":[],"name":")" + name + "\"}");
        backend_gives.join();
        auto const member = send(
            "GET", "/v1/b2b/organizations/" + organization + "/member?member_id=" + ada.member);
        EXPECT_TRUE(json::serialize(member.json().at("member").at("roles")).contains("finder"))
            << round;
    }
}

TEST_F(SessionHeaders, OneSessionIsAuthenticatedByManyAtOnce) {
    std::vector<std::thread> threads;
    std::atomic<int> done{0};
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            auto const answer =
                call(*api, "POST", "/v1/b2b/sessions/authenticate", backend.headers(),
                     R"({"session_token":")" + ada.token + "\"}");
            if (answer.response.status == 200U) ++done;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(done, 8);
}

}  // namespace
}  // namespace rollcall::tests
