// Runs one coroutine to its end on the calling thread, rethrowing what it throws.
#pragma once

#include "runtime/task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

namespace rollcall::tests {

/// This thread's io_context. It lives until the program ends: a store's thread may still be leaving
/// the post() that woke us when we have gone on already.
inline boost::asio::io_context& thread_context() {
    static std::mutex mutex;
    static std::deque<boost::asio::io_context> contexts;
    thread_local boost::asio::io_context& mine = []() -> boost::asio::io_context& {
        std::lock_guard const lock(mutex);
        return contexts.emplace_back(1);
    }();
    return mine;
}

template <class T>
T run_task(Task<T> task) {
    auto& context = thread_context();
    context.restart();  // it stops whenever it runs out of work
    std::exception_ptr failure;
    std::optional<T> result;
    bool done = false;
    // A completion with a value would ask T for a default constructor, which records with keys in
    // them do not have.
    auto const store_result = [&]() -> Task<void> { result.emplace(co_await std::move(task)); };
    boost::asio::co_spawn(context, store_result(), [&](std::exception_ptr error) {
        failure = error;
        done = true;
    });
    auto const work = boost::asio::make_work_guard(context);
    while (!done) context.run_one();
    if (failure) std::rethrow_exception(failure);
    return std::move(*result);
}

}  // namespace rollcall::tests
