// What a schema must be like before a connection may declare it.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "scim/schema.hpp"

#include <string_view>

namespace rollcall::scim {

/// Checks a schema that somebody wants to declare.
///
/// The URN has the form urn:NID:NSS of letters, digits and "-._:" and leaves the built-in schemas
/// alone: it is none of their URNs, legacy spellings included, and neither continues the other. The
/// schema has a name and attributes; names follow RFC 7643 §2.1 and differ in more than case;
/// complex attributes, and only they, have sub-attributes, one level deep. Nothing is promised that
/// the server cannot keep: uniqueness is none, and an attribute that clients cannot write, or that
/// is not kept, is not required.
///
/// @errors invalid_value naming attribute and rule; too_many (attributes, bytes).
/// @source RFC 7643 §2.1, §7; RFC 8141 §2; checklist G-01, G-13, N-19, I-11.
[[nodiscard]] Status check_declared_schema(Schema const& schema, Limits const& limits);

/// True if the two URNs are one, in any case, or one goes on where the other ends at a colon or
/// dot: then a name behind them could mean two things.
[[nodiscard]] bool urns_overlap(std::string_view a, std::string_view b) noexcept;

}  // namespace rollcall::scim
