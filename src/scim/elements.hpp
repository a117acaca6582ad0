// Elements of multi-valued attributes: which are the same, which is primary (RFC 7643 §2.4).
#pragma once

#include "scim/schema.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <string>

namespace rollcall::scim {

/// A group's `members`: a set keyed by `value`, whose elements are never changed in place.
[[nodiscard]] bool is_member_list(Attribute const& attribute) noexcept;

/// Equal for equal elements, whatever the order of their parts.
[[nodiscard]] std::string whole_key(boost::json::value const& element);

/// Equal for elements with the same type and value, byte by byte; of elements without `value`, for
/// equal ones.
[[nodiscard]] std::string exact_key(boost::json::value const& element);

/// Sets `primary` to false in every primary element but the one at `index` (checklist P-27).
void keep_one_primary(boost::json::array& list, std::size_t index);

/// Removes the elements for which `drop` holds; the others keep their order.
template <class Drop>
void erase_elements(boost::json::array& list, Drop drop) {
    auto const kept = std::remove_if(list.begin(), list.end(), drop);
    list.erase(kept, list.end());
}

}  // namespace rollcall::scim
