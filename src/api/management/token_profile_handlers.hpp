// Trusted-token profiles of a project: whose tokens begin sessions (our own).
#pragma once

#include "api/management/handlers.hpp"

namespace rollcall::api::management {

Task<Result<Reply>> list_token_profiles(Call const& call);
Task<Result<Reply>> create_token_profile(Call const& call);
Task<Result<Reply>> get_token_profile(Call const& call);
Task<Result<Reply>> update_token_profile(Call const& call);
Task<Result<Reply>> delete_token_profile(Call const& call);

}  // namespace rollcall::api::management
