// Passwords brought along from another system, and logging in with them (contract §5.9).
#include "unit/api/management_passwords_fixture.hpp"

#include <gmock/gmock.h>

namespace rollcall::tests {
namespace {

using ::testing::ElementsAre;

class Migration : public PasswordsTest {};
class PasswordLogin : public PasswordsTest {
protected:
    PasswordLogin() { migrate("ada"); }

    void guess_wrongly(int times, std::string const& name = "ada") {
        for (int guess = 0; guess < times; ++guess) {
            expect_error(log_in(name, "wrong"), 401, "unauthorized_credentials");
        }
    }
};

TEST_F(Migration, CreatesAMemberWithAllThatIsKnown) {
    set_policy({"editor"});
    auto const body = migrate("ada", R"(,"name":"Ada","external_id":"e|1","roles":["editor"],
        "trusted_metadata":{"a":1},"untrusted_metadata":{"b":[2]},"mfa_phone_number":"+14155550100",
        "set_phone_number_verified":true,"preserve_existing_sessions":true,
        "argon_2_config":null,"md_5_config":{"prepend_salt":"","append_salt":""})");
    EXPECT_TRUE(body.at("member_created").as_bool());
    auto const& member = body.at("member").as_object();
    EXPECT_EQ(body.at("member_id"), member.at("member_id"));
    EXPECT_EQ(text(body.at("organization").as_object(), "organization_id"), organization);
    EXPECT_EQ(text(member, "email_address"), "ada@example.com");
    EXPECT_TRUE(member.at("email_address_verified").as_bool());
    EXPECT_EQ(text(member, "status"), "active");
    EXPECT_EQ(text(member, "name"), "Ada");
    EXPECT_EQ(text(member, "external_id"), "e|1");
    EXPECT_EQ(roles_of(member), (std::vector<std::string>{"stytch_member", "editor"}));
    EXPECT_EQ(json::serialize(member.at("trusted_metadata")), R"({"a":1})");
    EXPECT_EQ(json::serialize(member.at("untrusted_metadata")), R"({"b":[2]})");
    EXPECT_EQ(text(member, "mfa_phone_number"), "+14155550100");
    EXPECT_TRUE(member.at("mfa_phone_number_verified").as_bool());
    EXPECT_TRUE(parse_id<PasswordId>(text(member, "member_password_id")));
    EXPECT_THAT(event_names(organization),
                ElementsAre("direct.organization.create", "direct.member.create"));
}

TEST_F(Migration, GivesAMemberAPasswordAndKeepsWhoTheyAre) {
    auto const before = create("ada", R"(,"external_id":"mine","name":"Ada")");
    EXPECT_EQ(text(before, "member_password_id"), "");
    auto const body = migrate("ADA", R"(,"external_id":"theirs")");
    EXPECT_FALSE(body.at("member_created").as_bool());
    auto const& member = body.at("member").as_object();
    EXPECT_EQ(member.at("member_id"), before.at("member_id"));
    EXPECT_EQ(text(member, "email_address"), "ada@example.com");
    EXPECT_TRUE(member.at("email_address_verified").as_bool());
    EXPECT_EQ(text(member, "external_id"), "mine");
    EXPECT_EQ(text(member, "name"), "Ada");
    EXPECT_EQ(get("?email_address=ada@example.com").json().at("member"), member);
}

TEST_F(Migration, DoesNotReplaceAPassword) {
    auto const first = migrate("ada");
    auto const again = send("POST", migrate_path, migration("ada", R"(,"name":"Other")"));
    expect_error(again, 400, "password_already_exists", "has a password already");
    EXPECT_EQ(get("?email_address=ada@example.com").json().at("member"), first.at("member"));
    EXPECT_EQ(log_in("ada").response.status, 200U);
}

TEST_F(Migration, DoesNotBringBackWhoWasDeactivated) {
    auto const member = migrate("ada").at("member").as_object();
    EXPECT_EQ(send("DELETE", path_of(member)).response.status, 200U);
    expect_error(send("POST", migrate_path, migration("ada")), 400, "duplicate_member_email",
                 text(member, "member_id"));
}

TEST_F(Migration, ReadsEveryKindOfHash) {
    struct Case {
        std::string fields;
        std::string password = "password";
    };
    for (auto const& one : std::vector<Case>{
             {R"("bcrypt","hash":"$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")",
              "U*U"},
             {R"("sha_1","hash":"5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8")"},
             {R"("md_5","hash":"b305cadbb3bce54f3aa59c64fec00dea",
                 "md_5_config":{"prepend_salt":"","append_salt":"salt"})"},
             {R"("pbkdf_2","hash":"Eg+2z/z4syxDU5yJSVsTgQ==","pbkdf_2_config":{"salt":"c2FsdA==",
                 "iteration_amount":1,"key_length":16,"algorithm":""})",
              "passwd"}}) {
        auto const of = text(create_organization(), "organization_id");
        auto const common =
            R"({"organization_id":")" + of + R"(","email_address":"ada@example.com",)";
        auto const answer =
            send("POST", migrate_path, common + R"("hash_type":)" + one.fields + "}");
        EXPECT_EQ(answer.response.status, 200U) << one.fields << answer.body();
    }
}

TEST_F(Migration, NamesWhatIsWrongAndChangesNothing) {
    auto const base = R"({"organization_id":")" + organization + '"';
    struct Case {
        std::string body;
        std::string type;
        std::string words;
    };
    auto const hashed = [&](std::string const& fields) {
        return base + R"(,"email_address":"ada@example.com",)" + fields + "}";
    };
    for (auto const& one : std::vector<Case>{
             {"{}", "invalid_argument", "organization_id is required"},
             {base + "}", "invalid_argument", "email_address is required"},
             {hashed(R"("hash":"x")"), "invalid_argument", "hash_type is required"},
             {hashed(R"("hash_type":"md_5")"), "invalid_argument", "hash is required"},
             {hashed(R"("hash_type":"md_6","hash":"x")"), "invalid_hash_type", "hash_type"},
             {hashed(R"("hash_type":"md_5","hash":"x")"), "invalid_md_5_hash", "hash"},
             {hashed(R"("hash_type":"sha_1","hash":"x")"), "invalid_sha_1_hash", "hash"},
             {hashed(R"("hash_type":"sha_512","hash":"x")"), "invalid_sha_512_hash", "hash"},
             {hashed(R"("hash_type":"bcrypt","hash":"x")"), "invalid_bcrypt_hash", "hash"},
             {hashed(R"("hash_type":"bcrypt",
                 "hash":"$2a$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")"),
              "invalid_bcrypt_cost", "hash"},
             {hashed(R"("hash_type":"phpass","hash":"x")"), "invalid_phpass_hash_prefix", "hash"},
             {hashed(R"("hash_type":"argon_2id","hash":"x")"), "invalid_hash", "hash"},
             {hashed(R"("hash_type":"argon_2i","hash":"00000000000000000000000000000000",
                 "argon_2_config":{"salt":"short","iteration_amount":1,"memory":64,"threads":1,
                 "key_length":16})"),
              "invalid_argon_2_salt", "argon_2_config"},
             {hashed(R"("hash_type":"pbkdf_2","hash":"x")"), "invalid_pbkdf_2_hash", "hash"},
             {hashed(R"("hash_type":"pbkdf_2","hash":"Eg+2z/z4syxDU5yJSVsTgQ==",
                 "pbkdf_2_config":{"salt":"c2FsdA==","key_length":16})"),
              "invalid_pbkdf_2_iteration_amount", "pbkdf_2_config"},
             {hashed(R"("hash_type":"pbkdf_2","hash":"Eg+2z/z4syxDU5yJSVsTgQ==",
                 "pbkdf_2_config":{"salt":"c2FsdA==","iteration_amount":1})"),
              "pbkdf_2_key_length_mismatch", "key_length"},
             {hashed(R"("hash_type":"pbkdf_2","hash":"Eg+2z/z4syxDU5yJSVsTgQ==",
                 "pbkdf_2_config":{"salt":"","iteration_amount":1,"key_length":16})"),
              "invalid_pbkdf_2_salt", "salt"},
             {hashed(R"("hash_type":"scrypt","hash":"*","scrypt_config":{})"),
              "invalid_base64_scrypt_hash", "hash"},
             {hashed(R"("hash_type":"scrypt","hash":"Eg+2z/z4syxDU5yJSVsTgQ==","scrypt_config":{
                 "salt":"c2FsdA==","n_parameter":16,"r_parameter":8,"p_parameter":1})"),
              "scrypt_key_length_mismatch", "key_length"},
             {hashed(R"("hash_type":"scrypt","hash":"Eg+2z/z4syxDU5yJSVsTgQ==","scrypt_config":{
                 "salt":"","n_parameter":16,"r_parameter":8,"p_parameter":1,"key_length":16})"),
              "invalid_scrypt_salt_length", "salt"},
             {hashed(R"("hash_type":"md_5","hash":"x","md_5_config":7)"), "invalid_request_value",
              "md_5_config must be an object"},
             {hashed(R"("hash_type":"md_5","hash":"x","argon_2_config":{"memory":"1"})"),
              "invalid_request_value", "argon_2_config.memory must be a whole number"},
             {migration("ada", R"(,"roles":["boss"])"), "invalid_rbac_role_id", "roles"},
             {migration("ada", R"(,"trusted_metadata":7)"), "metadata_invalid_format",
              "trusted_metadata"},
             {migration("ada", R"(,"mfa_phone_number":"1")"), "invalid_phone_number",
              "mfa_phone_number"},
             {migration("a da"), "invalid_email", "email_address"},
         }) {
        expect_error(send("POST", migrate_path, one.body), 400, one.type, one.words);
    }
    expect_error(send("POST", migrate_path, migration_in("nowhere", "ada")), 404,
                 "organization_not_found");
    expect_error(get("?email_address=ada@example.com"), 404, "member_not_found");
}

TEST_F(Migration, OfOneAddressAtOnceMakesOneMemberWithOnePassword) {
    auto const other = create_backend(Environment::test);
    expect_error(send_as(other, "POST", migrate_path, migration("ada")), 404,
                 "organization_not_found");
    auto const made = migrate("ada").at("member").as_object();
    EXPECT_EQ(made.at("member_id"),
              get("?email_address=ada@example.com").json().at("member").at("member_id"));
}

TEST_F(PasswordLogin, BeginsASession) {
    auto const body = log_in("ADA", "correct horse",
                             R"(,"session_duration_minutes":30,"session_custom_claims":{"a":1},
                                "locale":7,"telemetry_id":"t","intermediate_session_token":"i")")
                          .json()
                          .as_object();
    auto const member = get("?email_address=ada@example.com").json().at("member");
    EXPECT_EQ(body.at("member"), member);
    EXPECT_EQ(body.at("member_id"), member.at("member_id"));
    EXPECT_EQ(text(body, "organization_id"), organization);
    EXPECT_EQ(text(body, "intermediate_session_token"), "");
    EXPECT_TRUE(body.at("member_authenticated").as_bool());
    EXPECT_TRUE(body.at("mfa_required").is_null());
    EXPECT_TRUE(body.at("primary_required").is_null());
    auto const& session = body.at("member_session").as_object();
    EXPECT_EQ(json::serialize(session.at("custom_claims")), R"({"a":1})");
    auto const& factor = session.at("authentication_factors").at(0);
    EXPECT_EQ(factor.at("type").as_string(), "password");
    EXPECT_EQ(factor.at("email_factor").at("email_address").as_string(), "ada@example.com");
    EXPECT_TRUE(parse_id<directory::EmailId>(factor.at("email_factor").at("email_id").as_string()));
    auto const shown = authenticate("session_token", body.at("session_token"));
    EXPECT_EQ(shown.response.status, 200U) << shown.body();
    EXPECT_EQ(authenticate("session_jwt", body.at("session_jwt")).response.status, 200U);
}

TEST_F(PasswordLogin, LooksTheSameWhateverIsWrong) {
    create("grace");
    auto const wrong = log_in("ada", "wrong");
    expect_error(wrong, 401, "unauthorized_credentials", "email_address or password");
    for (auto const& answer :
         {log_in("nobody"), log_in("grace"), log_in("ada", std::string(5000, 'x')),
          log_in("ada", "Correct horse")}) {
        expect_error(answer, 401, "unauthorized_credentials");
        EXPECT_EQ(answer.json().at("error_message"), wrong.json().at("error_message"));
        EXPECT_EQ(answer.response.headers, wrong.response.headers);
    }
}

TEST_F(PasswordLogin, IsOnlyOfItsOrganizationAndProject) {
    auto const elsewhere = text(create_organization(), "organization_id");
    auto const body = [](std::string const& of) {
        return R"({"organization_id":")" + of +
               R"(","email_address":"ada@example.com","password":"correct horse"})";
    };
    expect_error(send("POST", login_path, body(elsewhere)), 401, "unauthorized_credentials");
    auto const other = create_backend(Environment::test);
    expect_error(send_as(other, "POST", login_path, body(organization)), 404,
                 "organization_not_found");
}

TEST_F(PasswordLogin, EndsWithTheMember) {
    auto const begun = log_in("ada").json().as_object();
    EXPECT_EQ(send("DELETE", path_of(begun.at("member").as_object())).response.status, 200U);
    expect_error(log_in("ada"), 401, "unauthorized_credentials");
    expect_error(authenticate("session_token", begun.at("session_token")), 404,
                 "session_not_found");
}

TEST_F(PasswordLogin, EndsWithTheAddressItWasSetWith) {
    auto const member = get("?email_address=ada@example.com").json().at("member").as_object();
    auto const moved = update(member, R"({"email_address":"new@example.com"})");
    EXPECT_EQ(text(moved, "member_password_id"), "");
    expect_error(log_in("ada"), 401, "unauthorized_credentials");
    expect_error(log_in("new"), 401, "unauthorized_credentials");
}

TEST_F(PasswordLogin, IsOfTheAddressAsItIsSpelled) {
    migrate("strasse");
    EXPECT_EQ(log_in("STRASSE").response.status, 200U);
    expect_error(log_in("stra\u00dfe"), 401, "unauthorized_credentials");
}

TEST_F(PasswordLogin, ThatIsRefusedChangesNothing) {
    create("grace", R"(,"create_member_as_pending":true)");
    migrate("grace");
    expect_error(log_in("grace", "correct horse", R"(,"session_duration_minutes":1)"), 400,
                 "invalid_session_duration_minutes");
    expect_error(
        log_in("grace", "correct horse", R"(,"session_token":")" + std::string(44, 'x') + '"'), 404,
        "session_not_found");
    auto const ada = log_in("ada").json().at("session_token");
    expect_error(log_in("grace", "correct horse", R"(,"session_token":)" + json::serialize(ada)),
                 404, "session_not_found");
    auto const grace = get("?email_address=grace@example.com").json().at("member").as_object();
    EXPECT_EQ(text(grace, "status"), "pending");
}

TEST_F(PasswordLogin, MakesAPendingMemberActive) {
    create("grace", R"(,"create_member_as_pending":true)");
    EXPECT_EQ(text(migrate("grace").at("member").as_object(), "status"), "pending");
    auto const body = log_in("grace").json().as_object();
    EXPECT_EQ(text(body.at("member").as_object(), "status"), "active");
}

TEST_F(PasswordLogin, AddsToASession) {
    auto const first = log_in("ada").json().as_object();
    auto const with = [&](json::object const& begun) {
        return R"(,"session_token":)" + json::serialize(begun.at("session_token"));
    };
    auto const second = log_in("ada", "correct horse", with(first)).json().as_object();
    EXPECT_EQ(second.at("member_session").at("member_session_id"),
              first.at("member_session").at("member_session_id"));
    EXPECT_EQ(second.at("session_token"), first.at("session_token"));
    EXPECT_EQ(second.at("member_session").at("authentication_factors").as_array().size(), 1U);
    migrate("grace");
    expect_error(log_in("grace", "correct horse", with(first)), 404, "session_not_found");
}

TEST_F(PasswordLogin, IsRefusedWhereItIsNotEnough) {
    auto const member = get("?email_address=ada@example.com").json().at("member").as_object();
    set_organization(organization, R"({"mfa_policy":"REQUIRED_FOR_ALL"})");
    expect_error(log_in("ada"), 403, "operation_restricted_by_organization_mfa_methods");
    expect_error(log_in("ada", "wrong"), 401, "unauthorized_credentials");
    set_organization(organization, R"({"mfa_policy":"OPTIONAL"})");
    update(member, R"({"mfa_enrolled":true})");
    expect_error(log_in("ada"), 403, "operation_restricted_by_organization_mfa_methods");
    update(member, R"({"mfa_enrolled":false})");
    set_organization(organization,
                     R"({"auth_methods":"RESTRICTED","allowed_auth_methods":["sso"]})");
    expect_error(log_in("ada"), 403, "operation_restricted_by_organization_auth_methods");
    update(member, R"({"is_breakglass":true})");
    EXPECT_EQ(log_in("ada").response.status, 200U);
    update(member, R"({"is_breakglass":false})");
    set_organization(organization, R"({"allowed_auth_methods":["sso","password"]})");
    EXPECT_EQ(log_in("ada").response.status, 200U);
}

TEST_F(PasswordLogin, SlowsDownWhoGuesses) {
    migrate("grace");
    guess_wrongly(Limits::wrong_passwords_at_once);
    auto const refused = log_in("ada");
    expect_error(refused, 429, "too_many_requests", "60 seconds");
    EXPECT_EQ(refused.header("Retry-After"), "60");
    EXPECT_EQ(log_in("grace").response.status, 200U);
    clock.advance(Limits::wrong_password_interval);
    EXPECT_EQ(log_in("ada").response.status, 200U);
    // Who knows the password starts again with all guesses.
    guess_wrongly(Limits::wrong_passwords_at_once);
    // Addresses that nobody has are no different.
    guess_wrongly(Limits::wrong_passwords_at_once, "nobody");
    expect_error(log_in("nobody"), 429, "too_many_requests");
}

TEST_F(PasswordLogin, TooManyAtOnceAreRefused) {
    auto const log_in_with = [&](std::size_t waiting_max) {
        auto bounds = limits;
        bounds.passwords_waiting_max = waiting_max;
        service::Services busy(*store, clock, ids, bounds);
        auto const busy_api = api::make_management_api(busy, bounds, public_url);
        return call(*busy_api, "POST", login_path, backend.headers(),
                    R"({"organization_id":")" + organization +
                        R"(","email_address":"ada@example.com","password":"wrong"})");
    };
    expect_error(log_in_with(0), 503, "server_unavailable", "passwords");
    expect_error(log_in_with(1), 401, "unauthorized_credentials");
}

TEST_F(PasswordLogin, NamesWhatIsMissing) {
    auto const base = R"({"organization_id":")" + organization + '"';
    expect_error(send("POST", login_path, "{}"), 400, "invalid_argument", "organization_id");
    expect_error(send("POST", login_path, base + "}"), 400, "invalid_argument", "email_address");
    expect_error(send("POST", login_path, base + R"(,"email_address":"a@b.co"})"), 400,
                 "invalid_argument", "password");
    expect_error(log_in("ada", "correct horse", R"(,"session_duration_minutes":1)"), 400,
                 "invalid_session_duration_minutes");
    expect_error(log_in("ada", "correct horse", R"(,"session_token":"x")"), 400,
                 "invalid_session_token");
}

}  // namespace
}  // namespace rollcall::tests
