// How a process is asked to end: SIGTERM, SIGINT or SIGHUP once means orderly, twice means now.
#pragma once

#include <csignal>

namespace rollcall::runtime {

/// Holds SIGTERM, SIGINT and SIGHUP back from this thread and from every thread started later, so
/// that only wait() receives them. A SIGHUP that the process was told to ignore, as by nohup(1),
/// stays ignored. Make one, in main(), before any thread exists.
class StopSignals {
public:
    StopSignals();
    ~StopSignals();
    StopSignals(StopSignals const&) = delete;
    StopSignals& operator=(StopSignals const&) = delete;

    /// Blocks until one of them arrives and returns its number. From then on they have their
    /// usual effect again: the next one ends the process at once.
    int wait();

private:
    void restore() noexcept;

    sigset_t watched_{};
    sigset_t previous_{};
    bool holding_ = true;
};

}  // namespace rollcall::runtime
