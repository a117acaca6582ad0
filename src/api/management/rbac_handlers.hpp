// Policies of roles (contract §6.5, §6.6) and what a project adds to the default one (our own).
#pragma once

#include "api/management/handlers.hpp"

namespace rollcall::api::management {

/// Default and custom roles and resources together.
Task<Result<Reply>> get_policy(Call const& call);
Task<Result<Reply>> get_organization_policy(Call const& call);
Task<Result<Reply>> put_organization_policy(Call const& call);
/// What the project adds alone.
Task<Result<Reply>> get_project_policy(Call const& call);
Task<Result<Reply>> put_project_policy(Call const& call);

}  // namespace rollcall::api::management
