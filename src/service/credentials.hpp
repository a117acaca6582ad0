// Who calls the management API: a project, by one of its secrets (contract §1.2).
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "directory/keys.hpp"
#include "runtime/task.hpp"
#include "service/per_thread.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

/// True for "secret-test-" or "secret-live-" and 1 to 128 characters of URL-safe base64, padding
/// allowed. Says nothing about whether anybody has it.
[[nodiscard]] bool is_project_secret(std::string_view text) noexcept;

/// Checks project secrets. Thread-safe.
///
/// A success is remembered per thread for at most one second, and only while nothing under the
/// project has changed: another process, such as the command line, may revoke a secret without this
/// one noticing sooner.
class ProjectCredentials {
public:
    /// Both outlive this object.
    ProjectCredentials(storage::Store& store, Clock const& clock) : store_(store), clock_(clock) {}

    /// The project's key, or nullopt if there is no such project or it has no such live secret.
    Task<Result<std::optional<directory::ProjectKey>>> authenticate(ProjectId project,
                                                                    Secret secret);

private:
    struct Success {
        Digest digest;
        directory::ProjectKey key;
        std::uint64_t generation;
        Timestamp checked_at;
    };
    using Successes = std::unordered_map<ProjectId, std::vector<Success>>;

    [[nodiscard]] static Success const* find(Successes const& cache, ProjectId const& project,
                                             Digest const& digest, std::uint64_t generation,
                                             Timestamp now);
    static void remember(Successes& cache, Success success);

    storage::Store& store_;
    Clock const& clock_;
    PerThread<Successes> cache_;
};

}  // namespace rollcall::service
