// Runs one coroutine to its end on the calling thread: for start, stop and the command line.
#pragma once

#include "runtime/task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <utility>

namespace rollcall::server {

namespace detail {

template <class T>
Task<void> keep_result(Task<T> task, std::optional<T>& result) {
    result.emplace(co_await std::move(task));
}

}  // namespace detail

/// Runs coroutines of a store for one thread that is no io thread.
///
/// Destroyed after the store: the store's thread may still be leaving the call that posted the
/// answer when the answer is already here.
class Blocking {
public:
    /// The coroutine's result; rethrows what it throws. One at a time.
    template <class T>
    T run(Task<T> task) {
        std::optional<T> result;
        std::exception_ptr failure;
        bool done = false;
        boost::asio::co_spawn(context_, detail::keep_result(std::move(task), result),
                              [&](std::exception_ptr error) {
                                  failure = std::move(error);
                                  done = true;
                              });
        // The task may wait for another thread, with nothing of its own to do in this context.
        auto const work = boost::asio::make_work_guard(context_);
        context_.restart();
        while (!done) context_.run_one();
        if (failure) std::rethrow_exception(failure);
        return *std::move(result);
    }

private:
    boost::asio::io_context context_{1};
};

}  // namespace rollcall::server
