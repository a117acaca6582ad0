// What trusted-token profiles may say (contract §5.7).
#include "directory/token_profile_plan.hpp"

#include "base/limits.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace rollcall::directory {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr auto pem = "-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n";

Timestamp at(int seconds) {
    return Timestamp(std::chrono::seconds(seconds));
}

TokenProfileFields pem_fields() {
    TokenProfileFields fields;
    fields.name = "Backend";
    fields.issuer = "https://issuer.example.com";
    fields.audience = "rollcall";
    fields.public_key_type = "PEM";
    fields.pem_files = {pem};
    fields.attribute_mapping = AttributeMappingFields{.email = "email",
                                                      .token_id = "jti",
                                                      .organization_id = "org",
                                                      .external_member_id = {},
                                                      .role_ids = ""};
    return fields;
}

boost::json::object key_set(int keys) {
    boost::json::array array;
    for (int i = 0; i < keys; ++i) array.push_back(boost::json::parse(R"({"kty":"OKP"})"));
    return {{"keys", std::move(array)}};
}

TokenProfileFields jwk_fields() {
    auto fields = pem_fields();
    fields.public_key_type = "JWK";
    fields.pem_files.reset();
    fields.jwks = key_set(1);
    return fields;
}

class TokenProfilePlan : public testing::Test {
protected:
    Result<TokenProfile> create(TokenProfileFields const& fields) {
        return plan_token_profile_creation(fields, id, at(10), limits);
    }
    void expect_refused(Result<TokenProfile> const& planned, std::string const& words) {
        ASSERT_FALSE(planned) << words;
        EXPECT_EQ(planned.error().code(), ErrorCode::invalid_value);
        EXPECT_EQ(planned.error().kind(), "invalid_trusted_token_profile");
        EXPECT_THAT(planned.error().message(), HasSubstr(words));
    }
    void expect_refused(std::function<void(TokenProfileFields&)> const& spoil,
                        std::string const& words) {
        auto fields = pem_fields();
        spoil(fields);
        expect_refused(create(fields), words);
    }

    Limits limits;
    TokenProfileId id{Environment::test, {}};
};

TEST_F(TokenProfilePlan, ACreationTakesEveryField) {
    auto fields = pem_fields();
    fields.can_jit_provision = true;
    auto const profile = create(fields);
    ASSERT_TRUE(profile) << profile.error().message();
    EXPECT_EQ(profile->id, id);
    EXPECT_EQ(profile->name, "Backend");
    EXPECT_EQ(profile->issuer, "https://issuer.example.com");
    EXPECT_EQ(profile->audience, "rollcall");
    EXPECT_EQ(profile->key_type, PublicKeyType::pem);
    EXPECT_EQ(profile->keys, std::vector<std::string>{pem});
    EXPECT_EQ(profile->mapping, (AttributeMapping{.email = "email",
                                                  .token_id = "jti",
                                                  .organization_id = "org",
                                                  .external_member_id = {},
                                                  .role_ids = {}}));
    EXPECT_TRUE(profile->can_jit_provision);
    EXPECT_FALSE(profile->single_use);
    EXPECT_EQ(profile->created_at, at(10));
    EXPECT_EQ(profile->updated_at, at(10));
}

TEST_F(TokenProfilePlan, EachKeyOfASetIsATextOfItsOwn) {
    auto fields = jwk_fields();
    fields.jwks = key_set(2);
    auto const profile = create(fields);
    ASSERT_TRUE(profile) << profile.error().message();
    EXPECT_EQ(profile->key_type, PublicKeyType::jwk);
    EXPECT_EQ(profile->keys, (std::vector<std::string>{R"({"kty":"OKP"})", R"({"kty":"OKP"})"}));
}

TEST_F(TokenProfilePlan, RefusalsNameFieldAndRule) {
    using Fields = TokenProfileFields;
    std::string const long_text(1025, 'x');
    expect_refused([](Fields& f) { f.name.reset(); }, "name is required");
    expect_refused([](Fields& f) { f.name = " "; }, "name is required");
    expect_refused([](Fields& f) { f.name = std::string(129, 'x'); }, "name must have at most 128");
    expect_refused([](Fields& f) { f.name = "a\nb"; }, "name must have");
    expect_refused([](Fields& f) { f.issuer = ""; }, "issuer is required");
    expect_refused([&](Fields& f) { f.issuer = long_text; }, "issuer must have at most 1024");
    expect_refused([](Fields& f) { f.audience.reset(); }, "audience is required");
    expect_refused([&](Fields& f) { f.audience = long_text; }, "audience must have");
    expect_refused([](Fields& f) { f.attribute_mapping.reset(); }, "attribute_mapping is required");
    expect_refused([](Fields& f) { f.attribute_mapping->email.reset(); },
                   "attribute_mapping.email is required");
    expect_refused([](Fields& f) { f.attribute_mapping->token_id = ""; },
                   "attribute_mapping.token_id is required");
    expect_refused([&](Fields& f) { f.attribute_mapping->role_ids = long_text; },
                   "attribute_mapping.role_ids must have at most 128");
    expect_refused([](Fields& f) { f.public_key_type.reset(); }, "public_key_type is required");
    expect_refused([](Fields& f) { f.public_key_type = "pem"; }, "public_key_type must be JWK or");
}

TEST_F(TokenProfilePlan, SizesAreAcceptedUpToTheLimitAndNotOneBeyond) {
    struct Case {
        std::string field;
        std::size_t max;
        std::function<void(TokenProfileFields&, std::string)> set;
    };
    for (auto const& [field, max, set] : std::vector<Case>{
             {"name", limits.name_code_points_max,
              [](auto& fields, auto text) { fields.name = text; }},
             {"issuer", Limits::issuer_characters_max,
              [](auto& fields, auto text) { fields.issuer = text; }},
             {"audience", Limits::issuer_characters_max,
              [](auto& fields, auto text) { fields.audience = text; }},
             {"attribute_mapping.email", Limits::claim_name_characters_max,
              [](auto& fields, auto text) { fields.attribute_mapping->email = text; }},
             {"attribute_mapping.role_ids", Limits::claim_name_characters_max,
              [](auto& fields, auto text) { fields.attribute_mapping->role_ids = text; }},
             {"pem_files", Limits::profile_keys_bytes_max, [](auto& fields, auto text) {
                  fields.pem_files = {pem + text.substr(std::string_view(pem).size())};
              }}}) {
        auto fields = pem_fields();
        set(fields, std::string(max, 'x'));
        auto const fits = create(fields);
        EXPECT_TRUE(fits) << field << ": " << fits.error().message();
        set(fields, std::string(max + 1, 'x'));
        expect_refused(create(fields), field + " must");
    }
}

TEST_F(TokenProfilePlan, KeysAreOfOneTypeAndBounded) {
    using Fields = TokenProfileFields;
    limits.token_profile_keys_max = 2;
    expect_refused([](Fields& f) { f.pem_files.reset(); }, "pem_files must have at least one");
    expect_refused([](Fields& f) { f.pem_files->clear(); }, "pem_files must have at least one");
    expect_refused([](Fields& f) { f.pem_files = {pem, pem, pem}; },
                   "pem_files must not have more than 2");
    expect_refused([](Fields& f) { f.pem_files = {pem, std::string(pem) + pem}; },
                   "pem_files[1] must hold one PEM block");
    expect_refused([](Fields& f) { f.pem_files = {"MCow"}; }, "pem_files[0] must hold one");
    expect_refused(
        [](Fields& f) {
            f.pem_files = {pem + std::string(Limits::profile_keys_bytes_max / 2, ' '),
                           pem + std::string(Limits::profile_keys_bytes_max / 2, ' ')};
        },
        "pem_files must not exceed 65536 bytes");
    expect_refused([](Fields& f) { f.jwks = key_set(1); }, "jwks goes with another");
    expect_refused([](Fields& f) { f.public_key_type = "JWK"; }, "pem_files goes with another");

    auto fields = jwk_fields();
    fields.jwks = key_set(3);
    expect_refused(create(fields), "jwks must not have more than 2");
    fields.jwks = key_set(0);
    expect_refused(create(fields), "jwks must have at least one");
    fields.jwks = boost::json::object{{"keys", 7}};
    expect_refused(create(fields), "jwks.keys must be an array of objects");
    fields.jwks = boost::json::object{{"keys", {"text"}}};
    expect_refused(create(fields), "jwks.keys must be an array of objects");
    fields.jwks.reset();
    expect_refused(create(fields), "jwks must have at least one");
}

TEST_F(TokenProfilePlan, AnUpdateKeepsWhatIsNotGiven) {
    auto const current = *create(pem_fields());
    EXPECT_EQ(plan_token_profile_update(current, {}, at(20), limits), current);

    TokenProfileFields fields;
    fields.single_use = true;
    fields.attribute_mapping = AttributeMappingFields{.email = "mail",
                                                      .token_id = "jti",
                                                      .organization_id = {},
                                                      .external_member_id = "sub",
                                                      .role_ids = "roles"};
    auto const next = plan_token_profile_update(current, fields, at(20), limits);
    ASSERT_TRUE(next);
    EXPECT_TRUE(next->single_use);
    EXPECT_EQ(next->keys, current.keys);
    EXPECT_FALSE(next->mapping.organization_id) << "the mapping is replaced whole";
    EXPECT_EQ(next->mapping.role_ids, "roles");
    EXPECT_EQ(next->created_at, at(10));
    EXPECT_EQ(next->updated_at, at(20));
    EXPECT_GT(plan_token_profile_update(current, fields, at(10), limits)->updated_at, at(10));

    fields.name = "";
    expect_refused(plan_token_profile_update(current, fields, at(20), limits), "name is required");
}

TEST_F(TokenProfilePlan, AnotherTypeNeedsItsKeys) {
    auto const current = *create(pem_fields());
    TokenProfileFields fields;
    fields.public_key_type = "JWK";
    expect_refused(plan_token_profile_update(current, fields, at(20), limits),
                   "jwks must have at least one");
    fields.jwks = key_set(1);
    auto const next = plan_token_profile_update(current, fields, at(20), limits);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->keys, (std::vector<std::string>{R"({"kty":"OKP"})"}));
    fields.public_key_type.reset();
    expect_refused(plan_token_profile_update(current, fields, at(20), limits),
                   "jwks goes with another public_key_type");
}

}  // namespace
}  // namespace rollcall::directory
