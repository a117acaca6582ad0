// Schemas that a connection declares (our own).
#pragma once

#include "api/management/handlers.hpp"

namespace rollcall::api::management {

Task<Result<Reply>> list_schemas(Call const& call);
Task<Result<Reply>> get_schema(Call const& call);
Task<Result<Reply>> put_schema(Call const& call);
Task<Result<Reply>> delete_schema(Call const& call);

}  // namespace rollcall::api::management
