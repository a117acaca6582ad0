// Counters behind Store::generation: a fixed array shared by all scopes through a hash, so that it
// never grows and is read without a lock.
#pragma once

#include "base/uuid.hpp"

#include <array>
#include <atomic>
#include <cstdint>

namespace rollcall::storage {

/// Thread-safe.
class Generations {
public:
    [[nodiscard]] std::uint64_t get(Uuid const& scope) const noexcept {
        return counters_[index(scope)].load(std::memory_order_acquire);
    }
    void raise(Uuid const& scope) noexcept {
        counters_[index(scope)].fetch_add(1, std::memory_order_acq_rel);
    }
    /// For a change whose scope is not known: one made by another process.
    void raise_all() noexcept {
        for (auto& counter : counters_) counter.fetch_add(1, std::memory_order_acq_rel);
    }

private:
    static constexpr std::size_t size = 4096;
    static std::size_t index(Uuid const& scope) noexcept { return std::hash<Uuid>{}(scope) % size; }
    std::array<std::atomic<std::uint64_t>, size> counters_{};
};

}  // namespace rollcall::storage
