// What a connection does differently from its kind of provider (our own).
#pragma once

#include "api/management/handlers.hpp"

namespace rollcall::api::management {

Task<Result<Reply>> get_options(Call const& call);
Task<Result<Reply>> set_options(Call const& call);

}  // namespace rollcall::api::management
