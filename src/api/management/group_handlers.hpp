// The groups of a connection (contract §2.6).
#pragma once

#include "api/management/handlers.hpp"

namespace rollcall::api::management {

Task<Result<Reply>> get_groups(Call const& call);

}  // namespace rollcall::api::management
