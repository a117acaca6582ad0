// GET and PUT of a connection's options: effective values, where they come from, refusals.
#include "unit/api/connection_fixture.hpp"

namespace rollcall::tests {
namespace {

class ConnectionOptionsCall : public ConnectionTest {
protected:
    json::value options(Connected const& connected) {
        return send("GET", connected.own_path() + "/options").json().at("options");
    }
    static json::value parsed(std::string const& text) { return json::parse(text); }
};

TEST_F(ConnectionOptionsCall, ShowsWhatIsInForceAndWhoDecided) {
    auto const connected = connect(R"({"identity_provider":"pingfederate"})");
    auto const answer = send("GET", connected.own_path() + "/options");
    EXPECT_EQ(answer.response.status, 200U);
    auto const body = answer.json();
    EXPECT_EQ(body.at("organization_id"), json::value(connected.organization));
    EXPECT_EQ(body.at("connection_id"), json::value(connected.connection));
    EXPECT_EQ(body.at("identity_provider"), "pingfederate");
    EXPECT_EQ(body.at("options"), parsed(R"({
        "put": {"value": "replace", "source": "provider"},
        "unknown_members": {"value": "skip", "source": "provider"},
        "unknown_attributes": {"value": "ignore", "source": "provider"},
        "unique_group_names": {"value": true, "source": "provider"},
        "user_groups": {"value": true, "source": "provider"},
        "basic_auth": {"value": true, "source": "provider"}})"));
    EXPECT_EQ(answer.context.connection, connected.connection);
}

TEST_F(ConnectionOptionsCall, ReplacesAllOfThem) {
    auto const connected = connect();
    auto const set =
        set_options(connected, R"({"put":"merge","unknown_members":"refuse","basic_auth":true})");
    EXPECT_EQ(set.at("options"), options(connected));
    EXPECT_EQ(options(connected), parsed(R"({
        "put": {"value": "merge", "source": "connection"},
        "unknown_members": {"value": "refuse", "source": "connection"},
        "unknown_attributes": {"value": "ignore", "source": "provider"},
        "unique_group_names": {"value": true, "source": "provider"},
        "user_groups": {"value": true, "source": "provider"},
        "basic_auth": {"value": true, "source": "connection"}})"));
    // What is left out or null is the provider's again; what equals the provider's is still set.
    set_options(connected, R"({"put":"replace","unknown_members":null})");
    auto const after = options(connected);
    EXPECT_EQ(after.at("put"), parsed(R"({"value":"replace","source":"connection"})"));
    EXPECT_EQ(after.at("unknown_members"), parsed(R"({"value":"skip","source":"provider"})"));
    EXPECT_EQ(after.at("basic_auth"), parsed(R"({"value":false,"source":"provider"})"));
}

TEST_F(ConnectionOptionsCall, FollowsAChangeOfProvider) {
    auto const connected = connect(R"({"identity_provider":"jumpcloud"})");
    set_options(connected, R"({"user_groups":false})");
    send("PUT", connected.path(), R"({"identity_provider":"okta"})");
    EXPECT_EQ(options(connected).at("basic_auth"),
              parsed(R"({"value":false,"source":"provider"})"));
    EXPECT_EQ(options(connected).at("user_groups"),
              parsed(R"({"value":false,"source":"connection"})"));
}

TEST_F(ConnectionOptionsCall, RefusesWhatThereIsNot) {
    auto const connected = connect();
    set_options(connected, R"({"put":"merge"})");
    auto const before = options(connected);
    struct Case {
        std::string body;
        std::string type;
        std::string words;
    };
    for (auto const& [body, type, words] : std::vector<Case>{
             {R"({"puts":"merge"})", "invalid_scim_connection_option", "puts"},
             {R"({"put":"replace","Basic_Auth":true})", "invalid_scim_connection_option",
              "Basic_Auth"},
             {R"({"put":"patch"})", "invalid_scim_connection_option",
              "put: must be replace or merge"},
             {R"({"put":true})", "invalid_scim_connection_option", "put: must be"},
             {R"({"basic_auth":1})", "invalid_scim_connection_option",
              "basic_auth: must be false or true"},
             {R"({"basic_auth":"yes"})", "invalid_scim_connection_option", "basic_auth"},
             {R"({"user_groups":[]})", "invalid_scim_connection_option", "user_groups"},
             {R"({"nothing":null})", "invalid_scim_connection_option", "nothing"},
             {R"({")" + std::string(5000, 'x') + R"(":1})", "invalid_scim_connection_option",
              "xxx"},
             {R"("put")", "invalid_request_value", "object"},
             {R"({"put":)", "bad_request", ""}}) {
        SCOPED_TRACE(body.substr(0, 80));
        expect_error(send("PUT", connected.own_path() + "/options", body), 400, type, words);
    }
    EXPECT_EQ(options(connected), before);
}

TEST_F(ConnectionOptionsCall, WritesAnEventOnlyForAChange) {
    auto const connected = connect();
    auto const before = event_names(connected.organization).size();
    set_options(connected, "{}");
    EXPECT_EQ(event_names(connected.organization).size(), before);
    set_options(connected, R"({"put":"merge"})");
    set_options(connected, R"({"put":"merge"})");
    auto const names = event_names(connected.organization);
    ASSERT_EQ(names.size(), before + 1);
    EXPECT_EQ(names.back(), "direct.scim_connection.update");
}

TEST_F(ConnectionOptionsCall, NeedsCredentialsAndTheRightMethod) {
    auto const connected = connect();
    for (auto const* path : {"/options", "/requests"}) {
        expect_error(call(*api, "GET", connected.own_path() + path), 401,
                     "unauthorized_credentials");
    }
    auto const answer = send("POST", connected.own_path() + "/options", "{}");
    expect_error(answer, 405, "method_not_allowed");
    EXPECT_EQ(answer.header("Allow"), "GET, PUT");
    // The contract's own path does not have them.
    expect_error(send("GET", connected.path() + "/options"), 404, "route_not_found");
}

}  // namespace
}  // namespace rollcall::tests
