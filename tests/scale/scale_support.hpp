// What these tests share: a connection on each kind of store, and many users in it.
#pragma once

#include "replay/stores.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace rollcall::tests {

inline std::string store_name(testing::TestParamInfo<replay::StoreKind> const& info) {
    return info.param.name;
}

class ScaleTest : public testing::TestWithParam<replay::StoreKind> {
protected:
    ScaleTest()
        : side(GetParam().open()), generic(side.connect(directory::IdentityProvider::generic)) {}

    Answer send(std::string_view method, std::string const& path, std::string body = {}) {
        return side.send(generic, method, path, std::move(body));
    }
    boost::json::value get(std::string const& path) {
        auto const answer = send("GET", path);
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        return answer.json();
    }

    std::string add_user(std::string const& name) {
        auto const answer = send("POST", "/Users", R"({"userName":")" + name + "\"}");
        EXPECT_EQ(answer.response.status, 201U) << answer.body();
        return std::string(answer.json().at("id").as_string());
    }
    /// Many at a time, since each waits for its commit.
    std::vector<std::string> add_users(std::size_t count) {
        constexpr std::size_t at_once = 16;
        std::vector<std::string> ids(count);
        std::vector<std::thread> threads;
        for (std::size_t first = 0; first < at_once; ++first) {
            threads.emplace_back([&, first] {
                for (auto i = first; i < count; i += at_once) {
                    ids[i] = add_user("user" + std::to_string(i));
                }
            });
        }
        for (auto& thread : threads) thread.join();
        return ids;
    }

    static std::string group_body(std::span<std::string const> members) {
        return R"({"displayName":"Everybody","members":)" + as_members(members) + "}";
    }
    /// The path of a new group.
    std::string add_group(std::span<std::string const> members = {}) {
        auto const answer = send("POST", "/Groups", group_body(members));
        EXPECT_EQ(answer.response.status, 201U) << answer.body();
        return "/Groups/" + std::string(answer.json().at("id").as_string());
    }
    Answer patch(std::string const& path, std::string const& operations) {
        return send("PATCH", path, R"({"Operations":[)" + operations + "]}");
    }

    static std::string as_members(std::span<std::string const> ids) {
        boost::json::array members;
        for (auto const& id : ids) members.push_back(boost::json::object{{"value", id}});
        return boost::json::serialize(members);
    }
    std::vector<std::string> members(std::string const& path) {
        std::vector<std::string> ids;
        auto const group = get(path);
        for (auto const& member : group.at("members").as_array()) {
            ids.emplace_back(member.at("value").as_string());
        }
        return ids;
    }
    std::string version(std::string const& path) {
        auto const group = get(path + "?excludedAttributes=members");
        return std::string(group.at("meta").at("version").as_string());
    }

    std::vector<storage::StoredEvent> events(std::int64_t after = 0) {
        return value_of(run_task(side.store().list_events(generic.organization, after, 1'000'000)));
    }
    std::int64_t last_event() {
        auto const all = events();
        return all.empty() ? 0 : all.back().position;
    }

    ProviderSide side;
    Connected generic;
};

}  // namespace rollcall::tests
