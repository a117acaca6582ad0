// Requests that name very many members or users: one step, of the differences only, within limits.
#include "scale_support.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <span>

namespace rollcall::tests {
namespace {

using testing::ElementsAre;

class LargeRequests : public ScaleTest {
protected:
    /// Members of which only the given ones exist.
    static std::string with_strangers(std::span<std::string const> ids, std::size_t count) {
        std::vector<std::string> all(ids.begin(), ids.end());
        for (std::size_t i = all.size(); i < count; ++i) {
            all.push_back(fmt::format("member-test-00000000-0000-7000-8000-{:012x}", i));
        }
        return as_members(all);
    }
    static std::vector<std::string> ids_of(boost::json::value const& list) {
        std::vector<std::string> ids;
        for (auto const& resource : list.at("Resources").as_array()) {
            ids.emplace_back(resource.at("id").as_string());
        }
        return ids;
    }
    std::vector<std::string> event_names(std::int64_t after) {
        std::vector<std::string> names;
        for (auto const& stored : events(after)) names.push_back(event_name(stored.event));
        return names;
    }
};
INSTANTIATE_TEST_SUITE_P(Stores, LargeRequests, testing::ValuesIn(replay::open_store_kinds()),
                         store_name);

// R-11, W-03
TEST_P(LargeRequests, a_replacement_that_differs_by_one_writes_one) {
    auto const ids = add_users(2000);
    auto const path = add_group(std::span(ids).first(1999));
    auto const event = last_event();
    ASSERT_EQ(send("PUT", path, group_body(ids)).response.status, 200U);
    EXPECT_THAT(event_names(event), ElementsAre("scim.scim_member_group.create"));
    EXPECT_EQ(version(path), "W/\"2\"");
    auto const after_adding = last_event();
    ASSERT_EQ(send("PUT", path, group_body(std::span(ids).subspan(1))).response.status, 200U);
    EXPECT_THAT(event_names(after_adding), ElementsAre("scim.scim_member_group.delete"));
    EXPECT_EQ(version(path), "W/\"3\"");
    auto const expected = std::span(ids).subspan(1);
    EXPECT_TRUE(std::ranges::equal(members(path), expected)) << "the others stayed where they were";
}

// P-56, R-07
TEST_P(LargeRequests, ten_thousand_members_come_and_go_in_one_step) {
    auto const ids = add_users(1000);
    auto const path = add_group();
    auto const all = with_strangers(ids, 10'000);
    auto const event = last_event();
    auto const added = patch(path, R"({"op":"add","path":"members","value":)" + all + "}");
    EXPECT_EQ(added.response.status, 200U);
    EXPECT_THAT(added.context.notes, ElementsAre(testing::HasSubstr("skipped 9000")));
    EXPECT_EQ(members(path), ids);
    EXPECT_EQ(version(path), "W/\"2\"");
    EXPECT_EQ(events(event).size(), ids.size());
    patch(path, R"({"op":"remove","path":"members","value":)" + all + "}");
    EXPECT_TRUE(members(path).empty());
    EXPECT_EQ(version(path), "W/\"3\"");
    EXPECT_EQ(events(event).size(), 2 * ids.size());
}

// K-11, R-11
TEST_P(LargeRequests, name_a_hundred_thousand_members_and_no_more) {
    auto const ids = add_users(3);
    auto const path = add_group();
    auto const most = Limits{}.group_members_max;
    auto const body = [&](std::size_t count) {
        return R"({"displayName":"Everybody","members":)" + with_strangers(ids, count) + "}";
    };
    ASSERT_LT(body(most).size(), Limits{}.group_body_bytes_max);
    EXPECT_EQ(send("PUT", path, body(most)).response.status, 200U);
    EXPECT_EQ(members(path), ids);
    for (auto const* method : {"PUT", "POST"}) {
        auto const refused =
            send(method, method == std::string("PUT") ? path : "/Groups",
                 R"({"displayName":"Other","members":)" + with_strangers({}, most + 1) + "}");
        EXPECT_EQ(refused.response.status, 400U);
        EXPECT_EQ(refused.json().at("scimType"), "tooMany");
    }
    auto const half = with_strangers({}, most / 2);
    auto const operation = R"({"op":"add","path":"members","value":)" + half + "}";
    auto const other_half = R"({"op":"remove","path":"members","value":)" + half + "}";
    EXPECT_EQ(patch(path, operation + "," + other_half).response.status, 200U);
    auto const too_many =
        patch(path, operation + "," + other_half +
                        R"(,{"op":"remove","path":"members[value eq \")" + ids[0] + R"(\"]"})");
    EXPECT_EQ(too_many.response.status, 400U);
    EXPECT_EQ(too_many.json().at("scimType"), "tooMany");
    EXPECT_EQ(members(path), ids) << "a refused request changes nothing";
    EXPECT_EQ(version(path), "W/\"2\"");
}

// L-09, L-02, L-12
TEST_P(LargeRequests, a_page_has_a_thousand_users_and_no_more) {
    auto ids = add_users(1001);
    for (auto const* count : {"1000", "1001", "1000000000"}) {
        auto const page = get("/Users?count=" + std::string(count));
        EXPECT_EQ(page.at("totalResults"), 1001);
        EXPECT_EQ(page.at("itemsPerPage"), 1000);
    }
    auto shown = ids_of(get("/Users?count=1000"));
    EXPECT_EQ(shown.size(), 1000U);
    shown.push_back(ids_of(get("/Users?count=1000&startIndex=1001")).at(0));
    std::ranges::sort(shown);
    std::ranges::sort(ids);
    EXPECT_EQ(shown, ids);
}

}  // namespace
}  // namespace rollcall::tests
