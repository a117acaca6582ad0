// Sessions: authenticate, list, revoke, and the keys that verify them (contract §5.3 to §5.8).
#include "unit/api/management_sessions_fixture.hpp"

namespace rollcall::tests {
namespace {

using namespace std::chrono_literals;

class SessionCalls : public SessionsTest {
protected:
    std::string get_path(std::string const& member) const {
        return "/v1/b2b/sessions?organization_id=" + organization + "&member_id=" + member;
    }
    Answer revoke(std::string const& field, std::string const& value, Headers headers = {}) {
        return send("POST", "/v1/b2b/sessions/revoke",
                    fmt::format(R"({{"{}":"{}"}})", field, value), std::move(headers));
    }
    Answer authenticate_jwt(std::string const& jwt) {
        return send("POST", "/v1/b2b/sessions/authenticate",
                    fmt::format(R"({{"session_jwt":"{}"}})", jwt));
    }

    Connected connected = connect();
    std::string organization = connected.organization;
    Session ada = log_in(organization, "ada@example.com");
};

TEST_F(SessionCalls, AuthenticateByTokenGivesANewJwtAndKeepsTheEnd) {
    clock.advance(10min);
    auto const answer = authenticate(ada);
    auto const body = answer.json();
    EXPECT_EQ(session_of(answer).id, ada.id);
    EXPECT_EQ(body.at("session_token").as_string(), ada.token);
    EXPECT_NE(body.at("session_jwt").as_string(), ada.jwt);
    EXPECT_FALSE(body.as_object().contains("verdict"));
    auto const& session = body.at("member_session").as_object();
    EXPECT_EQ(session.at("last_accessed_at").as_string(), format_seconds(clock.now()));
    EXPECT_EQ(session.at("expires_at").as_string(), format_seconds(clock.now() + 50min));
    EXPECT_EQ(body.at("member").at("email_address").as_string(), "ada@example.com");
    EXPECT_EQ(body.at("organization").at("organization_id").as_string(), organization);
}

TEST_F(SessionCalls, AuthenticateExtendsFromNow) {
    clock.advance(10min);
    auto const answer = authenticate(ada, R"(,"session_duration_minutes":30)");
    EXPECT_EQ(answer.json().at("member_session").at("expires_at").as_string(),
              format_seconds(clock.now() + 30min));
    auto const shortest = Limits::session_duration_min.count();
    auto const longest = Limits::session_duration_max.count();
    for (auto const bad : {shortest - 1, longest + 1, -shortest}) {
        expect_error(authenticate(ada, fmt::format(R"(,"session_duration_minutes":{})", bad)), 400,
                     "invalid_session_duration_minutes", "session_duration_minutes");
    }
    expect_error(authenticate(ada, R"(,"session_duration_minutes":"60")"), 400,
                 "invalid_request_value", "session_duration_minutes");
    for (auto const& good :
         {std::to_string(shortest), std::to_string(longest), std::string("60.0")}) {
        EXPECT_EQ(authenticate(ada, fmt::format(R"(,"session_duration_minutes":{})", good))
                      .response.status,
                  200);
    }
}

TEST_F(SessionCalls, CustomClaimsAreMergedBoundedAndInTheJwt) {
    authenticate(ada, R"(,"session_custom_claims":{"plan":"gold","iss":"x","seats":3})");
    auto const answer = authenticate(ada, R"(,"session_custom_claims":{"seats":null})");
    EXPECT_EQ(answer.json().at("member_session").at("custom_claims"),
              (json::object{{"plan", "gold"}}));
    auto const claims = payload_of(session_of(answer).jwt);
    EXPECT_EQ(claims.at("plan").as_string(), "gold");
    EXPECT_EQ(claims.at("iss").as_string(), "stytch.com/" + to_string(backend.project));
    expect_error(authenticate(ada, R"(,"session_custom_claims":{"https://stytch.com/x":1})"), 400,
                 "stytch_claims_in_custom_claims", "session_custom_claims");
    auto const room =
        limits.custom_claims_bytes_max - std::string(R"({"plan":"gold","x":""})").size();
    auto const filled = [&](std::size_t size) {
        return authenticate(
            ada, fmt::format(R"(,"session_custom_claims":{{"x":"{}"}})", std::string(size, 'a')));
    };
    expect_error(filled(room + 1), 400, "custom_claims_too_large", "session_custom_claims");
    EXPECT_EQ(filled(room).response.status, 200);
}

// RFC 7519 §4: names of claims are case-sensitive.
TEST_F(SessionCalls, CustomClaimsMayDifferInCase) {
    auto const answer =
        authenticate(ada, R"(,"session_custom_claims":{"Exp":1,"Plan":2,"plan":3})");
    auto const session = session_of(answer);
    EXPECT_EQ(payload_of(session.jwt).at("Exp"), 1);
    EXPECT_EQ(answer.json().at("member_session").at("custom_claims"),
              (json::object{{"Exp", 1}, {"Plan", 2}, {"plan", 3}}));
    EXPECT_EQ(authenticate_jwt(session.jwt).response.status, 200);
    EXPECT_EQ(send("GET", "/v1/b2b/organizations/" + organization + "/members/" + ada.member, "",
                   with_jwt(session))
                  .response.status,
              send("GET", "/v1/b2b/organizations/" + organization + "/members/" + ada.member, "",
                   with_token(session))
                  .response.status);
}

TEST_F(SessionCalls, CustomClaimsAreFiniteNumbers) {
    expect_error(authenticate(ada, R"(,"session_custom_claims":{"rank":1e999})"), 400,
                 "invalid_argument", "\"rank\"");
    EXPECT_EQ(authenticate(ada).response.status, 200);
}

TEST_F(SessionCalls, TheJwtSaysWhatTheContractSays) {
    auto const parsed = crypto::parse_jws(ada.jwt);
    ASSERT_TRUE(parsed);
    auto const header = json::parse(parsed->header).as_object();
    EXPECT_EQ(header.at("alg").as_string(), "RS256");
    EXPECT_EQ(header.at("typ").as_string(), "JWT");
    auto const claims = payload_of(ada.jwt);
    EXPECT_EQ(claims.at("aud"), json::array{to_string(backend.project)});
    EXPECT_EQ(claims.at("sub").as_string(), ada.member);
    EXPECT_EQ(claims.at("iat").as_int64(), seconds_now());
    EXPECT_EQ(claims.at("nbf").as_int64(), seconds_now());
    EXPECT_EQ(claims.at("exp").as_int64(), seconds_now(300s));
    auto const& session = claims.at("https://stytch.com/session").as_object();
    EXPECT_EQ(session.at("id").as_string(), ada.id);
    EXPECT_EQ(session.at("roles"), json::array{"stytch_member"});
    EXPECT_EQ(session.at("attributes"), (json::object{{"user_agent", ""}, {"ip_address", ""}}));
    EXPECT_EQ(session.at("authentication_factors").as_array().size(), 1U);
    auto const& where = claims.at("https://stytch.com/organization").as_object();
    EXPECT_EQ(where.at("organization_id").as_string(), organization);
    EXPECT_EQ(where.at("slug").as_string(), "acme-inc");
}

TEST_F(SessionCalls, AJwtAuthenticatesAlsoAfterItsEnd) {
    clock.advance(20min);
    auto const answer = authenticate_jwt(ada.jwt);
    EXPECT_EQ(session_of(answer).id, ada.id);
    EXPECT_EQ(answer.json().at("session_token").as_string(), "");
    clock.advance(41min);
    expect_error(authenticate_jwt(ada.jwt), 404, "session_not_found");
}

TEST_F(SessionCalls, KeysAreMadeForSoManyAtOnce) {
    auto const path =
        "/v1/b2b/sessions/jwks/" + to_string(create_backend(Environment::test).project);
    auto const ask_with = [&](std::size_t waiting_max) {
        auto bounds = limits;
        bounds.work_waiting_max = waiting_max;
        service::Services services_with(*store, clock, ids, bounds);
        auto const api_with = api::make_management_api(services_with, bounds, public_url);
        return call(*api_with, "GET", path);
    };
    expect_error(ask_with(0), 503, "server_unavailable", "session JWTs and keys");
    EXPECT_EQ(ask_with(1).response.status, 200U);
}

TEST_F(SessionCalls, ForgedAndForeignJwtsAreNotFound) {
    auto changed = ada.jwt;
    changed[changed.size() - 10] = changed[changed.size() - 10] == 'A' ? 'B' : 'A';
    expect_error(authenticate_jwt(changed), 404, "session_not_found");
    // Signed by somebody else with the claims of a session.
    auto const forged = crypto::sign_jws(json::serialize(payload_of(ada.jwt)), "k", issuer_key());
    expect_error(authenticate_jwt(forged), 404, "session_not_found");
    auto const other = create_backend(Environment::test);
    expect_error(send_as(other, "POST", "/v1/b2b/sessions/authenticate",
                         fmt::format(R"({{"session_jwt":"{}"}})", ada.jwt)),
                 404, "session_not_found");
    expect_error(send_as(other, "POST", "/v1/b2b/sessions/authenticate",
                         fmt::format(R"({{"session_token":"{}"}})", ada.token)),
                 404, "session_not_found");
}

TEST_F(SessionCalls, ArgumentsAreOneOfTwo) {
    expect_error(send("POST", "/v1/b2b/sessions/authenticate", "{}"), 400, "no_session_arguments",
                 "session_token");
    expect_error(authenticate(ada, fmt::format(R"(,"session_jwt":"{}")", ada.jwt)), 400,
                 "too_many_session_arguments", "session_jwt");
    expect_error(send("POST", "/v1/b2b/sessions/authenticate", R"({"session_token":"short"})"), 400,
                 "invalid_session_token", "session_token");
    expect_error(authenticate_jwt("a.b.c"), 400, "unable_to_parse_session_jwt", "session_jwt");
}

TEST_F(SessionCalls, AnAuthorizationCheckIsPassedOrRefused) {
    auto const check = [&](Session const& who, std::string const& where,
                           std::string const& resource, std::string const& action) {
        return authenticate(
            who,
            fmt::format(R"(,"authorization_check":{{"organization_id":"{}","resource_id":"{}",)"
                        R"("action":"{}"}})",
                        where, resource, action));
    };
    auto const own = check(ada, organization, "stytch.self", "update.info.name");
    EXPECT_EQ(
        own.json().at("verdict"),
        (json::object{{"authorized", true}, {"granting_roles", json::array{"stytch_member"}}}));
    expect_error(check(ada, organization, "stytch.scim", "get"), 403,
                 "session_authorization_error");
    auto const root = log_in_admin(organization, "root@example.com");
    EXPECT_EQ(check(root, "acme-inc", "stytch.scim", "get").response.status, 200);
    auto const other = std::string(create_organization().at("organization_id").as_string());
    expect_error(check(root, other, "stytch.scim", "get"), 403,
                 "session_authorization_tenancy_error");
    expect_error(authenticate(ada, R"(,"authorization_check":{"organization_id":"x"})"), 400,
                 "invalid_argument", "resource_id");
}

TEST_F(SessionCalls, GetListsTheLiveOnes) {
    auto const second = session_of(attest(sign(claims_about("ada@example.com")), organization,
                                          R"(,"session_duration_minutes":600)"));
    auto const ids_listed = [&] {
        std::vector<std::string> listed;
        auto const answer = send("GET", get_path(ada.member));
        EXPECT_EQ(answer.response.status, 200) << answer.body();
        auto const body = answer.json();
        for (auto const& session : body.at("member_sessions").as_array()) {
            listed.emplace_back(session.at("member_session_id").as_string());
        }
        return listed;
    };
    EXPECT_EQ(ids_listed(), (std::vector{ada.id, second.id}));
    clock.advance(61min);
    EXPECT_EQ(ids_listed(), std::vector{second.id});
    expect_error(send("GET", get_path("member-test-11111111-1111-4111-8111-111111111111")), 404,
                 "member_not_found");
    for (auto const* none : {"", "&organization_id="}) {
        expect_error(send("GET", "/v1/b2b/sessions?member_id=" + ada.member + none), 400,
                     "invalid_argument", "organization_id is required");
    }
    for (auto const* none : {"", "&member_id="}) {
        expect_error(send("GET", "/v1/b2b/sessions?organization_id=" + organization + none), 400,
                     "invalid_argument", "member_id is required");
    }
    expect_error(send("GET", "/v1/b2b/sessions"), 400, "invalid_argument", "organization_id");
}

TEST_F(SessionCalls, RevokeEndsOneOrAll) {
    auto const second = session_of(attest(sign(claims_about("ada@example.com")), organization));
    auto const third = session_of(attest(sign(claims_about("ada@example.com")), organization));
    auto const fourth = session_of(attest(sign(claims_about("ada@example.com")), organization));
    EXPECT_EQ(revoke("session_token", ada.token).response.status, 200);
    expect_error(authenticate(ada), 404, "session_not_found");
    expect_error(revoke("session_token", ada.token), 404, "session_not_found");
    EXPECT_EQ(revoke("session_jwt", second.jwt).response.status, 200);
    EXPECT_EQ(revoke("member_session_id", third.id).response.status, 200);
    expect_error(authenticate(second), 404, "session_not_found");
    expect_error(authenticate(third), 404, "session_not_found");
    EXPECT_EQ(authenticate(fourth).response.status, 200);
    EXPECT_EQ(revoke("member_id", ada.member).response.status, 200);
    expect_error(authenticate(fourth), 404, "session_not_found");
    expect_error(revoke("member_session_id", "nonsense"), 400, "invalid_session_id");
    expect_error(revoke("member_id", "member-test-11111111-1111-4111-8111-111111111111"), 404,
                 "member_not_found");
    expect_error(send("POST", "/v1/b2b/sessions/revoke", "{}"), 400, "no_session_revoke_arguments");
    expect_error(
        send("POST", "/v1/b2b/sessions/revoke",
             fmt::format(R"({{"member_id":"{}","session_token":"{}"}})", ada.member, ada.token)),
        400, "too_many_session_revoke_arguments");
}

TEST_F(SessionCalls, RevokingWithASessionNeedsPermissionButForOnesOwn) {
    auto const bob = log_in(organization, "bob@example.com");
    expect_error(revoke("session_token", bob.token, with_token(ada)), 403,
                 "session_authorization_error");
    expect_error(revoke("member_id", bob.member, with_token(ada)), 403,
                 "session_authorization_error");
    auto const other = std::string(create_organization().at("organization_id").as_string());
    auto const stranger = log_in_admin(other, "eve@example.com");
    // What is another organization's is not there.
    expect_error(revoke("member_session_id", bob.id, with_token(stranger)), 404,
                 "session_not_found");
    expect_error(revoke("session_token", bob.token, with_token(stranger)), 404,
                 "session_not_found");
    expect_error(revoke("member_id", bob.member, with_token(stranger)), 404, "member_not_found");
    expect_error(send("PUT", "/v1/b2b/organizations/" + other + "/members/" + bob.member, "{}",
                      with_token(stranger)),
                 404, "member_not_found");
    auto const root = log_in_admin(organization, "root@example.com");
    EXPECT_EQ(revoke("member_session_id", bob.id, with_token(root)).response.status, 200);
    EXPECT_EQ(revoke("member_id", ada.member, with_token(ada)).response.status, 200);
    expect_error(authenticate(ada), 404, "session_not_found");
}

TEST_F(SessionCalls, KeysArePublicAndFollowedByOthers) {
    auto const path = "/v1/b2b/sessions/jwks/" + to_string(backend.project);
    auto const answer = call(*api, "GET", path, {});
    EXPECT_EQ(answer.response.status, 200) << answer.body();
    EXPECT_EQ(answer.header("Cache-Control"), "public, max-age=900");
    auto const keys = answer.json().at("keys").as_array();
    ASSERT_EQ(keys.size(), 1U);
    auto const header = json::parse(crypto::parse_jws(ada.jwt)->header).as_object();
    EXPECT_EQ(keys.at(0).at("kid"), header.at("kid"));
    EXPECT_EQ(keys.at(0).at("x5tS256").as_string(), "");
    auto const key = expect_value(crypto::parse_jwk(json::serialize(keys.at(0))));
    EXPECT_TRUE(crypto::verify_jws(*crypto::parse_jws(ada.jwt), key));

    expect_value(run_task(services.signing_keys.rotate(backend.project)));
    EXPECT_EQ(call(*api, "GET", path, {}).json().at("keys").as_array().size(), 2U);
    // The old signature is still good; the new one is by the new key.
    auto const renewed = authenticate_jwt(ada.jwt);
    EXPECT_EQ(renewed.response.status, 200) << renewed.body();
    auto const new_header = json::parse(crypto::parse_jws(session_of(renewed).jwt)->header);
    EXPECT_NE(new_header.at("kid"), header.at("kid"));

    for (std::string const unknown : {"project-test-11111111-1111-4111-8111-111111111111", "x"}) {
        auto const missing = call(*api, "GET", "/v1/b2b/sessions/jwks/" + unknown, {});
        EXPECT_EQ(missing.response.status, 404);
        EXPECT_EQ(error_type(missing), "project_not_found");
    }
}

TEST_F(SessionCalls, AKeyGetsASuccessorAfterHalfAYearAndGoesAMonthLater) {
    auto const path = "/v1/b2b/sessions/jwks/" + to_string(backend.project);
    auto const count = [&] {
        return call(*api, "GET", path, {}).json().at("keys").as_array().size();
    };
    EXPECT_EQ(count(), 1U);
    clock.advance(service::signing_key_lifetime - 1h);
    EXPECT_EQ(count(), 1U);
    clock.advance(2h);
    EXPECT_EQ(count(), 2U);
    clock.advance(service::signing_key_overlap + 1h);
    EXPECT_EQ(count(), 1U);
}

}  // namespace
}  // namespace rollcall::tests
