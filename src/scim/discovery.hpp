// ServiceProviderConfig, ResourceTypes, Schemas as documents (RFC 7643 §5-§7, RFC 7644 §4).
#pragma once

#include "base/limits.hpp"
#include "scim/schema.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string_view>

namespace rollcall::scim {

/// `base` is the connection's SCIM base URL, absolute, without trailing slash.
[[nodiscard]] boost::json::object service_provider_config(std::string_view base,
                                                          Limits const& limits);
[[nodiscard]] boost::json::object schemas_document(std::string_view base);
[[nodiscard]] boost::json::object resource_types_document(std::string_view base);
/// nullopt for an unknown URN (any case) or resource type name.
[[nodiscard]] std::optional<boost::json::object> schema_document(std::string_view base,
                                                                 std::string_view urn);
[[nodiscard]] std::optional<boost::json::object> resource_type_document(std::string_view base,
                                                                        std::string_view name);

}  // namespace rollcall::scim
