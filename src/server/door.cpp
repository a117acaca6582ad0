// 503 until opened, then nothing but a forwarder.
#include "server/door.hpp"

#include <boost/asio/awaitable.hpp>

namespace rollcall::server {
namespace {

http::Response closed() {
    http::Response response;
    response.status = 503;
    response.headers.emplace_back("Retry-After", "1");
    response.close = true;
    return response;
}

Task<http::Response> answer_closed() {
    co_return closed();
}

}  // namespace

std::size_t Door::body_bytes_max(http::Request const& head) const {
    auto const* const handler = handler_.load();
    return handler == nullptr ? 0 : handler->body_bytes_max(head);
}

Task<http::Response> Door::handle(http::Request const& request) {
    auto* const handler = handler_.load();
    return handler == nullptr ? answer_closed() : handler->handle(request);
}

http::Response Door::fail(http::Failure failure, http::Request const& head) {
    auto* const handler = handler_.load();
    return handler == nullptr ? closed() : handler->fail(failure, head);
}

}  // namespace rollcall::server
