// One instant for each secret says all about its guesses: each moves it by an interval, and time
// catches up with it.
#include "service/guess_brake.hpp"

#include <algorithm>

namespace rollcall::service {

bool GuessBrake::admit(Digest const& secret, Timestamp now) {
    std::lock_guard const lock(mutex_);
    auto const known = free_at_.find(secret.bytes);
    auto const free_at = known == free_at_.end() ? now : std::max(known->second, now);
    auto const next = free_at + interval_;
    if (next - now > interval_ * at_once_) return false;
    if (known != free_at_.end()) {
        known->second = next;
        return true;
    }
    if (free_at_.size() >= secrets_max_) make_room(now);
    free_at_.emplace(secret.bytes, next);
    return true;
}

void GuessBrake::forget(Digest const& secret) {
    std::lock_guard const lock(mutex_);
    free_at_.erase(secret.bytes);
}

void GuessBrake::make_room(Timestamp now) {
    std::erase_if(free_at_, [now](auto const& entry) { return entry.second <= now; });
    // Looking for the oldest each time would cost more than the guesses.
    if (free_at_.size() >= secrets_max_) free_at_.clear();
}

}  // namespace rollcall::service
