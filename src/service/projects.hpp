// Projects and their secrets: what the operator manages (command line, bootstrap), and what a
// backend may do with its own.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/random.hpp"
#include "directory/keys.hpp"
#include "directory/project.hpp"
#include "runtime/task.hpp"

#include <string>
#include <vector>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

/// A secret in the only moment it can be shown.
struct NewSecret {
    directory::ProjectSecret record;
    Secret value;
};

struct NewProject {
    directory::Project project;
    NewSecret secret;
};

/// Thread-safe.
class Projects {
public:
    /// All outlive this object.
    Projects(storage::Store& store, Clock const& clock, crypto::IdSource& ids)
        : store_(store), clock_(clock), ids_(ids) {}

    /// @param name  1 to 128 characters without control characters.
    /// @errors invalid_value (name).
    Task<Result<NewProject>> create(std::string name, Environment environment);

    /// Makes the project and the secret exist; keeps what exists already.
    /// @errors invalid_value: `secret` is not "secret-<env>-" of the project's environment with at
    ///         least 16 characters of URL-safe base64 behind it.
    Task<Status> ensure(ProjectId project, Secret secret, std::string name);

    Task<Result<std::vector<directory::Project>>> list();
    Task<Result<directory::Project>> get(directory::ProjectKey project);

    /// @errors not_found (project); too_many (too_many_project_secrets).
    Task<Result<NewSecret>> create_secret(ProjectId project);
    /// Revoked ones included, by creation. @errors not_found (project).
    Task<Result<std::vector<directory::ProjectSecret>>> list_secrets(ProjectId project);
    /// @errors not_found (project or secret).
    Task<Status> revoke_secret(ProjectId project, Uuid secret);
    /// For a backend, which must not lock itself out.
    /// @return the id.
    /// @errors not_found (project_secret_not_found); conflict (cannot_revoke_last_project_secret).
    Task<Result<Uuid>> revoke_own_secret(directory::ProjectKey project, std::string id);

private:
    [[nodiscard]] NewSecret make_secret(Environment environment);

    storage::Store& store_;
    Clock const& clock_;
    crypto::IdSource& ids_;
};

}  // namespace rollcall::service
