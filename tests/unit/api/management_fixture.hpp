// A developer's backend in front of the management API, on a memory store.
#pragma once

#include "api/management/api.hpp"
#include "crypto/digest.hpp"
#include "service/projects.hpp"
#include "service/services.hpp"
#include "storage/memory/open.hpp"
#include "support/api_call.hpp"
#include "support/test_clock.hpp"

#include <boost/beast/core/detail/base64.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace rollcall::tests {

namespace json = boost::json;

/// The value of a Result; an exception, which fails the test, if there is none.
template <class T>
T expect_value(Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().kind() + ": " + result.error().message() + " " +
                                 result.error().cause());
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

inline std::string base64(std::string const& text) {
    namespace codec = boost::beast::detail::base64;
    std::string out(codec::encoded_size(text.size()), '\0');
    out.resize(codec::encode(out.data(), text.data(), text.size()));
    return out;
}

/// A project as its backend knows it.
struct Backend {
    ProjectId project;
    std::string secret;
    Uuid secret_id;

    [[nodiscard]] Headers headers() const {
        return {{"Authorization", "Basic " + base64(to_string(project) + ":" + secret)}};
    }
};

/// What a test knows of an organization with a connection.
struct Connected {
    std::string organization;
    std::string connection;
    std::string token;

    [[nodiscard]] std::string path() const {
        return "/v1/b2b/scim/" + organization + "/connection/" + connection;
    }
    /// Of the calls that are Rollcall's own.
    [[nodiscard]] std::string own_path() const {
        return "/v1/rollcall/scim/" + organization + "/connection/" + connection;
    }
};

class ManagementTest : public ::testing::Test {
protected:
    ManagementTest() : backend(create_backend(Environment::test)) {}

    Backend create_backend(Environment environment) {
        auto const made = expect_value(run_task(projects.create("Project", environment)));
        return {made.project.id, made.secret.value.reveal(), made.secret.record.id};
    }

    Answer send(std::string_view method, std::string const& target, std::string body = {},
                Headers extra = {}) {
        return send_as(backend, method, target, std::move(body), std::move(extra));
    }

    Answer send_as(Backend const& who, std::string_view method, std::string const& target,
                   std::string body = {}, Headers extra = {}) {
        auto headers = who.headers();
        for (auto& header : extra) headers.push_back(std::move(header));
        auto answer = call(*api, method, target, headers, std::move(body));
        expect_conventions(answer);
        return answer;
    }

    /// Contract §1.6, §1.7: what every answer has.
    static void expect_conventions(Answer const& answer) {
        EXPECT_EQ(answer.response.content_type, "application/json");
        EXPECT_EQ(answer.header("Cache-Control"), "no-store");
        auto const body = answer.json();
        EXPECT_EQ(body.at("status_code").as_int64(), answer.response.status);
        EXPECT_TRUE(parse_id<RequestId>(body.at("request_id").as_string())) << answer.body();
        if (answer.response.status < 300) {
            EXPECT_FALSE(body.as_object().contains("error_type"));
            return;
        }
        auto const type = std::string(body.at("error_type").as_string());
        EXPECT_FALSE(body.at("error_message").as_string().empty());
        EXPECT_EQ(body.at("error_url").as_string(), public_url + "/docs/errors#" + type);
        EXPECT_TRUE(answer.context.error.starts_with(type)) << answer.context.error;
    }

    /// The error_type of a refused request.
    static std::string error_type(Answer const& answer) {
        auto const body = answer.json();
        auto const* type = body.as_object().if_contains("error_type");
        return type == nullptr ? "no error: " + answer.body() : std::string(type->as_string());
    }

    /// Checks status, error_type, and that the message holds `words` (a field's name, usually).
    static void expect_error(Answer const& answer, unsigned status, std::string const& type,
                             std::string const& words = {}) {
        EXPECT_EQ(answer.response.status, status) << answer.body();
        EXPECT_EQ(error_type(answer), type) << answer.body();
        if (answer.json().as_object().contains("error_message")) {
            EXPECT_NE(answer.json().at("error_message").as_string().find(words), std::string::npos)
                << answer.body();
        }
    }

    json::object create_organization(std::string const& fields = "") {
        return create_organization_as(backend, fields);
    }

    json::object create_organization_as(Backend const& who, std::string const& fields = "") {
        auto const answer = send_as(who, "POST", "/v1/b2b/organizations",
                                    R"({"organization_name":"Acme Inc.")" + fields + "}");
        EXPECT_EQ(answer.response.status, 200) << answer.body();
        return answer.json().at("organization").as_object();
    }

    Connected connect(std::string const& fields = "{}") { return connect_as(backend, fields); }

    Connected connect_as(Backend const& who, std::string const& fields = "{}") {
        auto const organization =
            std::string(create_organization_as(who).at("organization_id").as_string());
        return connect_to(who, organization, fields);
    }

    Connected connect_to(Backend const& who, std::string const& organization,
                         std::string const& fields = "{}") {
        auto const answer =
            send_as(who, "POST", "/v1/b2b/scim/" + organization + "/connection", fields);
        EXPECT_EQ(answer.response.status, 200) << answer.body();
        auto const body = answer.json();
        return {organization, std::string(body.at("connection").at("connection_id").as_string()),
                std::string(body.at("connection").at("bearer_token").as_string())};
    }

    /// Puts groups into a connection as a provider's push would; returns their ids.
    std::vector<std::string> push_groups(Connected const& connected,
                                         std::vector<std::string> const& names) {
        auto const key = connection_key(connected);
        std::vector<std::string> pushed;
        for (auto const& name : names) {
            directory::GroupCreation creation;
            creation.id = {key.environment(), ids.ordered_uuid(clock.now())};
            creation.display_name = name;
            creation.name_key = name;
            creation.now = clock.now();
            expect_value(run_task(store->create_group(key, creation)));
            pushed.push_back(to_string(creation.id));
        }
        return pushed;
    }

    directory::ConnectionKey connection_key(Connected const& connected) {
        auto const project = *expect_value(
            run_task(store->authenticate_project(backend.project, crypto::sha256(backend.secret))));
        auto const organization =
            *expect_value(run_task(store->find_organization(project, connected.organization)));
        return *expect_value(run_task(
            store->find_connection(organization, *parse_id<ConnectionId>(connected.connection))));
    }

    std::vector<std::string> event_names(std::string const& organization) {
        auto const project = *expect_value(
            run_task(store->authenticate_project(backend.project, crypto::sha256(backend.secret))));
        auto const key = *expect_value(run_task(store->find_organization(project, organization)));
        std::vector<std::string> names;
        for (auto const& stored : expect_value(run_task(store->list_events(key, 0, 1000)))) {
            names.push_back(directory::event_name(stored.event));
        }
        return names;
    }

    /// True if the provider side would accept the bearer token now.
    bool token_works(Connected const& connected, std::string const& token) {
        auto const id = *parse_id<ConnectionId>(connected.connection);
        return expect_value(
                   run_task(store->authenticate_connection(id, crypto::sha256(token), clock.now())))
            .has_value();
    }

    static inline std::string const public_url = "https://directory.example.com";

    TestClock clock;
    crypto::RandomIdSource ids;
    Limits limits;
    std::unique_ptr<storage::Store> store = storage::open_memory_store(ids, limits);
    service::Projects projects{*store, clock, ids};
    service::Services services{*store, clock, ids, limits};
    std::unique_ptr<api::Api> api = api::make_management_api(services, limits, public_url);
    Backend backend;
};

}  // namespace rollcall::tests
