// What a declaration of a schema comes to (docs/schemas.md). Pure.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/connection_schema.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rollcall::directory {

/// A declaration as sent; absent means "not given".
struct SchemaFields {
    std::optional<std::string> resource_type;
    std::optional<bool> required;
    std::optional<boost::json::object> schema;  ///< RFC 7643 §7
};

/// The declaration that `fields` ask for under `urn`. Without `resource_type` and `required` it is
/// for users and not required. A schema that is declared already keeps the spelling of its URN,
/// under which resources hold its data.
///
/// @param urn       what the request calls the schema; an `id` in the schema must be the same.
/// @param declared  what the connection declares now.
/// @errors invalid_value and too_many, kind invalid_scim_schema: those of scim::schema_from_json
/// and
///         scim::check_declared_schema, and a URN that another declared schema continues or begins.
[[nodiscard]] Result<scim::DeclaredSchema> plan_schema(SchemaFields const& fields,
                                                       std::string_view urn,
                                                       std::span<ConnectionSchema const> declared,
                                                       Limits const& limits);

/// The schema with that URN, in any case; nullptr if there is none.
[[nodiscard]] ConnectionSchema const* find_schema(std::span<ConnectionSchema const> declared,
                                                  std::string_view urn);

/// not_found, kind scim_schema_not_found.
[[nodiscard]] Error schema_not_found(std::string_view urn);

}  // namespace rollcall::directory
