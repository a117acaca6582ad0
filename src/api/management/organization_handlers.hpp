// Organizations (contract §3.2, §3.3).
#pragma once

#include "api/management/handlers.hpp"

namespace rollcall::api::management {

Task<Result<Reply>> create_organization(Call const& call);
Task<Result<Reply>> get_organization(Call const& call);
Task<Result<Reply>> update_organization(Call const& call);
Task<Result<Reply>> delete_organization(Call const& call);

}  // namespace rollcall::api::management
