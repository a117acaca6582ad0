// What is stored and sent is JSON text: whatever is accepted must come back from it as it was.
#pragma once

#include "check.hpp"
#include "scim/resource.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace rollcall::fuzz {

// The JSON library reads some numbers one off in the last place.
[[nodiscard]] inline bool nearly_equal(double a, double b) {
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    return a == b || std::nextafter(a, infinity) == b || std::nextafter(b, infinity) == a;
}

[[nodiscard]] inline bool is_same(boost::json::value const& a, boost::json::value const& b) {
    if (a.is_double() && b.is_double()) return nearly_equal(a.get_double(), b.get_double());
    if (a.is_array() && b.is_array())
        return std::ranges::equal(a.get_array(), b.get_array(), is_same);
    if (!a.is_object() || !b.is_object()) return a == b;
    auto const& parts = b.get_object();
    return a.get_object().size() == parts.size() &&
           std::ranges::all_of(a.get_object(), [&](auto const& part) {
               auto const* other = parts.if_contains(part.key());
               return other != nullptr && is_same(part.value(), *other);
           });
}

inline void check_survives_as_text(boost::json::value const& accepted) {
    auto const read = scim::parse_json(boost::json::serialize(accepted), Limits{});
    ASSERT(read.has_value() && is_same(*read, accepted));
}

}  // namespace rollcall::fuzz
