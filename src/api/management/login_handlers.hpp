// Logging in without a trusted issuer (contract §5.9).
#pragma once

#include "api/management/handlers.hpp"

namespace rollcall::api::management {

Task<Result<Reply>> migrate_password(Call const& call);
Task<Result<Reply>> authenticate_password(Call const& call);
Task<Result<Reply>> authenticate_impersonation(Call const& call);
Task<Result<Reply>> exchange_session(Call const& call);

}  // namespace rollcall::api::management
