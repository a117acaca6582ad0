// StopSignals on sigwait(): no handler runs, so there is nothing to keep async-signal-safe.
#include "runtime/signals.hpp"

#include <pthread.h>

namespace rollcall::runtime {
namespace {

bool is_ignored(int signal) noexcept {
    struct sigaction current{};
    return sigaction(signal, nullptr, &current) == 0 && current.sa_handler == SIG_IGN;
}

}  // namespace

StopSignals::StopSignals() {
    sigemptyset(&watched_);
    sigaddset(&watched_, SIGTERM);
    sigaddset(&watched_, SIGINT);
    // One that is held back is received although it is ignored.
    if (!is_ignored(SIGHUP)) sigaddset(&watched_, SIGHUP);
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
