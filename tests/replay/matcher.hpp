// Variables and expectations of replay files (README.md beside this file).
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::replay {

/// Values captured so far, by name.
using Variables = std::map<std::string, boost::json::value, std::less<>>;

/// The name if `text` is exactly one {{name}}.
[[nodiscard]] std::optional<std::string_view> lone_variable(std::string_view text);

/// `text` with every {{name}} replaced. Throws std::runtime_error for a name that is not bound.
[[nodiscard]] std::string substitute_text(std::string_view text, Variables const& variables);

/// The same in all strings of a document; a string that is nothing but one {{name}} takes the
/// captured value with its JSON type.
[[nodiscard]] boost::json::value substitute(boost::json::value const& document,
                                            Variables const& variables);

/// True for an object whose keys are all matchers, as {"$regex": "…"}.
[[nodiscard]] bool is_matcher(boost::json::value const& expected);

/// True if `actual` has at least what `wanted` has, in any order.
[[nodiscard]] bool covers(boost::json::value const& actual, boost::json::value const& wanted);

/// Why `actual` (null pointer: nothing there) is not what `expected`, a value or a matcher, asks
/// for; nullopt if it is.
[[nodiscard]] std::optional<std::string> mismatch(boost::json::value const* actual,
                                                  boost::json::value const& expected);

}  // namespace rollcall::replay
