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

/// `text` with every {{name}} replaced. Throws std::runtime_error for a name that is not bound.
[[nodiscard]] std::string substitute_text(std::string_view text, Variables const& variables);

/// The same in all strings of a document; a string that is nothing but one {{name}} takes the
/// captured value with its JSON type.
[[nodiscard]] boost::json::value substitute(boost::json::value const& document,
                                            Variables const& variables);

/// True if `actual` has at least what `wanted` has, in any order.
[[nodiscard]] bool covers(boost::json::value const& actual, boost::json::value const& wanted);

/// Why `actual` (null pointer: nothing there) is not what `expected`, a value or a matcher, asks
/// for; nullopt if it is.
[[nodiscard]] std::optional<std::string> mismatch(boost::json::value const* actual,
                                                  boost::json::value const& expected);

}  // namespace rollcall::replay
