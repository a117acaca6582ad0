// One connection from both sides, through Dispatch: what a backend sets and sees, and what its
// customer's identity provider gets.
#pragma once

#include "api/dispatch.hpp"
#include "api/scim/api.hpp"
#include "unit/api/management_fixture.hpp"

#include <boost/json/parse.hpp>

namespace rollcall::tests {

class ConnectionTest : public ManagementTest {
protected:
    /// A new connection of that kind, with options as a PUT body.
    Connected connect_with(std::string const& provider, std::string const& options = "{}") {
        auto const made = connect(R"({"identity_provider":")" + provider + "\"}");
        set_options(made, options);
        return made;
    }

    json::object set_options(Connected const& connected, std::string const& options) {
        auto const answer = send("PUT", connected.own_path() + "/options", options);
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        return answer.json().as_object();
    }

    /// A request of the connection's provider; `path` starts with '/'.
    Answer push(Connected const& connected, std::string_view method, std::string const& path,
                std::string body = {}, Headers headers = {}) {
        if (headers.empty()) headers = {{"Authorization", "Bearer " + connected.token}};
        auto const target = "/v1/b2b/scim/" + connected.connection + path;
        auto const request = make_request(method, target, headers, std::move(body));
        Answer answer;
        answer.response = run_task(dispatch.handle(request));
        return answer;
    }

    Answer patch(Connected const& connected, std::string const& path,
                 std::string const& operations) {
        return push(connected, "PATCH", path, R"({"Operations":)" + operations + "}");
    }

    /// Creates a resource and returns its id.
    std::string add(Connected const& connected, std::string const& endpoint,
                    std::string const& body) {
        auto const answer = push(connected, "POST", endpoint, body);
        EXPECT_EQ(answer.response.status, 201U) << answer.body();
        return std::string(answer.json().at("id").as_string());
    }

    json::object read(Connected const& connected, std::string const& path) {
        auto const answer = push(connected, "GET", path);
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        return answer.json().as_object();
    }

    /// Status and scimType of a refusal; `words` must be in its detail.
    static void expect_refused(Answer const& answer, unsigned status, std::string const& scim_type,
                               std::string const& words) {
        EXPECT_EQ(answer.response.status, status) << answer.body();
        auto const body = answer.json().as_object();
        auto const* type = body.if_contains("scimType");
        EXPECT_EQ(type != nullptr ? std::string(type->as_string()) : "", scim_type);
        EXPECT_NE(body.at("detail").as_string().find(words), std::string::npos) << answer.body();
    }

    /// The connection's request notes, newest first.
    json::array requests(Connected const& connected, std::string const& query = "") {
        auto const answer = send("GET", connected.own_path() + "/requests" + query);
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        return answer.json().at("requests").as_array();
    }

    /// The notes of the newest request, joined by "; ".
    std::string last_notes(Connected const& connected) {
        auto const all = requests(connected, "?limit=1");
        std::string text;
        if (all.empty()) return text;
        for (auto const& note : all[0].at("notes").as_array()) {
            if (!text.empty()) text += "; ";
            text += note.as_string();
        }
        return text;
    }

    std::unique_ptr<api::Api> scim = api::make_scim_api(
        services.tokens, services.users, services.groups, services.searches, public_url, limits);
    runtime::Log log{runtime::LogFormat::json, runtime::LogLevel::off};
    api::Dispatch dispatch{*api, *scim, clock, ids, log, services.request_notes};
};

}  // namespace rollcall::tests
