// Adding to the notes of a request: bounded, and never with values in them.
#pragma once

#include "scim/profile.hpp"

#include <string>
#include <string_view>

namespace rollcall::scim {

/// Of an operation that named something and left it as it was, for no other reason.
inline constexpr std::string_view nothing_to_do = "the operation had nothing to do";
/// Of an `add` without a value (checklist P-05).
inline constexpr std::string_view adding_nothing = "adding no value changed nothing";

/// Adds "<name>: <what>". A name may come from the client, so it is cut to a bounded length. After
/// `Limits::notes_per_request_max` notes one more says that there were others.
void add_note(Notes& notes, std::string_view name, std::string_view what);

/// Adds notes that name parts of `attribute`, now with the attribute: "emails.primary: …".
void add_notes_within(Notes& notes, std::string_view attribute, Notes const& of_parts);

/// The name as it may stand in a note or an error: cut to a bounded length, whole code points.
[[nodiscard]] std::string shown_name(std::string_view name);

}  // namespace rollcall::scim
