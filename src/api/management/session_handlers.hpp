// Sessions and the keys that verify them (contract §5.3 to §5.7).
#pragma once

#include "api/management/handlers.hpp"

namespace rollcall::api::management {

Task<Result<Reply>> attest_session(Call const& call);
Task<Result<Reply>> authenticate_session(Call const& call);
Task<Result<Reply>> get_sessions(Call const& call);
Task<Result<Reply>> revoke_session(Call const& call);
Task<Result<Reply>> get_jwks(OpenCall const& call);

}  // namespace rollcall::api::management
