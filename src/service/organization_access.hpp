// The first access check of the management use cases: from a reference to an organization.
#pragma once

#include "base/result.hpp"
#include "directory/keys.hpp"
#include "runtime/task.hpp"
#include "storage/store.hpp"

#include <string>

namespace rollcall::service {

/// @errors those of service::Organizations for a reference.
[[nodiscard]] Task<Result<directory::OrganizationKey>> get_organization(
    storage::Store& store, directory::ProjectKey project, std::string reference);

/// The same, with what is stored of it.
[[nodiscard]] Task<Result<storage::OrganizationRecord>> get_organization_record(
    storage::Store& store, directory::ProjectKey project, std::string reference);

}  // namespace rollcall::service
