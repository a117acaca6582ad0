// The end of a member, by whoever ends it.
#pragma once

#include "directory/keys.hpp"
#include "storage/sqlite/database.hpp"

#include <cstdint>

namespace rollcall::storage::sqlite {

/// Takes away what only a member that is not deleted may have: its explicit roles (directory
/// behaviour §3.4). Called in the transaction that makes the member deleted, by every such one.
/// @throws DriverFailure.
void deactivate_member(Database& database, directory::OrganizationKey const& organization,
                       std::int64_t member);

}  // namespace rollcall::storage::sqlite
