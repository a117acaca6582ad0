// Holds long reads back for the moment in which the write-ahead log is started anew.
#pragma once

#include <condition_variable>
#include <mutex>

namespace rollcall::storage::sqlite {

/// The side thread is inside while it reads. Closing the gate does not wait for it: whoever closes
/// it comes back until it is empty, and opens it again.
class ReadGate {
public:
    /// From now on enter() waits. True if nobody is inside.
    bool close() {
        std::lock_guard const lock(mutex_);
        closed_ = true;
        return !occupied_;
    }
    void open() {
        {
            std::lock_guard const lock(mutex_);
            closed_ = false;
        }
        opened_.notify_all();
    }

    void enter() {
        std::unique_lock lock(mutex_);
        opened_.wait(lock, [this] { return !closed_; });
        occupied_ = true;
    }
    void leave() {
        std::lock_guard const lock(mutex_);
        occupied_ = false;
    }

private:
    std::mutex mutex_;
    std::condition_variable opened_;
    bool closed_ = false;
    bool occupied_ = false;
};

}  // namespace rollcall::storage::sqlite
