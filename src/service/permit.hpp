// How a use case asks whether its caller may change what it is about to change.
#pragma once

#include "base/result.hpp"
#include "directory/field_permission.hpp"

#include <functional>
#include <span>

namespace rollcall::service {

/// Called before anything is written, maybe several times. An error ends the use case.
using Permit = std::function<Status(std::span<directory::FieldPermission const> needed)>;

/// For callers with all permissions.
[[nodiscard]] inline Status permit_all(std::span<directory::FieldPermission const> /*needed*/) {
    return {};
}

}  // namespace rollcall::service
