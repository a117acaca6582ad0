// State that each io thread has for itself, owned by the object it belongs to: no locks on the path
// that uses it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace rollcall::service {

/// One T for each thread that asks: default-constructed, or what `make` returns (called by any
/// thread, also at the same time). The T live as long as the PerThread.
template <class T>
class PerThread {
public:
    using Make = std::function<std::unique_ptr<T>()>;

    explicit PerThread(Make make = [] { return std::make_unique<T>(); })
        : id_(next_id()), make_(std::move(make)) {}
    PerThread(PerThread const&) = delete;
    PerThread& operator=(PerThread const&) = delete;

    /// The calling thread's own T. The reference must not cross a suspension point that may resume
    /// on another thread.
    [[nodiscard]] T& local() {
        // Ids are never used again, so an entry of a destroyed object is never followed.
        thread_local std::vector<std::pair<std::uint64_t, T*>> known;
        for (auto const& [id, state] : known) {
            if (id == id_) return *state;
        }
        auto owned = make_();
        auto* const state = owned.get();
        {
            std::lock_guard const lock(mutex_);
            states_.push_back(std::move(owned));
        }
        known.emplace_back(id_, state);
        return *state;
    }

private:
    static std::uint64_t next_id() noexcept {
        static std::atomic<std::uint64_t> last{0};
        return last.fetch_add(1, std::memory_order_relaxed) + 1;
    }

    std::uint64_t id_;
    Make make_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<T>> states_;
};

}  // namespace rollcall::service
