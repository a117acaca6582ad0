// Session: how responses leave, and how a connection ends so that the peer still reads the last
// one.
#include "base/limits.hpp"
#include "http/response_head.hpp"
#include "http/session.hpp"
#include "http/worker.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>

namespace rollcall::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/// A reader earns a new write timeout with each so many bytes, so that a slow one may finish a long
/// response and a stalled one holds no memory.
constexpr std::size_t write_progress_bytes = 64 * 1024;

void advance(std::array<asio::const_buffer, 3>& buffers, std::size_t written) noexcept {
    for (auto& buffer : buffers) {
        auto const taken = std::min(written, buffer.size());
        buffer += taken;
        written -= taken;
    }
}

bool is_transient(error_code const& error) noexcept {
    return error == asio::error::would_block || error == asio::error::try_again ||
           error == asio::error::interrupted;
}

}  // namespace

void Session::stage(Response const& response, bool keep_alive) {
    head_.clear();
    append_response_head(head_, response,
                         {.date_line = worker_.date_line(),
                          .keep_alive = keep_alive,
                          .http_1_0 = parser_ && parser_->framing().http_1_0});
    bool const sends_body = may_have_body(response.status) && request_.method != Method::head;
    auto const body = sends_body ? body_of(response) : std::string_view{};
    auto const suffix = sends_body ? suffix_of(response) : std::string_view{};
    unwritten_ = {asio::buffer(head_), asio::buffer(body), asio::buffer(suffix)};
}

Session::Progress Session::write_now() {
    // Most responses fit into the socket's buffer: no round through the reactor for them.
    error_code error;
    auto const written = socket_.write_some(unwritten_, error);
    if (error && !is_transient(error)) return Progress::gone;
    advance(unwritten_, written);
    return asio::buffer_size(unwritten_) == 0 ? Progress::done : Progress::more;
}

Task<bool> Session::write_rest() {
    auto const patience = worker_.shared().limits.write_timeout;
    enter(Phase::writing, worker_.deadline(patience));
    std::size_t written_since = 0;
    while (asio::buffer_size(unwritten_) != 0) {
        error_code error;
        auto const written = co_await socket_.async_write_some(
            unwritten_, asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return false;
        advance(unwritten_, written);
        written_since += written;
        if (written_since >= write_progress_bytes) {
            written_since = 0;
            enter(Phase::writing, worker_.deadline(patience));
        }
    }
    co_return true;
}

Task<void> Session::answer_failure() {
    enter(Phase::writing, never);
    auto const response = worker_.shared().handler.fail(failure_, request_);
    stage(response, false);
    auto const written = write_now();
    if (written == Progress::gone) co_return;
    if (written == Progress::more && !co_await write_rest()) co_return;
    finish_request();
    co_await linger();
}

Task<void> Session::linger() {
    // Closing with unread bytes would send a reset, which can destroy the answer on its way.
    error_code error;
    socket_.shutdown(asio::socket_base::shutdown_send, error);
    if (error) co_return;
    enter(Phase::lingering,
          worker_.deadline(worker_.draining() ? std::chrono::seconds(0) : Limits::linger_timeout));
    buffer_.consume(buffer_.unread().size());
    for (std::size_t discarded = 0; discarded < Limits::linger_bytes_max;) {
        auto const room = buffer_.room_for_head();
        discarded +=
            co_await socket_.async_read_some(asio::mutable_buffer(room.data(), room.size()),
                                             asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return;
    }
}

}  // namespace rollcall::http
