// Addresses, credentials, methods, media types and conditions of the SCIM side.
#include "api/scim/routes.hpp"
#include "unit/api/scim_support.hpp"

#include <set>

namespace rollcall::tests {
namespace {

class ScimHttp : public ScimTest {
protected:
    Answer anonymous(std::string_view method, std::string const& path) {
        return call(side.api(), method, okta.path + path);
    }
    Answer with_authorization(std::string const& value, std::string const& path = "/Users") {
        return call(side.api(), "GET", okta.path + path, {{"Authorization", value}});
    }
};

TEST_F(ScimHttp, EveryWayToHaveNoRightIsTheSameRefusal) {
    auto const other = side.connect(directory::IdentityProvider::okta);
    auto const unknown = "/v1/b2b/scim/scim-connection-test-01890000-0000-7000-8000-000000000001";
    std::vector<Answer> const refusals{
        anonymous("GET", "/Users"),
        with_authorization("Bearer"),
        with_authorization("Bearer " + std::string(48, 'x')),
        with_authorization(okta.token),
        with_authorization("Basic " + okta.token),
        with_authorization("Bearer " + other.token),
        call(side.api(), "GET", std::string(unknown) + "/Users", okta.authorization()),
        call(side.api(), "GET", "/v1/b2b/scim/nonsense/Users", okta.authorization()),
        anonymous("GET", "/Nothing"),
        anonymous("DELETE", "/Users/1"),
    };
    for (auto const& refusal : refusals) {
        expect_error(refusal, 401, "", "Authorization");
        EXPECT_EQ(refusal.header("WWW-Authenticate"), "Bearer");
        EXPECT_EQ(refusal.body(), refusals[0].body());
        EXPECT_EQ(refusal.response.headers, refusals[0].response.headers);
    }
}

TEST_F(ScimHttp, TheSchemeIsReadInAnyCaseAndWithSpaces) {
    for (auto const& prefix : {"Bearer ", "bearer ", "BEARER   ", "  Bearer \t"}) {
        EXPECT_EQ(with_authorization(prefix + okta.token + " ").response.status, 200U) << prefix;
    }
}

TEST_F(ScimHttp, AnExpiredTokenIsRefused) {
    side.clock().advance(std::chrono::hours(25));
    expect_error(send("GET", "/Users"), 401, "");
}

TEST_F(ScimHttp, RotationAcceptsBothTokensUntilItEnds) {
    using storage::Rotation;
    auto const try_token = [&](std::string const& token) {
        return with_authorization("Bearer " + token).response.status;
    };
    auto const start = [&](std::string const& token) {
        directory::BearerToken const next{crypto::sha256(token), "last",
                                          side.clock().now() + std::chrono::hours(24)};
        value_of(run_task(side.store().start_rotation(okta.key, next, side.clock().now(), {})));
    };
    std::string const next(48, 'n');
    EXPECT_EQ(try_token(next), 401U);
    start(next);
    EXPECT_EQ(try_token(next), 200U);
    EXPECT_EQ(try_token(okta.token), 200U);
    value_of(
        run_task(side.store().end_rotation(okta.key, Rotation::cancel, side.clock().now(), {})));
    EXPECT_EQ(try_token(next), 401U);
    EXPECT_EQ(try_token(okta.token), 200U);
    start(next);
    value_of(
        run_task(side.store().end_rotation(okta.key, Rotation::complete, side.clock().now(), {})));
    EXPECT_EQ(try_token(next), 200U);
    EXPECT_EQ(try_token(okta.token), 401U);
}

TEST_F(ScimHttp, ADeletedConnectionRefusesAtOnce) {
    value_of(run_task(side.store().delete_connection(okta.key, side.clock().now(), {})));
    expect_error(send("GET", "/Users"), 401, "");
}

TEST_F(ScimHttp, DiscoveryAnswersStrangersButNotWrongTokens) {
    for (auto const* path :
         {"/ServiceProviderConfig", "/ResourceTypes", "/ResourceTypes/User", "/Schemas",
          "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User",
          "/Schemas/URN%3Aietf%3Aparams%3Ascim%3Aschemas%3Acore%3A2.0%3Agroup"}) {
        EXPECT_EQ(anonymous("GET", path).response.status, 200U) << path;
        EXPECT_EQ(send("GET", path).response.status, 200U) << path;
        EXPECT_EQ(anonymous("GET", path).response.content_type, "application/scim+json");
        expect_error(with_authorization("Bearer wrong", path), 401, "");
        expect_error(send("GET", std::string(path) + "?filter=id%20pr"), 403, "", "filter");
    }
    expect_error(anonymous("GET", "/ResourceTypes/Device"), 404, "");
    expect_error(anonymous("GET", "/Schemas/urn:none"), 404, "");
    EXPECT_EQ(text_at(anonymous("GET", "/ResourceTypes/User"), "/meta/location"),
              okta.base + "/ResourceTypes/User");
}

TEST_F(ScimHttp, AddressesAreReadGenerously) {
    auto const id = add_user("ann@x.test");
    for (auto const& path : {"/Users/" + id, "//Users//" + id + "/", "/users/" + id,
                             "/v2/Users/" + id, "/Users/" + id + ".scim", "/Users/" + id + "?"}) {
        EXPECT_EQ(get(path, "/id"), id) << path;
    }
    EXPECT_EQ(send("GET", "/Users/?startindex=1&COUNT=1&").response.status, 200U);
    EXPECT_EQ(send("GET", "/Users.scim").response.status, 200U);
    expect_error(send("GET", "/v3/Users"), 404, "");
    expect_error(send("GET", "/Users/" + id + "/emails"), 404, "");
    expect_error(send("GET", "/Devices"), 404, "", "endpoint");
    expect_error(send("GET", "/%FF"), 404, "");
}

TEST_F(ScimHttp, MethodsThatAreNotThereAreNamed) {
    struct Case {
        std::string_view method, path, allow;
    };
    for (auto const& [method, path, allow] :
         std::initializer_list<Case>{{"PUT", "/Users", "POST, GET, HEAD, OPTIONS"},
                                     {"DELETE", "/Groups", "POST, GET, HEAD, OPTIONS"},
                                     {"POST", "/Users/1", "GET, HEAD, PUT, PATCH, DELETE, OPTIONS"},
                                     {"POST", "/Schemas", "GET, HEAD, OPTIONS"},
                                     {"DELETE", "/ServiceProviderConfig", "GET, HEAD, OPTIONS"},
                                     {"TRACE", "/Users", "POST, GET, HEAD, OPTIONS"}}) {
        auto const answer = send(method, std::string(path));
        expect_error(answer, 405, "");
        EXPECT_EQ(answer.header("Allow"), allow) << path;
    }
}

TEST_F(ScimHttp, OptionsAndHead) {
    auto const options = send("OPTIONS", "/Users");
    EXPECT_EQ(options.response.status, 204U);
    EXPECT_EQ(options.header("Allow"), "POST, GET, HEAD, OPTIONS");
    EXPECT_EQ(options.response.content_type, "");
    auto const id = add_user("ann@x.test");
    auto const head = send("HEAD", "/Users/" + id);
    EXPECT_EQ(head.response.status, 200U);
    EXPECT_EQ(head.header("ETag"), send("GET", "/Users/" + id).header("ETag"));
    EXPECT_EQ(send("HEAD", "/Users/none").response.status, 404U);
}

TEST_F(ScimHttp, WhatIsNotOfferedSaysSo) {
    for (auto const& [method, path] :
         std::initializer_list<std::pair<std::string_view, std::string>>{
             {"GET", "/Me"},
             {"DELETE", "/me"},
             {"POST", "/Bulk"},
             {"POST", "/.search"},
             {"POST", "/Users/.search"},
             {"POST", "/Groups/.search"},
             {"GET", "/?filter=id%20pr"}}) {
        expect_error(send(method, path), 501, "");
    }
}

TEST_F(ScimHttp, TheMediaTypeIsScimUnlessOnlyJsonIsAccepted) {
    auto const type = [&](Headers headers) {
        return send("GET", "/Users", {}, std::move(headers)).response.content_type;
    };
    EXPECT_EQ(type({}), "application/scim+json");
    EXPECT_EQ(type({{"Accept", "*/*"}}), "application/scim+json");
    EXPECT_EQ(type({{"Accept", "text/html"}}), "application/scim+json");
    EXPECT_EQ(type({{"Accept", "application/scim+json, application/json"}}),
              "application/scim+json");
    EXPECT_EQ(type({{"Accept", "application/json; charset=utf-8"}}), "application/json");
}

TEST_F(ScimHttp, BodiesAreReadWhateverTheirTypeSays) {
    int number = 0;
    for (auto const* type : {"application/scim+json", "application/json; charset=utf-8",
                             "TEXT/JSON", "text/plain", "multipart/form-data"}) {
        auto const body = R"({"userName":"user)" + std::to_string(number++) + R"("})";
        auto const answer = send("POST", "/Users", body, {{"Content-Type", type}});
        EXPECT_EQ(answer.response.status, 201U) << type;
    }
    EXPECT_EQ(send("POST", "/Users", "\xEF\xBB\xBF{\"userName\":\"bom\"}").response.status, 201U);
}

TEST_F(ScimHttp, EntityTagsGuardReads) {
    auto const path = "/Users/" + add_user("ann@x.test");
    auto const read = send("GET", path);
    EXPECT_EQ(read.header("ETag"), text_at(read, "/meta/version"));
    EXPECT_EQ(read.header("Location"), text_at(read, "/meta/location"));
    for (auto const* tag : {"W/\"1\"", "\"1\"", "1", "*", "\"0\", W/\"1\""}) {
        auto const answer = send("GET", path, {}, {{"If-None-Match", tag}});
        EXPECT_EQ(answer.response.status, 304U) << tag;
        EXPECT_EQ(answer.body(), "");
        EXPECT_EQ(answer.response.content_type, "");
        EXPECT_EQ(answer.header("ETag"), "W/\"1\"");
    }
    EXPECT_EQ(send("GET", path, {}, {{"If-None-Match", "W/\"2\""}}).response.status, 200U);
}

TEST_F(ScimHttp, EntityTagsGuardWrites) {
    auto const user = "/Users/" + add_user("ann@x.test");
    auto const group = "/Groups/" + add_group("Sales");
    for (auto const& path : {user, group}) {
        auto const rename = R"([{"op":"replace","path":"displayName","value":"New"}])";
        for (auto const* stale : {"W/\"9\"", "other", "W/\"8\", W/\"9\""}) {
            expect_error(patch(path, rename, {{"If-Match", stale}}), 412, "", "version");
            expect_error(
                send("PUT", path, R"({"userName":"a","displayName":"b"})", {{"If-Match", stale}}),
                412, "");
            expect_error(send("DELETE", path, {}, {{"If-Match", stale}}), 412, "");
        }
        EXPECT_EQ(get(path, "/meta/version"), "W/\"1\"");
        auto const patched = patch(path, rename, {{"If-Match", "W/\"9\", W/\"1\""}});
        EXPECT_EQ(patched.response.status, 200U);
        EXPECT_EQ(patched.header("ETag"), "W/\"2\"");
        EXPECT_EQ(patch(path, rename, {{"If-Match", "*"}}).response.status, 200U);
        EXPECT_EQ(send("DELETE", path, {}, {{"If-Match", "W/\"2\""}}).response.status, 204U);
        expect_error(send("DELETE", path, {}, {{"If-Match", "W/\"9\""}}), 404, "");
    }
}

TEST_F(ScimHttp, TheRouteTableHasNoTwins) {
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (auto const& route : side.api().routes()) {
        EXPECT_TRUE(seen.emplace(route.method, route.pattern).second) << route.pattern;
        EXPECT_TRUE(route.caller == "connection" || route.caller == "anyone");
    }
    EXPECT_EQ(seen.size(), api::scim_api::route_table().size());
}

TEST_F(ScimHttp, TheLogLearnsRouteAndTenantButNoSecret) {
    auto const answer = send("GET", "/Users?filter=userName%20eq%20%22ann%22");
    EXPECT_EQ(answer.context.route, "/v1/b2b/scim/{connection_id}/Users");
    EXPECT_EQ(answer.context.connection, to_string(okta.key.id()));
    EXPECT_EQ(answer.context.organization, to_string(okta.organization.id()));
    auto const refused = with_authorization("Bearer secret-value");
    EXPECT_EQ(refused.context.error.find("secret-value"), std::string::npos);
    EXPECT_EQ(refused.context.connection, "");
}

TEST_F(ScimHttp, GroupsMayHaveLargerBodies) {
    http::Request request;
    auto const allowed = [&](std::string const& path) {
        auto const whole = okta.path + path;
        request.path = whole;
        return side.api().body_bytes_max(request);
    };
    Limits const limits;
    EXPECT_EQ(allowed("/Users"), limits.body_bytes_max);
    EXPECT_EQ(allowed("/Groups"), limits.group_body_bytes_max);
    EXPECT_EQ(allowed("//groups/x/"), limits.group_body_bytes_max);
    EXPECT_EQ(allowed("/Bulk"), limits.body_bytes_max);
}

TEST_F(ScimHttp, FailuresOfHttpHaveScimBodies) {
    struct Case {
        http::Failure failure;
        unsigned status;
    };
    for (auto const& [failure, status] :
         std::initializer_list<Case>{{http::Failure::malformed, 400},
                                     {http::Failure::header_too_large, 431},
                                     {http::Failure::target_too_long, 414},
                                     {http::Failure::body_too_large, 413},
                                     {http::Failure::timeout, 408},
                                     {http::Failure::unsupported_coding, 501},
                                     {http::Failure::expectation_failed, 417},
                                     {http::Failure::overloaded, 503}}) {
        Answer answer;
        answer.response = side.api().fail(failure, answer.context);
        expect_error(answer, status, status == 400 ? "invalidSyntax" : "");
        EXPECT_EQ(answer.header("Retry-After").empty(), status != 503);
    }
    Answer answer;
    answer.response = side.api().internal_error(answer.context);
    expect_error(answer, 500, "");
}

}  // namespace
}  // namespace rollcall::tests
