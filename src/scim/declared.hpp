// Rules for the data of extensions that a connection declares. Built-in schemas have none of these:
// they never change, and nothing in their extensions is required or immutable.
#pragma once

#include "base/result.hpp"
#include "scim/schema.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace rollcall::scim {

/// Checks the declared extensions of a resource: those that must be there, required attributes of
/// those that are there, and that what is immutable and was set in `before` is still the same.
///
/// An extension that is as it was in `before` is not judged again: otherwise a schema that became
/// stricter would refuse every change of the resources it found, deactivation included.
///
/// @param before  the stored resource, or nullptr for a new one.
/// @errors invalid_value, mutability.
[[nodiscard]] Status check_declared(boost::json::object const& attributes, ResourceType const& type,
                                    boost::json::object const* before);

/// Gives `next` the immutable attributes of `stored` that it leaves out and that `cleared` does not
/// name (RFC 7644 §3.5.1, checklist W-07).
void keep_immutable(boost::json::object& next, std::vector<std::string> const& cleared,
                    boost::json::object const& stored, ResourceType const& type);

}  // namespace rollcall::scim
