// From permissions needed to permissions had.
#include "api/management/field_permissions.hpp"

#include "directory/member_permissions.hpp"

#include <fmt/format.h>

namespace rollcall::api::management {
namespace {

using directory::FieldPermission;
using service::Needed;

Error never_permitted(FieldPermission const& permission) {
    auto message = fmt::format("{} cannot be changed with a member session.", permission.field);
    if (permission.field == "trusted_metadata") {
        return Error(ErrorCode::unauthenticated, std::move(message))
            .with_kind("cannot_update_trusted_metadata");
    }
    return Error(ErrorCode::forbidden, std::move(message)).with_kind("session_authorization_error");
}

Error own_address() {
    return Error(ErrorCode::forbidden,
                 "email_address: members cannot change their own with their session.")
        .with_kind("member_cannot_update_their_email_address");
}

Status has(ManagementCaller const& caller, FieldPermission const& permission) {
    if (permission.action.empty()) return fail(never_permitted(permission));
    return caller.require(permission.resource, permission.action);
}

Status has_on(ManagementCaller const& caller, MemberId const& subject,
              FieldPermission const& permission) {
    if (permission.resource == directory::of_oneself) {
        return caller.require_on(subject, permission.action);
    }
    auto const is_own = subject == caller.member()->member;
    if (is_own && permission.field == "email_address") return fail(own_address());
    return has(caller, permission);
}

// The first refusal of `has`.
template <class Has>
Status all_of(std::span<FieldPermission const> permissions, Has has) {
    for (auto const& permission : permissions) CHECK(has(permission));
    return {};
}

// The first refusal of `has`, if it refuses all.
template <class Has>
Status any_of(std::span<FieldPermission const> permissions, Has has) {
    Status refusal;
    for (auto const& permission : permissions) {
        if (permission.action.empty()) continue;
        auto had = has(permission);
        if (had) return {};
        if (refusal) refusal = std::move(had);
    }
    return refusal;
}

template <class Has>
Status ask(std::span<FieldPermission const> permissions, Needed needed, Has has) {
    return needed == Needed::all ? all_of(permissions, has) : any_of(permissions, has);
}

}  // namespace

service::Permit permit_for(Call const& call) {
    auto const& caller = call.caller;
    if (caller.member() == nullptr) return service::permit_all;
    return [&caller](std::span<FieldPermission const> permissions, Needed needed) {
        return ask(permissions, needed,
                   [&](FieldPermission const& permission) { return has(caller, permission); });
    };
}

service::PermitOnMember permit_on_member(Call const& call) {
    auto const& caller = call.caller;
    if (caller.member() == nullptr) return service::permit_all_on_members;
    return [&caller](MemberId const& subject) -> service::Permit {
        return [&caller, subject](std::span<FieldPermission const> permissions, Needed needed) {
            return ask(permissions, needed, [&](FieldPermission const& permission) {
                return has_on(caller, subject, permission);
            });
        };
    };
}

}  // namespace rollcall::api::management
