// TaskGroup: one cancellation signal for each running task.
#include "runtime/task_group.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <utility>

namespace rollcall::runtime {
namespace {

namespace asio = boost::asio;

bool is_cancellation(std::exception_ptr const& error) {
    try {
        std::rethrow_exception(error);
    } catch (boost::system::system_error const& thrown) {
        return thrown.code() == asio::error::operation_aborted;
    } catch (...) {
        return false;
    }
}

}  // namespace

TaskGroup::TaskGroup(asio::any_io_executor executor, OnError on_error)
    : executor_(std::move(executor)), on_error_(std::move(on_error)) {}

TaskGroup::~TaskGroup() = default;

void TaskGroup::spawn(Task<void> task) {
    auto const position = tasks_.emplace(tasks_.end());
    asio::co_spawn(executor_, std::move(task),
                   asio::bind_cancellation_slot(position->slot(),
                                                [this, position](std::exception_ptr const& error) {
                                                    finished(position, error);
                                                }));
}

void TaskGroup::cancel() {
    // A cancelled task may end inside emit() and leave the list, so the next one is found first.
    for (auto task = tasks_.begin(); task != tasks_.end();) {
        auto const current = task++;
        current->emit(asio::cancellation_type::terminal);
    }
}

Task<void> TaskGroup::wait() {
    asio::steady_timer empty(executor_, asio::steady_timer::time_point::max());
    wake_waiter_ = [&empty] { empty.cancel(); };
    struct Forget {
        std::function<void()>& callback;
        ~Forget() { callback = nullptr; }
    } const forget{wake_waiter_};
    while (!tasks_.empty()) {
        boost::system::error_code error;
        co_await empty.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
}

void TaskGroup::finished(Tasks::iterator task, std::exception_ptr const& error) {
    tasks_.erase(task);
    if (tasks_.empty() && wake_waiter_) wake_waiter_();
    if (error && on_error_ && !is_cancellation(error)) on_error_(error);
}

}  // namespace rollcall::runtime
