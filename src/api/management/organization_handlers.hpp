// Organizations (contract §3.2 to §3.5).
#pragma once

#include "api/management/handlers.hpp"

namespace rollcall::api::management {

Task<Result<Reply>> create_organization(Call const& call);
Task<Result<Reply>> get_organization(Call const& call);
Task<Result<Reply>> update_organization(Call const& call);
Task<Result<Reply>> delete_organization(Call const& call);
Task<Result<Reply>> search_organizations(Call const& call);
Task<Result<Reply>> get_organization_metrics(Call const& call);
Task<Result<Reply>> delete_organization_external_id(Call const& call);
/// None: this server does not manage connected apps.
Task<Result<Reply>> list_connected_apps(Call const& call);

}  // namespace rollcall::api::management
