// Tasks that run beside their starter and still have an owner: shutdown signals them, then waits.
#pragma once

#include "runtime/task.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <cstddef>
#include <exception>
#include <functional>
#include <list>

namespace rollcall::runtime {

/// Not thread-safe: every call, and every task, runs on the one thread that runs `executor`.
/// The group outlives its tasks: it is destroyed after wait() returned, or after the io_context
/// that would run them.
class TaskGroup {
public:
    /// Receives what a task throws, except the operation_aborted of a cancelled one.
    using OnError = std::function<void(std::exception_ptr)>;

    /// @param on_error  may be empty: the exception is dropped then.
    explicit TaskGroup(boost::asio::any_io_executor executor, OnError on_error = {});
    ~TaskGroup();
    TaskGroup(TaskGroup const&) = delete;
    TaskGroup& operator=(TaskGroup const&) = delete;

    /// Starts `task`; it first runs when the caller gives the thread back.
    void spawn(Task<void> task);

    /// Cancels what every task is waiting for: its co_await throws operation_aborted. Tasks started
    /// later are not affected.
    void cancel();

    /// Returns when no task is left. One waiter at a time.
    Task<void> wait();

    [[nodiscard]] std::size_t size() const noexcept { return tasks_.size(); }

private:
    using Tasks = std::list<boost::asio::cancellation_signal>;

    void finished(Tasks::iterator task, std::exception_ptr const& error);

    boost::asio::any_io_executor executor_;
    OnError on_error_;
    Tasks tasks_;
    std::function<void()> wake_waiter_;
};

}  // namespace rollcall::runtime
