// Schemas as JSON: the representation of RFC 7643 §7, in both directions.
#pragma once

#include "base/result.hpp"
#include "scim/schema.hpp"

#include <boost/json/object.hpp>

namespace rollcall::scim {

/// `id`, `name`, `description` and `attributes`, with every characteristic, default or not
/// (checklist N-12, N-14). What goes around it, `schemas` and `meta`, is the caller's.
[[nodiscard]] boost::json::object schema_to_json(Schema const& schema);

/// Reads the same. Keys and words match in any case; a characteristic that is absent or null has
/// its default (checklist G-05), except that references and binary values always compare exactly
/// (G-11, G-12) and that what is writeOnly is returned never. `schemas` and `meta` are ignored.
/// Whether the schema may be declared is another question (schema_rules.hpp).
///
/// @errors invalid_value naming attribute and rule: a wrong JSON type, an unknown word, a key that
///         is no characteristic, an attribute without name.
[[nodiscard]] Result<Schema> schema_from_json(boost::json::object const& json);

}  // namespace rollcall::scim
