// The wiring: starts, answers, refuses to start, and stops.
#include "server/app.hpp"

#include "base/limits.hpp"
#include "http/client.hpp"
#include "temporary.hpp"
#include "unit/http/raw_connection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace rollcall::server {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

cli::Config config_for(std::filesystem::path const& data) {
    cli::Config config;
    config.listen.port = 0;
    config.data = data;
    config.threads = 2;
    config.log_level = runtime::LogLevel::off;
    return config;
}

class AppTest : public testing::Test {
protected:
    TemporaryDirectory directory;
    cli::Config config = config_for(directory.path());
};

TEST_F(AppTest, AnswersWithBothApis) {
    App app(config, std::nullopt);
    ASSERT_TRUE(app.start());
    EXPECT_THAT(app.url(), StartsWith("http://127.0.0.1:"));
    EXPECT_EQ(app.public_url(), app.url());

    http::Client client(app.url());
    auto const management = client.send("GET", "/v1/b2b/organizations/x");
    ASSERT_TRUE(management) << management.error().message();
    EXPECT_EQ(management->status, 401U);
    EXPECT_THAT(management->body, HasSubstr("unauthorized_credentials"));
    auto const scim = client.send(
        "GET", "/v1/b2b/scim/scim-connection-test-0190f3f4-5b4c-7abc-8def-0123456789ab/Users");
    ASSERT_TRUE(scim) << scim.error().message();
    EXPECT_EQ(scim->status, 401U);
    EXPECT_THAT(scim->body, HasSubstr("urn:ietf:params:scim:api:messages:2.0:Error"));
}

// B-12, H-13
TEST_F(AppTest, ABulkRequestThatIsTooLargeLearnsTheLimit) {
    App app(config, std::nullopt);
    ASSERT_TRUE(app.start());
    http::Client client(app.url());
    std::vector<http::ClientHeader> const headers{{"Authorization", "Bearer unknown"}};
    auto const refused = client.send(
        "POST", "/v1/b2b/scim/scim-connection-test-0190f3f4-5b4c-7abc-8def-0123456789ab/Bulk",
        headers, std::string(Limits{}.bulk_body_bytes_max + 1, ' '));
    ASSERT_TRUE(refused) << refused.error().message();
    EXPECT_EQ(refused->status, 413U);
    EXPECT_THAT(refused->body, HasSubstr("maxPayloadSize"));
    EXPECT_THAT(refused->body, HasSubstr("1048576"));
}

// K-11: neither is the body waited for, nor is it asked for with 100 Continue.
TEST_F(AppTest, AStrangersLargeBodyIsRefusedByItsHead) {
    App app(config, std::nullopt);
    ASSERT_TRUE(app.start());
    for (std::string const path :
         {"/v1/b2b/scim/x/Groups",
          "/v1/b2b/scim/scim-connection-test-0190f3f4-5b4c-7abc-8def-0123456789ab/Groups",
          "/v1/b2b/organizations"}) {
        for (std::string const expect : {"", "Expect: 100-continue\r\n"}) {
            http::tests::RawConnection connection(app.url());
            connection.send("POST " + path + " HTTP/1.1\r\nHost: a\r\n" + expect +
                            "Content-Length: 10485760\r\n\r\n");
            auto const refused = connection.read_response();
            EXPECT_EQ(refused.status, 401U) << path << expect;
            EXPECT_THAT(refused.head, HasSubstr("WWW-Authenticate: "));
            EXPECT_THAT(refused.head, HasSubstr("Connection: close\r\n"));
        }
    }
}

// K-11: who asks before sending learns whether the body is taken.
TEST_F(AppTest, AStrangersBodyIsTakenUpToItsLimit) {
    App app(config, std::nullopt);
    ASSERT_TRUE(app.start());
    auto const ask = [](http::tests::RawConnection& connection, std::size_t size) {
        connection.send("POST /v1/b2b/organizations HTTP/1.1\r\nHost: a\r\nContent-Length: " +
                        std::to_string(size) + "\r\nExpect: 100-continue\r\n\r\n");
        return connection.read_response().status;
    };
    auto const most = Limits{}.anonymous_body_bytes_max;
    http::tests::RawConnection taken(app.url());
    EXPECT_EQ(ask(taken, most), 100U);
    taken.send(std::string(most, ' '));
    EXPECT_EQ(taken.read_response().status, 401U);
    http::tests::RawConnection refused(app.url());
    EXPECT_EQ(ask(refused, most + 1), 401U);
}

TEST_F(AppTest, PublicUrlIsConfiguration) {
    config.public_url = "https://directory.example.com";
    App app(config, std::nullopt);
    ASSERT_TRUE(app.start());
    EXPECT_EQ(app.public_url(), "https://directory.example.com");
    EXPECT_THAT(app.url(), StartsWith("http://127.0.0.1:"));
}

TEST_F(AppTest, ListensOnEveryInterfaceAndNamesTheLoopback) {
    config.listen.host = "0.0.0.0";
    App app(config, std::nullopt);
    ASSERT_TRUE(app.start());
    EXPECT_THAT(app.public_url(), StartsWith("http://127.0.0.1:"));
}

TEST_F(AppTest, RefusesADirectoryInUse) {
    App first(config, std::nullopt);
    ASSERT_TRUE(first.start());
    App second(config, std::nullopt);
    auto const started = second.start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().exit_code, cli::ExitCode::database);
    ASSERT_TRUE(first.stop());
    App third(config, std::nullopt);
    EXPECT_TRUE(third.start());
}

TEST_F(AppTest, RefusesADirectoryThatIsNone) {
    config.data = directory.path() / "file";
    std::ofstream(config.data) << "not a directory";
    App app(config, std::nullopt);
    auto const started = app.start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().exit_code, cli::ExitCode::database);
    EXPECT_THAT(started.error().error.message(), HasSubstr(config.data.string()));
}

TEST_F(AppTest, RefusesAnAddressInUse) {
    App first(config, std::nullopt);
    ASSERT_TRUE(first.start());
    TemporaryDirectory const other;
    auto taken = config_for(other.path());
    taken.listen.port =
        static_cast<std::uint16_t>(std::stoul(first.url().substr(first.url().rfind(':') + 1)));
    App second(taken, std::nullopt);
    auto const started = second.start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().exit_code, cli::ExitCode::listen);
    EXPECT_THAT(started.error().error.message(), HasSubstr(std::to_string(taken.listen.port)));
}

TEST_F(AppTest, BootstrapProjectExistsAfterEveryStart) {
    cli::Bootstrap const bootstrap{
        *parse_id<ProjectId>("project-test-0190f3f4-5b4c-7abc-8def-0123456789ab"),
        Secret("secret-test-abcdefghijklmnopqrstuvwxyz012345")};
    for (int i = 0; i < 2; ++i) {
        App app(config, bootstrap);
        ASSERT_TRUE(app.start());
        auto const projects = app.list_projects();
        ASSERT_TRUE(projects);
        ASSERT_EQ(projects->size(), 1U);
        EXPECT_EQ(projects->front().id, bootstrap.project);
        ASSERT_TRUE(app.stop());
    }
}

TEST_F(AppTest, RefusesAnEncryptionKeyThatIsNone) {
    config.encryption_key.emplace("too short");
    App app(config, std::nullopt);
    auto const started = app.start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().exit_code, cli::ExitCode::usage);
    EXPECT_THAT(started.error().error.message(), HasSubstr("ROLLCALL_ENCRYPTION_KEY must be"));
}

TEST_F(AppTest, StopsTwiceAndRefusesThen) {
    App app(config, std::nullopt);
    ASSERT_TRUE(app.start());
    auto const url = app.url();
    EXPECT_TRUE(app.stop());
    EXPECT_TRUE(app.stop());
    EXPECT_FALSE(http::Client(url).send("GET", "/"));
}

TEST_F(AppTest, CanBeDestroyedUnstarted) {
    App const app(config, std::nullopt);
}

}  // namespace
}  // namespace rollcall::server
