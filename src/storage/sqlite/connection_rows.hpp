// Connections as read from rows; shared by organizations and connections.
#pragma once

#include "storage/sqlite/database.hpp"
#include "storage/store.hpp"

#include <optional>

namespace rollcall::storage::sqlite {

/// Without its role assignments, of which there may be many.
/// @throws DriverFailure; as all below.
[[nodiscard]] std::optional<directory::Connection> find_active_connection(
    Database& database, OrganizationKey const& organization);

/// False once the connection, or its organization, was deleted.
[[nodiscard]] bool is_live(Database& database, ConnectionKey const& key);

}  // namespace rollcall::storage::sqlite
