// Which requests leave a note, what it says, and what it never says (checklist K-10).
#include "unit/api/connection_fixture.hpp"

#include <set>

namespace rollcall::tests {
namespace {

class RequestNoteCalls : public ConnectionTest {
protected:
    Connected const okta = connect_with("okta");

    /// What a provider is told of a failed operation of a bulk request.
    static std::string detail_of(Answer const& answer, std::size_t operation) {
        auto const body = answer.json();
        auto const& outcome = body.at("Operations").as_array().at(operation);
        return std::string(outcome.at("response").at("detail").as_string());
    }
};

TEST_F(RequestNoteCalls, NothingIsKeptOfWhatWentByItself) {
    auto const id = add(okta, "/Users", R"({"userName":"ann","active":true})");
    read(okta, "/Users/" + id);
    read(okta, "/Users?filter=userName%20eq%20%22ann%22");
    patch(okta, "/Users/" + id, R"([{"op":"replace","value":{"active":false}}])");
    EXPECT_TRUE(requests(okta).empty());
}

// I-03, I-12: a success that tolerance changed says what was changed.
TEST_F(RequestNoteCalls, ToleranceIsKept) {
    auto const id = add(okta, "/Users", R"({"userName":"ann","active":"True","shoeSize":42})");
    auto const all = requests(okta);
    ASSERT_EQ(all.size(), 1U);
    auto const& note = all[0].as_object();
    EXPECT_EQ(note.at("method"), "POST");
    EXPECT_EQ(note.at("path"), "/Users");
    EXPECT_EQ(note.at("status"), 201);
    EXPECT_EQ(note.at("scim_type"), "");
    EXPECT_EQ(note.at("detail"), "");
    EXPECT_EQ(note.at("notes"), json::parse(R"(["active: a string was read as a boolean",
        "shoeSize: an unknown attribute was left out"])"));
    EXPECT_TRUE(parse_id<RequestId>(note.at("request_id").as_string()));
    EXPECT_EQ(note.at("received_at").as_string(), format_seconds(clock.now()));
    patch(okta, "/Users/" + id, R"([{"op":"add","path":"shoeSize","value":43}])");
    EXPECT_EQ(requests(okta)[0].at("path").as_string(), "/Users/" + id);
}

TEST_F(RequestNoteCalls, FailuresAreKept) {
    auto const id = add(okta, "/Users", R"({"userName":"ann"})");
    push(okta, "POST", "/Users", R"({"userName":"ANN"})");
    push(okta, "PATCH", "/Users/" + id, "{");
    push(okta, "GET", "/Nothing/at/all");
    push(okta, "DELETE", "/Users");
    push(okta, "GET", "/Groups/ghost@example.com");
    auto const all = requests(okta);
    ASSERT_EQ(all.size(), 5U);
    auto const is = [&](std::size_t index, char const* method, std::string const& path, int status,
                        char const* type) {
        auto const& note = all[index].as_object();
        EXPECT_EQ(note.at("method"), json::value(method));
        EXPECT_EQ(note.at("path"), json::value(path));
        EXPECT_EQ(note.at("status"), status);
        EXPECT_EQ(note.at("scim_type"), json::value(type));
        EXPECT_FALSE(note.at("detail").as_string().empty());
    };
    is(4, "POST", "/Users", 409, "uniqueness");
    is(3, "PATCH", "/Users/" + id, 400, "invalidSyntax");
    is(2, "GET", "(no such endpoint)", 404, "");
    is(1, "DELETE", "/Users", 405, "");
    is(0, "GET", "/Groups/{id}", 404, "");
    EXPECT_NE(all[4].at("detail").as_string().find(id), std::string::npos);
}

// One request, one note: operations are told apart by their place.
TEST_F(RequestNoteCalls, OfABulkRequestNameTheOperation) {
    auto const answer = push(okta, "POST", "/Bulk", R"({"Operations":[
        {"method":"POST","path":"/Users","bulkId":"a","data":{"userName":"ann","active":"True"}},
        {"method":"POST","path":"/Users","bulkId":"b","data":{"userName":"ann"}}]})");
    EXPECT_EQ(answer.response.status, 200U) << answer.body();
    auto const all = requests(okta);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].at("path"), "/Bulk");
    EXPECT_EQ(all[0].at("status"), 200);
    EXPECT_EQ(last_notes(okta),
              "Operations[0]: active: a string was read as a boolean; "
              "Operations[1]: failed with status 409 uniqueness: " +
                  detail_of(answer, 1));
}

// B-07, I-23: nothing of a bulk request is dropped in silence.
TEST_F(RequestNoteCalls, OfABulkRequestSayWhatWasNotDone) {
    push(okta, "POST", "/Bulk", R"({"failOnErrors":1,"junk":1,"Operations":[
        {"method":"DELETE","path":"/Users/ghost","junk":1},
        {"method":"POST","path":"/Users","bulkId":"b","data":{"userName":"ann"}},
        {"method":"POST","path":"/Users","bulkId":"c","data":{"userName":"bob"}}]})");
    auto const notes = last_notes(okta);
    EXPECT_NE(notes.find("junk: an unknown key of the message was left out; "
                         "Operations[0]: junk: an unknown key of an operation was left out; "
                         "Operations[0]: failed with status 404: "),
              std::string::npos)
        << notes;
    EXPECT_TRUE(notes.ends_with(
        "; failOnErrors: 2 operations were not tried, the first of them Operations[1]"))
        << notes;
}

// P-37, R-09, I-21
TEST_F(RequestNoteCalls, OfMembersSayThatNobodyWasNamed) {
    auto const group = "/Groups/" + add(okta, "/Groups", R"({"displayName":"Sales"})");
    for (std::string const op : {"add", "remove"}) {
        patch(okta, group, R"([{"op":")" + op + R"(","path":"members","value":[]}])");
        EXPECT_EQ(last_notes(okta), "members: the operation had nothing to do") << op;
    }
    patch(okta, group, R"([{"op":"remove","path":"members[value eq \"a\"]","value":["b"]}])");
    EXPECT_NE(last_notes(okta).find("members[]: the value of a remove was ignored"),
              std::string::npos)
        << last_notes(okta);
}

// Decided by the path alone.
TEST_F(RequestNoteCalls, OfADeleteSayThatItsBodyWasIgnored) {
    auto const id = add(okta, "/Users", R"({"userName":"ann"})");
    push(okta, "DELETE", "/Users/" + id, R"({"userName":"bob"})");
    EXPECT_EQ(last_notes(okta), "body: the body of a DELETE was ignored");
}

// K-10: neither values nor tokens nor what a client put into a path or a query.
TEST_F(RequestNoteCalls, HoldNothingPersonal) {
    std::string const secret = "very-private";
    push(okta, "GET", "/Users?filter=userName%20zz%20%22" + secret + "%22&COUNT=1&x=" + secret);
    push(okta, "GET", "/Users/" + secret + "?attributes=" + secret);
    push(okta, "GET", "/" + secret);
    push(okta, "POST", "/Users", R"({"userName":")" + secret + R"(","active":")" + secret + "\"}");
    push(okta, "POST", "/Users", R"({"userName":")" + secret + R"(","emails":")" + secret + "\"}");
    push(okta, "POST", "/Users", R"({"userName":")" + secret + "\"}");
    auto const id = add(okta, "/Users", R"({"userName":"bob"})");
    patch(okta, "/Users/" + id,
          R"([{"op":"replace","path":"emails[type eq \"very-private\"].value","value":"x"}])");
    patch(okta, "/Users/" + id,
          R"([{"op":"replace","path":"emails[type eq \"very-private\" zz].value","value":"x"}])");
    patch(okta, "/Users/" + id, R"([{"op":"replace","path":"active","value":"very-private"}])");
    patch(okta, "/Users/" + id, R"([{"op":"remove","path":"groups[value eq \"very-private\"]"}])");
    patch(okta, "/Users/" + id,
          R"([{"op":"add","path":"shoes[size eq \"very-private\"].x","value":"very-private"}])");
    push(okta, "POST", "/Users",
         R"({"userName":"eve","shoes[size eq \"very-private\"].x":"very-private",
             "groups[value eq \"very-private\"].value":"very-private"})");
    push(okta, "POST", "/Groups",
         R"({"displayName":"A","members":[{"value":")" + secret + R"("}]})");
    push(okta, "GET", "/Users", {},
         {{"Authorization", "Bearer " + okta.token}, {"If-None-Match", secret}});
    auto const text = json::serialize(requests(okta));
    EXPECT_EQ(text.find(secret), std::string::npos) << text;
    EXPECT_EQ(text.find(okta.token), std::string::npos);
    EXPECT_NE(text.find("/Users?filter&count"), std::string::npos) << text;
}

TEST_F(RequestNoteCalls, StrangersLeaveNone) {
    push(okta, "GET", "/Users", {}, {{"Authorization", "Bearer " + std::string(48, 'x')}});
    call(*scim, "GET", "/v1/b2b/scim/" + okta.connection + "/Schemas/unknown");
    EXPECT_TRUE(requests(okta).empty());
}

TEST_F(RequestNoteCalls, ArePagedNewestFirst) {
    for (int i = 0; i < 5; ++i) push(okta, "GET", "/Users/unknown?count=" + std::to_string(i));
    std::vector<std::string> seen;
    std::string cursor;
    for (int page = 0; page < 3; ++page) {
        auto const answer = send("GET", okta.own_path() + "/requests?limit=2&cursor=" + cursor);
        for (auto const& note : answer.json().at("requests").as_array()) {
            seen.emplace_back(note.at("request_id").as_string());
        }
        auto const next = answer.json().at("next_cursor");
        EXPECT_EQ(next.is_null(), page == 2);
        if (next.is_string()) cursor = next.as_string();
        // What comes meanwhile moves no page.
        push(okta, "GET", "/Users/unknown");
    }
    EXPECT_EQ(seen.size(), 5U);
    EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 5U);
    auto const all = requests(okta);
    ASSERT_EQ(all.size(), 8U);
    EXPECT_EQ(all[3].at("request_id"), json::value(seen[0]));
}

TEST_F(RequestNoteCalls, AreFiltered) {
    add(okta, "/Users", R"({"userName":"ann","active":"true"})");
    push(okta, "GET", "/Users/unknown");
    push(okta, "POST", "/Users", R"({"userName":"ann","active":"true"})");
    EXPECT_EQ(requests(okta).size(), 3U);
    auto const failed = requests(okta, "?only=failed");
    ASSERT_EQ(failed.size(), 2U);
    EXPECT_EQ(failed[0].at("status"), 409);
    auto const noted = requests(okta, "?only=noted&limit=1");
    ASSERT_EQ(noted.size(), 1U);
    EXPECT_EQ(noted[0].at("status"), 201) << "of a failure nothing was done";
    EXPECT_EQ(requests(okta, "?only=").size(), 3U);
}

TEST_F(RequestNoteCalls, RefuseBadParameters) {
    auto const path = okta.own_path() + "/requests";
    expect_error(send("GET", path + "?only=good"), 400, "invalid_argument", "only");
    expect_error(send("GET", path + "?limit=1001"), 400, "user_search_invalid_limit", "limit");
    expect_error(send("GET", path + "?cursor=x"), 400, "user_search_invalid_cursor", "cursor");
    // A cursor of another list is none of this one.
    push_groups(okta, {"A", "B"});
    auto const groups_cursor =
        std::string(send("GET", okta.path() + "?limit=1").json().at("next_cursor").as_string());
    expect_error(send("GET", path + "?cursor=" + groups_cursor), 400, "user_search_invalid_cursor",
                 "cursor");
}

TEST_F(RequestNoteCalls, BelongToOneConnection) {
    auto const other = connect_with("okta");
    push(okta, "GET", "/Users/unknown");
    EXPECT_EQ(requests(okta).size(), 1U);
    EXPECT_TRUE(requests(other).empty());
    push(okta, "GET", "/Users/unknown");
    auto const cursor = send("GET", okta.own_path() + "/requests?limit=1").json();
    expect_error(send("GET", other.own_path() + "/requests?cursor=" +
                                 std::string(cursor.at("next_cursor").as_string())),
                 400, "user_search_invalid_cursor");
}

// The log line and the note speak of one request by one id.
TEST_F(RequestNoteCalls, HaveTheIdOfTheLogLine) {
    ::testing::internal::CaptureStderr();
    {
        runtime::Log visible(runtime::LogFormat::json, runtime::LogLevel::info);
        api::Dispatch logging(*api, *scim, clock, ids, visible, services.request_notes);
        std::string const target = "/v1/b2b/scim/" + okta.connection + "/Users/unknown";
        Headers const headers{{"Authorization", "Bearer " + okta.token}};
        run_task(logging.handle(make_request("GET", target, headers, {})));
    }
    auto const line = ::testing::internal::GetCapturedStderr();
    auto const id = std::string(requests(okta)[0].at("request_id").as_string());
    EXPECT_NE(line.find(id), std::string::npos) << line;
}

}  // namespace
}  // namespace rollcall::tests
