// Every route with every kind of caller, from the route tables themselves: a route without a row
// fails the build's tests. What each kind of caller gets follows from the route's access alone; a
// row only says how a good request looks.
#include "api/management/routes.hpp"
#include "api/scim/api.hpp"
#include "unit/api/management_sessions_fixture.hpp"

#include <map>
#include <optional>

namespace rollcall::tests {
namespace {

using api::management::Access;
using api::management::Route;

/// Whose objects a request names: those of a tenant, which another project cannot find, or only
/// those of whatever project calls.
enum class Names : std::uint8_t { tenant, callers_own };

struct Row {
    std::string_view route;
    Names names = Names::tenant;
    std::string_view body{};
    std::string_view query{};
    bool names_by_id = false;  ///< without an organization: another's objects are not there
};

// Words in angle brackets stand for what the request's own world has.
constexpr Row rows[] = {
    {"GET /v1/b2b/scim/{organization_id}/connection/{connection_id}"},
    {"GET /v1/b2b/scim/{organization_id}/connection"},
    {"POST /v1/b2b/scim/{organization_id}/connection"},
    {"PUT /v1/b2b/scim/{organization_id}/connection/{connection_id}", Names::tenant,
     R"({"display_name":"New"})"},
    {"DELETE /v1/b2b/scim/{organization_id}/connection/{connection_id}"},
    {"POST /v1/b2b/scim/{organization_id}/connection/{connection_id}/rotate/start"},
    {"POST /v1/b2b/scim/{organization_id}/connection/{connection_id}/rotate/complete"},
    {"POST /v1/b2b/scim/{organization_id}/connection/{connection_id}/rotate/cancel"},
    {"GET /v1/rollcall/scim/{organization_id}/connection/{connection_id}/options"},
    {"PUT /v1/rollcall/scim/{organization_id}/connection/{connection_id}/options", Names::tenant,
     R"({"user_groups":true})"},
    {"GET /v1/rollcall/scim/{organization_id}/connection/{connection_id}/requests"},
    {"GET /v1/rollcall/scim/{organization_id}/connection/{connection_id}/schemas"},
    {"GET /v1/rollcall/scim/{organization_id}/connection/{connection_id}/schemas/{schema_id}"},
    {"PUT /v1/rollcall/scim/{organization_id}/connection/{connection_id}/schemas/{schema_id}",
     Names::tenant, R"({"schema":{"name":"Badge","attributes":[{"name":"number"}]}})"},
    {"DELETE /v1/rollcall/scim/{organization_id}/connection/{connection_id}/schemas/{schema_id}"},

    {"POST /v1/b2b/organizations", Names::callers_own, R"({"organization_name":"Another"})"},
    {"GET /v1/b2b/organizations/{organization_id}"},
    {"PUT /v1/b2b/organizations/{organization_id}", Names::tenant,
     R"({"organization_name":"New"})"},
    {"DELETE /v1/b2b/organizations/{organization_id}"},
    {"POST /v1/b2b/organizations/search", Names::callers_own, "{}"},
    {"GET /v1/b2b/organizations/{organization_id}/metrics"},
    {"GET /v1/b2b/organizations/{organization_id}/connected_apps"},
    {"DELETE /v1/b2b/organizations/{organization_id}/external_id"},

    {"GET /v1/b2b/organizations/{organization_id}/member", Names::tenant, "", "member_id=<member>"},
    {"POST /v1/b2b/organizations/members/search", Names::tenant,
     R"({"organization_ids":["<organization>"]})"},
    {"POST /v1/b2b/organizations/{organization_id}/members", Names::tenant,
     R"({"email_address":"new@example.com"})"},
    {"PUT /v1/b2b/organizations/{organization_id}/members/{member_id}", Names::tenant,
     R"({"name":"New"})"},
    {"DELETE /v1/b2b/organizations/{organization_id}/members/{member_id}"},
    {"PUT /v1/b2b/organizations/{organization_id}/members/{member_id}/reactivate"},
    {"DELETE /v1/b2b/organizations/{organization_id}/members/{member_id}/external_id"},
    {"POST /v1/b2b/organizations/{organization_id}/members/{member_id}/unlink_retired_email",
     Names::tenant, R"({"email_address":"former@example.com"})"},
    {"GET /v1/b2b/organizations/members/dangerously_get/{member_id}"},

    {"GET /v1/b2b/rbac/policy", Names::callers_own},
    {"GET /v1/b2b/rbac/organizations/{organization_id}"},
    {"PUT /v1/b2b/rbac/organizations/{organization_id}", Names::tenant,
     R"({"org_policy":{"roles":[]}})"},
    {"GET /v1/rollcall/rbac/policy", Names::callers_own},
    {"PUT /v1/rollcall/rbac/policy", Names::callers_own, R"({"policy":{}})"},

    {"POST /v1/b2b/sessions/authenticate", Names::tenant, R"({"session_token":"<token>"})"},
    {"POST /v1/b2b/sessions/attest", Names::tenant,
     R"({"profile_id":"<profile>","organization_id":"<organization>","token":"<attestation>"})"},
    {"GET /v1/b2b/sessions", Names::tenant, "",
     "organization_id=<organization>&member_id=<member>"},
    {"POST /v1/b2b/sessions/revoke", Names::tenant, R"({"session_token":"<token>"})", "", true},
    {"POST /v1/b2b/sessions/exchange", Names::tenant,
     R"({"organization_id":"<foreign>","session_token":"<token>"})"},
    {"GET /v1/b2b/sessions/jwks/{project_id}"},
    {"POST /v1/b2b/passwords/migrate", Names::tenant,
     R"({"organization_id":"<organization>","email_address":"p@example.com",)"
     R"("hash_type":"bcrypt","hash":"<bcrypt>"})"},
    {"POST /v1/b2b/passwords/authenticate", Names::tenant,
     R"({"organization_id":"<organization>","email_address":"subject@example.com",)"
     R"("password":"U*U"})"},
    {"POST /v1/b2b/impersonation/authenticate", Names::tenant,
     R"({"impersonation_token":"<impersonation>"})"},

    {"GET /v1/rollcall/project", Names::callers_own},
    {"GET /v1/rollcall/project/secrets", Names::callers_own},
    {"POST /v1/rollcall/project/secrets", Names::callers_own},
    {"DELETE /v1/rollcall/project/secrets/{secret_id}"},
    {"GET /v1/rollcall/trusted_token_profiles", Names::callers_own},
    {"POST /v1/rollcall/trusted_token_profiles", Names::callers_own, "<new profile>"},
    {"GET /v1/rollcall/trusted_token_profiles/{profile_id}"},
    {"PUT /v1/rollcall/trusted_token_profiles/{profile_id}", Names::tenant, R"({"name":"New"})"},
    {"DELETE /v1/rollcall/trusted_token_profiles/{profile_id}"},

    {"GET /docs/errors"},
    {"GET /openapi.json"},
    {"GET /v1/debug/whoami", Names::callers_own},
};

constexpr std::string_view urn = "urn:acme:Badge";
/// Of the password "U*U", from the tests of crypt_blowfish.
constexpr std::string_view bcrypt = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
const std::string impersonation_token(44, 'i');

class AuthorizationMatrix : public SessionsTest {
protected:
    /// What one route's requests speak about.
    struct World {
        Connected connected;
        Session subject;  ///< of an ordinary member, who is acted upon
        Session plain;    ///< may do nothing to others
        Session admin;
        std::string attestation;
        std::string secret_id;
    };

    World make_world() {
        World world;
        world.connected = connect();
        auto const& where = world.connected.organization;
        world.subject = log_in(where, "former@example.com");
        change_subject(where, world.subject.member);
        world.plain = log_in(where, "plain@example.com");
        world.admin = log_in_admin(where, "admin@example.com");
        world.attestation = sign(claims_about("plain@example.com"));
        return world;
    }

    // Gives the member a retired address and an external id, of which some routes speak.
    void change_subject(std::string const& organization, std::string const& member) {
        auto const changed =
            send("PUT", "/v1/b2b/organizations/" + organization + "/members/" + member,
                 R"({"email_address":"subject@example.com","external_id":"u-1"})");
        EXPECT_EQ(changed.response.status, 200U) << changed.body();
    }

    // Some routes need more to be there.
    void prepare(Route const& route, World& world) {
        auto const name = route.name;
        auto const& connected = world.connected;
        if (name.contains("rotate/c")) send("POST", connected.path() + "/rotate/start");
        if (name.ends_with("{schema_id}")) {
            send("PUT", connected.own_path() + "/schemas/" + std::string(urn),
                 R"({"schema":{"name":"Badge","attributes":[{"name":"number"}]}})");
        }
        if (name == "POST /v1/b2b/scim/{organization_id}/connection") {
            send("DELETE", connected.path());
        }
        if (name.ends_with("{secret_id}")) {
            auto const made = send("POST", "/v1/rollcall/project/secrets").json();
            world.secret_id = std::string(made.at("project_secret").at("secret_id").as_string());
        }
        if (name.ends_with("passwords/authenticate")) migrate(connected.organization);
        if (name.ends_with("/exchange")) {
            migrate(connected.organization);
            migrate(foreign.organization);
        }
        if (name.ends_with("impersonation/authenticate")) impersonate(world);
        if (name.ends_with("/reactivate")) {
            verify_and_delete(connected.organization, world.subject.member);
        }
    }

    // Gives the subject's address a password in the organization, and makes it verified.
    void migrate(std::string const& organization) {
        auto const made =
            send("POST", "/v1/b2b/passwords/migrate",
                 fmt::format(R"({{"organization_id":"{}","email_address":"subject@example.com",)"
                             R"("hash_type":"bcrypt","hash":"{}"}})",
                             organization, bcrypt));
        EXPECT_EQ(made.response.status, 200U) << made.body();
    }

    void impersonate(World const& world) {
        auto const key = *expect_value(
            run_task(store->find_organization(project_key(backend), world.connected.organization)));
        expect_value(run_task(store->create_impersonation_token(
            key, {.digest = crypto::sha256(impersonation_token),
                  .member = *parse_id<MemberId>(world.subject.member),
                  .impersonator_id = "support",
                  .impersonator_address = "support@example.com",
                  .expires_at = clock.now() + std::chrono::minutes(5)})));
    }

    // Only a deleted member with a verified address can be reactivated.
    void verify_and_delete(std::string const& organization, std::string const& member) {
        auto const key =
            *expect_value(run_task(store->find_organization(project_key(backend), organization)));
        auto record = *expect_value(run_task(store->find_member(key, member)));
        record.member.email_address_verified = true;
        expect_value(run_task(store->update_member(key, {.member = record.member,
                                                         .attributes = std::nullopt,
                                                         .events = {},
                                                         .now = clock.now()})));
        send("DELETE", "/v1/b2b/organizations/" + organization + "/members/" + member);
    }

    std::string filled(std::string text, World const& world) {
        std::map<std::string, std::string> const words{
            {"{organization_id}", world.connected.organization},
            {"{connection_id}", world.connected.connection},
            {"{schema_id}", std::string(urn)},
            {"{member_id}", world.subject.member},
            {"{project_id}", to_string(backend.project)},
            {"{profile_id}", profile_id},
            {"{secret_id}", world.secret_id},
            {"<organization>", world.connected.organization},
            {"<member>", world.subject.member},
            {"<token>", world.subject.token},
            {"<profile>", profile_id},
            {"<attestation>", world.attestation},
            {"<foreign>", foreign.organization},
            {"<bcrypt>", std::string(bcrypt)},
            {"<impersonation>", impersonation_token},
            {"<new profile>", R"({"name":"x","issuer":"https://i.example.com","audience":"a",)"
                              R"("public_key_type":"JWK","jwks":{"keys":[{"kty":"RSA","n":")" +
                                  issuer_key().modulus() +
                                  R"(","e":"AQAB"}]},)"
                                  R"("attribute_mapping":{"email":"email","token_id":"jti"}})"},
        };
        for (auto const& [word, value] : words) {
            for (auto at = text.find(word); at != std::string::npos; at = text.find(word)) {
                text.replace(at, word.size(), value);
            }
        }
        return text;
    }

    Answer ask(Route const& route, Row const& row, World const& world, Headers const& headers) {
        auto target = std::string(route.pattern);
        if (!row.query.empty()) target += "?" + std::string(row.query);
        return call(*api, route.method_text, filled(target, world), headers,
                    filled(std::string(row.body), world));
    }

    static Headers and_also(Headers headers, Headers const& more) {
        headers.insert(headers.end(), more.begin(), more.end());
        return headers;
    }

    void expect_refused(Answer const& answer, unsigned status, std::string const& type) {
        EXPECT_EQ(answer.response.status, status) << answer.body();
        EXPECT_EQ(error_type(answer), type) << answer.body();
    }

    // Those who are no backend of the project.
    void expect_strangers_refused(Route const& route, Row const& row, World const& world) {
        expect_refused(ask(route, row, world, {}), 401, "unauthorized_credentials");
        for (std::string const malformed : {"Basic", "Basic !", "Digest x", "x"}) {
            expect_refused(ask(route, row, world, {{"Authorization", malformed}}), 400,
                           "invalid_authorization_header");
        }
        auto wrong = backend;
        wrong.secret.back() = wrong.secret.back() == 'a' ? 'b' : 'a';
        expect_refused(ask(route, row, world, wrong.headers()), 401, "unauthorized_credentials");
        expect_refused(ask(route, row, world, {{"Authorization", "Bearer " + foreign.token}}), 400,
                       "invalid_authorization_header");
        auto const other = ask(route, row, world, neighbour.headers());
        if (row.names == Names::tenant) {
            // A login tells nobody what was wrong.
            auto const is_login = route.name.ends_with("/authenticate");
            EXPECT_TRUE(other.response.status == 404U ||
                        (is_login && other.response.status == 401U))
                << other.body();
        } else {
            EXPECT_EQ(other.response.status, 200U) << other.body();
        }
    }

    // Sessions of members who may not do it. They narrow the call, or say nothing at all.
    void expect_weak_sessions_refused(Route const& route, Row const& row, World const& world) {
        auto const with = [&](Session const& session) {
            return ask(route, row, world, and_also(backend.headers(), with_token(session)));
        };
        if (route.access == Access::project_session) {
            if (row.names_by_id) {
                expect_refused(with(stranger), 404, "session_not_found");
            } else {
                expect_refused(with(stranger), 403, "session_authorization_tenancy_error");
            }
            expect_refused(with(world.plain), 403, "session_authorization_error");
            expect_refused(
                ask(route, row, world, and_also(backend.headers(), with_jwt(world.plain))), 403,
                "session_authorization_error");
        } else if (route.access == Access::project_alone) {
            auto const names_one = route.pattern.contains("{organization_id}");
            expect_refused(
                with(stranger), 403,
                names_one ? "session_authorization_tenancy_error" : "session_authorization_error");
            expect_refused(with(world.admin), 403, "session_authorization_error");
        } else if (route.method == http::Method::get) {
            EXPECT_EQ(with(stranger).response.status, 200U);
            EXPECT_EQ(with(world.plain).response.status, 200U);
        }
    }

    Backend neighbour = create_backend(Environment::test);
    Connected foreign = connect();
    Session stranger = log_in_admin(foreign.organization, "stranger@example.com");
};

TEST_F(AuthorizationMatrix, EveryManagementRouteWithEveryCaller) {
    std::map<std::string_view, Row> by_route;
    for (auto const& row : rows) by_route.emplace(row.route, row);
    for (auto const& route : api::management::route_table()) {
        SCOPED_TRACE(route.name);
        auto const found = by_route.find(route.name);
        ASSERT_NE(found, by_route.end()) << "the matrix has no row for this route";
        auto const& row = found->second;
        auto world = make_world();
        prepare(route, world);
        if (route.access == Access::anyone) {
            EXPECT_EQ(ask(route, row, world, {}).response.status, 200U);
        } else {
            expect_strangers_refused(route, row, world);
            expect_weak_sessions_refused(route, row, world);
        }
        auto headers = backend.headers();
        if (route.access != Access::project_alone) {
            headers = and_also(headers, with_token(world.admin));
        }
        auto const allowed = ask(route, row, world, headers);
        EXPECT_EQ(allowed.response.status, 200U) << allowed.body();
        by_route.erase(route.name);
        // One of them is gone now.
        if (route.name.contains("{profile_id}")) create_profile();
    }
    for (auto const& [route, row] : by_route) ADD_FAILURE() << "there is no route " << route;
}

TEST_F(AuthorizationMatrix, EveryScimRouteWithEveryCaller) {
    auto const scim = api::make_scim_api(services.tokens, services.users, services.groups,
                                         services.searches, public_url, limits);
    auto const mine = connect();
    for (auto const& route : scim->routes()) {
        SCOPED_TRACE(std::string(route.method) + " " + std::string(route.pattern));
        auto path = std::string(route.pattern);
        for (auto const& [word, value] :
             {std::pair<std::string, std::string>{"{connection_id}", mine.connection},
              {"{id}", "member-test-11111111-1111-4111-8111-111111111111"}}) {
            if (auto const at = path.find(word); at != std::string::npos) {
                path.replace(at, word.size(), value);
            }
        }
        auto const ask_as = [&](Headers const& headers) {
            auto const method = route.method == "*" ? std::string_view("GET") : route.method;
            return call(*scim, method, path, headers, "{}").response.status;
        };
        if (route.caller == "anyone") {
            EXPECT_NE(ask_as({}), 401U);
            continue;
        }
        EXPECT_EQ(ask_as({}), 401U);
        EXPECT_EQ(ask_as({{"Authorization", "x"}}), 401U);
        EXPECT_EQ(ask_as({{"Authorization", "Bearer " + std::string(48, 'a')}}), 401U);
        EXPECT_EQ(ask_as({{"Authorization", "Bearer " + foreign.token}}), 401U);
        EXPECT_EQ(ask_as(backend.headers()), 401U);
        EXPECT_EQ(ask_as({{"Authorization", "Bearer " + stranger.jwt}}), 401U);
        auto const own = ask_as({{"Authorization", "Bearer " + mine.token}});
        EXPECT_NE(own, 401U);
        EXPECT_NE(own, 403U);
    }
}

}  // namespace
}  // namespace rollcall::tests
