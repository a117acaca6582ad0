// SCIM connections (contract §2.2 to §2.5, §2.7).
#pragma once

#include "api/management/handlers.hpp"
#include "service/connections.hpp"

namespace rollcall::api::management {

/// Which connection the path of `call` names, as it was written.
[[nodiscard]] service::ConnectionReference reference_of(Call const& call);

/// Makes the access log say which connection a request was about.
void note_connection(Call const& call, directory::Connection const& connection);

Task<Result<Reply>> create_connection(Call const& call);
Task<Result<Reply>> get_connection(Call const& call);
Task<Result<Reply>> update_connection(Call const& call);
Task<Result<Reply>> delete_connection(Call const& call);
Task<Result<Reply>> start_rotation(Call const& call);
Task<Result<Reply>> complete_rotation(Call const& call);
Task<Result<Reply>> cancel_rotation(Call const& call);

}  // namespace rollcall::api::management
