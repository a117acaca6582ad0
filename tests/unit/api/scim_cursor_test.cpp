// Paging by cursor (RFC 9865).
#include "unit/api/scim_list_support.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <set>

namespace rollcall::tests {
namespace {

class ScimCursor : public ScimListTest {
protected:
    explicit ScimCursor(Limits const& limits = {}) : ScimListTest(limits) {
        for (auto const* name : {"ann", "bob", "cleo", "dov", "eva"}) {
            add_user(name, R"(,"title":")" + std::string(1, name[2]) + "\"");
        }
    }
    std::string cursor_of(std::string const& path) {
        return next_cursor(send("GET", path)).value_or("");
    }
    /// Back to the users that the fixture made.
    void remove_all_but_five() {
        auto const answer = send("GET", "/Users?startIndex=6&count=1000&attributes=id");
        auto const document = answer.json();
        for (auto const& user : document.at("Resources").as_array()) {
            send("DELETE", "/Users/" + text(user, "id"));
        }
    }
};

// Y-02, Y-03, Y-08
TEST_F(ScimCursor, WalksPageByPage) {
    auto const first = send("GET", "/Users?cursor&count=2");
    EXPECT_EQ(names(first), "5: ann bob");
    EXPECT_EQ(text_at(first, "/startIndex"), "(none)");
    EXPECT_EQ(text_at(first, "/previousCursor"), "(none)");
    auto const second = send("GET", "/Users?count=2&cursor=" + *next_cursor(first));
    EXPECT_EQ(names(second), "5: cleo dov");
    auto const last = send("GET", "/Users?count=2&cursor=" + *next_cursor(second));
    EXPECT_EQ(names(last), "5: eva");
    EXPECT_EQ(next_cursor(last), std::nullopt);
    EXPECT_EQ(next_cursor(send("GET", "/Users?cursor=&count=5")), std::nullopt) << "exactly one";
    EXPECT_EQ(names(send("GET", "/Users?cursor=")), "5: ann bob cleo dov eva");
}

// Y-12
TEST_F(ScimCursor, IndexPagesStayTheDefault) {
    auto const answer = send("GET", "/Users?count=2");
    EXPECT_EQ(text_at(answer, "/startIndex"), "1");
    EXPECT_EQ(next_cursor(answer), std::nullopt);
}

// F-45
TEST_F(ScimCursor, WalksInAnyOrderThroughAnyFilter) {
    EXPECT_EQ(walk("/Users?count=2"), " ann bob | cleo dov | eva");
    EXPECT_EQ(walk("/Users?count=3&sortBy=userName&sortOrder=descending"),
              " eva dov cleo | bob ann");
    EXPECT_EQ(walk("/Users?count=2&sortBy=title"), " eva bob | cleo ann | dov");
    EXPECT_EQ(walk("/Users?count=1&filter=title%20gt%20%22b%22"), " ann | cleo | dov");
    EXPECT_EQ(walk("/Users?count=2&filter=title%20gt%20%22b%22&sortBy=title&sortOrder=descending"),
              " dov ann | cleo");
    EXPECT_EQ(walk("/Users?count=2&filter=userName%20eq%20%22dov%22"), " dov");
    EXPECT_EQ(walk("/Users?count=2&sortBy=meta.lastModified&sortOrder=descending"),
              " eva dov | cleo bob | ann");
    add_group("Sales");
    add_group("Ops");
    EXPECT_EQ(walk("/Groups?count=1"), " Sales | Ops");
    EXPECT_EQ(walk("/?count=4"), " ann bob cleo dov | eva Sales Ops");
    EXPECT_EQ(walk("/?count=5"), " ann bob cleo dov eva | Sales Ops");
}

// Y-10
TEST_F(ScimCursor, WorksInSearchMessages) {
    auto const first = send("POST", "/Users/.search", R"({"cursor":"","count":4})");
    EXPECT_EQ(names(first), "5: ann bob cleo dov");
    auto const cursor = *next_cursor(first);
    EXPECT_EQ(search("/Users/.search", R"({"count":4,"cursor":")" + cursor + "\"}"), "5: eva");
    EXPECT_EQ(list("/Users?count=4&cursor=" + cursor), "5: eva") << "the same query";
}

// Y-04
TEST_F(ScimCursor, HasOnlyUnreservedCharacters) {
    for (auto const* path : {"/Users?cursor&count=2", "/Users?cursor&count=2&sortBy=title",
                             "/Users?cursor&count=2&sortBy=meta.created", "/?cursor&count=1"}) {
        auto const cursor = cursor_of(path);
        EXPECT_FALSE(cursor.empty()) << path;
        EXPECT_TRUE(std::ranges::all_of(cursor, [](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
        })) << cursor;
    }
}

// Y-05, Y-06
TEST_F(ScimCursor, TheCountStaysInRangeAndTheSame) {
    auto const cursor = cursor_of("/Users?cursor&count=2");
    EXPECT_EQ(list("/Users?count=3&cursor=" + cursor), "invalidCount");
    EXPECT_EQ(list("/Users?cursor=" + cursor), "5: cleo dov") << "said by the cursor";
    auto const most = Limits{}.scim_page_max;
    EXPECT_EQ(list("/Users?cursor&count=" + std::to_string(most)), "5: ann bob cleo dov eva");
    expect_error(send("GET", "/Users?cursor&count=" + std::to_string(most + 1)), 400,
                 "invalidCount", "count: ");
    EXPECT_EQ(list("/Users?cursor&count=-1"), "invalidCount");
    EXPECT_EQ(list("/Users?cursor&count=abc"), "invalidValue");
    auto const none = send("GET", "/Users?cursor&count=0");
    EXPECT_EQ(names(none), "5:");
    EXPECT_EQ(next_cursor(none), std::nullopt) << "a walk without steps ends at once";
}

// Y-07
TEST_F(ScimCursor, BelongsToOneQuery) {
    auto const cursor = cursor_of("/Users?cursor&count=2&filter=title%20pr&sortBy=userName");
    auto const with = [&](std::string const& path) {
        return list(path + "&count=2&cursor=" + cursor);
    };
    EXPECT_EQ(with("/Users?filter=title%20pr&sortBy=userName"), "5: cleo dov");
    EXPECT_EQ(with("/Users?filter=title%20pr&sortBy=userName&attributes=userName"), "5: cleo dov");
    EXPECT_EQ(with("/Users?filter=title%20pr"), "invalidCursor");
    EXPECT_EQ(with("/Users?sortBy=userName"), "invalidCursor");
    EXPECT_EQ(with("/Users?filter=id%20pr&sortBy=userName"), "invalidCursor");
    EXPECT_EQ(with("/Users?filter=title%20pr&sortBy=userName&sortOrder=descending"),
              "invalidCursor");
    EXPECT_EQ(with("/?filter=title%20pr&sortBy=userName"), "invalidCursor");
    EXPECT_EQ(with("/Groups?filter=title%20pr&sortBy=userName"), "invalidCursor");
}

// Y-09
TEST_F(ScimCursor, ExcludesStartIndex) {
    expect_error(send("GET", "/Users?cursor&startIndex=1"), 400, "invalidValue", "startIndex");
    EXPECT_EQ(list("/Users?cursor&startIndex="), "5: ann bob cleo dov eva") << "L-11: absent";
}

// Y-13, K-06
TEST_F(ScimCursor, CannotBeForgedOrTakenElsewhere) {
    auto const path = std::string("/Users?count=2&cursor=");
    auto const cursor = cursor_of("/Users?cursor&count=2");
    auto const forged = send("GET", path + "AAAA" + cursor.substr(4));
    expect_error(forged, 400, "invalidCursor", "cursor: ");
    EXPECT_EQ(list(path + "nonsense"), "invalidCursor");
    EXPECT_EQ(list(path + cursor + "A"), "invalidCursor");
    EXPECT_EQ(list(path + cursor.substr(1)), "invalidCursor");
    auto const other = side.connect(directory::IdentityProvider::okta);
    auto const stolen = side.send(other, "GET", path + cursor);
    EXPECT_EQ(stolen.body(), forged.body()) << "nothing helps guessing";
    auto const stranger = call(side.api(), "GET", okta.path + path + cursor,
                               {{"Authorization", "Bearer " + std::string(48, 'x')}});
    EXPECT_EQ(stranger.response.status, 401U);
}

// N-08, Y-01, Y-11
TEST_F(ScimCursor, IsAnnounced) {
    auto const config = send("GET", "/ServiceProviderConfig");
    EXPECT_EQ(text_at(config, "/pagination/cursor"), "true");
    EXPECT_EQ(text_at(config, "/pagination/index"), "true");
    EXPECT_EQ(text_at(config, "/pagination/defaultPaginationMethod"), "index");
    EXPECT_EQ(text_at(config, "/pagination/defaultPageSize"), "100");
    EXPECT_EQ(text_at(config, "/pagination/maxPageSize"), "1000");
}

// Y-06, Y-11, Y-14
TEST_F(ScimCursor, ExpiresAsAnnounced) {
    auto const announced = get("/ServiceProviderConfig", "/pagination/cursorTimeout");
    auto const timeout = std::chrono::seconds(std::stol(announced));
    EXPECT_EQ(timeout, Limits{}.cursor_timeout);
    auto const cursor = cursor_of("/Users?cursor&count=2");
    // Each look at the clock moves it by a millisecond.
    auto const looks = std::chrono::milliseconds(50);
    side.clock().advance(timeout - looks);
    auto const second = send("GET", "/Users?count=2&cursor=" + cursor);
    EXPECT_EQ(names(second), "5: cleo dov");
    side.clock().advance(looks);
    expect_error(send("GET", "/Users?count=2&cursor=" + cursor), 400, "expiredCursor", "cursor: ");
    EXPECT_EQ(list("/Users?count=2&cursor=" + *next_cursor(second)), "5: eva")
        << "each page gives its own time";
    EXPECT_EQ(list("/Groups?count=2&cursor=" + cursor), "invalidCursor") << "before its age counts";
}

// Y-15
TEST_F(ScimCursor, SeesOnceWhatWasThereThroughout) {
    for (auto const* order :
         {"", "&sortBy=userName", "&sortBy=title&sortOrder=descending", "&sortBy=meta.created"}) {
        SCOPED_TRACE(order);
        std::vector<std::string> doomed;
        for (int i = 0; i < 4; ++i) doomed.push_back(add_user("m" + std::to_string(i)));
        std::multiset<std::string> seen;
        std::string cursor;
        for (int page = 0; page == 0 || !cursor.empty(); ++page) {
            auto const answer =
                send("GET", "/Users?count=2" + std::string(order) + "&cursor=" + cursor);
            ASSERT_EQ(answer.response.status, 200U) << answer.body();
            auto const document = answer.json();
            for (auto const& user : document.at("Resources").as_array()) {
                seen.insert(text(user, "userName"));
            }
            cursor = next_cursor(answer).value_or("");
            // Others come and go, before and behind where the cursor stands.
            if (page < 4) {
                add_user("a" + std::to_string(page));
                add_user("z" + std::to_string(page), R"(,"title":"m")");
                send("DELETE", "/Users/" + doomed[static_cast<std::size_t>(page)]);
            }
        }
        for (auto const* name : {"ann", "bob", "cleo", "dov", "eva"}) {
            EXPECT_EQ(seen.count(name), 1U) << name;
        }
        for (auto const& name : seen) EXPECT_EQ(seen.count(name), 1U) << name;
        remove_all_but_five();
    }
}

Limits short_texts() {
    Limits limits;
    limits.sort_text_bytes_max = 8;
    return limits;
}

class ScimShortTexts : public ScimCursor {
protected:
    ScimShortTexts() : ScimCursor(short_texts()) {}
};

TEST_F(ScimShortTexts, ALongNameCannotBeWhereACursorStands) {
    add_user("a_very_long_name");
    EXPECT_EQ(list("/Users?cursor&count=1&sortBy=userName"), "tooMany");
    EXPECT_EQ(list("/Users?cursor&count=2&sortBy=userName"), "6: a_very_long_name ann");
    EXPECT_EQ(list("/Users?count=1&sortBy=userName"), "6: a_very_long_name");
}

TEST_F(ScimShortTexts, ANameOfTheLimitsLengthCan) {
    add_user("aaaaaaaa");
    add_user("aaaaaaaab");
    EXPECT_EQ(list("/Users?cursor&count=1&sortBy=userName"), "7: aaaaaaaa");
    EXPECT_EQ(list("/Users?cursor&count=2&sortBy=userName"), "tooMany");
}

// F-45: what changed within a range comes in the order of the changes, and what changes meanwhile
// comes once more. Pages by index stay in the order of creation.
TEST_F(ScimCursor, ARangeOfChangesIsWalkedInTheirOrder) {
    auto const answer = send("GET", "/Users?attributes=id");
    auto const document = answer.json();
    auto const& users = document.at("Resources").as_array();
    auto const id_of = [&](std::size_t index) { return text(users.at(index), "id"); };
    auto const change = [&](std::string const& id, std::string const& title) {
        patch("/Users/" + id, R"([{"op":"replace","path":"title","value":")" + title + "\"}]");
    };
    change(id_of(1), "changed");
    std::string const filter = "filter=meta.lastModified%20gt%20%222000-01-01T00:00:00Z%22";
    EXPECT_EQ(walk("/Users?count=2&" + filter), " ann cleo | dov eva | bob");
    EXPECT_EQ(list("/Users?" + filter), "5: ann bob cleo dov eva");
    EXPECT_EQ(walk("/Users?count=2&sortBy=meta.created&" + filter), " ann bob | cleo dov | eva");
    EXPECT_EQ(walk("/Users?count=2&" + filter + "%20and%20title%20pr"),
              " ann bob | cleo dov | eva");
    add_group("Sales");
    EXPECT_EQ(walk("/?count=4&" + filter), " ann cleo dov eva | bob Sales");

    auto const first = send("GET", "/Users?cursor&count=3&" + filter);
    EXPECT_EQ(names(first), "5: ann cleo dov");
    change(id_of(0), "changed");
    EXPECT_EQ(list("/Users?count=3&" + filter + "&cursor=" + *next_cursor(first)),
              "5: eva bob ann");
}

}  // namespace
}  // namespace rollcall::tests
