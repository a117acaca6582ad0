// What a member session needs for a change of one field.
#pragma once

#include <string_view>

namespace rollcall::directory {

/// Views are of constants.
struct FieldPermission {
    std::string_view field;  ///< its name in a request
    std::string_view resource;
    std::string_view action;  ///< empty: no permission is enough
    friend bool operator==(FieldPermission const&, FieldPermission const&) = default;
};

}  // namespace rollcall::directory
