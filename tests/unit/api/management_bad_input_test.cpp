// Bodies that must be refused: each with its error_type and the field's name, changing nothing.
#include "unit/api/management_fixture.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>

namespace rollcall::tests {
namespace {

using namespace std::string_literals;

struct BadField {
    std::string field;
    std::string value;  ///< JSON
    std::string type;
};

std::string quoted(std::size_t size) {
    return "\"" + std::string(size, 'x') + "\"";
}

std::string repeated(std::string const& element, std::size_t count) {
    std::string list = "[";
    for (std::size_t i = 0; i < count; ++i) list += (i ? "," : "") + element;
    return list + "]";
}

std::string numbered_domains(std::size_t count) {
    std::string list = "[";
    for (std::size_t i = 0; i < count; ++i) {
        list += (i ? ",\"d" : "\"d") + std::to_string(i) + ".example\"";
    }
    return list + "]";
}

std::vector<BadField> bad_fields() {
    std::vector<BadField> fields{
        {"organization_name", quoted(129), "invalid_organization_name"},
        {"organization_name", "\"a\\tb\"", "invalid_organization_name"},
        {"organization_name", "\"a\\u200bb\"", "forbidden_character_zero_width_space"},
        {"organization_slug", "\"a\"", "invalid_organization_slug"},
        {"organization_slug", quoted(129), "invalid_organization_slug"},
        {"organization_slug", "\"a b\"", "invalid_organization_slug"},
        {"organization_slug", "\"ünï\"", "invalid_organization_slug"},
        {"organization_slug", "\"a|b\"", "invalid_organization_slug"},
        {"organization_slug", "\"organization-test-0190f5a0-0000-7000-8000-000000000000\"",
         "invalid_organization_slug"},
        {"organization_logo_url", quoted(2049), "organization_logo_url_too_long"},
        {"organization_logo_url", "\"logo.png\"", "invalid_url"},
        {"organization_logo_url", "\"javascript:alert(1)\"", "invalid_url"},
        {"organization_logo_url", "\"https://\"", "invalid_url"},
        {"organization_logo_url", "\"https://a b\"", "invalid_url"},
        {"organization_external_id", "\"a~b\"", "invalid_organization_external_id"},
        {"organization_external_id", quoted(129), "invalid_organization_external_id"},
        {"organization_external_id", "\"organization-live-0190f5a0-0000-7000-8000-000000000000\"",
         "external_organization_id_same_as_organization_id"},
        {"trusted_metadata", "\"x\"", "metadata_invalid_format"},
        {"sso_jit_provisioning", "\"SOMETIMES\"", "invalid_organization_auth_factor_setting"},
        {"email_jit_provisioning", "\"ALL_ALLOWED\"", "invalid_organization_auth_factor_setting"},
        {"email_invites", "\"all_allowed\"", "invalid_organization_auth_factor_setting"},
        {"oauth_tenant_jit_provisioning", "\"ALL_ALLOWED\"",
         "invalid_organization_auth_factor_setting"},
        {"first_party_connected_apps_allowed_type", "\"x\"",
         "invalid_organization_auth_factor_setting"},
        {"third_party_connected_apps_allowed_type", "\"x\"",
         "invalid_organization_auth_factor_setting"},
        {"auth_methods", "\"NOT_ALLOWED\"", "invalid_organization_auth_method_settings"},
        {"mfa_methods", "\"x\"", "invalid_organization_auth_method_settings"},
        {"mfa_policy", "\"ALWAYS\"", "invalid_organization_mfa_policy"},
        {"allowed_auth_methods", "[\"sso\",\"telepathy\"]",
         "invalid_organization_allowed_auth_methods"},
        {"allowed_mfa_methods", "[\"sso\"]", "invalid_organization_allowed_mfa_methods"},
        {"auth_methods", "\"RESTRICTED\"", "allowed_auth_methods_required_for_restricted"},
        {"mfa_methods", "\"RESTRICTED\"", "allowed_mfa_methods_required_for_restricted"},
        {"email_allowed_domains", "[\"nodot\"]", "organization_settings_invalid_domain"},
        {"email_allowed_domains", "[\"\"]", "organization_settings_invalid_domain"},
        {"email_allowed_domains", "[\"a@b.com\"]", "organization_settings_invalid_domain"},
        {"email_allowed_domains", "[\"-a.com\"]", "organization_settings_invalid_domain"},
        {"email_allowed_domains", "[\"a..com\"]", "organization_settings_invalid_domain"},
        {"email_allowed_domains", "[\"a.com.\"]", "organization_settings_invalid_domain"},
        {"email_allowed_domains", "[\"10.0.0.1\"]", "organization_settings_invalid_domain"},
        {"email_allowed_domains", "[\"*.a.com\"]", "organization_settings_invalid_domain"},
        {"email_allowed_domains", "[\"Gmail.com\"]", "organization_settings_domain_too_common"},
        {"email_allowed_domains", "[\"mailinator.com\"]",
         "organization_settings_disposable_domain"},
        {"email_allowed_domains", "[\"a.com\",\"A.COM\"]",
         "organization_settings_duplicate_domain"},
        {"email_allowed_domains", numbered_domains(1001), "too_many_domains"},
        {"claimed_email_domains", "[\"x\"]", "organization_settings_invalid_claimed_domain"},
        {"claimed_email_domains", "[\"yahoo.com\"]",
         "organization_settings_claimed_domain_too_common"},
        {"claimed_email_domains", "[\"a.com\",\"a.com\"]",
         "organization_settings_duplicate_claimed_domain"},
        {"rbac_email_implicit_role_assignments",
         "[{\"domain\":\"x\",\"role_id\":\"stytch_admin\"}]", "rbac_invalid_domain"},
        {"rbac_email_implicit_role_assignments", "[{\"role_id\":\"stytch_admin\"}]",
         "rbac_invalid_domain"},
        {"rbac_email_implicit_role_assignments",
         "[{\"domain\":\"outlook.com\",\"role_id\":\"stytch_admin\"}]", "rbac_domain_too_common"},
        {"rbac_email_implicit_role_assignments", "[{\"domain\":\"a.com\"}]",
         "invalid_rbac_role_assignment"},
        {"rbac_email_implicit_role_assignments", "[\"a.com\"]", "invalid_rbac_role_assignment"},
        {"rbac_email_implicit_role_assignments", "[{\"domain\":\"a.com\",\"role_id\":5}]",
         "invalid_rbac_role_assignment"},
        {"rbac_email_implicit_role_assignments", "[{\"domain\":5,\"role_id\":\"stytch_admin\"}]",
         "invalid_rbac_role_assignment"},
        {"rbac_email_implicit_role_assignments", "[{\"domain\":\"a.com\",\"role_id\":\"x\"}]",
         "invalid_rbac_role_id"},
        {"rbac_email_implicit_role_assignments",
         "[{\"domain\":\"a.com\",\"role_id\":\"stytch_member\"}]",
         "cannot_assign_default_rbac_role_id"},
        {"allowed_oauth_tenants", "\"slack\"", "invalid_oauth_allowed_tenants_format"},
        {"allowed_oauth_tenants", "[\"slack\"]", "invalid_oauth_allowed_tenants_format"},
        {"allowed_oauth_tenants", "{\"gitlab\":[\"x\"]}", "invalid_oauth_allowed_tenants_format"},
        {"allowed_oauth_tenants", "{\"slack\":\"x\"}", "invalid_oauth_allowed_tenants_format"},
        {"allowed_oauth_tenants", "{\"slack\":[1]}", "invalid_oauth_allowed_tenants_format"},
        {"allowed_first_party_connected_apps", "[\"a b\"]", "invalid_argument"},
        {"allowed_third_party_connected_apps", repeated("\"a\"", 1001), "invalid_argument"}};
    for (std::string const text :
         {"organization_name", "organization_slug", "organization_logo_url",
          "organization_external_id", "sso_jit_provisioning", "email_jit_provisioning",
          "email_invites", "oauth_tenant_jit_provisioning", "auth_methods", "mfa_policy",
          "mfa_methods", "first_party_connected_apps_allowed_type",
          "third_party_connected_apps_allowed_type"}) {
        for (auto const value : {"7", "true", "{}", "[]", "[\"x\"]"}) {
            fields.push_back({text, value, "invalid_request_value"});
        }
    }
    for (std::string const list :
         {"email_allowed_domains", "claimed_email_domains", "allowed_auth_methods",
          "allowed_mfa_methods", "allowed_first_party_connected_apps",
          "allowed_third_party_connected_apps"}) {
        for (auto const value : {"7", "\"x\"", "{}", "[1]", "[null]", "[[\"x\"]]"}) {
            fields.push_back({list, value, "invalid_request_value"});
        }
    }
    return fields;
}

class ManagementBadInput : public ManagementTest {
protected:
    json::object organization = create_organization();
    std::string const path =
        "/v1/b2b/organizations/" + std::string(organization.at("organization_id").as_string());

    void expect_unchanged() {
        EXPECT_EQ(send("GET", path).json().at("organization"), json::value(organization));
    }
    void expect_refused(std::string const& body, std::string const& type,
                        std::string const& words = {}) {
        SCOPED_TRACE(body.substr(0, 200));
        expect_error(send("POST", "/v1/b2b/organizations", body), 400, type, words);
        expect_error(send("PUT", path, body), 400, type, words);
        expect_unchanged();
    }
};

TEST_F(ManagementBadInput, Fields) {
    for (auto const& bad : bad_fields()) {
        auto body = "{\"" + bad.field + "\":" + bad.value;
        if (bad.field != "organization_name") body += R"(,"organization_name":"Changed")";
        expect_refused(body + "}", bad.type, bad.field);
    }
}

TEST_F(ManagementBadInput, FieldsOfUpdatesOnly) {
    expect_error(send("PUT", path, R"({"sso_default_connection_id":"a b"})"), 400,
                 "invalid_sso_default_connection_id");
    expect_error(send("PUT", path, R"({"sso_default_connection_id":1})"), 400,
                 "invalid_request_value");
    expect_error(send("PUT", path, R"({"sso_jit_provisioning_allowed_connections":["a b"]})"), 400,
                 "invalid_argument");
    expect_error(send("PUT", path, R"({"sso_jit_provisioning_allowed_connections":"x"})"), 400,
                 "invalid_request_value");
    expect_unchanged();
}

TEST_F(ManagementBadInput, MissingName) {
    for (auto const body : {"", "{}", R"({"organization_name":null})",
                            R"({"organization_name":""})", R"({"organization_name":"  "})"}) {
        expect_error(send("POST", "/v1/b2b/organizations", body), 400, "organization_name_missing",
                     "organization_name");
    }
    expect_error(send("PUT", path, R"({"organization_name":"  "})"), 400,
                 "invalid_organization_name", "organization_name");
}

TEST_F(ManagementBadInput, ClearingAListThatASettingNeeds) {
    EXPECT_EQ(send("PUT", path, R"({"auth_methods":"RESTRICTED","allowed_auth_methods":["sso"]})")
                  .response.status,
              200);
    expect_error(send("PUT", path, R"({"allowed_auth_methods":[]})"), 400,
                 "allowed_auth_methods_required_for_restricted");
}

// Stored, it could never be read again.
TEST_F(ManagementBadInput, NumbersBeyondADouble) {
    for (auto const* number : {"1e999", "-1e999", "1e99999", "1e99999999999"}) {
        expect_refused(
            fmt::format(R"({{"organization_name":"x","trusted_metadata":{{"rank":{}}}}})", number),
            "invalid_argument", "\"rank\"");
    }
    auto const answer = send("PUT", path, R"({"trusted_metadata":{"zero":0e999,"tiny":1e-999}})");
    EXPECT_EQ(answer.json().at("organization").at("trusted_metadata"),
              json::parse(R"({"zero":0.0,"tiny":0.0})"));
}

TEST_F(ManagementBadInput, NulNamesTheField) {
    for (std::string const field : {"organization_name", "organization_slug", "mfa_policy"}) {
        expect_refused("{\"" + field + "\":\"a\\u0000\"}", "invalid_argument", field);
    }
}

TEST_F(ManagementBadInput, BodiesThatAreNotJson) {
    auto const name = R"("organization_name":"x")"s;
    for (auto const& body :
         {"{"s, "{]"s, "nonsense"s, "{" + name, "{" + name + "} {}", "{" + name + ",}", "{'a':1}"s,
          "{\"a\":01}"s, "{\"a\":NaN}"s, "{\"a\"}"s, "{" + name + "}\0"s, "\0"s,
          "organization_name=x"s, "{\"organization_name\":\"a\nb\"}"s,
          "{\"organization_name\":\"\\x\"}"s, "{\"organization_name\":\"\xff\xfe\"}"s,
          "{\"organization_name\":\"\xed\xa0\x80\"}"s, "{\"organization_name\":\"\xc0\xaf\"}"s}) {
        expect_refused(body, "bad_request");
    }
}

TEST_F(ManagementBadInput, BodiesThatAreNoObject) {
    for (std::string const body : {"7", "\"x\"", "true", "null", "[1]", "[{}]"}) {
        expect_refused(body, "invalid_request_value", "object");
    }
}

TEST_F(ManagementBadInput, RepeatedKeys) {
    expect_refused(R"({"organization_name":"a","organization_name":"b"})", "bad_request",
                   "organization_name");
    expect_refused(R"({"organization_name":"a","trusted_metadata":{"k":1,"k":2}})", "bad_request",
                   "k");
}

TEST_F(ManagementBadInput, NulAndSurrogates) {
    for (std::string const body :
         {R"({"organization_name":"a\u0000b"})", R"({"organization_name":"\ud800"})",
          R"({"organization_name":"a","trusted_metadata":{"k":"\u0000"}})",
          R"({"organization_name":"a","trusted_metadata":{"\u0000":1}})"}) {
        SCOPED_TRACE(body);
        auto const answer = send("POST", "/v1/b2b/organizations", body);
        EXPECT_EQ(answer.response.status, 400) << answer.body();
        EXPECT_EQ(send("PUT", path, body).response.status, 400);
    }
    expect_unchanged();
}

TEST_F(ManagementBadInput, DeepNesting) {
    for (std::size_t const depth : {65u, 1000u, 100'000u}) {
        expect_refused(R"({"organization_name":"a","trusted_metadata":{"k":)" +
                           std::string(depth, '[') + std::string(depth, ']') + "}}",
                       "bad_request");
    }
}

TEST_F(ManagementBadInput, HugeNumbersAreValuesLikeOthers) {
    auto const answer =
        send("PUT", path, R"({"trusted_metadata":{"a":123456789012345678901234567890,"b":1e300}})");
    EXPECT_EQ(answer.response.status, 200) << answer.body();
}

TEST_F(ManagementBadInput, BodyLimit) {
    auto const headers = backend.headers();
    EXPECT_EQ(api->body_bytes_max(make_request("POST", path, headers, {})), limits.body_bytes_max);
}

TEST_F(ManagementBadInput, AStrangerMayNotSendALargeBody) {
    Headers const none;
    auto const refuse = [&](std::string const& method, std::string const& where) {
        auto const head = make_request(method, where, none, {});
        EXPECT_EQ(api->body_bytes_max(head), limits.anonymous_body_bytes_max);
        Answer answer;
        answer.response = api->fail(http::Failure::body_too_large, head, answer.context);
        expect_conventions(answer);
        return answer;
    };
    // As they are with a small body.
    expect_error(refuse("PUT", path), 401, "unauthorized_credentials");
    expect_error(refuse("POST", "/v1/b2b/nothing"), 404, "route_not_found");
    expect_error(refuse("PATCH", "/v1/b2b/organizations"), 405, "method_not_allowed");
    // Who needs no credentials learns that it is the body.
    expect_error(refuse("GET", "/docs/errors"), 413, "request_body_too_large");
}

}  // namespace
}  // namespace rollcall::tests
