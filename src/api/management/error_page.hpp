// GET /docs/errors: what every error_url points to.
#pragma once

#include "api/management/handlers.hpp"

namespace rollcall::api::management {

/// A page for people that explains each kind of error, one anchor for each.
Task<Result<Reply>> error_page(OpenCall const& call);

}  // namespace rollcall::api::management
