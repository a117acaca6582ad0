// StopSignals on sigwait(): no handler runs, so there is nothing to keep async-signal-safe.
#include "runtime/signals.hpp"

#include <pthread.h>

namespace rollcall::runtime {

StopSignals::StopSignals() {
    sigemptyset(&watched_);
    sigaddset(&watched_, SIGTERM);
    sigaddset(&watched_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &watched_, &previous_);
}

StopSignals::~StopSignals() {
    restore();
}

int StopSignals::wait() {
    int received = 0;
    while (sigwait(&watched_, &received) != 0) {
    }
    restore();
    return received;
}

void StopSignals::restore() noexcept {
    if (holding_) pthread_sigmask(SIG_SETMASK, &previous_, nullptr);
    holding_ = false;
}

}  // namespace rollcall::runtime
