// A few threads for work that takes processor time, so that no io thread stands still for it.
#pragma once

#include "base/error.hpp"
#include "base/result.hpp"
#include "runtime/task.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace rollcall::runtime {

/// Posts `resume` to `home` from a thread that does not belong to it. Whoever ends `home` when the
/// coroutine is done can do so at once: nothing of it is touched any more.
void post_home(boost::asio::any_io_executor const& home, std::move_only_function<void()> resume);

/// Runs work, first come first served. Destroying waits for what runs. Thread-safe.
class Workers {
public:
    /// @param waiting_max   pieces of work in the queue or being done; more are refused.
    /// @param busy_message  what callers are told then: what there is too much of.
    Workers(std::size_t threads, std::size_t waiting_max, std::string busy_message)
        : pool_(threads), waiting_max_(waiting_max), busy_message_(std::move(busy_message)) {}
    ~Workers() { pool_.join(); }
    Workers(Workers const&) = delete;
    Workers& operator=(Workers const&) = delete;

    /// Calls `work()`, which returns a Result, on a thread of its own, and comes back to the
    /// caller's executor with the answer.
    /// @errors unavailable (too much waits already); internal (what `work` throws).
    template <class Work>
    Task<std::invoke_result_t<Work&>> run(Work work) {
        using Answer = std::invoke_result_t<Work&>;
        if (waiting_.fetch_add(1) >= waiting_max_) {
            --waiting_;
            co_return fail(unavailable_error(busy_message_));
        }
        std::optional<Answer> answer;
        auto const initiate = [&](auto handler) {
            auto const home = boost::asio::get_associated_executor(handler);
            auto kept = boost::asio::prefer(home, boost::asio::execution::outstanding_work.tracked);
            boost::asio::post(pool_, [this, &answer, &work, home, kept = std::move(kept),
                                      handler = std::move(handler)]() mutable {
                answer.emplace(guarded<Answer>(work));
                --waiting_;
                // What keeps `home` running may end only there.
                post_home(home, [handler = std::move(handler), kept = std::move(kept)]() mutable {
                    handler();
                });
            });
        };
        co_await boost::asio::async_initiate<boost::asio::use_awaitable_t<> const, void()>(
            initiate, boost::asio::use_awaitable);
        co_return *std::move(answer);
    }

private:
    template <class Answer, class Work>
    static Answer guarded(Work& work) {
        try {
            return work();
        } catch (std::exception const& failure) {
            return fail(internal_error(failure.what()));
        } catch (...) {
            return fail(internal_error("an exception that is no std::exception"));
        }
    }

    boost::asio::thread_pool pool_;
    std::size_t waiting_max_;
    std::string busy_message_;
    std::atomic<std::size_t> waiting_{0};
};

}  // namespace rollcall::runtime
