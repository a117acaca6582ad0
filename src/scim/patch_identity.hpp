// Which elements of a list an operation means by what they hold (RFC 7644 §3.5.2.1, §3.5.2.2).
#pragma once

#include "scim/schema.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <unordered_map>

namespace rollcall::scim {

/// The part of that name of an element; nullptr if it has none, or is no object.
[[nodiscard]] boost::json::value const* part_of(boost::json::value const& element,
                                                std::string_view name);

/// Equal for elements of which an `add` keeps one: by `value` and `type`, in a list of members by
/// `value` alone; elements without a value are equal only as a whole (checklist P-24).
[[nodiscard]] std::string element_key(Attribute const& attribute,
                                      boost::json::value const& element);

/// True if one of the members has the element's value. Looks at each of them.
[[nodiscard]] bool names_member(boost::json::array const& members,
                                boost::json::value const& element);

/// The elements that a removal names: by `value`, and by `type` where it gives one (checklist P-37,
/// P-38). Refers to what it is made of.
class NamedElements {
public:
    NamedElements(Attribute const& attribute, boost::json::array const& named);

    [[nodiscard]] bool contains(boost::json::value const& element) const;

private:
    [[nodiscard]] bool has_type_of(boost::json::value const& element,
                                   boost::json::value const& named) const;

    Attribute const& attribute_;
    std::unordered_multimap<std::string, boost::json::value const*> named_;
};

}  // namespace rollcall::scim
