// Trusted-token profiles (our own; contract §5.7): written, shown, refused, another project's.
#include "unit/api/management_fixture.hpp"

namespace rollcall::tests {
namespace {

constexpr auto path = "/v1/rollcall/trusted_token_profiles";

// RFC 8037 §A.2, as JWK and as PEM.
constexpr auto jwk = R"({"kty":"OKP","crv":"Ed25519","kid":"k1",)"
                     R"("x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";
constexpr auto pem =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
    "-----END PUBLIC KEY-----\n";

class ManagementTokenProfiles : public ManagementTest {
protected:
    static json::object pem_body() {
        return {{"name", "Backend"},
                {"issuer", "https://issuer.example.com"},
                {"audience", "rollcall"},
                {"public_key_type", "PEM"},
                {"pem_files", {pem}},
                {"attribute_mapping", {{"email", "email"}, {"token_id", "jti"}}}};
    }
    static json::object jwk_body() {
        auto body = pem_body();
        body.erase("pem_files");
        body["public_key_type"] = "JWK";
        body["jwks"] = json::object{{"keys", json::array{json::parse(jwk)}}};
        return body;
    }
    Answer post(json::object const& body) { return send("POST", path, json::serialize(body)); }
    json::object create(json::object const& body) {
        auto const answer = post(body);
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        return answer.json().at("trusted_token_profile").as_object();
    }
    static std::string at(json::object const& profile) {
        return std::string(path) + "/" + std::string(profile.at("profile_id").as_string());
    }
    json::value list() { return send("GET", path).json().at("trusted_token_profiles"); }
};

TEST_F(ManagementTokenProfiles, AreShownAsTheyWereMade) {
    auto const profile = create(pem_body());
    EXPECT_TRUE(parse_id<TokenProfileId>(profile.at("profile_id").as_string()));
    EXPECT_EQ(profile.size(), 12U);
    EXPECT_EQ(profile.at("pem_files"), (json::array{pem}));
    EXPECT_EQ(profile.at("jwks"), nullptr);
    EXPECT_EQ(profile.at("attribute_mapping"),
              json::parse(R"({"email":"email","token_id":"jti","organization_id":null,
                              "external_member_id":null,"role_ids":null})"));
    EXPECT_EQ(profile.at("can_jit_provision"), false);
    EXPECT_EQ(profile.at("single_use"), false);
    auto const other = create(jwk_body());
    EXPECT_EQ(other.at("pem_files"), nullptr);
    EXPECT_EQ(other.at("jwks"), jwk_body().at("jwks"));
    EXPECT_EQ(list(), (json::array{profile, other}));
    EXPECT_EQ(send("GET", at(other)).json().at("trusted_token_profile"), other);
}

TEST_F(ManagementTokenProfiles, WhatWasReadCanBeSent) {
    for (auto const& body : {pem_body(), jwk_body()}) {
        auto const profile = create(body);
        auto const again = send("PUT", at(profile), json::serialize(profile));
        EXPECT_EQ(again.json().at("trusted_token_profile"), profile);
        EXPECT_EQ(create(profile).at("name"), profile.at("name"));
    }
}

TEST_F(ManagementTokenProfiles, AreChangedAndDeleted) {
    auto const profile = create(pem_body());
    clock.advance(std::chrono::seconds(5));
    auto const changed = send("PUT", at(profile), R"({"name":"Other","single_use":true,
        "can_jit_provision":true,"attribute_mapping":{"email":"mail","token_id":"id",
        "organization_id":"org","external_member_id":"sub","role_ids":"roles"}})")
                             .json()
                             .at("trusted_token_profile")
                             .as_object();
    EXPECT_EQ(changed.at("name"), "Other");
    EXPECT_EQ(changed.at("single_use"), true);
    EXPECT_EQ(changed.at("attribute_mapping").at("role_ids"), "roles");
    EXPECT_EQ(changed.at("pem_files"), profile.at("pem_files"));
    EXPECT_EQ(changed.at("created_at"), profile.at("created_at"));
    EXPECT_NE(changed.at("updated_at"), profile.at("updated_at"));
    EXPECT_EQ(list(), (json::array{changed}));

    auto const gone = send("DELETE", at(profile));
    EXPECT_EQ(gone.json().at("profile_id"), profile.at("profile_id"));
    EXPECT_EQ(list(), json::array{});
    for (auto const* method : {"GET", "PUT", "DELETE"}) {
        expect_error(send(method, at(profile), "{}"), 404, "trusted_token_profile_not_found",
                     "profile_id");
    }
}

TEST_F(ManagementTokenProfiles, RefusalsNameFieldAndRuleAndChangeNothing) {
    auto const profile = create(jwk_body());
    struct Case {
        std::string fields;
        std::string type;
        std::string words;
    };
    std::string const private_key = R"({"kty":"OKP","crv":"Ed25519","d":"AAAA","x":"AAAA"})";
    std::string const symmetric_key = R"({"kty":"oct","k":"AAAA"})";
    std::vector<Case> const cases{
        {R"({"name":7})", "invalid_request_value", "name must be a string"},
        {R"({"single_use":"yes"})", "invalid_request_value", "single_use must be true or false"},
        {R"({"can_jit_provision":1})", "invalid_request_value", "can_jit_provision"},
        {R"({"pem_files":"x"})", "invalid_request_value", "pem_files must be an array of strings"},
        {R"({"jwks":"x"})", "invalid_request_value", "jwks must be an object"},
        {R"({"attribute_mapping":7})", "invalid_request_value", "attribute_mapping must be"},
        {R"({"attribute_mapping":{"email":7}})", "invalid_request_value",
         "attribute_mapping.email must be a string"},
        {R"({"attribute_mapping":{"email":"e"}})", "invalid_trusted_token_profile",
         "attribute_mapping.token_id is required"},
        {R"({"issuer":""})", "invalid_trusted_token_profile", "issuer is required"},
        {R"({"jwks":{}})", "invalid_trusted_token_profile", "jwks.keys must be an array"},
        {R"({"jwks":{"keys":[)" + std::string(jwk) + "," + private_key + "]}}",
         "invalid_trusted_token_profile", "jwks.keys[1]: d of the JWK must be absent"},
        {R"({"jwks":{"keys":[)" + symmetric_key + "]}}", "invalid_trusted_token_profile",
         "jwks.keys[0]: kty of the JWK"},
        {R"({"public_key_type":"PEM","pem_files":["-----BEGIN PRIVATE KEY-----"]})",
         "invalid_trusted_token_profile", "pem_files[0]: The PEM text must be a public key"}};
    for (auto const& [fields, type, words] : cases) {
        SCOPED_TRACE(fields);
        expect_error(send("PUT", at(profile), fields), 400, type, words);
        auto body = jwk_body();
        for (auto const& [name, value] : json::parse(fields).as_object()) body[name] = value;
        if (body.contains("pem_files") && body.at("public_key_type") == "PEM") body.erase("jwks");
        expect_error(post(body), 400, type, words);
    }
    EXPECT_EQ(list(), (json::array{profile}));
}

TEST_F(ManagementTokenProfiles, OfAnotherProjectAreNotFound) {
    auto const profile = create(pem_body());
    auto const other = create_backend(Environment::test);
    for (auto const* method : {"GET", "PUT", "DELETE"}) {
        expect_error(send_as(other, method, at(profile), R"({"name":"Mine"})"), 404,
                     "trusted_token_profile_not_found");
    }
    EXPECT_EQ(send_as(other, "GET", path).json().at("trusted_token_profiles"), json::array{});
    auto const live = create_backend(Environment::live);
    expect_error(send_as(live, "GET", at(profile)), 400, "test_id_used_in_live_environment");
    expect_error(send("GET", std::string(path) + "/nonsense"), 404,
                 "trusted_token_profile_not_found", "profile_id");
    EXPECT_EQ(list(), (json::array{profile}));
}

TEST_F(ManagementTokenProfiles, AreBoundedInNumber) {
    for (std::size_t i = 0; i < limits.token_profiles_per_project_max; ++i) create(pem_body());
    expect_error(post(pem_body()), 400, "too_many_trusted_token_profiles", "100");
}

}  // namespace
}  // namespace rollcall::tests
