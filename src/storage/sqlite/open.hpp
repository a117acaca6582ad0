// The store in one SQLite file. Its implementation is private; this header is all that others see.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "crypto/random.hpp"
#include "storage/store.hpp"

#include <filesystem>
#include <memory>

namespace rollcall::storage {

struct SqliteOptions {
    /// Holds rollcall.db and its companions; made, for its owner only, if it is missing.
    std::filesystem::path directory;
    /// True for a server: no second server may open the directory. False for a short-lived process,
    /// which may read and write while a server runs.
    bool exclusive = false;
    /// True for a process that has no use for an empty database: none is made.
    bool must_exist = false;
};

/// Opens the store, making (unless it must exist) or upgrading the database as needed. Writes are
/// durable when they are acknowledged. The store must be destroyed before the io contexts whose
/// coroutines use it.
///
/// Changes made by other processes raise every generation within half a second.
///
/// @param ids  makes the ids of events; must outlive the store.
/// @errors not_found (no database, and it must exist), conflict (another server has the directory,
/// or one runs while the schema must be
///         upgraded), invalid_value (no database of ours, damaged, or made by a newer release),
///         unavailable (directory or file cannot be made or opened). Messages are for the operator.
[[nodiscard]] Result<std::unique_ptr<Store>> open_sqlite_store(SqliteOptions const& options,
                                                               crypto::IdSource& ids,
                                                               Limits const& limits);

}  // namespace rollcall::storage
