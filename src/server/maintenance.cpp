// One thread, one io_context, one loop.
#include "server/maintenance.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <exception>
#include <thread>

namespace rollcall::server {

struct Maintenance::Impl {
    Impl(std::string_view its_name, Piece piece_to_do, runtime::Log& log_to_use,
         std::chrono::milliseconds pause)
        : name(its_name), piece(std::move(piece_to_do)), log(log_to_use), pause_between(pause) {}

    /// True if there may be more to do. What a bug throws ends the piece, not the task: the server
    /// would look healthy while its work is left undone.
    Task<bool> do_piece() {
        try {
            auto const more = co_await piece();
            if (more) co_return *more;
            log.write(runtime::LogLevel::warn, "a background task failed",
                      {{"task", name},
                       {"error", more.error().message()},
                       {"cause", more.error().cause()}});
        } catch (std::exception const& bug) {
            log_bug(bug.what());
        } catch (...) {
            log_bug("an exception that is no std::exception");
        }
        co_return false;
    }

    void log_bug(std::string_view what) {
        log.write(runtime::LogLevel::error, "a background task failed by a bug",
                  {{"task", name}, {"cause", what}});
    }

    Task<void> loop() {
        while (!stopping) {
            auto const more = co_await do_piece();
            if (stopping) break;
            if (more) continue;
            timer.expires_after(pause_between);
            boost::system::error_code cancelled;
            co_await timer.async_wait(
                boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
        }
    }

    std::string_view name;
    Piece piece;
    runtime::Log& log;
    std::chrono::milliseconds pause_between;
    boost::asio::io_context context{1};
    boost::asio::steady_timer timer{context};
    std::atomic<bool> stopping = false;
    std::thread thread;
};

Maintenance::Maintenance(std::string_view name, Piece piece, runtime::Log& log,
                         std::chrono::milliseconds pause)
    : impl_(std::make_unique<Impl>(name, std::move(piece), log, pause)) {
    boost::asio::co_spawn(impl_->context, impl_->loop(), [](std::exception_ptr const& error) {
        // Better no server than one that has silently stopped its work.
        if (error) std::rethrow_exception(error);
    });
    impl_->thread = std::thread([impl = impl_.get()] { impl->context.run(); });
}

Maintenance::~Maintenance() {
    stop();
}

void Maintenance::stop() {
    if (!impl_->thread.joinable()) return;
    impl_->stopping = true;
    // Posted, so that it comes after a wait that begins just now.
    boost::asio::post(impl_->context, [impl = impl_.get()] { impl->timer.cancel(); });
    impl_->thread.join();
}

}  // namespace rollcall::server
