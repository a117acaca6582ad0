// The queue in front of a storage thread, and the posting of answers.
#include "storage/sqlite/requests.hpp"

#include "storage/errors.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <memory>

namespace rollcall::storage::sqlite {
namespace {

using Resume = std::move_only_function<void()>;

/// Runs on one executor and resumes every coroutine that waits there.
class Answers {
public:
    Answers(boost::asio::any_io_executor home, boost::asio::any_io_executor work)
        : home_(std::move(home)), work_(std::move(work)) {}

    [[nodiscard]] boost::asio::any_io_executor const& home() const noexcept { return home_; }
    void add(Resume resume) { coroutines_.push_back(std::move(resume)); }

    /// Posts itself home.
    static void send(Answers answers) {
        auto const home = answers.home_;
        auto const sending = answers.sending_;
        std::lock_guard const lock(*sending);
        boost::asio::post(home, std::move(answers));
    }

    void operator()() {
        // The last coroutine may end its io_context, which post() may still be waking up.
        {
            std::lock_guard const sent(*sending_);
        }
        while (next_ < coroutines_.size()) {
            auto resume = std::move(coroutines_[next_++]);
            try {
                resume();
            } catch (...) {
                // One that throws must not keep the others from coming home.
                send(std::move(*this));
                throw;
            }
        }
    }

private:
    boost::asio::any_io_executor home_;
    boost::asio::any_io_executor work_;
    std::shared_ptr<std::mutex> sending_ = std::make_shared<std::mutex>();
    std::vector<Resume> coroutines_;
    std::size_t next_ = 0;
};

}  // namespace

void RequestQueue::push(Request& request) {
    std::unique_lock lock(mutex_);
    if (!closed_ && waiting_.size() < requests_max_) {
        waiting_.push_back(&request);
        bool const was_idle = waiting_.size() == 1;
        lock.unlock();
        // `request` may be gone from here on.
        if (was_idle) work_or_close_.notify_one();
        return;
    }
    bool const closed = closed_;
    lock.unlock();
    request.refuse(closed ? store_closed() : full_);
    answer_all({&request});
}

std::vector<Request*> RequestQueue::take(std::size_t limit, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    work_or_close_.wait_for(lock, patience, [&] { return closed_ || !waiting_.empty(); });
    std::vector<Request*> taken;
    if (waiting_.size() <= limit) {
        taken.swap(waiting_);
    } else {
        auto const end = waiting_.begin() + static_cast<std::ptrdiff_t>(limit);
        taken.assign(waiting_.begin(), end);
        waiting_.erase(waiting_.begin(), end);
        work_or_close_.notify_one();
    }
    return taken;
}

void RequestQueue::close() {
    {
        std::lock_guard const lock(mutex_);
        closed_ = true;
    }
    work_or_close_.notify_all();
}

bool RequestQueue::is_closed() const {
    std::lock_guard const lock(mutex_);
    return closed_ && waiting_.empty();
}

void answer_all(std::vector<Request*> const& requests) {
    std::vector<Answers> all;
    for (auto* request : requests) {
        auto answers = std::ranges::find(all, request->home, &Answers::home);
        if (answers == all.end()) {
            answers = all.emplace(all.end(), request->home, std::move(request->work));
        }
        answers->add(std::move(request->resume));
    }
    for (auto& answers : all) Answers::send(std::move(answers));
}

}  // namespace rollcall::storage::sqlite
