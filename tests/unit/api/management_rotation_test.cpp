// Rotation of bearer tokens (contract §2.7, directory behaviour §7).
#include "unit/api/management_fixture.hpp"

namespace rollcall::tests {
namespace {

class ManagementRotation : public ManagementTest {
protected:
    json::value step(std::string const& name) {
        auto const answer = send("POST", connected.path() + "/rotate/" + name, "{}");
        EXPECT_EQ(answer.response.status, 200) << answer.body();
        return answer.json().at("connection");
    }
    std::string start() { return std::string(step("start").at("next_bearer_token").as_string()); }
    json::value get() {
        return send("GET", "/v1/b2b/scim/" + connected.organization + "/connection")
            .json()
            .at("connection");
    }

    Connected connected = connect();
};

TEST_F(ManagementRotation, StartShowsTheNextTokenOnce) {
    auto const connection = step("start");
    auto const next = std::string(connection.at("next_bearer_token").as_string());
    EXPECT_EQ(next.size(), 48u);
    EXPECT_NE(next, connected.token);
    EXPECT_EQ(connection.at("bearer_token_last_four").as_string(), connected.token.substr(44));
    EXPECT_TRUE(connection.at("bearer_token_expires_at").is_string());
    EXPECT_TRUE(connection.at("next_bearer_token_expires_at").is_string());
    EXPECT_FALSE(connection.as_object().contains("bearer_token"));

    auto const seen = get();
    EXPECT_EQ(seen.at("next_bearer_token_last_four").as_string(), next.substr(44));
    EXPECT_EQ(seen.at("next_bearer_token_expires_at"),
              connection.at("next_bearer_token_expires_at"));
    EXPECT_EQ(json::serialize(seen).find(next), std::string::npos);
}

TEST_F(ManagementRotation, BothWorkUntilCompleted) {
    auto const next = start();
    EXPECT_TRUE(token_works(connected, connected.token));
    EXPECT_TRUE(token_works(connected, next));
    auto const connection = step("complete");
    EXPECT_FALSE(token_works(connected, connected.token));
    EXPECT_TRUE(token_works(connected, next));
    EXPECT_EQ(connection.at("bearer_token_last_four").as_string(), next.substr(44));
    EXPECT_EQ(connection.at("next_bearer_token_last_four").as_string(), "");
    EXPECT_TRUE(connection.at("next_bearer_token_expires_at").is_null());
    EXPECT_EQ(get(), connection);
}

TEST_F(ManagementRotation, CancelKeepsTheCurrentOne) {
    auto const next = start();
    auto const connection = step("cancel");
    EXPECT_TRUE(token_works(connected, connected.token));
    EXPECT_FALSE(token_works(connected, next));
    EXPECT_EQ(connection.at("bearer_token_last_four").as_string(), connected.token.substr(44));
    EXPECT_EQ(connection.at("next_bearer_token_last_four").as_string(), "");
}

TEST_F(ManagementRotation, SecondStartReplacesThePendingToken) {
    auto const first = start();
    auto const second = start();
    EXPECT_FALSE(token_works(connected, first));
    EXPECT_TRUE(token_works(connected, second));
    EXPECT_TRUE(token_works(connected, connected.token));
    step("complete");
    EXPECT_TRUE(token_works(connected, second));
}

TEST_F(ManagementRotation, NothingToEnd) {
    for (auto const name : {"complete", "cancel"}) {
        expect_error(send("POST", connected.path() + "/rotate/" + name), 400,
                     "scim_connection_not_rotating_token");
    }
    start();
    step("cancel");
    expect_error(send("POST", connected.path() + "/rotate/complete"), 400,
                 "scim_connection_not_rotating_token");
    EXPECT_TRUE(token_works(connected, connected.token));
}

TEST_F(ManagementRotation, ExpiryIsEachTokensOwn) {
    service::Services short_lived{
        *store, clock, ids, limits, {.token_lifetime = std::chrono::hours(1)}};
    api = api::make_management_api(short_lived, limits, public_url);
    connected = connect();
    clock.advance(std::chrono::minutes(50));
    auto const next = start();
    clock.advance(std::chrono::minutes(20));
    EXPECT_FALSE(token_works(connected, connected.token));
    EXPECT_TRUE(token_works(connected, next));
    // An expired token does not stand in the way of rotation.
    clock.advance(std::chrono::hours(2));
    auto const fresh = start();
    step("complete");
    EXPECT_TRUE(token_works(connected, fresh));
}

}  // namespace
}  // namespace rollcall::tests
