// Trusted tokens: who is let in, and who is not (contract §5.7).
#include "base/limits.hpp"
#include "directory/session_plan.hpp"
#include "directory/trusted_token.hpp"
#include "unit/api/management_sessions_fixture.hpp"

namespace rollcall::tests {
namespace {

using namespace std::chrono_literals;

class Attest : public SessionsTest {
protected:
    Attest() { create_member("ada@example.com"); }

    void create_member(std::string const& email, std::string const& fields = "") {
        auto const made = send("POST", "/v1/b2b/organizations/" + organization + "/members",
                               R"({"email_address":")" + email + "\"" + fields + "}");
        EXPECT_EQ(made.response.status, 200) << made.body();
    }
    /// The answer to a token whose claims were changed.
    template <class Edit>
    Answer attest_with(Edit edit, std::string const& email = "ada@example.com") {
        auto claims = claims_about(email);
        edit(claims);
        return attest(sign(claims), organization);
    }
    json::object member_of(Answer const& answer) {
        EXPECT_EQ(answer.response.status, 200) << answer.body();
        return answer.json().at("member").as_object();
    }

    std::string organization = std::string(create_organization().at("organization_id").as_string());
};

TEST_F(Attest, GivesASessionWithTheTokenAsItsFactor) {
    auto const answer = attest(sign(claims_about("ADA@example.com")), organization);
    auto const body = answer.json();
    auto const& session = body.at("member_session").as_object();
    EXPECT_EQ(body.at("member_id"), session.at("member_id"));
    EXPECT_EQ(session.at("organization_id").as_string(), organization);
    EXPECT_EQ(session.at("organization_slug").as_string(), "acme-inc");
    auto const& factor = session.at("authentication_factors").at(0).as_object();
    EXPECT_EQ(factor.at("type").as_string(), "trusted_auth_token");
    EXPECT_EQ(factor.at("delivery_method").as_string(), "trusted_token_exchange");
    EXPECT_EQ(factor.at("trusted_auth_token_factor").at("token_id").as_string(), "token-1");
    EXPECT_EQ(session.at("roles"), json::array{"stytch_member"});
    EXPECT_EQ(body.at("session_token").as_string().size(), 44U);
    EXPECT_TRUE(body.at("member_device").is_null());
    EXPECT_EQ(session.at("expires_at").as_string(), format_seconds(clock.now() + 60min));
}

// RFC 7519 §4: names of claims are case-sensitive.
TEST_F(Attest, ClaimsMayDifferInCase) {
    auto const with_both = [](json::object& claims) { claims["Email"] = "eve@example.com"; };
    EXPECT_EQ(member_of(attest_with(with_both)).at("email_address"), "ada@example.com");
}

TEST_F(Attest, RefusesTokensWhoseClaimsAreWrong) {
    auto const refused = [&](auto edit, std::string const& words) {
        expect_error(attest_with(edit), 401, "invalid_trusted_auth_token", words);
    };
    refused([](json::object& claims) { claims["iss"] = "https://other.example.com"; }, "iss");
    refused([](json::object& claims) { claims.erase("iss"); }, "iss");
    refused([](json::object& claims) { claims["aud"] = "another"; }, "aud");
    refused([](json::object& claims) { claims["aud"] = json::array{"x", "y"}; }, "aud");
    refused([](json::object& claims) { claims.erase("exp"); }, "exp");
    refused([](json::object& claims) { claims["exp"] = "soon"; }, "exp");
    refused([&](json::object& claims) { claims["exp"] = seconds_now(-60s); }, "expired");
    auto const latest = Limits::trusted_token_lifetime_max + directory::trusted_token_clock_skew;
    refused([&](json::object& claims) { claims["exp"] = seconds_now(latest + 1s); }, "exp");
    refused([&](json::object& claims) { claims["nbf"] = seconds_now(61s); }, "nbf");
    refused([&](json::object& claims) { claims["iat"] = seconds_now(61s); }, "iat");
    refused([](json::object& claims) { claims.erase("email"); }, "email");
    refused([](json::object& claims) { claims["email"] = 7; }, "email");
    refused([](json::object& claims) { claims["jti"] = ""; }, "jti");
    refused([](json::object& claims) { claims["roles"] = "admin"; }, "roles");
}

TEST_F(Attest, AcceptsWhatClocksAndIssuersDo) {
    auto const accepted = [&](auto edit) {
        auto const answer = attest_with(edit);
        EXPECT_EQ(answer.response.status, 200) << answer.body();
    };
    accepted([](json::object& claims) { claims["aud"] = json::array{"x", "rollcall"}; });
    accepted([&](json::object& claims) { claims["exp"] = seconds_now(-59s); });
    auto const latest = Limits::trusted_token_lifetime_max + directory::trusted_token_clock_skew;
    accepted([&](json::object& claims) { claims["exp"] = seconds_now(latest); });
    accepted([&](json::object& claims) { claims["nbf"] = seconds_now(60s); });
    accepted([&](json::object& claims) { claims["exp"] = double(seconds_now(5min)) + 0.5; });
}

TEST_F(Attest, RefusesOtherSignatures) {
    auto const token = sign(claims_about("ada@example.com"));
    auto changed = token;
    changed[token.find('.') + 5] ^= 1;
    expect_error(attest(changed, organization), 401, "invalid_trusted_auth_token");
    auto const other = crypto::RsaKey::generate();
    auto const foreign =
        crypto::sign_jws(json::serialize(claims_about("ada@example.com")), "issuer-key", other);
    expect_error(attest(foreign, organization), 401, "invalid_trusted_auth_token", "signature");
    expect_error(attest("nonsense", organization), 401, "invalid_trusted_auth_token");
    // What Rollcall itself signs is not what the issuer signs.
    auto const own = session_of(attest(token, organization));
    expect_error(attest(own.jwt, organization), 401, "invalid_trusted_auth_token");
}

TEST_F(Attest, NeedsAProfileOfTheProject) {
    auto const token = sign(claims_about("ada@example.com"));
    auto const good = profile_id;
    profile_id = "trusted-auth-token-profile-test-11111111-1111-4111-8111-111111111111";
    expect_error(attest(token, organization), 404, "trusted_token_profile_not_found");
    profile_id = "nonsense";
    expect_error(attest(token, organization), 404, "trusted_token_profile_not_found");
    auto const other = create_backend(Environment::test);
    expect_error(send_as(other, "POST", "/v1/b2b/sessions/attest",
                         fmt::format(R"({{"profile_id":"{}","token":"{}","organization_id":"x"}})",
                                     good, token)),
                 404, "trusted_token_profile_not_found");
    expect_error(send("POST", "/v1/b2b/sessions/attest", R"({"token":"x"})"), 400,
                 "invalid_argument", "profile_id");
}

TEST_F(Attest, TheOrganizationIsSaidOnceOrTwiceAlike) {
    auto claims = claims_about("ada@example.com");
    expect_error(attest(sign(claims), ""), 400, "token_missing_organization_id_claim");
    expect_error(attest(sign(claims), "no-such-organization"), 404, "organization_not_found");
    claims["org"] = "acme-inc";
    EXPECT_EQ(attest(sign(claims), "").response.status, 200);
    EXPECT_EQ(attest(sign(claims), organization).response.status, 200);
    auto const other = std::string(create_organization().at("organization_id").as_string());
    expect_error(attest(sign(claims), other), 400, "invalid_token_organization_id_claim");
}

TEST_F(Attest, LetsInOnlyMembersUnlessTheProfileMakesThem) {
    expect_error(attest_with([](json::object&) {}, "new@example.com"), 404, "member_not_found");
    change_profile([](directory::TokenProfile& profile) { profile.can_jit_provision = true; });
    // The organization must be in what was signed.
    expect_error(attest_with([](json::object&) {}, "new@example.com"), 400,
                 "token_missing_organization_id_claim");
    auto const made = attest_with(
        [&](json::object& claims) {
            claims["org"] = organization;
            claims["user"] = "u-7";
            claims["roles"] = json::array{"stytch_admin"};
        },
        "new@example.com");
    auto const member = member_of(made);
    EXPECT_EQ(member.at("email_address").as_string(), "new@example.com");
    EXPECT_EQ(member.at("external_id").as_string(), "u-7");
    EXPECT_EQ(member.at("status").as_string(), "active");
    EXPECT_TRUE(member.at("is_admin").as_bool());
    expect_error(
        attest_with([](json::object& claims) { claims["org"] = "none-such"; }, "third@example.com"),
        404, "organization_not_found");
}

TEST_F(Attest, NeverLetsADeletedMemberIn) {
    change_profile([](directory::TokenProfile& profile) { profile.can_jit_provision = true; });
    auto const with_organization = [&](json::object& claims) { claims["org"] = organization; };
    auto const id =
        std::string(member_of(attest_with(with_organization)).at("member_id").as_string());
    send("DELETE", "/v1/b2b/organizations/" + organization + "/members/" + id);
    expect_error(attest_with(with_organization), 404, "member_not_found");
}

TEST_F(Attest, MakesPendingMembersActiveAndSetsRolesAndExternalId) {
    create_member("bob@example.com", R"(,"create_member_as_pending":true)");
    auto const edit = [](json::object& claims) {
        claims["user"] = "u-1";
        claims["roles"] = json::array{"stytch_admin"};
    };
    auto const member = member_of(attest_with(edit, "bob@example.com"));
    EXPECT_EQ(member.at("status").as_string(), "active");
    EXPECT_EQ(member.at("external_id").as_string(), "u-1");
    EXPECT_TRUE(member.at("is_admin").as_bool());
    // Another member's external id.
    expect_error(attest_with(edit), 400, "duplicate_member_external_id");
    expect_error(attest_with([](json::object& claims) { claims["roles"] = json::array{"none"}; }),
                 400, "invalid_rbac_role_id");
    // Roles are what the last token said; the external id stays what it was.
    auto const later = member_of(attest_with(
        [](json::object& claims) {
            claims["user"] = "u-2";
            claims["roles"] = json::array{};
        },
        "bob@example.com"));
    EXPECT_FALSE(later.at("is_admin").as_bool());
    EXPECT_EQ(later.at("external_id").as_string(), "u-1");
}

TEST_F(Attest, OneTokenCanBeUsedAgainUnlessTheProfileForbidsIt) {
    auto const token = sign(claims_about("ada@example.com"));
    EXPECT_EQ(attest(token, organization).response.status, 200);
    EXPECT_EQ(attest(token, organization).response.status, 200);
    change_profile([](directory::TokenProfile& profile) { profile.single_use = true; });
    EXPECT_EQ(attest(token, organization).response.status, 200);
    expect_error(attest(token, organization), 401, "invalid_trusted_auth_token", "used");
}

TEST_F(Attest, AddsItsFactorToASessionOfTheSameMember) {
    auto const first = session_of(attest(sign(claims_about("ada@example.com")), organization));
    auto const more = fmt::format(R"(,"session_token":"{}")", first.token);
    auto const again = attest(sign(claims_about("ada@example.com")), organization, more);
    EXPECT_EQ(session_of(again).id, first.id);
    EXPECT_EQ(session_of(again).token, first.token);
    EXPECT_EQ(again.json().at("member_session").at("authentication_factors").as_array().size(), 2U);
    create_member("bob@example.com");
    expect_error(attest(sign(claims_about("bob@example.com")), organization, more), 404,
                 "session_not_found");
}

TEST_F(Attest, ALoginThatIsRefusedChangesNothing) {
    change_profile([](directory::TokenProfile& profile) {
        profile.can_jit_provision = true;
        profile.single_use = true;
    });
    create_member("bob@example.com", R"(,"create_member_as_pending":true)");
    auto const ada =
        session_of(attest_with([&](json::object& claims) { claims["org"] = organization; }));
    auto const refused = [&](std::string const& email, std::string const& more, unsigned status,
                             std::string const& type) {
        auto claims = claims_about(email);
        claims["org"] = organization;
        claims["roles"] = json::array{"stytch_admin"};
        expect_error(attest(sign(claims), organization, more), status, type);
    };
    for (std::string const email : {"new@example.com", "bob@example.com"}) {
        refused(email, R"(,"session_duration_minutes":1)", 400, "invalid_session_duration_minutes");
        refused(email, R"(,"session_custom_claims":{"https://stytch.com/x":1})", 400,
                "stytch_claims_in_custom_claims");
        refused(email, R"(,"session_token":")" + std::string(44, 'x') + '"', 404,
                "session_not_found");
        refused(email, R"(,"session_token":")" + ada.token + '"', 404,
                email == "bob@example.com" ? "session_not_found" : "member_not_found");
    }
    auto const members = "/v1/b2b/organizations/" + organization + "/member?email_address=";
    expect_error(send("GET", members + "new@example.com"), 404, "member_not_found");
    auto const bob = send("GET", members + "bob@example.com").json().at("member").as_object();
    EXPECT_EQ(bob.at("status").as_string(), "pending");
    EXPECT_FALSE(bob.at("is_admin").as_bool());
}

TEST_F(Attest, ATokenIsNotUsedUpByWishesThatCannotBe) {
    change_profile([](directory::TokenProfile& profile) { profile.single_use = true; });
    auto const token = sign(claims_about("ada@example.com"));
    expect_error(attest(token, organization, R"(,"session_duration_minutes":1)"), 400,
                 "invalid_session_duration_minutes");
    EXPECT_EQ(attest(token, organization).response.status, 200U);
}

// Full case folding takes these for the member's address; a mail system does not.
TEST_F(Attest, LetsNobodyInUnderAnotherSpellingOfTheAddress) {
    create_member("boss@grossbank.de");
    create_member("strasse@example.com");
    for (auto const* email :
         {"boss@gro\u00dfbank.de", "stra\u00dfe@example.com", "\u017ftrasse@example.com"}) {
        expect_error(attest_with([](json::object&) {}, email), 404, "member_not_found");
    }
    EXPECT_EQ(attest_with([](json::object&) {}, "BOSS@GrossBank.de").response.status, 200U);
}

TEST_F(Attest, KeepsTheFactorsProvedLast) {
    auto const first = session_of(attest(sign(claims_about("ada@example.com")), organization));
    auto const more = fmt::format(R"(,"session_token":"{}")", first.token);
    for (std::size_t i = 0; i < Limits::session_factors_max; ++i) {
        clock.advance(1s);
        EXPECT_EQ(attest(sign(claims_about("ada@example.com")), organization, more).response.status,
                  200U);
    }
    auto const answer = authenticate(first);
    auto const factors = answer.json().at("member_session").at("authentication_factors").as_array();
    EXPECT_EQ(factors.size(), Limits::session_factors_max);
    EXPECT_EQ(factors.front().at("trusted_auth_token_factor").at("token_id").as_string(),
              "token-2");
    auto const jwt = session_of(answer);
    EXPECT_EQ(send("POST", "/v1/b2b/organizations/members/search",
                   R"({"organization_ids":[")" + organization + "\"]}", with_jwt(jwt))
                  .response.status,
              403U);
}

TEST_F(Attest, RefusesTokenIdsThatAreTooLong) {
    auto const with_id = [&](std::size_t size) {
        return attest_with([&](json::object& claims) { claims["jti"] = std::string(size, 'j'); });
    };
    EXPECT_EQ(with_id(Limits::trusted_token_id_bytes_max).response.status, 200U);
    expect_error(with_id(Limits::trusted_token_id_bytes_max + 1), 401, "invalid_trusted_auth_token",
                 "jti");
}

// It would be given out, and then refused in every header.
TEST_F(Attest, BeginsNoSessionWhoseJwtIsTooLarge) {
    auto const edit = [&](json::object& claims) { claims["jti"] = std::string(255, 'j'); };
    auto const answer = attest_with(edit);
    EXPECT_EQ(answer.response.status, 200U) << answer.body();
    auto const jwt = session_of(answer);
    limits.session_jwt_bytes_max = jwt.jwt.size();
    EXPECT_EQ(authenticate(jwt).response.status, 200U);
    limits.session_jwt_bytes_max = jwt.jwt.size() - 1;
    expect_error(attest_with(edit), 400, "session_jwt_too_large", "bytes");
    expect_error(authenticate(jwt), 400, "session_jwt_too_large", "roles");
    EXPECT_EQ(
        send("GET", "/v1/b2b/sessions?organization_id=" + organization + "&member_id=" + jwt.member)
            .json()
            .at("member_sessions")
            .as_array()
            .size(),
        1U);
}

}  // namespace
}  // namespace rollcall::tests
