// GET /docs/errors: what every error_url points to.
#pragma once

#include "http/message.hpp"

namespace rollcall::api::management {

/// A page for people that explains each kind of error, one anchor for each.
[[nodiscard]] http::Response error_page();

}  // namespace rollcall::api::management
