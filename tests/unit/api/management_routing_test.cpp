// Paths, methods, and what clients of many makes send with them (contract §1.1, §1.4).
#include "api/management/error_body.hpp"
#include "api/management/error_kinds.hpp"
#include "unit/api/management_fixture.hpp"

#include <set>
#include <string_view>

namespace rollcall::tests {
namespace {

class ManagementRouting : public ManagementTest {};

std::string encode_all(std::string const& text) {
    constexpr char hex[] = "0123456789ABCDEF";
    std::string out;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        out += '%';
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
    return out;
}

TEST_F(ManagementRouting, TolerantPaths) {
    auto const connected = connect();
    for (auto const& path : {
             "/v1/b2b/scim/" + encode_all(connected.organization) + "/connection/" +
                 encode_all(connected.connection),
             "/%76%31/b2b/scim/" + connected.organization + "/%63onnection/" + connected.connection,
             "//v1/b2b/scim/" + connected.organization + "/connection/" + connected.connection,
             "/v1//b2b/scim/" + connected.organization + "/connection/" + connected.connection +
                 "/",
         }) {
        SCOPED_TRACE(path);
        EXPECT_EQ(send("GET", path).response.status, 200);
    }
}

TEST_F(ManagementRouting, UnknownPaths) {
    for (std::string const path :
         {"/", "", "/v1", "/v1/b2b/scim", "/v1/b2b/nothing", "/v2/b2b/organizations",
          "/v1/b2b/scim/acme/connections", "/v1/b2b/scim/acme/connection/c/rotate",
          "/v1/b2b/scim/acme/connection/c/rotate/begin",
          "/v1/b2b/organizations/a/b/c/d/e/f/g/h/i/j",
          "/v1/b2b/organizations/acme/members/m/passwords", "/v1/b2b/sessions/nothing",
          "/v1/b2b/rbac/policies", "/V1/b2b/organizations", "/v1%2Fb2b%2Forganizations"}) {
        SCOPED_TRACE(path);
        expect_error(send("GET", path), 404, "route_not_found");
        // Without credentials too: there is nothing to protect.
        expect_error(call(*api, "POST", path, {}), 404, "route_not_found");
    }
}

TEST_F(ManagementRouting, AnOrganizationMayBeCalledSearch) {
    create_organization(R"(,"organization_slug":"search")");
    auto const path = "/v1/b2b/organizations/search";
    EXPECT_TRUE(send("POST", path, "{}").json().as_object().contains("organizations"));
    EXPECT_TRUE(send("GET", path).json().as_object().contains("organization"));
    EXPECT_EQ(send("PATCH", path).header("Allow"), "GET, PUT, DELETE, POST");
}

TEST_F(ManagementRouting, WrongMethods) {
    auto const answer = send("PATCH", "/v1/b2b/scim/acme/connection/c", "{}");
    expect_error(answer, 405, "method_not_allowed");
    EXPECT_EQ(answer.header("Allow"), "GET, PUT, DELETE");
    EXPECT_EQ(send("DELETE", "/v1/b2b/organizations").header("Allow"), "POST");
    EXPECT_EQ(send("OPTIONS", "/v1/b2b/organizations/acme").response.status, 405);
    EXPECT_EQ(send("HEAD", "/v1/b2b/organizations/acme").response.status, 405);
    EXPECT_EQ(send("BREW", "/v1/b2b/organizations/acme").response.status, 405);
    EXPECT_EQ(send("GET", "/v1/b2b/scim/a/connection/c/rotate/start").header("Allow"), "POST");
}

TEST_F(ManagementRouting, BodiesWhereNoneIsNeeded) {
    auto const connected = connect();
    EXPECT_EQ(send("GET", connected.path(), "{}").response.status, 200);
    EXPECT_EQ(send("GET", connected.path(), "not json").response.status, 200);
    EXPECT_EQ(send("POST", connected.path() + "/rotate/start", "").response.status, 200);
    EXPECT_EQ(send("POST", connected.path() + "/rotate/cancel", "{}").response.status, 200);
    EXPECT_EQ(send("DELETE", connected.path(), R"({"organization_id":"x"})").response.status, 200);
}

TEST_F(ManagementRouting, BodiesThatCountAsEmpty) {
    auto const connected = connect();
    for (std::string const body : {"", "  \r\n", "{}", "[]"}) {
        auto const answer = send("PUT", connected.path(), body,
                                 {{"Content-Type", "application/json; charset=utf-8"}});
        EXPECT_EQ(answer.response.status, 200) << answer.body();
    }
}

TEST_F(ManagementRouting, UnknownParametersAndFieldsAreIgnored) {
    auto const connected = connect();
    EXPECT_EQ(send("GET", connected.path() + "?organization_id=other&x=%ff&aadOptscim062020")
                  .response.status,
              200);
    auto const answer = send("PUT", connected.path(),
                             R"({"organization_id":"other","connection_id":"c","display_name":"D",
                                 "future":{"a":[1]}})");
    EXPECT_EQ(answer.response.status, 200) << answer.body();
    EXPECT_EQ(answer.json().at("connection").at("display_name").as_string(), "D");
}

TEST_F(ManagementRouting, FailuresBeforeRouting) {
    using http::Failure;
    std::vector<std::tuple<Failure, unsigned, std::string>> const expected{
        {Failure::malformed, 400, "bad_request"},
        {Failure::header_too_large, 431, "request_header_too_large"},
        {Failure::target_too_long, 414, "request_target_too_long"},
        {Failure::body_too_large, 413, "request_body_too_large"},
        {Failure::timeout, 408, "request_timeout"},
        {Failure::unsupported_coding, 501, "transfer_coding_not_supported"},
        {Failure::expectation_failed, 417, "expectation_failed"},
        {Failure::overloaded, 503, "server_unavailable"},
        {Failure::memory_full, 503, "server_unavailable"}};
    for (auto const& [failure, status, type] : expected) {
        std::string const path = "/v1/b2b/organizations";
        auto const headers = backend.headers();
        Answer answer;
        answer.response =
            api->fail(failure, make_request("POST", path, headers, {}), answer.context);
        expect_conventions(answer);
        expect_error(answer, status, type);
        EXPECT_EQ(answer.header("Retry-After"), status == 503 ? "1" : "");
    }
}

TEST(ManagementErrors, TellHowLongToWait) {
    auto const retry_after = [](Error const& error) {
        Answer answer;
        answer.response = api::management::error_response(error.for_caller(), {}, "http://a");
        return answer.header("Retry-After");
    };
    Error const limited(ErrorCode::rate_limited, "too many");
    EXPECT_EQ(retry_after(limited), "1");
    EXPECT_EQ(retry_after(Error(limited).with_retry_after(std::chrono::seconds(7))), "7");
    EXPECT_EQ(retry_after(unavailable_error("busy")), "1");
    EXPECT_EQ(retry_after(internal_error("bug")), "");
}

TEST_F(ManagementRouting, InternalErrorsSayNothing) {
    Answer answer;
    answer.context.error = "internal_server_error: the secret plan";
    answer.response = api->internal_error(answer.context);
    expect_conventions(answer);
    expect_error(answer, 500, "internal_server_error");
    EXPECT_EQ(answer.body().find("plan"), std::string::npos);
}

TEST_F(ManagementRouting, ErrorPageExplainsEveryKind) {
    auto const answer = call(*api, "GET", "/docs/errors", {});
    EXPECT_EQ(answer.response.status, 200);
    EXPECT_EQ(answer.response.content_type, "text/html; charset=utf-8");
    EXPECT_FALSE(answer.header("Content-Security-Policy").empty());
    EXPECT_EQ(answer.body().find("<script"), std::string::npos);
    for (auto const& kind : api::management::error_kinds()) {
        EXPECT_NE(answer.body().find("id=\"" + std::string(kind.name) + "\""), std::string::npos)
            << kind.name;
        EXPECT_GE(kind.status, 400u);
        EXPECT_EQ(kind.explanation.find_first_of("<>&\""), std::string_view::npos) << kind.name;
    }
}

TEST_F(ManagementRouting, EveryErrorCodeHasAKind) {
    for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
        auto const& kind = api::management::kind_of({static_cast<ErrorCode>(code), "", ""});
        EXPECT_EQ(&api::management::kind_named(kind.name), &kind);
    }
    EXPECT_EQ(api::management::kind_of({ErrorCode::not_found, "no_such_kind", ""}).name,
              "route_not_found");
}

TEST_F(ManagementRouting, RouteTable) {
    std::set<std::string_view> const open{"/docs/errors", "/openapi.json",
                                          "/v1/b2b/sessions/jwks/{project_id}"};
    for (auto const& route : api->routes()) {
        EXPECT_EQ(route.caller, open.contains(route.pattern) ? "anyone" : "project")
            << route.pattern;
    }
}

TEST_F(ManagementRouting, EveryOtherRouteNeedsCredentials) {
    for (auto const& route : api->routes()) {
        if (route.caller == "anyone") continue;
        auto const answer = call(*api, route.method, std::string(route.pattern), {});
        expect_error(answer, 401, "unauthorized_credentials");
        EXPECT_EQ(answer.context.route,
                  std::string(route.method) + " " + std::string(route.pattern));
    }
}

}  // namespace
}  // namespace rollcall::tests
