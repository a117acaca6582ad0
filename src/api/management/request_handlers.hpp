// The notes of a connection's requests (our own).
#pragma once

#include "api/management/handlers.hpp"

namespace rollcall::api::management {

Task<Result<Reply>> get_requests(Call const& call);

}  // namespace rollcall::api::management
