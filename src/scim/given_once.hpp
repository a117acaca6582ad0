// One attribute in several spellings within one object (checklist G-04).
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "scim/schema.hpp"

#include <boost/json/object.hpp>

namespace rollcall::scim {

/// Checks the body of a POST or PUT, or the value of a PATCH operation without path: names that
/// mean one attribute (`userName` and `urn:…:User:userName`, `name.givenName` and a part of `name`,
/// a bare `department` and one of the enterprise extension) must not have different values. Null is
/// no value (I-05). Keys with a filter are operations of their own (I-14) and not looked at,
/// neither are read-only attributes, nor values that cannot be read at all. Cost: linear in the
/// object.
///
/// @errors invalid_syntax (message names the attribute).
[[nodiscard]] Status check_given_once(boost::json::object const& object, ResourceType const& type,
                                      Limits const& limits);

}  // namespace rollcall::scim
