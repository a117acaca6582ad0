// A push against a small SCIM server in memory: what arrives, what is reported, when it stops.
#include "cli/push.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>

namespace rollcall::cli {
namespace {

namespace json = boost::json;
using testing::ElementsAre;
using testing::HasSubstr;

/// Holds users by userName and groups by displayName; `misbehave` may answer first.
struct FakeServer {
    std::mutex mutex;
    std::map<std::string, std::string> users;   // name → id
    std::map<std::string, std::string> groups;  // name → id
    std::map<std::string, std::multiset<std::string>> members;
    std::size_t largest_patch = 0;
    std::size_t requests = 0;
    std::function<std::optional<ScimReply>(std::string_view method, std::string const& target)>
        misbehave;

    ScimReply answer(std::string_view method, std::string const& target, std::string const& body) {
        std::scoped_lock const lock(mutex);
        ++requests;
        if (misbehave) {
            if (auto reply = misbehave(method, target)) return *std::move(reply);
        }
        auto const is_user = target.starts_with("/Users");
        if (method == "GET") return find(is_user ? users : groups, target);
        if (method == "POST") return create(is_user, body);
        return patch(target, body);
    }

    static ScimReply find(std::map<std::string, std::string> const& known,
                          std::string const& target) {
        auto const begin = target.find("%22") + 3;
        auto const wanted = target.substr(begin, target.find("%22", begin) - begin);
        json::array found;
        for (auto const& [name, id] : known) {
            if (name.starts_with(wanted.substr(0, 3)) && encoded(name) == wanted) {
                found.push_back(json::object{{"id", id}});
            }
        }
        return {200,
                json::serialize(json::object{{"totalResults", found.size()}, {"Resources", found}}),
                {}};
    }

    static std::string encoded(std::string const& name) {
        std::string out;
        for (char const c : name) {
            if (c == '@') {
                out += "%40";
            } else if (c == ' ') {
                out += "%20";
            } else if (static_cast<unsigned char>(c) >= 0x80) {
                constexpr auto digits = "0123456789ABCDEF";
                auto const byte = static_cast<unsigned char>(c);
                out += {'%', digits[byte >> 4U], digits[byte & 15U]};
            } else {
                out += c;
            }
        }
        return out;
    }

    ScimReply create(bool is_user, std::string const& body) {
        auto const object = json::parse(body).as_object();
        auto const name = std::string(object.at(is_user ? "userName" : "displayName").as_string());
        auto& known = is_user ? users : groups;
        if (known.contains(name)) return {409, R"({"scimType":"uniqueness","detail":"taken"})", {}};
        auto const id = (is_user ? "u" : "g") + std::to_string(known.size());
        known[name] = id;
        return {201, json::serialize(json::object{{"id", id}}), {}};
    }

    ScimReply patch(std::string const& target, std::string const& body) {
        auto& set = members[target.substr(std::string("/Groups/").size())];
        auto const values =
            json::parse(body).at("Operations").as_array().at(0).at("value").as_array();
        largest_patch = std::max(largest_patch, values.size());
        for (auto const& value : values) set.insert(std::string(value.at("value").as_string()));
        return {204, "", {}};
    }
};

class FakeEndpoint final : public ScimEndpoint {
public:
    explicit FakeEndpoint(FakeServer& server) : server_(server) {}
    Result<ScimReply> send(std::string_view method, std::string const& target,
                           std::string const& body) override {
        return server_.answer(method, target, body);
    }

private:
    FakeServer& server_;
};

class FixedClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override { return Timestamp{}; }
};

class NoProgress final : public Progress {
public:
    void begin(std::string_view phase, std::size_t total) override {
        lines.push_back(std::string(phase) + " " + std::to_string(total));
    }
    void advance(std::size_t count) override { advanced += count; }
    void end() override {}
    std::vector<std::string> lines;
    std::atomic<std::size_t> advanced = 0;
};

class Push : public testing::Test {
protected:
    PushReport run(unsigned concurrency = 3) {
        PushOptions const options{concurrency,
                                  [this](std::chrono::seconds time) { waits.push_back(time); }};
        return push(
            sample, Dialect(Provider::okta, false), options,
            [this] { return std::make_unique<FakeEndpoint>(server); }, clock, progress);
    }

    Sample sample = make_sample(800, 12, 4);
    FakeServer server;
    FixedClock clock;
    NoProgress progress;
    std::vector<std::chrono::seconds> waits;
};

TEST_F(Push, EverythingArrivesOnce) {
    auto const report = run();
    EXPECT_THAT(report.failures, ElementsAre());
    EXPECT_EQ(report.people.created, 800U);
    EXPECT_EQ(report.people.found, 0U);
    EXPECT_EQ(report.groups.created, 12U);
    EXPECT_EQ(report.memberships, sample.membership_count());
    EXPECT_EQ(report.requests, server.requests);
    EXPECT_EQ(server.users.size(), 800U);
    EXPECT_LE(server.largest_patch, 100U);
    for (std::size_t i = 0; i < sample.groups.size(); ++i) {
        std::multiset<std::string> expected;
        for (auto const p : sample.groups[i].members) {
            expected.insert(server.users[sample.people[p].user_name]);
        }
        EXPECT_EQ(server.members[report.group_ids[i]], expected);
    }
    EXPECT_THAT(progress.lines,
                ElementsAre("people 800", "groups 12",
                            "memberships " + std::to_string(sample.membership_count())));
    EXPECT_EQ(progress.advanced, 800 + 12 + sample.membership_count());
}

TEST_F(Push, SecondRunFindsEverything) {
    auto const first = run();
    auto const second = run();
    EXPECT_EQ(second.people.created, 0U);
    EXPECT_EQ(second.people.found, 800U);
    EXPECT_EQ(second.groups.found, 12U);
    EXPECT_EQ(second.person_ids, first.person_ids);
    EXPECT_EQ(second.group_ids, first.group_ids);
}

TEST_F(Push, ConflictIsMatchedAgain) {
    server.users[sample.people[0].user_name] = "old";
    // The look-up is answered too early once, as after a lost reply.
    bool hidden = false;
    server.misbehave = [&](std::string_view method,
                           std::string const&) -> std::optional<ScimReply> {
        if (method != "GET" || hidden) return std::nullopt;
        hidden = true;
        return ScimReply{200, R"({"totalResults":0})", {}};
    };
    auto const report = run(1);
    EXPECT_THAT(report.failures, ElementsAre());
    EXPECT_EQ(report.person_ids[0], "old");
    EXPECT_EQ(report.people.found, 1U);
}

TEST_F(Push, FailureKeepsTheServersWords) {
    server.misbehave = [](std::string_view method,
                          std::string const& target) -> std::optional<ScimReply> {
        if (method != "PATCH" || target != "/Groups/g0") return std::nullopt;
        return ScimReply{400, R"({"scimType":"invalidValue","detail":"members: too many"})", {}};
    };
    auto const report = run(1);
    EXPECT_THAT(report.failures, ElementsAre("members of group " + sample.groups[0].display_name +
                                             ": 400 invalidValue: members: too many"));
    EXPECT_EQ(report.memberships, sample.membership_count() - sample.groups[0].members.size());
}

TEST_F(Push, StopsAfterEnoughFailures) {
    server.misbehave = [](std::string_view, std::string const&) {
        return ScimReply{500, "no JSON here", {}};
    };
    auto const report = run();
    ASSERT_EQ(report.failures.size(), failures_max);
    EXPECT_THAT(report.failures.front(), HasSubstr("500: no JSON here"));
    EXPECT_LE(server.requests, failures_max + 3);
}

TEST_F(Push, StopsAtOnceWhenRefused) {
    server.misbehave = [](std::string_view, std::string const&) {
        return ScimReply{401, R"({"detail":"bearer token is not valid"})", {}};
    };
    auto const report = run(1);
    EXPECT_THAT(report.failures, ElementsAre(HasSubstr("401: bearer token is not valid")));
    EXPECT_EQ(server.requests, 1U);
}

TEST_F(Push, WaitsAsLongAsAsked) {
    int refusals = 0;
    server.misbehave = [&](std::string_view, std::string const&) -> std::optional<ScimReply> {
        if (++refusals > 2) return std::nullopt;
        return ScimReply{429, "", std::chrono::seconds(refusals == 1 ? 7 : 3600)};
    };
    auto const report = run(1);
    EXPECT_THAT(report.failures, ElementsAre());
    EXPECT_THAT(waits, ElementsAre(std::chrono::seconds(7), std::chrono::seconds(60)));
}

TEST_F(Push, GivesUpOnAServerThatStaysBusy) {
    server.misbehave = [](std::string_view, std::string const&) {
        return ScimReply{503, "", std::chrono::seconds(1)};
    };
    auto const report = run(1);
    EXPECT_EQ(report.failures.size(), failures_max);
    EXPECT_EQ(waits.size(), failures_max * 4);
}

TEST_F(Push, NonsenseIsAFailure) {
    for (auto const* body :
         {"", "[]", "{}", R"({"totalResults":"1"})", R"({"totalResults":1,"Resources":[]})",
          R"({"totalResults":1,"Resources":[{"id":7}]})"}) {
        server.misbehave = [&](std::string_view, std::string const&) {
            return ScimReply{200, body, {}};
        };
        EXPECT_EQ(run(1).failures.size(), failures_max) << body;
    }
}

}  // namespace
}  // namespace rollcall::cli
