// The built-in schemas as data, and the small words their tables are written in.
#pragma once

#include "scim/schema.hpp"

#include <string>
#include <utility>
#include <vector>

namespace rollcall::scim::tables {

[[nodiscard]] Schema make_common_attributes();
[[nodiscard]] Schema make_user_schema();
[[nodiscard]] Schema make_group_schema();
[[nodiscard]] Schema make_enterprise_user_schema();
[[nodiscard]] Schema make_service_provider_config_schema();
[[nodiscard]] Schema make_resource_type_schema();
[[nodiscard]] Schema make_schema_schema();

// One attribute of a type, with the defaults of RFC 7643 §2.2.
[[nodiscard]] Attribute make(std::string name, Type type, std::string description);
[[nodiscard]] Attribute text(std::string name, std::string description);
[[nodiscard]] Attribute boolean(std::string name, std::string description);
[[nodiscard]] Attribute integer(std::string name, std::string description);
[[nodiscard]] Attribute date_time(std::string name, std::string description);
/// References compare exactly, whatever RFC 7643 §8.7.1 prints (checklist U-19, note 1).
[[nodiscard]] Attribute reference(std::string name, std::vector<std::string> types,
                                  std::string description);
[[nodiscard]] Attribute complex(std::string name, std::string description,
                                std::vector<Attribute> sub_attributes);

// Deviations from the defaults, to wrap around the above.
[[nodiscard]] Attribute list(Attribute attribute);
[[nodiscard]] Attribute required(Attribute attribute);
[[nodiscard]] Attribute exact(Attribute attribute);
[[nodiscard]] Attribute unique(Attribute attribute);
[[nodiscard]] Attribute always(Attribute attribute);
[[nodiscard]] Attribute immutable(Attribute attribute);
[[nodiscard]] Attribute suggest(std::vector<std::string> canonical_values, Attribute attribute);
/// `value` is the id of another resource.
[[nodiscard]] Attribute link(Attribute attribute);
/// Read-only, and so are its sub-attributes.
[[nodiscard]] Attribute read_only(Attribute attribute);

/// The usual multi-valued attribute: `value`, `display`, `type`, `primary` (RFC 7643 §2.4).
[[nodiscard]] Attribute plural(std::string name, std::string description, Attribute value,
                               std::vector<std::string> types);

}  // namespace rollcall::scim::tables
