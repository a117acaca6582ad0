// The way into both APIs: choice by path, exception wall, access log, failures before routing.
#include "api/dispatch.hpp"

#include "service/request_notes.hpp"
#include "storage/memory/open.hpp"
#include "support/run_task.hpp"
#include "support/test_clock.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

#include <functional>

namespace rollcall::tests {
namespace {

// An API that records what it was asked, and does what the test says.
class RecordingApi final : public api::Api {
public:
    explicit RecordingApi(std::string name) : name_(std::move(name)) {}

    [[nodiscard]] std::size_t body_bytes_max(http::Request const&) const override {
        return name_.size();
    }
    Task<http::Response> handle(http::Request const&, api::Context& context) override {
        if (before_answer) before_answer(context);
        co_return answer(200);
    }
    [[nodiscard]] http::Response fail(http::Failure, http::Request const&, api::Context&) override {
        return answer(400);
    }
    [[nodiscard]] http::Response internal_error(api::Context&) override { return answer(500); }
    [[nodiscard]] std::vector<api::RouteInfo> routes() const override { return {}; }

    std::function<void(api::Context&)> before_answer;

private:
    [[nodiscard]] http::Response answer(unsigned status) const {
        http::Response response;
        response.status = status;
        response.body = name_;
        return response;
    }
    std::string name_;
};

class DispatchTest : public ::testing::Test {
protected:
    http::Request request(std::string_view path, std::string_view query = {}) {
        http::Request made;
        made.method = http::Method::get;
        made.method_text = "GET";
        made.path = path;
        made.query = query;
        made.target = path;
        return made;
    }
    // What was logged since CaptureStderr(); nothing can be logged afterwards.
    std::string end_log() {
        log.reset();
        return ::testing::internal::GetCapturedStderr();
    }
    http::Response get(std::string_view path) {
        return run_task(dispatch.handle(request_ = request(path)));
    }

    RecordingApi management{"management"};
    RecordingApi scim{"scim"};
    TestClock clock;
    crypto::RandomIdSource ids;
    std::unique_ptr<runtime::Log> log =
        std::make_unique<runtime::Log>(runtime::LogFormat::json, runtime::LogLevel::info);
    Limits limits;
    std::unique_ptr<storage::Store> store = storage::open_memory_store(ids, limits);
    service::RequestNotes notes{*store, limits};
    api::Dispatch dispatch{management, scim, clock, ids, *log, notes};
    http::Request request_;
};

TEST_F(DispatchTest, WhatFollowsTheIdDecides) {
    for (auto const path :
         {"/v1/b2b/scim/x/connection", "/v1/b2b/scim/x/connection/y/rotate/start",
          "//v1/b2b/scim/x/connection/", "/v1/b2b/scim/x/%63onnection",
          "/v1/b2b/scim/%78/connection", "/v1/b2b/organizations", "/", "", "/v1/b2b/scim",
          "/docs/errors", "/v1/b2b/scim/", "/v2/b2b/scim/x/Users"}) {
        EXPECT_EQ(get(path).body, "management") << path;
    }
    for (auto const path :
         {"/v1/b2b/scim/x", "/v1/b2b/scim/x/", "/v1/b2b/scim/x/Users", "//v1/b2b//scim/x/Groups/y",
          "/v1/b2b/%73cim/x/Users", "/v1/b2b/scim/x/connections", "/v1/b2b/scim/x/Connection",
          "/v1/b2b/scim/x/nothing", "/v1/b2b/scim/x/a/b/c/d/e/f/g/h/i/j/k/l/m/n"}) {
        EXPECT_EQ(get(path).body, "scim") << path;
    }
}

TEST_F(DispatchTest, LimitsAndFailuresAreTheChosenApis) {
    EXPECT_EQ(dispatch.body_bytes_max(request("/v1/b2b/scim/x/Users")), 4u);
    EXPECT_EQ(dispatch.body_bytes_max(request("/v1/b2b/organizations")), 10u);
    EXPECT_EQ(dispatch.fail(http::Failure::body_too_large, request("/v1/b2b/scim/x/Users")).body,
              "scim");
    EXPECT_EQ(dispatch.fail(http::Failure::malformed, {}).body, "management");
}

TEST_F(DispatchTest, EachRequestHasItsOwnId) {
    std::vector<RequestId> seen;
    management.before_answer = [&](api::Context& context) { seen.push_back(context.request_id); };
    get("/a");
    get("/b");
    ASSERT_EQ(seen.size(), 2u);
    EXPECT_NE(seen[0].uuid, seen[1].uuid);
}

TEST_F(DispatchTest, ExceptionsEndAtTheWall) {
    ::testing::internal::CaptureStderr();
    management.before_answer = [](api::Context&) { throw std::runtime_error("the cause"); };
    auto const response = get("/v1/b2b/organizations");
    management.before_answer = [](api::Context&) { throw 7; };
    auto const other = get("/v1/b2b/organizations");
    auto const output = end_log();
    EXPECT_EQ(response.status, 500u);
    EXPECT_EQ(response.body, "management");
    EXPECT_EQ(other.status, 500u);
    EXPECT_NE(output.find("the cause"), std::string::npos) << output;
    EXPECT_NE(output.find("request-id-test-"), std::string::npos) << output;
}

TEST_F(DispatchTest, CancellationPasses) {
    management.before_answer = [](api::Context&) {
        throw boost::system::system_error(boost::asio::error::operation_aborted);
    };
    EXPECT_THROW(get("/v1/b2b/organizations"), boost::system::system_error);
}

// F-48: filters with personal data are answered, and stay out of the log.
TEST_F(DispatchTest, AccessLogLine) {
    ::testing::internal::CaptureStderr();
    management.before_answer = [](api::Context& context) {
        context.route = "GET /v1/{x}";
        context.organization = "organization-test-1";
        context.connection = "scim-connection-test-1";
        context.notes = {"first note", "second note"};
        context.error = "bad_request: message (cause)";
    };
    request_ = request("/v1/secret-looking-path", "cursor=secret-looking-query");
    std::string const authorization = "Basic secret-looking-credentials";
    request_.headers.push_back({"Authorization", authorization});
    run_task(dispatch.handle(request_));
    auto const output = end_log();
    for (std::string const part :
         {"GET /v1/{x}", "organization-test-1", "scim-connection-test-1", "first note; second note",
          "bad_request: message (cause)", "200", "request-id-test-"}) {
        EXPECT_NE(output.find(part), std::string::npos) << part << " in " << output;
    }
    EXPECT_EQ(output.find("secret-looking"), std::string::npos) << output;
    EXPECT_NE(output.find("\"level\":\"info\""), std::string::npos) << output;
}

TEST_F(DispatchTest, AGraveRequestIsAWarning) {
    ::testing::internal::CaptureStderr();
    management.before_answer = [](api::Context& context) { context.is_grave = true; };
    get("/v1/b2b/organizations");
    auto const output = end_log();
    EXPECT_NE(output.find("\"level\":\"warn\""), std::string::npos) << output;
}

}  // namespace
}  // namespace rollcall::tests
