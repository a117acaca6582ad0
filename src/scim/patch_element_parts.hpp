// What PATCH puts into the elements of a list: the parts a value gives, and those a filter says of
// an element that is not there yet (RFC 7644 §3.5.2.1, §3.5.2.3).
#pragma once

#include "base/result.hpp"
#include "scim/filter.hpp"
#include "scim/patch_edit.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace rollcall::scim {

/// True for a part of members that is shown as it was added: writes to it are left out (checklist
/// R-05, P-49).
[[nodiscard]] bool is_ignored_part(Attribute const& attribute, Attribute const* sub) noexcept;

/// Reads a value for `sub`, or for elements of a complex attribute as wholes. A bare value is the
/// element's `value` (I-17).
/// @errors invalid_value.
[[nodiscard]] Result<PartValues> read_written(boost::json::value const& given,
                                              Attribute const& attribute, Attribute const* sub,
                                              Edit const& edit);

/// Collects the `eq` tests of a conjunction in `element` (checklist P-26). False for every other
/// filter; `element` is then not to be used.
/// @errors invalid_value: the filter compares with more than can be stored.
[[nodiscard]] Result<bool> describe(Filter const& filter, Attribute const& attribute,
                                    boost::json::object& element, Edit const& edit);

}  // namespace rollcall::scim
