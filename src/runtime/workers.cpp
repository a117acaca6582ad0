// The way home for the answer of a piece of work.
#include "runtime/workers.hpp"

#include <memory>
#include <mutex>

namespace rollcall::runtime {

void post_home(boost::asio::any_io_executor const& home, std::move_only_function<void()> resume) {
    auto const sending = std::make_shared<std::mutex>();
    std::lock_guard const lock(*sending);
    boost::asio::post(home, [sending, resume = std::move(resume)]() mutable {
        // The coroutine may end its io_context, which post() may still be waking up.
        {
            std::lock_guard const sent(*sending);
        }
        resume();
    });
}

}  // namespace rollcall::runtime
