// Adding to the notes of a request: bounded, and never with values in them.
#pragma once

#include "scim/profile.hpp"

#include <string>
#include <string_view>

namespace rollcall::scim {

/// Adds "<name>: <what>". A name may come from the client, so it is cut to a bounded length. After
/// `Limits::notes_per_request_max` notes one more says that there were others.
void add_note(Notes& notes, std::string_view name, std::string_view what);

/// The name as it may stand in a note or an error: cut to a bounded length, whole code points.
[[nodiscard]] std::string shown_name(std::string_view name);

}  // namespace rollcall::scim
