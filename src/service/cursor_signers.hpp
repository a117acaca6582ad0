// The signer of this installation's cursors, one for each thread.
#pragma once

#include "base/result.hpp"
#include "runtime/task.hpp"
#include "service/cursor.hpp"
#include "service/per_thread.hpp"

#include <optional>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

/// Thread-safe.
class CursorSigners {
public:
    /// The store outlives this object.
    explicit CursorSigners(storage::Store& store) : store_(store) {}

    /// The calling thread's own signer; asks the store for the key once. It lives as long as this
    /// object.
    [[nodiscard]] Task<Result<CursorSigner const*>> get();

private:
    storage::Store& store_;
    PerThread<std::optional<CursorSigner>> signers_;
};

}  // namespace rollcall::service
