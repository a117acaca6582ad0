// The door answers 503 until it is opened, and forwards everything afterwards.
#include "server/door.hpp"

#include "support/run_task.hpp"

#include <gtest/gtest.h>

namespace rollcall::server {
namespace {

class Room final : public http::Handler {
public:
    [[nodiscard]] std::size_t body_bytes_max(http::Request const&) const override { return 7; }
    Task<http::Response> handle(http::Request const&) override {
        http::Response response;
        response.status = 204;
        co_return response;
    }
    [[nodiscard]] http::Response fail(http::Failure, http::Request const&) override {
        http::Response response;
        response.status = 400;
        return response;
    }
};

TEST(Door, ClosedMeansComeBack) {
    Door door;
    http::Request const request;
    auto const response = tests::run_task(door.handle(request));
    EXPECT_EQ(response.status, 503U);
    EXPECT_TRUE(response.close);
    EXPECT_EQ(door.fail(http::Failure::malformed, request).status, 503U);
    EXPECT_EQ(door.body_bytes_max(request), 0U);
}

TEST(Door, OpenForwards) {
    Door door;
    Room room;
    door.open(room);
    http::Request const request;
    EXPECT_EQ(tests::run_task(door.handle(request)).status, 204U);
    EXPECT_EQ(door.fail(http::Failure::malformed, request).status, 400U);
    EXPECT_EQ(door.body_bytes_max(request), 7U);
}

}  // namespace
}  // namespace rollcall::server
