// Statements about request notes.
#pragma once

#include "storage/sqlite/database.hpp"

#include <array>

namespace rollcall::storage::sqlite::sql {

inline constexpr Sql last_request_note =
    "SELECT max(position) FROM request_notes WHERE connection = ?1";
inline constexpr Sql insert_request_note =
    "INSERT INTO request_notes (connection, position, request, received_at, method, path, status, "
    "scim_type, detail, notes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
inline constexpr Sql forget_request_notes =
    "DELETE FROM request_notes WHERE connection = ?1 AND position <= ?2";
/// ?4 is a RequestNoteFilter. A connection has a bounded number of notes, so a filter that finds
/// nothing walks no further than that.
inline constexpr Sql list_request_notes =
    "SELECT position, request, received_at, method, path, status, scim_type, detail, notes "
    "FROM request_notes WHERE connection = ?1 AND position < ?2 "
    "AND (?4 = 0 OR (?4 = 1 AND status >= 400) OR (?4 = 2 AND notes <> '[]')) "
    "AND EXISTS (SELECT 1 FROM connections WHERE key = ?1 AND state = 0) "
    "ORDER BY position DESC LIMIT ?3";
inline constexpr Sql purge_request_notes =
    "DELETE FROM request_notes WHERE connection = ?1 AND position IN "
    "(SELECT position FROM request_notes WHERE connection = ?1 ORDER BY position LIMIT ?2)";

/// For the test of query plans.
inline constexpr std::array request_note_statements{last_request_note, insert_request_note,
                                                    forget_request_notes, list_request_notes,
                                                    purge_request_notes};

}  // namespace rollcall::storage::sqlite::sql
