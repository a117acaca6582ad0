// Sixteen writers change one group ten thousand times, in every form that names a member. Nothing
// is lost, nothing happens twice, and each change is one version and one event.
#include "scale_support.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <thread>

namespace rollcall::tests {
namespace {

constexpr std::size_t writers = 16;
constexpr std::size_t changes = 10'000;
constexpr std::size_t users_each = 40;

using Set = std::set<std::string>;

std::string addition(std::string const& id, std::size_t form) {
    auto const member = R"({"value":")" + id + "\"}";
    switch (form % 3) {
        case 0:
            return R"({"op":"add","path":"members","value":[)" + member + "]}";
        case 1:
            return R"({"op":"Add","path":"members","value":)" + member + "}";
        default:
            return R"({"op":"add","value":{"members":[)" + member + "]}}";
    }
}

std::string removal(std::string const& id, std::size_t form) {
    switch (form % 3) {
        case 0:
            return R"({"op":"remove","path":"members[value eq \")" + id + R"(\"]"})";
        case 1:
            return R"({"op":"Remove","path":"members","value":[{"value":")" + id + "\"}]}";
        default:
            return R"({"op":"remove","value":{"members":[{"value":")" + id + "\"}]}}";
    }
}

/// Changes the membership of its own users, and knows who of them is a member.
class Writer {
public:
    Writer(ProviderSide& side, Connected const& connected, std::string path,
           std::vector<std::string> users, unsigned seed)
        : side_(side),
          connected_(connected),
          path_(std::move(path)),
          users_(std::move(users)),
          random_(seed) {}

    void run(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            auto const& user = users_[random_() % users_.size()];
            auto const form = random_();
            auto const is_member = inside_.contains(user);
            auto const operation = is_member ? removal(user, form) : addition(user, form);
            send(operation);
            if (is_member) {
                inside_.erase(user);
            } else {
                inside_.insert(user);
            }
            // Saying it again changes nothing (checklist R-06, P-36).
            if (i % 8 == 0) send(operation);
        }
    }

    [[nodiscard]] Set const& inside() const { return inside_; }

private:
    void send(std::string const& operation) {
        auto const answer = side_.send(connected_, "PATCH", path_ + "?attributes=id",
                                       R"({"Operations":[)" + operation + "]}");
        EXPECT_EQ(answer.response.status, 200U) << operation << "\n" << answer.body();
    }

    ProviderSide& side_;
    Connected const& connected_;
    std::string path_;
    std::vector<std::string> users_;
    std::minstd_rand random_;
    Set inside_;
};

class GroupWriters : public ScaleTest {
protected:
    void rename(std::string const& path, std::size_t times) {
        for (std::size_t i = 0; i < times; ++i) {
            auto const answer = patch(path, R"({"op":"replace","path":"displayName","value":"N)" +
                                                std::to_string(i) + "\"}");
            EXPECT_EQ(answer.response.status, 200U) << answer.body();
        }
    }

    /// Who is in the group if each event is carried out in its turn.
    Set replay(std::vector<storage::StoredEvent> const& happened) {
        Set inside;
        for (auto const& [position, event] : happened) {
            if (event.object != directory::EventObject::scim_member_group) continue;
            if (event.action == directory::EventAction::create) {
                EXPECT_TRUE(inside.insert(event.object_id).second);
            } else {
                EXPECT_EQ(inside.erase(event.object_id), 1U);
            }
        }
        return inside;
    }
};
INSTANTIATE_TEST_SUITE_P(Stores, GroupWriters, testing::ValuesIn(replay::open_store_kinds()),
                         store_name);

// I-38, R-11, P-54
TEST_P(GroupWriters, lose_nothing) {
    constexpr std::size_t renames = 100;
    auto const path = add_group();
    auto const users = add_users(writers * users_each);
    std::vector<Writer> all;
    for (std::size_t i = 0; i < writers; ++i) {
        auto const own = users.begin() + static_cast<std::ptrdiff_t>(i * users_each);
        all.emplace_back(side, generic, path, std::vector(own, own + users_each),
                         static_cast<unsigned>(i));
    }
    auto const after_users = last_event();
    std::vector<std::thread> threads;
    for (auto& writer : all) threads.emplace_back([&] { writer.run(changes / writers); });
    threads.emplace_back([&] { rename(path, renames); });
    for (auto& thread : threads) thread.join();

    Set expected;
    for (auto const& writer : all) expected.insert(writer.inside().begin(), writer.inside().end());
    auto const shown = members(path);
    EXPECT_EQ(Set(shown.begin(), shown.end()), expected);
    EXPECT_EQ(shown.size(), expected.size());
    EXPECT_EQ(version(path), fmt::format("W/\"{}\"", 1 + changes + renames));
    EXPECT_EQ(get(path).at("displayName"), "N99");
    auto const happened = events(after_users);
    EXPECT_EQ(happened.size(), changes + renames);
    EXPECT_EQ(replay(happened), expected);
}

}  // namespace
}  // namespace rollcall::tests
