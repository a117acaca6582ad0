// Members (contract §4).
#pragma once

#include "api/management/handlers.hpp"

namespace rollcall::api::management {

Task<Result<Reply>> create_member(Call const& call);
Task<Result<Reply>> get_member(Call const& call);
Task<Result<Reply>> get_member_anywhere(Call const& call);
Task<Result<Reply>> update_member(Call const& call);
Task<Result<Reply>> delete_member(Call const& call);
Task<Result<Reply>> reactivate_member(Call const& call);
Task<Result<Reply>> delete_member_external_id(Call const& call);
Task<Result<Reply>> unlink_retired_email(Call const& call);
Task<Result<Reply>> search_members(Call const& call);

}  // namespace rollcall::api::management
