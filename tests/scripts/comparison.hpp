// Compares answers with what a script expects (README.md beside this file).
#pragma once

#include "replay/matcher.hpp"

#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace rollcall::scripts {

/// Each place where `actual` (null pointer: nothing there) is not as `expected`; empty if it is.
///
/// Objects may have members that are not expected, lists may not. A string that is nothing but a
/// variable that has no value yet gives it one.
/// @param where  how the differences call the place of `actual`; members are added as in a JSON
///               pointer.
[[nodiscard]] std::vector<std::string> differences(std::string_view where,
                                                   boost::json::value const* actual,
                                                   boost::json::value const& expected,
                                                   replay::Variables& variables);

}  // namespace rollcall::scripts
