// How a use case asks whether its caller may change what it is about to change.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "directory/field_permission.hpp"

#include <functional>
#include <span>

namespace rollcall::service {

/// How many of the permissions asked for are needed.
enum class Needed : std::uint8_t { all, any };

/// Called before anything is written, maybe several times. An error ends the use case.
using Permit =
    std::function<Status(std::span<directory::FieldPermission const> permissions, Needed needed)>;

/// The one for changes of that member; what one may do to oneself is a question of who it is.
using PermitOnMember = std::function<Permit(MemberId const& subject)>;

/// For callers with all permissions.
[[nodiscard]] inline Status permit_all(std::span<directory::FieldPermission const> /*permissions*/,
                                       Needed /*needed*/) {
    return {};
}

[[nodiscard]] inline Permit permit_all_on_members(MemberId const& /*subject*/) {
    return permit_all;
}

/// Asks for the permissions of a change. One that changes nothing still shows what is there: who
/// may change something may see it.
/// @param changed  those of the fields that change.
/// @param possible  those of all fields that can.
[[nodiscard]] inline Status permit_change(Permit const& permit,
                                          std::span<directory::FieldPermission const> changed,
                                          std::span<directory::FieldPermission const> possible) {
    return changed.empty() ? permit(possible, Needed::any) : permit(changed, Needed::all);
}

}  // namespace rollcall::service
