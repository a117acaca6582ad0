// The access check of use cases on a connection: from what a request names to a key.
#pragma once

#include "base/result.hpp"
#include "directory/keys.hpp"
#include "runtime/task.hpp"
#include "service/connections.hpp"
#include "service/organization_access.hpp"
#include "storage/store.hpp"

namespace rollcall::service {

/// @errors those of get_organization; not_found (no_active_scim_connection); invalid_value (id of
/// the other
///         environment).
[[nodiscard]] Task<Result<storage::ConnectionRecord>> get_connection(storage::Store& store,
                                                                     directory::ProjectKey project,
                                                                     ConnectionReference reference);

/// The connection was there a moment ago; only the store can tell when it goes. Errors that name a
/// situation of their own stay.
[[nodiscard]] Error as_connection_error(Error error);

}  // namespace rollcall::service
