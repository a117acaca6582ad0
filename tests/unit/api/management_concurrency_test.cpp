// Many backends at once: names and connections stay unique, kept pages stay current.
#include "unit/api/management_fixture.hpp"

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

namespace rollcall::tests {
namespace {

constexpr int threads_count = 8;

class ManagementConcurrency : public ManagementTest {
protected:
    /// Sends the same request from all threads at once, with the thread's number for "#" in its
    /// body; how often each error_type ("" for a success) came back.
    std::map<std::string, int> race(std::string const& method, std::string const& path,
                                    std::string const& body) {
        std::map<std::string, int> outcomes;
        std::mutex mutex;
        std::vector<std::thread> threads;
        for (int i = 0; i < threads_count; ++i) {
            threads.emplace_back([&, i] {
                auto own_body = body;
                if (auto const at = body.find('#'); at != std::string::npos) {
                    own_body.replace(at, 1, std::to_string(i));
                }
                auto const answer = call(*api, method, path, backend.headers(), own_body);
                auto const type = answer.response.status == 200 ? "" : error_type(answer);
                std::lock_guard const lock(mutex);
                ++outcomes[type];
            });
        }
        for (auto& thread : threads) thread.join();
        return outcomes;
    }
};

TEST_F(ManagementConcurrency, OneSlugIsGivenOnce) {
    auto const outcomes = race("POST", "/v1/b2b/organizations",
                               R"({"organization_name":"A","organization_slug":"one"})");
    EXPECT_EQ(outcomes, (std::map<std::string, int>{
                            {"", 1}, {"organization_slug_already_used", threads_count - 1}}));
}

TEST_F(ManagementConcurrency, OneExternalIdOfAnOrganizationIsGivenOnce) {
    auto const outcomes = race("POST", "/v1/b2b/organizations",
                               R"({"organization_name":"A","organization_external_id":"one"})");
    EXPECT_EQ(outcomes,
              (std::map<std::string, int>{
                  {"", 1}, {"organization_external_id_already_used", threads_count - 1}}));
}

TEST_F(ManagementConcurrency, OneAddressAndOneExternalIdOfAMemberAreGivenOnce) {
    auto const id = std::string(create_organization().at("organization_id").as_string());
    auto const members = "/v1/b2b/organizations/" + id + "/members";
    EXPECT_EQ(race("POST", members, R"({"email_address":"ada@example.com"})"),
              (std::map<std::string, int>{{"", 1}, {"duplicate_member_email", threads_count - 1}}));
    EXPECT_EQ(
        race("POST", members, R"({"email_address":"u#@example.com","external_id":"one"})"),
        (std::map<std::string, int>{{"", 1}, {"duplicate_member_external_id", threads_count - 1}}));
}

TEST_F(ManagementConcurrency, OneKeyIsMadeForAProject) {
    auto const path = "/v1/b2b/sessions/jwks/" + to_string(backend.project);
    EXPECT_EQ(race("GET", path, ""), (std::map<std::string, int>{{"", threads_count}}));
    EXPECT_EQ(call(*api, "GET", path, {}).json().at("keys").as_array().size(), 1U);
}

TEST_F(ManagementConcurrency, DerivedSlugsAllSucceed) {
    auto const outcomes =
        race("POST", "/v1/b2b/organizations", R"({"organization_name":"Same Name"})");
    EXPECT_EQ(outcomes, (std::map<std::string, int>{{"", threads_count}}));
}

TEST_F(ManagementConcurrency, OneConnectionIsCreated) {
    auto const id = std::string(create_organization().at("organization_id").as_string());
    auto const outcomes = race("POST", "/v1/b2b/scim/" + id + "/connection", "{}");
    EXPECT_EQ(outcomes, (std::map<std::string, int>{
                            {"", 1}, {"active_scim_connection_exists", threads_count - 1}}));
}

TEST_F(ManagementConcurrency, OneDeleteSucceeds) {
    auto const connected = connect();
    auto const outcomes = race("DELETE", connected.path(), "");
    EXPECT_EQ(outcomes, (std::map<std::string, int>{
                            {"", 1}, {"no_active_scim_connection", threads_count - 1}}));
}

TEST_F(ManagementConcurrency, OneCompletionSucceeds) {
    auto const connected = connect();
    send("POST", connected.path() + "/rotate/start");
    auto const outcomes = race("POST", connected.path() + "/rotate/complete", "");
    EXPECT_EQ(outcomes, (std::map<std::string, int>{
                            {"", 1}, {"scim_connection_not_rotating_token", threads_count - 1}}));
}

TEST_F(ManagementConcurrency, UpdatesOfDifferentFieldsAreAllKept) {
    auto const id = std::string(create_organization().at("organization_id").as_string());
    auto const path = "/v1/b2b/organizations/" + id;
    std::atomic<int> done{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < threads_count; ++i) {
        threads.emplace_back([&, i] {
            auto const body = R"({"trusted_metadata":{"k)" + std::to_string(i) + R"(":1}})";
            if (call(*api, "PUT", path, backend.headers(), body).response.status == 200) ++done;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(done, threads_count);
    EXPECT_EQ(send("GET", path).json().at("organization").at("trusted_metadata").as_object().size(),
              static_cast<std::size_t>(threads_count));
}

TEST_F(ManagementConcurrency, UpdatesOfOneOrganizationAllSucceed) {
    auto const id = std::string(create_organization().at("organization_id").as_string());
    EXPECT_EQ(race("PUT", "/v1/b2b/organizations/" + id, R"({"organization_name":"Name #"})"),
              (std::map<std::string, int>{{"", threads_count}}));
}

TEST_F(ManagementConcurrency, UpdatesOfDifferentFieldsOfAProfileAreAllKept) {
    auto const profiles = std::string("/v1/rollcall/trusted_token_profiles");
    auto const body = R"({"name":"n","issuer":"i","audience":"a","public_key_type":"JWK",)"
                      R"("jwks":{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k1",)"
                      R"("x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]},)"
                      R"("attribute_mapping":{"email":"email","token_id":"jti"}})";
    auto const made = send("POST", profiles, body).json().at("trusted_token_profile").as_object();
    auto const path = profiles + "/" + std::string(made.at("profile_id").as_string());
    std::vector<std::string> const fields{"name", "issuer", "audience"};
    constexpr int rounds = 40;
    for (int round = 0; round < rounds; ++round) {
        auto const value = std::to_string(round);
        std::vector<std::thread> threads;
        for (auto const& field : fields) {
            threads.emplace_back([&] {
                auto const change = "{\"" + field + "\":\"" + value + "\"}";
                EXPECT_EQ(call(*api, "PUT", path, backend.headers(), change).response.status, 200U);
            });
        }
        for (auto& thread : threads) thread.join();
        auto const profile = send("GET", path).json().at("trusted_token_profile").as_object();
        for (auto const& field : fields) {
            EXPECT_EQ(profile.at(field).as_string(), value) << field;
        }
    }
}

TEST_F(ManagementConcurrency, ReadersNeverSeeAnOlderPageThanWasAcknowledged) {
    auto const connected = connect();
    constexpr int groups_count = 200;
    std::atomic<int> acknowledged{0};
    std::thread writer([&] {
        for (int i = 1; i <= groups_count; ++i) {
            push_groups(connected, {"Group " + std::to_string(i)});
            acknowledged = i;
        }
    });
    std::vector<std::thread> readers;
    std::atomic<int> stale{0};
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            for (int seen = 0; seen < groups_count;) {
                auto const before = acknowledged.load();
                auto const answer =
                    call(*api, "GET", connected.path() + "?limit=1000", backend.headers());
                seen = static_cast<int>(answer.json().at("scim_groups").as_array().size());
                if (seen < before) ++stale;
            }
        });
    }
    writer.join();
    for (auto& reader : readers) reader.join();
    EXPECT_EQ(stale, 0);
}

}  // namespace
}  // namespace rollcall::tests
