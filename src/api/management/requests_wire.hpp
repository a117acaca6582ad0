// Notes of a connection's requests on the wire: a call of our own, in the contract's manner.
#pragma once

#include "base/result.hpp"
#include "service/connections.hpp"

#include <string>
#include <string_view>

namespace rollcall::api::management {

/// Reads `only` from a query string: failed, noted, or left out for all.
/// @errors invalid_value (invalid_argument) naming it.
[[nodiscard]] Result<directory::RequestNoteFilter> read_note_filter(std::string_view query);

/// Appends the members "requests" and "next_cursor" of the answer, without braces.
void requests_page_to_json(std::string& out, service::RequestNotesPage const& page);

}  // namespace rollcall::api::management
