// ServiceProviderConfig, ResourceTypes, Schemas as documents (RFC 7643 §5-§7, RFC 7644 §4).
#pragma once

#include "base/limits.hpp"
#include "scim/profile.hpp"
#include "scim/resource_types.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string_view>

namespace rollcall::scim {

/// `base` is the connection's SCIM base URL, absolute, without trailing slash; `types` are the
/// connection's, or the built-in ones for whom it may not be shown (checklist N-05). So with
/// `profile`: what a connection does not enforce it does not announce either (N-19).
[[nodiscard]] boost::json::object service_provider_config(std::string_view base,
                                                          Limits const& limits,
                                                          Profile const& profile = {});
[[nodiscard]] boost::json::object schemas_document(ResourceTypes const& types,
                                                   std::string_view base,
                                                   Profile const& profile = {});
[[nodiscard]] boost::json::object resource_types_document(ResourceTypes const& types,
                                                          std::string_view base);
/// nullopt for an unknown URN (any case) or resource type name.
[[nodiscard]] std::optional<boost::json::object> schema_document(ResourceTypes const& types,
                                                                 std::string_view base,
                                                                 std::string_view urn,
                                                                 Profile const& profile = {});
[[nodiscard]] std::optional<boost::json::object> resource_type_document(ResourceTypes const& types,
                                                                        std::string_view base,
                                                                        std::string_view name);

}  // namespace rollcall::scim
