// Support logs in as a member (contract §5.9).
#include "service/impersonation.hpp"
#include "unit/api/management_passwords_fixture.hpp"

namespace rollcall::tests {
namespace {

class Impersonation : public PasswordsTest {
protected:
    json::object const ada = create("ada");

    std::string issue(json::object const& member) {
        service::ImpersonationTokens tokens(*store, clock);
        auto const issued = expect_value(run_task(
            tokens.issue(*parse_id<MemberId>(text(member, "member_id")), "Support@example.com")));
        EXPECT_EQ(to_string(issued.organization), text(member, "organization_id"));
        EXPECT_EQ(issued.token.reveal().size(), service::impersonation_token_size);
        return issued.token.reveal();
    }
    Answer use(std::string const& token) { return use_as(backend, token); }
    Answer use_as(Backend const& who, std::string const& token) {
        return send_as(who, "POST", "/v1/b2b/impersonation/authenticate",
                       R"({"impersonation_token":")" + token + R"("})");
    }
    void expect_unusable(Answer const& answer) {
        expect_error(answer, 401, "unable_to_auth_impersonation_token", "impersonation_token");
    }
};

TEST_F(Impersonation, BeginsAnHourThatSaysWhoIsBehindIt) {
    auto const answer = use(issue(ada));
    ASSERT_EQ(answer.response.status, 200U) << answer.body();
    auto const body = answer.json().as_object();
    EXPECT_EQ(body.at("member_id"), ada.at("member_id"));
    EXPECT_EQ(text(body, "organization_id"), organization);
    EXPECT_EQ(body.at("member"), ada);
    EXPECT_TRUE(body.at("member_authenticated").as_bool());
    EXPECT_EQ(text(body, "intermediate_session_token"), "");
    auto const& session = body.at("member_session").as_object();
    auto const& factor = session.at("authentication_factors").at(0);
    EXPECT_EQ(factor.at("type").as_string(), "impersonated");
    auto const& detail = factor.at("impersonated_factor").as_object();
    EXPECT_EQ(text(detail, "impersonator_email_address"), "Support@example.com");
    EXPECT_EQ(text(detail, "impersonator_id"), "support@example.com");
    EXPECT_EQ(*parse_timestamp(text(session, "expires_at")) -
                  *parse_timestamp(text(session, "started_at")),
              std::chrono::minutes(60));
    // The access log has it too.
    EXPECT_EQ(answer.context.notes, (std::vector<std::string>{"Support@example.com impersonates " +
                                                              text(ada, "member_id")}));
    EXPECT_TRUE(answer.context.is_grave);
}

TEST_F(Impersonation, CannotBeMadeLongerOrTakenElsewhere) {
    auto const body = use(issue(ada)).json().as_object();
    auto const& token = body.at("session_token");
    EXPECT_EQ(authenticate("session_token", token).response.status, 200U);
    expect_error(authenticate("session_token", token, R"(,"session_duration_minutes":600)"), 400,
                 "session_not_mutable");
    clock.advance(std::chrono::minutes(61));
    expect_error(authenticate("session_token", token), 404, "session_not_found");
}

TEST_F(Impersonation, TakesATokenOnceAndOnlyWhileItIsGood) {
    auto const token = issue(ada);
    auto const other = create_backend(Environment::test);
    expect_unusable(use_as(other, token));
    EXPECT_EQ(use(token).response.status, 200U);
    expect_unusable(use(token));
    expect_unusable(use("no such token"));
    auto const early = issue(ada);
    clock.advance(Limits::impersonation_token_lifetime - std::chrono::seconds(1));
    EXPECT_EQ(use(early).response.status, 200U);
    auto const late = issue(ada);
    clock.advance(Limits::impersonation_token_lifetime);
    expect_unusable(use(late));
    auto const of_leaver = issue(ada);
    EXPECT_EQ(send("DELETE", path_of(ada)).response.status, 200U);
    expect_unusable(use(of_leaver));
    expect_error(use(""), 400, "invalid_argument", "impersonation_token is required");
}

TEST_F(Impersonation, IsOfMembersThatAreThere) {
    service::ImpersonationTokens tokens(*store, clock);
    auto const issue_for = [&](MemberId const& member) {
        auto const issued = run_task(tokens.issue(member, "support@example.com"));
        return issued ? "issued" : issued.error().kind();
    };
    auto const id = *parse_id<MemberId>(text(ada, "member_id"));
    EXPECT_EQ(issue_for({Environment::live, id.uuid}), "member_not_found");
    EXPECT_EQ(issue_for({Environment::test, ids.random_uuid()}), "member_not_found");
    EXPECT_EQ(send("DELETE", path_of(ada)).response.status, 200U);
    EXPECT_EQ(issue_for(id), "member_not_found");
}

}  // namespace
}  // namespace rollcall::tests
