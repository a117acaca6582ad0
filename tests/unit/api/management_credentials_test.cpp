// Who may call: Basic credentials and session headers (contract §1.2, §1.3).
#include "base/text.hpp"
#include "unit/api/management_fixture.hpp"

namespace rollcall::tests {
namespace {

class ManagementCredentials : public ManagementTest {
protected:
    Answer get(Headers const& headers) {
        auto answer = call(*api, "GET", "/v1/b2b/organizations/acme", headers);
        expect_conventions(answer);
        return answer;
    }
    Answer get_with(std::string const& authorization) {
        return get({{"Authorization", authorization}});
    }
    std::string basic(std::string const& user, std::string const& password) {
        return "Basic " + base64(user + ":" + password);
    }
};

TEST_F(ManagementCredentials, RightOnesPass) {
    create_organization(R"(,"organization_slug":"acme")");
    EXPECT_EQ(get(backend.headers()).response.status, 200);
    auto const encoded = base64(to_string(backend.project) + ":" + backend.secret);
    EXPECT_EQ(get_with("basic   " + encoded + " ").response.status, 200);
}

TEST_F(ManagementCredentials, AbsentHeader) {
    auto const answer = get({});
    expect_error(answer, 401, "unauthorized_credentials");
    EXPECT_TRUE(answer.header("WWW-Authenticate").starts_with("Basic"));
}

TEST_F(ManagementCredentials, HeaderThatIsNotBasic) {
    auto const encoded = base64(to_string(backend.project) + ":" + backend.secret);
    for (std::string const& header :
         {std::string("Bearer abc"), std::string(""), std::string("Basic"), std::string("Basic "),
          std::string("Basic !!!!"), "Basic " + base64("no colon"), "Basic" + encoded,
          "Basic " + encoded + "=A", "Basic " + std::string(4000, 'A')}) {
        expect_error(get_with(header), 400, "invalid_authorization_header");
    }
}

TEST_F(ManagementCredentials, AreReadUpToTheLimit) {
    // Three bytes are four characters of base64. No user has an empty name.
    std::string const longest(Limits::credentials_bytes_max / 4 * 3, ':');
    expect_error(get_with("Basic " + base64(longest)), 400, "invalid_project_id_authentication");
    expect_error(get_with("Basic " + base64(longest + ":")), 400, "invalid_authorization_header");
}

TEST_F(ManagementCredentials, MalformedProjectId) {
    for (std::string const user :
         {"", "project-test-", "project-prod-0190f5a0-0000-7000-8000-000000000000",
          "organization-test-0190f5a0-0000-7000-8000-000000000000", "nobody"}) {
        expect_error(get_with(basic(user, backend.secret)), 400,
                     "invalid_project_id_authentication");
    }
}

TEST_F(ManagementCredentials, MalformedSecret) {
    auto const user = to_string(backend.project);
    for (std::string const& password :
         {std::string(""), std::string("password"), std::string("secret-test-"),
          std::string("secret-test-a b"), std::string("secret-prod-abcdefgh"),
          "secret-test-" + std::string(129, 'a'), std::string("secret-test-a\0b", 15)}) {
        expect_error(get_with(basic(user, password)), 400, "invalid_secret_authentication");
    }
}

TEST_F(ManagementCredentials, UnknownProjectOrSecret) {
    auto const stranger = to_string(ProjectId{Environment::test, ids.random_uuid()});
    expect_error(get_with(basic(stranger, backend.secret)), 401, "unauthorized_credentials");
    auto const user = to_string(backend.project);
    expect_error(get_with(basic(user, "secret-test-wrong")), 401, "unauthorized_credentials");
    expect_error(get_with(basic(user, backend.secret + "x")), 401, "unauthorized_credentials");
    // The same uuid in the other environment is another project.
    auto const live = to_string(ProjectId{Environment::live, backend.project.uuid});
    expect_error(get_with(basic(live, backend.secret)), 401, "unauthorized_credentials");
}

TEST_F(ManagementCredentials, SecretsOfOtherProjects) {
    auto const other = create_backend(Environment::test);
    expect_error(get_with(basic(to_string(backend.project), other.secret)), 401,
                 "unauthorized_credentials");
}

TEST_F(ManagementCredentials, SeveralSecretsAndRevocation) {
    create_organization(R"(,"organization_slug":"acme")");
    auto const second = expect_value(run_task(projects.create_secret(backend.project)));
    auto const with_second = Backend{backend.project, second.value.reveal(), second.record.id};
    EXPECT_EQ(get(backend.headers()).response.status, 200);
    EXPECT_EQ(get(with_second.headers()).response.status, 200);

    expect_value(run_task(projects.revoke_secret(backend.project, backend.secret_id)));
    expect_error(get(backend.headers()), 401, "unauthorized_credentials");
    EXPECT_EQ(get(with_second.headers()).response.status, 200);
}

TEST_F(ManagementCredentials, NothingSecretReachesTheLog) {
    auto const answer = get_with(basic(to_string(backend.project), "secret-test-wrongwrong"));
    EXPECT_EQ(answer.context.error.find("wrongwrong"), std::string::npos);
    EXPECT_EQ(answer.body().find("wrongwrong"), std::string::npos);
}

TEST_F(ManagementCredentials, RequestIdsSpeakOfTheProjectsEnvironment) {
    EXPECT_TRUE(std::string(get(backend.headers()).json().at("request_id").as_string())
                    .starts_with("request-id-test-"));
    auto const live = create_backend(Environment::live);
    auto const answer = get(live.headers());
    EXPECT_TRUE(
        std::string(answer.json().at("request_id").as_string()).starts_with("request-id-live-"));
}

class ManagementSessions : public ManagementTest {
protected:
    ManagementSessions() : connected(connect()) {}

    std::string const token_header = "X-Stytch-Member-Session";
    std::string const jwt_header = "X-Stytch-Member-SessionJWT";
    std::string const token = std::string(40, 'a') + "-_A=";
    std::string const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtIn0.c2ln";
    Connected connected;
};

TEST_F(ManagementSessions, EmptyHeadersAreAbsent) {
    auto const answer = send("GET", connected.path(), "", {{token_header, ""}, {jwt_header, " "}});
    EXPECT_EQ(answer.response.status, 200);
}

TEST_F(ManagementSessions, NoSessionExistsYet) {
    expect_error(send("GET", connected.path(), "", {{token_header, token}}), 404,
                 "session_not_found");
    expect_error(send("GET", connected.path(), "", {{jwt_header, jwt}}), 404, "session_not_found");
}

TEST_F(ManagementSessions, MalformedToken) {
    for (std::string const& bad : {std::string("short"), token + "a", std::string(44, '!')}) {
        expect_error(send("GET", connected.path(), "", {{token_header, bad}}), 400,
                     "invalid_session_token");
    }
}

TEST_F(ManagementSessions, UnparsableJwt) {
    for (std::string const bad : {"x", "a.b", "a.b.c", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtIn0.",
                                  "eyJhbGciOiJSUzI1NiJ9.WzFd.c2ln", "..", "é.é.é"}) {
        expect_error(send("GET", connected.path(), "", {{jwt_header, bad}}), 400,
                     "unable_to_parse_session_jwt");
    }
}

TEST_F(ManagementSessions, BothHeaders) {
    expect_error(send("GET", connected.path(), "", {{token_header, token}, {jwt_header, jwt}}), 400,
                 "too_many_session_arguments");
}

// An empty first one must not switch off the check of the second.
TEST_F(ManagementSessions, AHeaderTwice) {
    for (auto const& [name, value] : {std::pair{token_header, token}, std::pair{jwt_header, jwt}}) {
        for (auto const& [first, second] :
             {std::pair{value, value}, std::pair{std::string(), value},
              std::pair{value, std::string()}, std::pair{std::string(), std::string()}}) {
            expect_error(
                send("GET", connected.path(), "", {{name, first}, {ascii_lower(name), second}}),
                400, "too_many_session_arguments", name);
        }
    }
    expect_error(send("GET", connected.path(), "", {{token_header, ""}, {jwt_header, jwt}}), 404,
                 "session_not_found");
}

TEST_F(ManagementSessions, EveryRestrictedEndpointRefuses) {
    auto const scim = "/v1/b2b/scim/" + connected.organization + "/connection";
    auto const organization = "/v1/b2b/organizations/" + connected.organization;
    std::vector<std::pair<std::string, std::string>> const endpoints{
        {"POST", scim},
        {"GET", scim},
        {"PUT", connected.path()},
        {"DELETE", connected.path()},
        {"GET", connected.path()},
        {"POST", connected.path() + "/rotate/start"},
        {"POST", connected.path() + "/rotate/complete"},
        {"POST", connected.path() + "/rotate/cancel"},
        {"PUT", organization},
        {"DELETE", organization}};
    for (auto const& [method, path] : endpoints) {
        SCOPED_TRACE(method + " " + path);
        expect_error(send(method, path, "{}", {{token_header, token}}), 404, "session_not_found");
    }
    EXPECT_EQ(send("GET", connected.path()).response.status, 200);
}

TEST_F(ManagementSessions, IgnoredWhereTheContractSaysSo) {
    auto const path = "/v1/b2b/organizations/" + connected.organization;
    EXPECT_EQ(send("GET", path, "", {{token_header, "x"}}).response.status, 200);
    EXPECT_EQ(
        send("POST", "/v1/b2b/organizations", R"({"organization_name":"B"})", {{token_header, "x"}})
            .response.status,
        200);
}

TEST_F(ManagementSessions, CredentialsComeFirst) {
    auto const answer = call(*api, "GET", connected.path(), {{token_header, token}});
    expect_error(answer, 401, "unauthorized_credentials");
}

}  // namespace
}  // namespace rollcall::tests
