// Group members as clients write them (RFC 7643 §4.2; checklist, I-05, I-17, I-21,
// I-29).
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "scim/filter.hpp"
#include "scim/profile.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <vector>

namespace rollcall::scim {

/// One member as written. `type` is "User" or "Group", or absent when the client gave none of them
/// and its reference does not tell.
struct MemberValue {
    std::string value;
    std::optional<std::string> type;
    std::optional<std::string> display;

    friend bool operator==(MemberValue const&, MemberValue const&) = default;
};

/// Reads the value of `members`: a list or one of its elements alone; an element is an object with
/// `value`, or with only a `$ref` whose last segment is the id, or the id as a string. Null and
/// empty elements are left out, later duplicates of a value too. A null value is an empty list.
///
/// @errors invalid_value (an element that names nobody is of the wrong type), too_many (more than
///         limits.group_members_max).
[[nodiscard]] Result<std::vector<MemberValue>> read_members(boost::json::value const& value,
                                                            Limits const& limits, Notes& notes);

/// The ids that `members[value eq "a" or value eq "b"]` selects, given the filter in the brackets
/// or the whole; nullopt for every other filter.
[[nodiscard]] std::optional<std::vector<std::string>> member_values_of(Filter const& filter);

}  // namespace rollcall::scim
