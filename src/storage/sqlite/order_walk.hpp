// Walking a list in an order that an index keeps: one range read, from the place behind which a
// page begins.
#pragma once

#include "base/result.hpp"
#include "directory/query.hpp"
#include "storage/sqlite/database.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace rollcall::storage::sqlite {

/// Both directions of an order. Each row is a key and the value it is ordered by. Parameters: ?1
/// the connection; ?2 and ?3 the value and key to begin behind; ?4 and ?5 limit and offset; ?6 the
/// value to end with (last_modified only).
struct OrderSql {
    Sql ascending;
    Sql descending;
};

/// The orders of users, or of groups. `creation` has the parameters connection, key to begin
/// behind, limit, offset.
struct OrdersSql {
    Sql creation;
    OrderSql name;
    OrderSql id;
    OrderSql created;
    OrderSql last_modified;
};

/// What lists of users, or of groups, are read with.
struct ListSql {
    Sql count;  ///< all of a live connection: ?1
    OrdersSql orders;
    Sql changed_count;   ///< last changed in [?2, ?3)
    Sql changed_window;  ///< their keys in order of creation behind key ?4; ?5 limit, ?6 offset
};

/// What to walk: everything of a connection, or what was last changed within `range`.
struct Walk {
    std::int64_t connection;
    directory::OrderIndex order;
    bool descending = false;
    directory::Window const& window;
    std::size_t bytes_max;  ///< of the texts of all places
    std::optional<directory::ByLastModified> range{};
};

/// The places of the window, and one more if there is one. The cost follows the window, and with
/// `start_index` the rows before it, which are counted in the index.
/// @errors too_many (more than bytes_max).
/// @throws DriverFailure.
[[nodiscard]] Result<std::vector<directory::Place>> walk_order(Database& database,
                                                               OrdersSql const& orders,
                                                               Walk const& walk);

}  // namespace rollcall::storage::sqlite
