// A connection's own schemas, for tests of what is done with their data.
#pragma once

#include "scim/resource_types.hpp"
#include "scim/schema_json.hpp"
#include "support.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rollcall::scim {

inline constexpr std::string_view badge_urn = "urn:acme:scim:schemas:1.0:Badge";

/// One attribute of each type and kind that a schema can have.
inline constexpr std::string_view badge_text = R"({
    "id": "urn:acme:scim:schemas:1.0:Badge",
    "name": "Badge",
    "attributes": [
        {"name": "number", "type": "integer"},
        {"name": "colour", "canonicalValues": ["red", "blue"]},
        {"name": "serial", "caseExact": true, "mutability": "immutable"},
        {"name": "valid", "type": "boolean"},
        {"name": "weight", "type": "decimal"},
        {"name": "issued", "type": "dateTime"},
        {"name": "page", "type": "reference", "referenceTypes": ["external"]},
        {"name": "photo", "type": "binary"},
        {"name": "doors", "multiValued": true},
        {"name": "office", "type": "complex", "subAttributes": [
            {"name": "floor", "type": "integer"}, {"name": "room"}]},
        {"name": "keys", "type": "complex", "multiValued": true, "subAttributes": [
            {"name": "value"}, {"name": "type"}, {"name": "primary", "type": "boolean"}]}]})";

inline Schema schema_of(std::string_view text) {
    auto schema = schema_from_json(object(text));
    if (!schema) throw std::runtime_error(schema.error().message());
    return *std::move(schema);
}

inline DeclaredSchema for_users(std::string_view text, bool required = false) {
    return {ResourceKind::user, required, schema_of(text)};
}

/// Types with these schemas. They neither move nor copy, so they live where they are made.
inline std::vector<DeclaredSchema> declare(DeclaredSchema schema) {
    std::vector<DeclaredSchema> declared;
    declared.push_back(std::move(schema));
    return declared;
}

}  // namespace rollcall::scim
