// Sixteen writers change one group ten thousand times, in every form that names a member. Nothing
// is lost, nothing happens twice, and each change is one version and one event. Others replace it
// as a whole meanwhile.
#include "scale_support.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <random>
#include <set>
#include <span>
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
    Set replay(std::vector<storage::StoredEvent> const& happened, Set inside = {}) {
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

// What a PUT says is the whole group, whoever else says something else (I-38, W-03).
TEST_P(GroupWriters, replace_the_whole_or_nothing) {
    constexpr std::size_t rounds = 100;
    constexpr std::size_t size = 20;
    auto const users = add_users(2 * size);
    auto const halves = std::array{std::span(users).first(size), std::span(users).last(size)};
    auto const path = add_group(halves[0]);
    auto const after_users = last_event();
    auto const is_one_of_both = [&](Set const& shown) {
        return std::ranges::any_of(
            halves, [&](auto half) { return shown == Set(half.begin(), half.end()); });
    };
    auto const shown = [&] {
        auto const all = members(path);
        return Set(all.begin(), all.end());
    };
    std::atomic<std::size_t> writing = halves.size();
    std::vector<std::thread> threads;
    for (auto const half : halves) {
        threads.emplace_back([&, half] {
            for (std::size_t i = 0; i < rounds; ++i) {
                auto const answer = send("PUT", path, group_body(half));
                EXPECT_EQ(answer.response.status, 200U) << answer.body();
            }
            --writing;
        });
    }
    threads.emplace_back([&] {
        while (writing > 0) EXPECT_TRUE(is_one_of_both(shown()));
    });
    for (auto& thread : threads) thread.join();

    auto const last = shown();
    EXPECT_TRUE(is_one_of_both(last));
    Set const before(halves[0].begin(), halves[0].end());
    EXPECT_EQ(replay(events(after_users), before), last);
}

/// A write, and the version that answered it.
struct Write {
    std::uint64_t version = 0;
    bool whole = false;
    Set in{};
    Set out{};

    void carry_out(Set& inside) const {
        if (whole) inside.clear();
        inside.insert(in.begin(), in.end());
        for (auto const& id : out) inside.erase(id);
    }
};

std::uint64_t version_in(Answer const& answer) {
    auto const tag = answer.header("ETag");
    EXPECT_TRUE(tag.starts_with("W/\"")) << tag;
    return std::stoull(std::string(tag.substr(3)));
}

// Whoever replaces the group and whoever changes it, each write stands where its version says: a
// write that found nothing to change is answered with the version in which it is true already.
// I-38, R-06, W-03
TEST_P(GroupWriters, replace_and_change_in_the_order_of_versions) {
    constexpr std::size_t kept = 10;
    constexpr std::size_t patchers = 4;
    constexpr std::size_t each = 8;
    constexpr std::size_t writes_each = 150;
    auto const users = add_users(kept + 1 + patchers * each);
    auto const path = add_group();
    std::array<std::vector<Write>, patchers + 1> done;
    std::vector<std::thread> threads;
    threads.emplace_back([&] {
        for (std::size_t i = 0; i < writes_each; ++i) {
            auto const wanted = std::span(users).first(kept + i % 2);
            auto const answer =
                send("PUT", path + "?excludedAttributes=members", group_body(wanted));
            EXPECT_EQ(answer.response.status, 200U) << answer.body();
            done.back().push_back({version_in(answer), true, Set(wanted.begin(), wanted.end())});
        }
    });
    for (std::size_t patcher = 0; patcher < patchers; ++patcher) {
        threads.emplace_back([&, patcher] {
            std::minstd_rand random(static_cast<unsigned>(patcher));
            auto const own = std::span(users).subspan(kept + 1 + patcher * each, each);
            for (std::size_t i = 0; i < writes_each; ++i) {
                auto const& user = own[random() % own.size()];
                bool const adds = random() % 2 == 0;
                auto const answer = patch(path + "?attributes=id", adds ? addition(user, random())
                                                                        : removal(user, random()));
                EXPECT_EQ(answer.response.status, 200U) << answer.body();
                auto const version = version_in(answer);
                done[patcher].push_back(adds ? Write{version, false, {user}, {}}
                                             : Write{version, false, {}, {user}});
            }
        });
    }
    for (auto& thread : threads) thread.join();

    std::vector<Write> writes;
    for (auto const& own : done) writes.insert(writes.end(), own.begin(), own.end());
    std::ranges::sort(writes, {}, &Write::version);
    Set expected;
    std::set<std::uint64_t> versions{1};
    for (auto const& write : writes) {
        write.carry_out(expected);
        versions.insert(write.version);
    }
    auto const shown = members(path);
    EXPECT_EQ(Set(shown.begin(), shown.end()), expected);
    EXPECT_EQ(version(path), fmt::format("W/\"{}\"", *versions.rbegin()));
    EXPECT_EQ(versions.size(), *versions.rbegin()) << "each version is the answer to a write";
}

}  // namespace
}  // namespace rollcall::tests
