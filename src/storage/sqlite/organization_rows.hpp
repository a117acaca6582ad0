// Organizations as read from rows.
#pragma once

#include "storage/sqlite/database.hpp"
#include "storage/store.hpp"

namespace rollcall::storage::sqlite {

/// @param row  of one of the statements sql::organization_by_...
[[nodiscard]] OrganizationRecord record_of(Database& database, ProjectKey const& project,
                                           Query const& row);

}  // namespace rollcall::storage::sqlite
