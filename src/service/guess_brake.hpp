// Slows down who guesses.
#pragma once

#include "base/secret.hpp"
#include "base/timestamp.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>

namespace rollcall::service {

/// Counts guesses at each of many secrets: a number at once, then one for each interval. In memory
/// and bounded: when it is full of recent guesses it forgets them all, so that many guesses at many
/// secrets buy a few more at each. Thread-safe.
class GuessBrake {
public:
    GuessBrake(int at_once, std::chrono::seconds interval, std::size_t secrets_max)
        : at_once_(at_once), interval_(interval), secrets_max_(secrets_max) {}

    /// Counts a guess at what `secret` stands for. False: it is one too many, and not counted.
    [[nodiscard]] bool admit(Digest const& secret, Timestamp now);
    /// It was guessed by who knows it.
    void forget(Digest const& secret);

private:
    using Key = std::array<std::uint8_t, 32>;

    void make_room(Timestamp now);

    int at_once_;
    std::chrono::seconds interval_;
    std::size_t secrets_max_;
    std::mutex mutex_;
    std::map<Key, Timestamp> free_at_;  ///< when all guesses so far will be forgotten
};

}  // namespace rollcall::service
