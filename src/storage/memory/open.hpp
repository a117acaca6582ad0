// The store that keeps everything in memory: the reference that other implementations are compared
// with, and the store of tests.
#pragma once

#include "base/limits.hpp"
#include "crypto/random.hpp"
#include "storage/store.hpp"

#include <memory>

namespace rollcall::storage {

/// @param ids  makes the ids of events; must outlive the store.
[[nodiscard]] std::unique_ptr<Store> open_memory_store(crypto::IdSource& ids, Limits const& limits);

}  // namespace rollcall::storage
