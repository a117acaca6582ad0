// What bodies say of attributes that only the server writes (RFC 7644 §3.3, §3.5.1).
#pragma once

#include "scim/profile.hpp"
#include "scim/schema.hpp"

#include <boost/json/value.hpp>

#include <string_view>

namespace rollcall::scim {

/// True for an attribute, or a part of one, that only the server writes.
[[nodiscard]] bool is_read_only(AttributeRef const& ref) noexcept;

/// True for null, and for a text, a list or an object with nothing in it.
[[nodiscard]] bool says_nothing(boost::json::value const& value) noexcept;

/// Notes that a read-only attribute was left out, unless its value says nothing. `meta` and `id`
/// are echoed by nearly every client and can be meant to do nothing; of `schemas`, which follows
/// from the data, only what names no schema of the type is noted (checklist C-02, W-06, P-44,
/// S-03).
/// @param name  as the note shows it.
void note_read_only(std::string_view name, AttributeRef const& ref, boost::json::value const& value,
                    ResourceType const& type, Notes& notes);

}  // namespace rollcall::scim
