// Members with sessions in front of the management API.
#pragma once

#include "crypto/jws.hpp"
#include "crypto/rsa_key.hpp"
#include "service/signing_keys.hpp"
#include "unit/api/management_fixture.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <chrono>
#include <string>

namespace rollcall::tests {

/// An organization with a connection, and a backend whose tokens the project trusts.
class SessionsTest : public ManagementTest {
protected:
    SessionsTest() { create_profile(); }

    struct Session {
        std::string token;
        std::string jwt;
        std::string id;
        std::string member;
    };

    /// The issuer's key; made once, since that takes a while.
    static crypto::RsaKey const& issuer_key() {
        static auto const key = crypto::RsaKey::generate();
        return key;
    }

    directory::ProjectKey project_key(Backend const& who) {
        return *expect_value(
            run_task(store->authenticate_project(who.project, crypto::sha256(who.secret))));
    }

    void create_profile() {
        directory::TokenProfile profile;
        profile.id = {Environment::test, ids.ordered_uuid(clock.now())};
        profile.name = "backend";
        profile.issuer = "https://issuer.example.com";
        profile.audience = "rollcall";
        profile.key_type = directory::PublicKeyType::jwk;
        profile.keys = {fmt::format(R"({{"kty":"RSA","n":"{}","e":"{}"}})", issuer_key().modulus(),
                                    issuer_key().exponent())};
        profile.mapping = {.email = "email",
                           .token_id = "jti",
                           .organization_id = "org",
                           .external_member_id = "user",
                           .role_ids = "roles"};
        profile_id = to_string(profile.id);
        expect_value(run_task(store->create_token_profile(project_key(backend), profile)));
    }

    template <class Edit>
    void change_profile(Edit edit) {
        auto const key = project_key(backend);
        auto profile = *expect_value(
            run_task(store->find_token_profile(key, *parse_id<TokenProfileId>(profile_id))));
        edit(profile);
        expect_value(run_task(store->update_token_profile(key, profile, profile.updated_at)));
    }

    [[nodiscard]] std::int64_t seconds_now(std::chrono::seconds later = {}) const {
        return std::chrono::floor<std::chrono::seconds>(clock.now() + later)
            .time_since_epoch()
            .count();
    }

    /// The claims of a good token about the address.
    [[nodiscard]] json::object claims_about(std::string const& email) {
        return {{"iss", "https://issuer.example.com"},
                {"aud", "rollcall"},
                {"email", email},
                {"jti", "token-" + std::to_string(++tokens_)},
                {"iat", seconds_now()},
                {"exp", seconds_now(std::chrono::minutes(5))}};
    }

    static std::string sign(json::object const& claims) {
        return crypto::sign_jws(json::serialize(claims), "issuer-key", issuer_key());
    }

    Answer attest(std::string const& token, std::string const& organization,
                  std::string const& more = "") {
        auto const where =
            organization.empty() ? "" : fmt::format(R"(,"organization_id":"{}")", organization);
        return send("POST", "/v1/b2b/sessions/attest",
                    fmt::format(R"({{"profile_id":"{}","token":"{}"{}{}}})", profile_id, token,
                                where, more));
    }

    static Session session_of(Answer const& answer) {
        EXPECT_EQ(answer.response.status, 200) << answer.body();
        auto const body = answer.json();
        auto const& session = body.at("member_session");
        return {std::string(body.at("session_token").as_string()),
                std::string(body.at("session_jwt").as_string()),
                std::string(session.at("member_session_id").as_string()),
                std::string(session.at("member_id").as_string())};
    }

    /// Makes a member, and a session of it.
    Session log_in(std::string const& organization, std::string const& email,
                   std::string const& fields = "") {
        auto const made = send("POST", "/v1/b2b/organizations/" + organization + "/members",
                               fmt::format(R"({{"email_address":"{}"{}}})", email, fields));
        EXPECT_EQ(made.response.status, 200) << made.body();
        return session_of(attest(sign(claims_about(email)), organization));
    }

    Session log_in_admin(std::string const& organization, std::string const& email) {
        return log_in(organization, email, R"(,"roles":["stytch_admin"])");
    }

    static Headers with_token(Session const& session) {
        return {{"X-Stytch-Member-Session", session.token}};
    }
    static Headers with_jwt(Session const& session) {
        return {{"X-Stytch-Member-SessionJWT", session.jwt}};
    }

    Answer authenticate(Session const& session, std::string const& more = "") {
        return send("POST", "/v1/b2b/sessions/authenticate",
                    fmt::format(R"({{"session_token":"{}"{}}})", session.token, more));
    }

    static json::object payload_of(std::string const& jwt) {
        auto const parsed = crypto::parse_jws(jwt);
        return parsed ? json::parse(parsed->payload).as_object() : json::object();
    }

    std::string profile_id;

private:
    int tokens_ = 0;
};

}  // namespace rollcall::tests
