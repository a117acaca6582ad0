// Session: the life of a connection, and how its requests arrive.
#include "http/session.hpp"

#include "http/worker.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace rollcall::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/// Memory for a body that comes with a connection: it is kept for the next request, and not counted
/// in the budget, so that small requests are served while large ones are refused.
constexpr std::size_t own_body_bytes = 16 * 1024;

}  // namespace

Session::Session(Worker& worker, Socket socket, Admission admission)
    : worker_(worker),
      socket_(std::move(socket)),
      admission_(admission),
      body_share_(worker.shared().bodies) {
    error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    // Lets write_now() try without waiting.
    socket_.non_blocking(true, ignored);
    worker_.add(*this);
}

Session::~Session() {
    worker_.shared().connections.leave(admission_);
}

Task<void> Session::run() {
    if (admission_ == Admission::serve) {
        co_await serve();
    } else {
        failure_ = Failure::overloaded;
        co_await answer_failure();
    }
}

Task<void> Session::serve() {
    for (;;) {
        auto const arrival = co_await read_request();
        if (arrival == Progress::refused) co_await answer_failure();
        if (arrival != Progress::done) co_return;

        enter(Phase::handling, never);
        auto const response = co_await worker_.shared().handler.handle(request_);
        auto const keep_alive =
            parser_->framing().keep_alive && !response.close && !worker_.draining();
        stage(response, keep_alive);
        auto const written = write_now();
        if (written == Progress::gone) co_return;
        if (written == Progress::more && !co_await write_rest()) co_return;
        finish_request();
        if (!keep_alive) {
            co_await linger();
            co_return;
        }
    }
}

void Session::check_deadline(Ticks now) {
    if (now < deadline_) return;
    timed_out_ = true;
    error_code ignored;
    socket_.cancel(ignored);
}

void Session::drain() {
    error_code ignored;
    // If a request has just arrived, this comes too late for the read, and the request is served.
    if (phase_ == Phase::idle) socket_.cancel(ignored);
    // The peer has its answer; it gets one more second to read it.
    if (phase_ == Phase::lingering) deadline_ = std::min(deadline_, worker_.deadline({}));
}

void Session::close() {
    error_code ignored;
    socket_.close(ignored);
}

void Session::enter(Phase phase, Ticks deadline) noexcept {
    phase_ = phase;
    deadline_ = deadline;
    timed_out_ = false;
}

Task<Session::Progress> Session::read_request() {
    auto const& limits = worker_.shared().limits;
    if (buffer_.unread().empty()) {
        enter(Phase::idle, worker_.deadline(limits.idle_timeout));
    } else {
        enter(Phase::reading, worker_.deadline(limits.read_timeout));
    }
    for (;;) {
        auto const progress = take_head();
        if (progress == Progress::refused) co_return progress;
        if (progress == Progress::done) break;
        if (phase_ == Phase::idle && worker_.draining()) co_return Progress::gone;

        auto const room = buffer_.room_for_head();
        error_code error;
        auto const received =
            co_await socket_.async_read_some(asio::mutable_buffer(room.data(), room.size()),
                                             asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return reading_failed();
        buffer_.received(received);
        if (phase_ == Phase::idle) {
            enter(Phase::reading, worker_.deadline(limits.read_timeout));
        }
    }
    auto const progress = take_body();
    if (progress == Progress::more) co_return co_await read_body();
    co_return progress;
}

Session::Progress Session::take_head() {
    // RFC 9112 §2.2: empty lines before the request line are skipped.
    while (buffer_.unread().starts_with("\r\n")) {
        buffer_.consume(2);
        scanner_ = {};
    }
    auto const unread = buffer_.unread();
    if (unread.empty()) return Progress::more;

    auto const limit = worker_.shared().limits.header_bytes_max;
    auto const verdict = scanner_.scan(unread);
    if (verdict == HeadScanner::Verdict::malformed) {
        return refuse_unfinished_head(Failure::malformed);
    }
    bool const complete = verdict == HeadScanner::Verdict::complete;
    if ((complete ? scanner_.size() : unread.size()) > limit) {
        bool const has_request_line = unread.substr(0, limit).find('\n') != std::string_view::npos;
        return refuse_unfinished_head(has_request_line ? Failure::header_too_large
                                                       : Failure::target_too_long);
    }
    if (!complete) return Progress::more;

    buffer_.consume(scanner_.size());
    buffer_.hold();
    parser_.emplace(request_);
    auto const failure = parser_->parse_head(unread.substr(0, scanner_.size()));
    if (failure) return refuse(*failure);
    if (request_.target.size() > worker_.shared().limits.target_bytes_max) {
        return refuse(Failure::target_too_long);
    }
    return Progress::done;
}

Session::Progress Session::take_body() {
    auto const& framing = parser_->framing();
    if (!framing.has_body()) return Progress::done;
    body_max_ = worker_.shared().handler.body_bytes_max(request_);
    if (framing.content_length > body_max_) return refuse(Failure::body_too_large);
    auto const unread = buffer_.unread();
    if (framing.chunked || framing.content_length > unread.size()) return Progress::more;
    request_.body.assign(unread.substr(0, framing.content_length));
    buffer_.consume(framing.content_length);
    return Progress::done;
}

Task<Session::Progress> Session::read_body() {
    auto const& framing = parser_->framing();
    // RFC 9110 §10.1.1: not needed once part of the body is here.
    if (framing.expects_continue && buffer_.unread().empty()) {
        unwritten_ = {asio::buffer("HTTP/1.1 100 Continue\r\n\r\n", 25), {}};
        if (write_now() != Progress::done) co_return Progress::gone;
    }
    if (framing.chunked) co_return co_await read_chunked_body();
    co_return co_await read_sized_body();
}

Task<Session::Progress> Session::read_sized_body() {
    auto const length = static_cast<std::size_t>(parser_->framing().content_length);
    auto& body = request_.body;
    body.assign(buffer_.unread());
    auto filled = body.size();
    buffer_.consume(filled);
    while (filled < length) {
        // Room grows with what really arrived, not with what was announced.
        if (filled == body.size()) {
            auto const size = std::min(length, std::max(2 * filled, own_body_bytes));
            if (!hold_body(size)) co_return refuse(Failure::memory_full);
            body.resize(size);
        }
        error_code error;
        filled += co_await socket_.async_read_some(
            asio::mutable_buffer(body.data() + filled, body.size() - filled),
            asio::redirect_error(asio::use_awaitable, error));
        if (error) {
            body.resize(filled);
            co_return reading_failed();
        }
    }
    co_return Progress::done;
}

Task<Session::Progress> Session::read_chunked_body() {
    for (;;) {
        auto const used = parser_->parse_chunks(buffer_.unread(), body_max_);
        if (!used) co_return refuse(used.error());
        if (!hold_body(request_.body.size())) co_return refuse(Failure::memory_full);
        buffer_.consume(*used);
        if (parser_->body_complete()) co_return Progress::done;

        // A chunk header or trailer that fills all the room is no honest one.
        auto const room = buffer_.room_for_body();
        if (room.empty()) co_return refuse(Failure::malformed);
        error_code error;
        auto const received =
            co_await socket_.async_read_some(asio::mutable_buffer(room.data(), room.size()),
                                             asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return reading_failed();
        buffer_.received(received);
    }
}

bool Session::hold_body(std::size_t bytes) noexcept {
    return bytes <= own_body_bytes || body_share_.raise_to(bytes - own_body_bytes);
}

Session::Progress Session::refuse(Failure failure) noexcept {
    failure_ = failure;
    return Progress::refused;
}

Session::Progress Session::refuse_unfinished_head(Failure failure) {
    understand_request_line(buffer_.unread(), request_);
    return refuse(failure);
}

Session::Progress Session::reading_failed() {
    // Silence between requests is no failure, and a peer that left reads no answer.
    if (!timed_out_ || phase_ != Phase::reading) return Progress::gone;
    return parser_ ? refuse(Failure::timeout) : refuse_unfinished_head(Failure::timeout);
}

void Session::finish_request() noexcept {
    auto headers = std::move(request_.headers);
    auto body = std::move(request_.body);
    request_ = {};
    headers.clear();
    request_.headers = std::move(headers);
    if (body.capacity() <= own_body_bytes) {
        body.clear();
        request_.body = std::move(body);
    }
    body_share_.give_back();
    parser_.reset();
    scanner_ = {};
}

}  // namespace rollcall::http
