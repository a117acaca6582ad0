// The outbox: events in the transaction that made them happen.
#pragma once

#include "directory/event.hpp"
#include "directory/keys.hpp"
#include "storage/sqlite/database.hpp"

#include <vector>

namespace rollcall::storage::sqlite {

/// @throws DriverFailure.
void append_event(Database& database, directory::OrganizationKey const& organization,
                  directory::Event const& event);
void append_events(Database& database, directory::OrganizationKey const& organization,
                   std::vector<directory::Event> const& events);

}  // namespace rollcall::storage::sqlite
