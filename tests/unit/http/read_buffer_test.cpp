// ReadBuffer: what is held stays in place, what is unread is never lost.
#include "http/read_buffer.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <string>

namespace rollcall::http {
namespace {

void receive(ReadBuffer& buffer, std::string_view bytes, bool as_head = true) {
    while (!bytes.empty()) {
        auto const room = as_head ? buffer.room_for_head() : buffer.room_for_body();
        ASSERT_FALSE(room.empty());
        auto const count = std::min(room.size(), bytes.size());
        std::memcpy(room.data(), bytes.data(), count);
        buffer.received(count);
        bytes.remove_prefix(count);
    }
}

TEST(ReadBuffer, grows_for_a_long_head) {
    ReadBuffer buffer;
    std::string const head(50'000, 'h');
    receive(buffer, head);
    EXPECT_EQ(buffer.unread(), head);
}

TEST(ReadBuffer, held_bytes_stay_while_a_body_passes) {
    ReadBuffer buffer;
    receive(buffer, "HEADbody");
    auto const head = buffer.unread().substr(0, 4);
    buffer.consume(4);
    buffer.hold();
    for (int i = 0; i < 100; ++i) {
        buffer.consume(buffer.unread().size());
        receive(buffer, std::string(3000, 'b'), false);
        EXPECT_EQ(buffer.unread(), std::string(3000, 'b'));
    }
    EXPECT_EQ(head, "HEAD");
}

TEST(ReadBuffer, body_room_ends_when_nothing_is_consumed) {
    ReadBuffer buffer;
    receive(buffer, "HEAD");
    buffer.consume(4);
    buffer.hold();
    std::size_t total = 0;
    for (auto room = buffer.room_for_body(); !room.empty(); room = buffer.room_for_body()) {
        std::memset(room.data(), 'b', room.size());
        buffer.received(room.size());
        total += room.size();
    }
    EXPECT_EQ(buffer.unread(), std::string(total, 'b'));
    // What reached into the reserve is still whole when it turns out to be the next head.
    receive(buffer, "more");
    EXPECT_EQ(buffer.unread(), std::string(total, 'b') + "more");
}

TEST(ReadBuffer, random_walk_keeps_order) {
    std::mt19937 random(7);
    ReadBuffer buffer;
    std::string expected;
    unsigned char next = 0;
    for (int step = 0; step < 20'000; ++step) {
        std::string bytes(random() % 700, ' ');
        for (auto& byte : bytes) byte = static_cast<char>(next++);
        receive(buffer, bytes);
        expected += bytes;
        ASSERT_EQ(buffer.unread(), expected) << step;
        auto const used = random() % (expected.size() + 1);
        buffer.consume(used);
        expected.erase(0, used);
    }
}

}  // namespace
}  // namespace rollcall::http
