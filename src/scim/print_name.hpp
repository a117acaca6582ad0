// Attribute names as canonical text, for filters and paths.
#pragma once

#include "scim/filter.hpp"

#include <string>

namespace rollcall::scim {

/// `[URN:]attribute[.sub]`; an unknown name as the client wrote it.
[[nodiscard]] std::string print_name(AttributeName const& name);
/// The name as it stands inside brackets.
[[nodiscard]] std::string print_sub_name(AttributeName const& name);
/// A filter as it stands inside brackets: names without their attribute.
[[nodiscard]] std::string print_inner(Filter const& filter);

}  // namespace rollcall::scim
