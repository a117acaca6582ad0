// Worker: every second one pass over the sessions, instead of a timer for each operation.
#include "http/worker.hpp"

#include <boost/asio/post.hpp>
#include <fmt/chrono.h>

#include <ctime>
#include <utility>

namespace rollcall::http {
namespace {

constexpr auto tick_period = std::chrono::seconds(1);

// The session lives in the coroutine's frame, so that it ends with it however it ends.
Task<void> run_session(Worker& worker, Socket socket, Admission admission) {
    Session session(worker, std::move(socket), admission);
    co_await session.run();
}

}  // namespace

Admission ConnectionCount::admit(std::size_t served_max) {
    std::lock_guard const lock(mutex_);
    if (served_ < served_max) {
        ++served_;
        return Admission::serve;
    }
    if (turned_away_ < Limits::turned_away_max) {
        ++turned_away_;
        return Admission::turn_away;
    }
    return Admission::drop;
}

void ConnectionCount::leave(Admission admission) {
    std::lock_guard const lock(mutex_);
    --(admission == Admission::serve ? served_ : turned_away_);
    if (served_ + turned_away_ == 0) none_.notify_all();
}

bool ConnectionCount::wait_until_none(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    return none_.wait_for(lock, patience, [this] { return served_ + turned_away_ == 0; });
}

Worker::Worker(Shared& shared) : shared_(shared) {
    tasks_.emplace(context_.get_executor());
    tick();
    schedule_tick();
}

void Worker::run() {
    context_.run();
}

void Worker::post_start(Socket socket, Admission admission) {
    boost::asio::post(context_, [this, admission, socket = std::move(socket)]() mutable {
        tasks_->spawn(run_session(*this, std::move(socket), admission));
    });
}

void Worker::post_drain() {
    boost::asio::post(context_, [this] {
        draining_ = true;
        for_each_session([](Session& session) { session.drain(); });
    });
}

void Worker::post_cancel() {
    boost::asio::post(context_, [this] {
        for_each_session([](Session& session) { session.close(); });
        tasks_->cancel();
    });
}

template <class Action>
void Worker::for_each_session(Action action) {
    for (auto session = sessions_.begin(); session != sessions_.end();) action(*session++);
}

void Worker::tick() {
    // RFC 9110 §5.6.7
    date_line_ =
        fmt::format("Date: {:%a, %d %b %Y %H:%M:%S} GMT\r\n", fmt::gmtime(std::time(nullptr)));
    for_each_session([this](Session& session) { session.check_deadline(now_); });
}

void Worker::schedule_tick() {
    timer_.expires_after(tick_period);
    timer_.async_wait([this](boost::system::error_code const& error) {
        if (error) return;
        ++now_;
        tick();
        schedule_tick();
    });
}

}  // namespace rollcall::http
