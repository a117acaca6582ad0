// Writes that meet each other, and stores that fail: nothing is lost, nothing half done.
#include "service/attempts.hpp"
#include "support/forwarding_store.hpp"
#include "unit/api/scim_support.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <thread>

namespace rollcall::tests {
namespace {

/// What the store under test is to do wrong.
struct Faults {
    int stale_writes_left = 0;  ///< writes that report a concurrent change
    std::optional<Error> every_write_fails;
    int plans = 0;  ///< reads that a plan is made from
};

class FaultyStore final : public ForwardingStore {
public:
    FaultyStore(std::unique_ptr<storage::Store> inner, Faults& faults)
        : ForwardingStore(std::move(inner)), faults_(faults) {}

    Task<Result<std::vector<directory::LinkCandidate>>> find_link_candidates(
        directory::ConnectionKey key, std::string user_name, std::optional<std::string> external_id,
        std::string email) override {
        ++faults_.plans;
        return ForwardingStore::find_link_candidates(key, std::move(user_name),
                                                     std::move(external_id), std::move(email));
    }
    Task<Result<std::optional<directory::User>>> find_user(directory::ConnectionKey key,
                                                           MemberId id, bool groups) override {
        ++faults_.plans;
        return ForwardingStore::find_user(key, id, groups);
    }
    Task<Result<directory::User>> create_user(directory::ConnectionKey key,
                                              directory::UserCreation creation) override {
        if (auto fault = take(ErrorCode::conflict)) co_return fail(std::move(*fault));
        co_return co_await inner().create_user(key, std::move(creation));
    }
    Task<Result<directory::User>> update_user(directory::ConnectionKey key, MemberId id,
                                              directory::UserUpdate update) override {
        if (auto fault = take(ErrorCode::precondition_failed)) co_return fail(std::move(*fault));
        co_return co_await inner().update_user(key, id, std::move(update));
    }
    Task<Status> delete_user(directory::ConnectionKey key, MemberId id,
                             std::optional<std::uint64_t> expected_version, Timestamp now,
                             std::vector<directory::Event> events) override {
        if (auto fault = take(ErrorCode::precondition_failed)) co_return fail(std::move(*fault));
        co_return co_await inner().delete_user(key, id, expected_version, now, std::move(events));
    }
    Task<Result<directory::AppliedGroupChange>> apply_group_change(
        directory::ConnectionKey key, GroupId id, directory::GroupChange change) override {
        if (auto fault = take(ErrorCode::precondition_failed)) co_return fail(std::move(*fault));
        co_return co_await inner().apply_group_change(key, id, std::move(change));
    }

private:
    std::optional<Error> take(ErrorCode stale) {
        if (faults_.every_write_fails) return faults_.every_write_fails;
        if (faults_.stale_writes_left == 0) return std::nullopt;
        --faults_.stale_writes_left;
        return Error(stale, "somebody was faster");
    }

    Faults& faults_;
};

class ScimRaces : public testing::Test {
protected:
    ScimRaces()
        : side([this](crypto::IdSource& ids,
                      Limits const& limits) -> std::unique_ptr<storage::Store> {
              return std::make_unique<FaultyStore>(storage::open_memory_store(ids, limits), faults);
          }),
          okta(side.connect(directory::IdentityProvider::okta)) {}

    std::string add_user(std::string const& user_name) {
        auto const answer =
            side.send(okta, "POST", "/Users", R"({"userName":")" + user_name + "\"}");
        return answer.response.status == 201
                   ? std::string(answer.json().at("id").as_string())
                   : std::to_string(answer.response.status) + answer.header("Retry-After");
    }

    Answer retitle(std::string const& id, Headers headers = {}) {
        return side.send(okta, "PATCH", "/Users/" + id,
                         R"({"Operations":[{"op":"add","path":"title","value":"T"}]})",
                         std::move(headers));
    }

    Faults faults;
    ProviderSide side;
    Connected okta;
};

TEST_F(ScimRaces, ACreationIsPlannedAgainAsOftenAsManyWritersNeed) {
    EXPECT_TRUE(add_user("amy@x.test").starts_with("member-"));
    EXPECT_EQ(faults.plans, 0);  // an unknown user needs no look at members
    faults.stale_writes_left = 3;
    EXPECT_TRUE(add_user("ann@x.test").starts_with("member-"));
    EXPECT_EQ(faults.plans, 3);
    faults.stale_writes_left = service::attempts_max + 1;
    EXPECT_EQ(add_user("bob@x.test"), "5031");
    EXPECT_TRUE(add_user("bob@x.test").starts_with("member-"));
}

TEST_F(ScimRaces, AnUpdateIsPlannedAgainFromWhatIsThereNow) {
    auto const id = add_user("ann@x.test");
    faults.plans = 0;
    faults.stale_writes_left = 2;
    EXPECT_EQ(retitle(id).response.status, 200U);
    EXPECT_EQ(faults.plans, 3);
}

TEST_F(ScimRaces, WithIfMatchTheFirstCollisionIsTheAnswer) {
    auto const id = add_user("ann@x.test");
    faults.stale_writes_left = 1;
    EXPECT_EQ(retitle(id, {{"If-Match", "W/\"1\""}}).response.status, 412U);
    faults.stale_writes_left = 1;
    EXPECT_EQ(
        side.send(okta, "DELETE", "/Users/" + id, {}, {{"If-Match", "W/\"1\""}}).response.status,
        412U);
    EXPECT_EQ(side.send(okta, "DELETE", "/Users/" + id).response.status, 204U);
}

TEST_F(ScimRaces, ADeletionIsTriedAgain) {
    auto const id = add_user("ann@x.test");
    faults.stale_writes_left = 1;
    EXPECT_EQ(side.send(okta, "DELETE", "/Users/" + id).response.status, 204U);
}

TEST_F(ScimRaces, APatchThatLoadsTheGroupIsPlannedAgainAndNotesAreNotRepeated) {
    auto const id = add_user("ann@x.test");
    auto const group = side.send(okta, "POST", "/Groups",
                                 R"({"displayName":"G","members":[{"value":")" + id + R"("}]})");
    auto const path = "/Groups/" + std::string(group.json().at("id").as_string());
    faults.stale_writes_left = 2;
    auto const answer =
        side.send(okta, "PATCH", path,
                  R"({"Operations":[{"op":"remove","path":"members[type eq \"User\"]"},
                                      {"op":"replace","path":"shoeSize","value":"44"}]})");
    EXPECT_EQ(answer.response.status, 200U);
    EXPECT_EQ(answer.context.notes.size(), 1U);
    EXPECT_EQ(side.send(okta, "GET", path).json().at("members").as_array().size(), 0U);
}

// X-07, X-08, X-09
TEST_F(ScimRaces, AFailingStoreIsNeverASuccessAndNeverTellsWhy) {
    auto const id = add_user("ann@x.test");
    auto const before = side.send(okta, "GET", "/Users").body();
    faults.every_write_fails = internal_error("disk on fire");
    auto const failed = retitle(id);
    EXPECT_EQ(failed.response.status, 500U);
    EXPECT_EQ(failed.body().find("fire"), std::string::npos);
    EXPECT_NE(failed.context.error.find("fire"), std::string::npos);
    faults.every_write_fails = unavailable_error("busy", "queue full");
    auto const busy = retitle(id);
    EXPECT_EQ(busy.response.status, 503U);
    EXPECT_EQ(busy.header("Retry-After"), "1");
    EXPECT_EQ(add_user("bob@x.test"), "5031");
    faults.every_write_fails.reset();
    EXPECT_EQ(side.send(okta, "GET", "/Users").body(), before);
}

template <class Work>
void in_threads(int count, Work work) {
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
    for (auto& thread : threads) thread.join();
}

class ScimThreads : public ScimTest {};

// C-12
TEST_F(ScimThreads, OneOfManyEqualCreationsWins) {
    for (int round = 0; round < 20; ++round) {
        std::vector<unsigned> statuses(4);
        in_threads(4, [&](int i) {
            auto const body = R"({"userName":"same)" + std::to_string(round) + R"(@x.test"})";
            statuses.at(static_cast<std::size_t>(i)) = send("POST", "/Users", body).response.status;
        });
        EXPECT_EQ(std::ranges::count(statuses, 201U), 1);
        EXPECT_EQ(std::ranges::count(statuses, 409U), 3);
    }
}

// I-38
TEST_F(ScimThreads, NoMemberIsLostWhenManyAddAtOnce) {
    std::vector<std::string> ids;
    for (int i = 0; i < 40; ++i) ids.push_back(add_user("u" + std::to_string(i) + "@x.test"));
    auto const path = "/Groups/" + add_group("Sales");
    in_threads(4, [&](int i) {
        for (int k = 0; k < 10; ++k) {
            patch(path, R"([{"op":"add","path":"members","value":[{"value":")" +
                            ids.at(static_cast<std::size_t>(i * 10 + k)) + R"("}]}])");
        }
    });
    EXPECT_EQ(send("GET", path).json().at("members").as_array().size(), ids.size());
    EXPECT_EQ(get(path, "/meta/version"), "W/\"41\"");
}

}  // namespace
}  // namespace rollcall::tests
