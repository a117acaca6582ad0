// The caller's own project and its secrets (but for whoami our own; Stytch has its dashboard for
// them).
#pragma once

#include "api/management/handlers.hpp"

namespace rollcall::api::management {

Task<Result<Reply>> get_project(Call const& call);
/// The short form that Stytch has too (contract §8); handy to try credentials.
Task<Result<Reply>> who_am_i(Call const& call);
Task<Result<Reply>> list_secrets(Call const& call);
/// Shows the secret, this once.
Task<Result<Reply>> create_secret(Call const& call);
Task<Result<Reply>> revoke_secret(Call const& call);

}  // namespace rollcall::api::management
