// PATCH paths: `attribute`, `attribute.sub`, `attribute[filter]`, `attribute[filter].sub`, each
// with an optional schema URN (RFC 7644 §3.5.2, Figure 7).
#pragma once

#include "scim/filter.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rollcall::scim {

/// A parsed path. `attribute.ref` is empty when the type defines no such attribute; a bare
/// extension URN has a ref without attribute.
struct Path {
    AttributeName attribute;
    std::optional<Filter> filter;
    /// After a value filter: the sub-attribute behind the bracket. Without one, `attribute.ref`
    /// already carries it.
    Attribute const* sub_attribute = nullptr;
};

/// @errors invalid_path (message names the 1-based position), invalid_filter inside brackets.
/// @source RFC 7644 §3.5.2; checklist P-10 to P-18, E-04, E-07, I-13, I-15, I-22.
[[nodiscard]] Result<Path> parse_path(std::string_view text, ResourceType const& type,
                                      Limits const& limits);

/// A key of an object, written like a path (checklist I-14). nullopt: it is no path, and brackets
/// do not make it one into an attribute of the type, so it is a key that the type does not have
/// (G-21).
///
/// @errors as parse_path, for a key with a broken filter on an attribute; the message names the
/// key.
[[nodiscard]] Result<std::optional<Path>> parse_path_key(std::string_view key,
                                                         ResourceType const& type,
                                                         Limits const& limits);

[[nodiscard]] std::string print(Path const& path);

/// The path with empty brackets, "emails[].value": for notes and errors, which hold no values.
[[nodiscard]] std::string outline(Path const& path);

/// The same for a key that is no path: what stands before a bracket.
[[nodiscard]] std::string outline_key(std::string_view key);

}  // namespace rollcall::scim
