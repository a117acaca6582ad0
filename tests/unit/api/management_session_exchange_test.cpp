// A session in one organization for one in another (contract §5.9).
#include "service/impersonation.hpp"
#include "unit/api/management_passwords_fixture.hpp"

namespace rollcall::tests {
namespace {

class SessionExchange : public PasswordsTest {
protected:
    std::string const elsewhere = text(create_organization(), "organization_id");

    json::value session_of(std::string const& name) {
        auto const answer = log_in(name);
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        return answer.json().at("session_token");
    }
    Answer exchange(json::value const& token, std::string const& to,
                    std::string const& fields = "") {
        return send("POST", "/v1/b2b/sessions/exchange",
                    R"({"organization_id":")" + to + R"(","session_token":)" +
                        json::serialize(token) + fields + "}");
    }
    json::object exchanged(json::value const& token, std::string const& to,
                           std::string const& fields = "") {
        auto const answer = exchange(token, to, fields);
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        return answer.json().as_object();
    }
};

TEST_F(SessionExchange, BeginsOneOfTheSamePersonElsewhere) {
    migrate("ada");
    auto const there = migrate_in(elsewhere, "ADA").at("member").as_object();
    auto const login =
        log_in("ada", "correct horse", R"(,"session_custom_claims":{"a":1})").json().as_object();
    auto const body =
        exchanged(login.at("session_token"), elsewhere,
                  R"(,"session_duration_minutes":5,"session_custom_claims":{"b":2},"locale":"en")");
    EXPECT_EQ(body.at("member"), there);
    EXPECT_EQ(text(body, "organization_id"), elsewhere);
    EXPECT_TRUE(body.at("member_authenticated").as_bool());
    auto const& session = body.at("member_session").as_object();
    EXPECT_NE(session.at("member_session_id"), login.at("member_session").at("member_session_id"));
    EXPECT_EQ(json::serialize(session.at("custom_claims")), R"({"b":2})");
    auto factor = session.at("authentication_factors").at(0).as_object();
    auto before = login.at("member_session").at("authentication_factors").at(0).as_object();
    // It names the address as the other member has it.
    EXPECT_NE(factor.at("email_factor").at("email_id"), before.at("email_factor").at("email_id"));
    factor.erase("email_factor");
    before.erase("email_factor");
    EXPECT_EQ(factor, before);
    EXPECT_EQ(authenticate("session_token", body.at("session_token")).response.status, 200U);
    EXPECT_EQ(authenticate("session_token", login.at("session_token")).response.status, 200U);
}

TEST_F(SessionExchange, NeedsTheAddressVerifiedOnBothSides) {
    migrate("ada");
    auto const token = session_of("ada");
    // Anybody may call a member of their own organization so.
    auto const there = create_in(elsewhere, "ada");
    expect_error(exchange(token, elsewhere), 403, "unauthorized_action", "verified");
    verify_email(there);
    exchanged(token, elsewhere);
    auto const here = get("?email_address=ada@example.com").json().at("member").as_object();
    update(update(here, R"({"email_address":"x@example.com"})"),
           R"({"email_address":"ada@example.com"})");
    expect_error(exchange(token, elsewhere), 403, "unauthorized_action", "verified");
}

TEST_F(SessionExchange, NeedsSomebodyThere) {
    migrate("ada");
    auto const token = session_of("ada");
    expect_error(exchange(token, elsewhere), 404, "member_not_found");
    auto const there = migrate_in(elsewhere, "ada").at("member").as_object();
    EXPECT_EQ(send("DELETE", path_of(there)).response.status, 200U);
    expect_error(exchange(token, elsewhere), 404, "member_not_found");
    expect_error(exchange(token, "nowhere"), 404, "organization_not_found");
    auto const other = create_backend(Environment::test);
    auto const foreign = text(create_organization_as(other), "organization_id");
    expect_error(exchange(token, foreign), 404, "organization_not_found");
}

TEST_F(SessionExchange, ObeysTheOtherOrganization) {
    migrate("ada");
    auto const token = session_of("ada");
    migrate_in(elsewhere, "ada");
    set_organization(elsewhere, R"({"mfa_policy":"REQUIRED_FOR_ALL"})");
    expect_error(exchange(token, elsewhere), 403,
                 "operation_restricted_by_organization_mfa_methods");
    set_organization(elsewhere, R"({"mfa_policy":"OPTIONAL","auth_methods":"RESTRICTED",
                                    "allowed_auth_methods":["sso"]})");
    expect_error(exchange(token, elsewhere), 403,
                 "operation_restricted_by_organization_auth_methods");
}

TEST_F(SessionExchange, IsNotForWhoImpersonates) {
    auto const member = migrate("ada").at("member").as_object();
    migrate_in(elsewhere, "ada");
    service::ImpersonationTokens tokens(*store, clock);
    auto const issued = expect_value(run_task(
        tokens.issue(*parse_id<MemberId>(text(member, "member_id")), "support@example.com")));
    auto const answer = send("POST", "/v1/b2b/impersonation/authenticate",
                             R"({"impersonation_token":")" + issued.token.reveal() + R"("})");
    expect_error(exchange(answer.json().at("session_token"), elsewhere), 403, "unauthorized_action",
                 "impersonated");
}

TEST_F(SessionExchange, NamesWhatIsMissing) {
    auto const path = "/v1/b2b/sessions/exchange";
    expect_error(send("POST", path, "{}"), 400, "invalid_argument", "organization_id");
    expect_error(send("POST", path, R"({"organization_id":"acme"})"), 400, "no_session_arguments");
    expect_error(exchange(json::value("x"), elsewhere), 400, "invalid_session_token");
    expect_error(exchange(json::value(std::string(44, 'x')), elsewhere), 404, "session_not_found");
}

}  // namespace
}  // namespace rollcall::tests
