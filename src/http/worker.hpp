// One io thread of the server: its io_context, its sessions, and the tick that ends what is late.
#pragma once

#include "base/limits.hpp"
#include "http/body_budget.hpp"
#include "http/handler.hpp"
#include "http/session.hpp"
#include "runtime/task_group.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

namespace rollcall::http {

/// Connections of all threads. Thread-safe; used once when a connection starts and ends.
class ConnectionCount {
public:
    /// Counts the connection in, unless it is to be dropped. Those that are turned away are counted
    /// apart: they take no place from those that are served.
    [[nodiscard]] Admission admit(std::size_t served_max);
    void leave(Admission admission);
    /// @return true if none was left before `patience` was over.
    [[nodiscard]] bool wait_until_none(std::chrono::milliseconds patience);

private:
    std::mutex mutex_;
    std::condition_variable none_;
    std::size_t served_ = 0;
    std::size_t turned_away_ = 0;
};

/// What all threads share; constant but for what is counted.
struct Shared {
    Limits limits;
    Handler& handler;
    ConnectionCount connections;
    BodyBudget bodies{limits.held_bodies_bytes_max};
};

/// Belongs to its own thread, except for post_…(), run() and stop().
class Worker {
public:
    explicit Worker(Shared& shared);
    Worker(Worker const&) = delete;
    Worker& operator=(Worker const&) = delete;

    /// The thread's body; returns after stop().
    void run();
    /// Ends run() between two steps. From any thread.
    void stop() { context_.stop(); }

    /// Starts on `socket`, which belongs to context() and has been admitted. From any thread.
    void post_start(Socket socket, Admission admission);
    /// Closes idle connections now, the others after their response. From any thread.
    void post_drain();
    /// Cancels whatever still runs. From any thread.
    void post_cancel();

    [[nodiscard]] boost::asio::io_context& context() noexcept { return context_; }
    [[nodiscard]] Shared& shared() noexcept { return shared_; }
    [[nodiscard]] bool draining() const noexcept { return draining_; }
    /// "Date: …\r\n", at most a second old.
    [[nodiscard]] std::string const& date_line() const noexcept { return date_line_; }
    /// The first tick at which `patience` from now is surely over; ticks are a second apart.
    [[nodiscard]] Ticks deadline(std::chrono::seconds patience) const noexcept {
        return now_ + static_cast<Ticks>(patience.count()) + 1;
    }

    void add(Session& session) { sessions_.push_back(session); }

private:
    void tick();
    void schedule_tick();
    template <class Action>
    void for_each_session(Action action);

    Shared& shared_;
    Ticks now_ = 0;
    bool draining_ = false;
    std::string date_line_;
    // Before the context, whose destructor destroys the sessions that still wait in it.
    boost::intrusive::list<Session, boost::intrusive::constant_time_size<false>> sessions_;
    std::optional<runtime::TaskGroup> tasks_;
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<Executor> work_{context_.get_executor()};
    boost::asio::steady_timer timer_{context_};
};

}  // namespace rollcall::http
