// The directory of a database: private permissions, and the lock that keeps a second server out.
#pragma once

#include "base/result.hpp"

#include <filesystem>

namespace rollcall::storage::sqlite {

/// Makes `directory` (0700) and an empty `database_file` (0600) as far as they are missing. What
/// exists keeps its permissions.
/// @errors unavailable (message names path and reason).
[[nodiscard]] Status prepare_files(std::filesystem::path const& directory,
                                   std::filesystem::path const& database_file);

/// @errors not_found (there is no such file), unavailable (it cannot be looked for).
[[nodiscard]] Status find_database(std::filesystem::path const& directory,
                                   std::filesystem::path const& database_file);

/// Holds `rollcall.lock` in a directory for as long as it lives. The lock ends with the process,
/// however that ends.
class DirectoryLock {
public:
    /// @errors conflict (held by another process: the message names it), unavailable.
    [[nodiscard]] static Result<DirectoryLock> take(std::filesystem::path const& directory);
    DirectoryLock(DirectoryLock&& other) noexcept;
    DirectoryLock& operator=(DirectoryLock&&) = delete;
    ~DirectoryLock();

private:
    explicit DirectoryLock(int descriptor) noexcept : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace rollcall::storage::sqlite
