// Work that a coroutine hands to a storage thread, and the way its answer comes home.
//
// The coroutine is never resumed on the storage thread: its handler is posted to its own executor,
// even when it was cancelled meanwhile, so that the answer of a commit is not lost.
#pragma once

#include "base/result.hpp"
#include "runtime/task.hpp"
#include "storage/sqlite/database.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace rollcall::storage::sqlite {

/// One piece of work in a queue. It lives in the frame of the waiting coroutine. Running it again
/// replaces the answer.
class Request {
public:
    /// Does the work; false if the answer is an error.
    /// @throws DriverFailure if the transaction is broken.
    virtual bool run(Database& database) = 0;
    /// Answers with an error instead.
    virtual void refuse(Error error) = 0;

    /// What changed if the work succeeds, for Generations.
    std::vector<Uuid> scopes;
    std::move_only_function<void()> resume;
    boost::asio::any_io_executor home;
    /// Keeps `home` running until the coroutine is resumed. Only there may it end: the storage
    /// thread must not touch an io_context after the last of its coroutines could have come home.
    boost::asio::any_io_executor work;

protected:
    ~Request() = default;
};

/// Turns what `work` throws into an error; `broken` transactions are thrown on.
template <class T, class Work>
Result<T> run_guarded(Work& work, Database& database) {
    try {
        return work(database);
    } catch (DriverFailure const& failure) {
        if (failure.breaks_transaction()) throw;
        return fail(to_error(failure));
    } catch (std::exception const& bug) {
        return fail(internal_error(bug.what()));
    }
}

template <class T, class Work>
class TypedRequest final : public Request {
public:
    explicit TypedRequest(Work& work) : work_(work) {}
    bool run(Database& database) override {
        answer_.emplace(run_guarded<T>(work_, database));
        return answer_->has_value();
    }
    void refuse(Error error) override { answer_.emplace(fail(std::move(error))); }
    [[nodiscard]] Result<T> take() { return *std::move(answer_); }

private:
    Work& work_;
    std::optional<Result<T>> answer_;
};

/// Requests waiting for a storage thread, first come first served. Bounded.
class RequestQueue {
public:
    /// @param full  what callers are told when more than `requests_max` would wait.
    RequestQueue(std::size_t requests_max, Error full)
        : requests_max_(requests_max), full_(std::move(full)) {}

    /// Takes the request, or answers it at once with an error: full or closed.
    void push(Request& request);

    /// Waits until there is something to do, at most `patience`, then takes up to `limit`.
    /// Empty when the time is over, or when the queue is closed and empty.
    [[nodiscard]] std::vector<Request*> take(std::size_t limit, std::chrono::milliseconds patience);

    /// From now on push() refuses. What waits is still taken.
    void close();
    [[nodiscard]] bool is_closed() const;

private:
    std::size_t const requests_max_;
    Error const full_;
    mutable std::mutex mutex_;
    std::condition_variable work_or_close_;
    std::vector<Request*> waiting_;
    bool closed_ = false;
};

/// Resumes the coroutines of `requests`, with one post to each executor. The requests must not be
/// touched afterwards.
void answer_all(std::vector<Request*> const& requests);

/// Queues `work` and waits for its answer. `work` is called with the storage thread's Database,
/// possibly more than once, and must leave what it captured as it was.
template <class T, class Work>
Task<Result<T>> submit(RequestQueue& queue, std::vector<Uuid> scopes, Work work) {
    TypedRequest<T, Work> request(work);
    request.scopes = std::move(scopes);
    auto const initiate = [&](auto handler) {
        request.home = boost::asio::get_associated_executor(handler);
        request.work =
            boost::asio::prefer(request.home, boost::asio::execution::outstanding_work.tracked);
        request.resume = std::move(handler);
        queue.push(request);
    };
    co_await boost::asio::async_initiate<boost::asio::use_awaitable_t<> const, void()>(
        initiate, boost::asio::use_awaitable);
    co_return request.take();
}

}  // namespace rollcall::storage::sqlite
