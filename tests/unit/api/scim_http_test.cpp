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

// K-02, K-08, X-05
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

// K-03
TEST_F(ScimHttp, TheSchemeIsReadInAnyCaseAndWithSpaces) {
    for (auto const& prefix : {"Bearer ", "bearer ", "BEARER   ", "  Bearer \t"}) {
        EXPECT_EQ(with_authorization(prefix + okta.token + " ").response.status, 200U) << prefix;
    }
}

// K-04
TEST_F(ScimHttp, AnExpiredTokenIsRefused) {
    side.clock().advance(std::chrono::hours(25));
    expect_error(send("GET", "/Users"), 401, "");
}

// K-04
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

// N-01, N-03, N-05, N-18, N-20
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
    for (auto const* query :
         {"?count=abc&startIndex=x", "?attributes=id&excludedAttributes=id", "?sortBy=%FF"}) {
        EXPECT_EQ(anonymous("GET", std::string("/Schemas") + query).json(),
                  anonymous("GET", "/Schemas").json());
    }
    expect_error(anonymous("GET", "/Schemas?filter=a&FILTER=b"), 403, "", "filter");
    expect_error(anonymous("GET", "/ResourceTypes/Device"), 404, "");
    expect_error(anonymous("GET", "/Schemas/urn:none"), 404, "");
    EXPECT_EQ(text_at(anonymous("GET", "/ResourceTypes/User"), "/meta/location"),
              okta.base + "/ResourceTypes/User");
}

// H-05, H-06, H-09, H-10, H-11, X-06, I-08, Z-04
TEST_F(ScimHttp, AddressesAreReadGenerously) {
    auto const id = add_user("ann@x.test");
    for (auto const& path : {"/Users/" + id, "//Users//" + id + "/", "/users/" + id,
                             "/v2/Users/" + id, "/Users/" + id + ".scim", "/Users/" + id + "?"}) {
        EXPECT_EQ(get(path, "/id"), id) << path;
    }
    EXPECT_EQ(send("GET", "/Users/?startindex=1&COUNT=1&").response.status, 200U);
    EXPECT_EQ(send("GET", "/Users.scim").response.status, 200U);
    EXPECT_EQ(send("POST", "/users.scim/", R"({"userName":"bob"})").response.status, 201U);
    for (auto const* unknown : {"/v1/Users", "/v3/Users", "/v2/v2/Users", "/v3"}) {
        expect_error(send("GET", unknown), 404, "");
    }
    expect_error(send("GET", "/Users/" + id + "/emails"), 404, "");
    expect_error(send("GET", "/Devices"), 404, "", "endpoint");
    expect_error(send("GET", "/%FF"), 404, "");
}

// H-07, N-04, C-13
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

// H-15, H-12
TEST_F(ScimHttp, OptionsAndHead) {
    auto const options = send("OPTIONS", "/Users");
    EXPECT_EQ(options.response.status, 204U);
    EXPECT_EQ(options.header("Allow"), "POST, GET, HEAD, OPTIONS");
    EXPECT_EQ(options.response.content_type, "");
    auto const id = add_user("ann@x.test");
    auto const head = send("HEAD", "/Users/" + id);
    EXPECT_EQ(head.response.status, 200U);
    EXPECT_EQ(head.header("ETag"), send("GET", "/Users/" + id).header("ETag"));
    EXPECT_EQ(head.header("Location"), okta.base + "/Users/" + id);
    EXPECT_EQ(send("HEAD", "/Users/none").response.status, 404U);
    EXPECT_EQ(send("HEAD", "/Users/" + id, {}, {{"If-None-Match", "*"}}).response.status, 304U);
    auto const discovery = anonymous("OPTIONS", "/Schemas");
    EXPECT_EQ(discovery.response.status, 204U);
    EXPECT_EQ(discovery.header("Allow"), "GET, HEAD, OPTIONS");
    expect_error(send("OPTIONS", "/Nothing"), 404, "");
}

// M-01, M-02
TEST_F(ScimHttp, ATokenIsNobodysSelf) {
    for (auto const* method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "X"}) {
        for (auto const* path : {"/Me", "/me/", "/Me.scim", "/v2/Me?attributes=id"}) {
            expect_error(send(method, path, R"({"userName":"x"})"), 501, "");
        }
    }
    expect_error(anonymous("GET", "/Me"), 401, "");
    EXPECT_EQ(get("/Users", "/totalResults"), "0");
}

// H-02, H-03
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

// H-01, H-04
TEST_F(ScimHttp, BodiesAreReadWhateverTheirTypeSays) {
    int number = 0;
    for (auto const* type : {"application/scim+json", "application/json; charset=utf-8",
                             "TEXT/JSON", "text/plain", "multipart/form-data"}) {
        auto const body = R"({"userName":"user)" + std::to_string(number++) + R"("})";
        auto const answer = send("POST", "/Users", body, {{"Content-Type", type}});
        EXPECT_EQ(answer.response.status, 201U) << type;
    }
    EXPECT_EQ(send("POST", "/Users", "\xEF\xBB\xBF{\"userName\":\"bom\"}").response.status, 201U);
    EXPECT_EQ(send("POST", "/Users", R"({"userName":"none"})").response.status, 201U);
}

// H-04, X-04
TEST_F(ScimHttp, AFormIsNoJson) {
    for (auto const* type : {"multipart/form-data; boundary=x", "Multipart/Mixed",
                             "application/x-www-form-urlencoded"}) {
        expect_error(send("POST", "/Users", "--x\r\nuserName=ann", {{"Content-Type", type}}), 415,
                     "", "Content-Type");
        // What only looks like JSON is judged as JSON.
        expect_error(send("POST", "/Users", " {\"userName\"", {{"Content-Type", type}}), 400,
                     "invalidSyntax");
    }
    expect_error(send("POST", "/Users", "a=b", {{"Content-Type", "text/plain"}}), 400,
                 "invalidSyntax");
    expect_error(send("POST", "/Users", "a=b"), 400, "invalidSyntax");
}

// H-08, H-16
TEST_F(ScimHttp, QueriesAreDecodedOnce) {
    add_user("ann+x@x.test");
    auto const found = [&](std::string const& query) {
        return get("/Users?" + query, "/totalResults");
    };
    EXPECT_EQ(found("filter=userName+eq+%22ann%2Bx%40x.test%22"), "1");
    EXPECT_EQ(found("filter=userName%20eq%20%22ann+x@x.test%22"), "0") << "+ is a space";
    EXPECT_EQ(found("filter=userName%20eq%20%22ann%252Bx%40x.test%22"), "0") << "decoded once";
    EXPECT_EQ(found("unknown=%22&x&filter=userName%20pr"), "1");
    expect_error(send("GET", "/Users?filter=userName%20eq%20%22%FF%22"), 400, "invalidValue");
    expect_error(send("GET", "/Users?%FF=1"), 400, "invalidValue");
}

// K-12
TEST_F(ScimHttp, BrowsersGetNeitherCookiesNorCors) {
    for (auto const* method : {"GET", "OPTIONS"}) {
        auto const answer =
            send(method, "/Users", {},
                 {{"Origin", "https://evil.test"}, {"Access-Control-Request-Method", "POST"}});
        for (auto const& [name, value] : answer.response.headers) {
            EXPECT_FALSE(name.starts_with("Access-Control")) << name;
            EXPECT_NE(name, "Set-Cookie");
        }
    }
}

// D-01, D-02, D-07
TEST_F(ScimHttp, ADeletionIgnoresItsBody) {
    auto const user = "/Users/" + add_user("ann@x.test");
    auto const group = "/Groups/" + add_group("Sales");
    for (auto const& path : {user, group}) {
        auto const answer = send("DELETE", path, "{no json", {{"Content-Type", "text/plain"}});
        EXPECT_EQ(answer.response.status, 204U);
        EXPECT_EQ(answer.body(), "");
        EXPECT_EQ(answer.response.content_type, "");
        for (auto const* method : {"GET", "DELETE"}) expect_error(send(method, path), 404, "");
        expect_error(send("PUT", path, R"({"userName":"a","displayName":"b"})"), 404, "");
        expect_error(patch(path, R"([{"op":"add","path":"displayName","value":"x"}])"), 404, "");
    }
}

// V-01, V-02, V-03, V-05, V-06, V-10, T-01, S-14
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
    Headers const two{{"If-None-Match", "W/\"7\""}, {"if-none-match", "W/\"1\""}};
    EXPECT_EQ(send("GET", path, {}, two).response.status, 304U) << "a list in two headers";
    auto const list = send("GET", "/Users", {}, {{"If-None-Match", "*"}});
    EXPECT_EQ(list.response.status, 200U);
    EXPECT_EQ(list.header("ETag"), "");
}

// V-02, V-04, V-05, V-06, V-07, V-09, W-15, D-05, P-51, P-52
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
        EXPECT_EQ(patch(path, rename, {{"If-Match", "\"2\""}}).response.status, 200U);
        EXPECT_EQ(patch(path, rename, {{"If-Match", "2"}}).response.status, 200U);
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

// K-10
TEST_F(ScimHttp, TheLogLearnsRouteAndTenantButNoSecret) {
    auto const answer = send("GET", "/Users?filter=userName%20eq%20%22ann%22");
    EXPECT_EQ(answer.context.route, "GET /v1/b2b/scim/{connection_id}/Users");
    EXPECT_EQ(answer.context.connection, to_string(okta.key.id()));
    EXPECT_EQ(answer.context.organization, to_string(okta.organization.id()));
    auto const refused = with_authorization("Bearer secret-value");
    EXPECT_EQ(refused.context.error.find("secret-value"), std::string::npos);
    // What the caller named, so that the operator finds the connection; whose it is stays open.
    EXPECT_EQ(refused.context.route, "GET /v1/b2b/scim/{connection_id}/Users");
    EXPECT_EQ(refused.context.connection, to_string(okta.key.id()));
    EXPECT_EQ(refused.context.organization, "");
    EXPECT_FALSE(refused.context.provider);
}

// H-13
TEST_F(ScimHttp, GroupsMayHaveLargerBodies) {
    auto const allowed = [&](std::string const& path) {
        auto const whole = okta.path + path;
        auto const authorization = okta.authorization();
        return side.api().body_bytes_max(make_request("POST", whole, authorization, {}));
    };
    Limits const limits;
    EXPECT_EQ(allowed("/Users"), limits.body_bytes_max);
    EXPECT_EQ(allowed("/Groups"), limits.group_body_bytes_max);
    EXPECT_EQ(allowed("//groups/x/"), limits.group_body_bytes_max);
    EXPECT_EQ(allowed("/Bulk"), limits.body_bytes_max);
}

// K-11: memory for a large body is not for everybody.
TEST_F(ScimHttp, AStrangerMayNotSendALargeBody) {
    Limits const limits;
    Headers const none;
    auto const authorization = okta.authorization();
    auto const refuse = [&](std::string const& path, Headers const& headers) {
        auto const head = make_request("POST", path, headers, {});
        EXPECT_EQ(side.api().body_bytes_max(head), limits.anonymous_body_bytes_max) << path;
        Answer answer;
        answer.response = side.api().fail(http::Failure::body_too_large, head, answer.context);
        return answer;
    };
    for (auto const* path : {"/Users", "/Groups", "/Bulk", "/nothing"}) {
        auto const answer = refuse(okta.path + path, none);
        expect_error(answer, 401, "", "bearer token");
        EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer");
    }
    expect_error(refuse("/v1/b2b/scim/x/Groups", authorization), 401, "", "bearer token");
    // Who needs no credentials learns the limit.
    expect_error(refuse(okta.path + "/Schemas", none), 413, "",
                 std::to_string(limits.anonymous_body_bytes_max));
}

// X-01, X-02, X-04, X-08, X-09
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
                                     {http::Failure::overloaded, 503},
                                     {http::Failure::memory_full, 503}}) {
        auto const path = okta.path + "/Users";
        auto const authorization = okta.authorization();
        Answer answer;
        answer.response =
            side.api().fail(failure, make_request("POST", path, authorization, {}), answer.context);
        expect_error(answer, status, status == 400 ? "invalidSyntax" : "");
        EXPECT_EQ(answer.header("Retry-After").empty(), status != 503);
    }
    Answer answer;
    answer.response = side.api().internal_error(answer.context);
    expect_error(answer, 500, "");
}

}  // namespace
}  // namespace rollcall::tests
