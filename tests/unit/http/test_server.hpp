// A server on a free port with a handler whose answers show what it was given.
#pragma once

#include "http/server.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>

namespace rollcall::http::tests {

inline std::string_view name_of(Failure failure) {
    switch (failure) {
        case Failure::malformed:
            return "malformed";
        case Failure::header_too_large:
            return "header_too_large";
        case Failure::target_too_long:
            return "target_too_long";
        case Failure::body_too_large:
            return "body_too_large";
        case Failure::timeout:
            return "timeout";
        case Failure::unsupported_coding:
            return "unsupported_coding";
        case Failure::expectation_failed:
            return "expectation_failed";
        case Failure::overloaded:
            return "overloaded";
        case Failure::memory_full:
            return "memory_full";
    }
    return "";
}

inline unsigned status_of(Failure failure) {
    switch (failure) {
        case Failure::malformed:
            return 400;
        case Failure::header_too_large:
            return 431;
        case Failure::target_too_long:
            return 414;
        case Failure::body_too_large:
            return 413;
        case Failure::timeout:
            return 408;
        case Failure::unsupported_coding:
            return 501;
        case Failure::expectation_failed:
            return 417;
        case Failure::overloaded:
        case Failure::memory_full:
            return 503;
    }
    return 500;
}

/// A place where a request waits until the test lets it go on.
class Gate {
public:
    /// For the handler: waits for open(), or for ever.
    Task<void> pass() {
        auto const executor = co_await boost::asio::this_coro::executor;
        boost::asio::steady_timer timer(executor, boost::asio::steady_timer::time_point::max());
        open_ = [executor, &timer] { boost::asio::post(executor, [&timer] { timer.cancel(); }); };
        entered_.set_value();
        boost::system::error_code ignored;
        co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
        // A cancelled request ends here, as it would at its next wait.
        auto const state = co_await boost::asio::this_coro::cancellation_state;
        if (state.cancelled() != boost::asio::cancellation_type::none) {
            cancelled_ = true;
            throw boost::system::system_error(boost::asio::error::operation_aborted);
        }
    }
    void wait_until_entered() { entered_.get_future().wait(); }
    void open() { open_(); }
    [[nodiscard]] bool cancelled() const noexcept { return cancelled_; }

private:
    std::promise<void> entered_;
    std::function<void()> open_;
    std::atomic<bool> cancelled_ = false;
};

/// Routes by the path's first letters; see handle().
class TestHandler final : public Handler {
public:
    static constexpr std::size_t small_body_max = 10;
    static constexpr std::size_t large_body_max = 20 * 1024 * 1024;

    [[nodiscard]] std::size_t body_bytes_max(Request const& head) const override {
        return head.path.starts_with("/small") ? small_body_max : large_body_max;
    }

    Task<Response> handle(Request const& request) override {
        ++handled;
        Response response;
        response.content_type = "text/plain";
        if (request.path.starts_with("/empty")) {
            response.status = 204;
        } else if (request.path.starts_with("/not_modified")) {
            response.status = 304;
            response.body = "never sent";
        } else if (request.path.starts_with("/shared")) {
            response.shared_body = shared_body;
            response.body_suffix = body_suffix;
        } else if (request.path.starts_with("/close")) {
            response.body = "last";
            response.close = true;
        } else if (request.path.starts_with("/throw")) {
            throw std::runtime_error("handler is broken");
        } else if (request.path.starts_with("/gate")) {
            co_await gate.pass();
            response.body = "passed";
        } else if (request.path.starts_with("/inject")) {
            response.headers.emplace_back("Location", "/x\r\nSet-Cookie: a=b");
        } else if (request.path.starts_with("/describe")) {
            response.body = describe(request);
        } else {
            response.body = request.method == Method::post ? request.body : std::string("hello");
        }
        co_return response;
    }

    Response fail(Failure failure, Request const& head) override {
        ++failed;
        Response response;
        response.status = status_of(failure);
        response.content_type = "text/plain";
        response.body = std::string(name_of(failure)) + ' ' + std::string(head.path);
        return response;
    }

    static std::string describe(Request const& request) {
        std::string text(to_string(request.method));
        for (auto const part : {request.method_text, request.target, request.path, request.query}) {
            text.append("|").append(part);
        }
        for (auto const& [name, value] : request.headers) {
            text.append("\n").append(name).append("=").append(value);
        }
        return text.append("\n\n").append(request.body);
    }

    std::atomic<unsigned> handled = 0;
    std::atomic<unsigned> failed = 0;
    std::shared_ptr<std::string const> shared_body = std::make_shared<std::string>(20'000, 's');
    std::string body_suffix;
    Gate gate;
};

/// Started by its constructor, stopped by its destructor.
class TestServer {
public:
    explicit TestServer(Limits const& limits = {}, unsigned threads = 1)
        : server_({.host = "127.0.0.1", .port = 0, .threads = threads}, limits, handler) {
        if (auto const started = server_.start(); !started) {
            throw std::runtime_error(started.error().message());
        }
    }

    [[nodiscard]] std::string url() const { return server_.url(); }
    void stop() { server_.stop(); }

    TestHandler handler;

private:
    Server server_;
};

}  // namespace rollcall::http::tests
