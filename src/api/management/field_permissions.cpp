// From permissions needed to permissions had.
#include "api/management/field_permissions.hpp"

#include <fmt/format.h>

namespace rollcall::api::management {
namespace {

Error never_permitted(directory::FieldPermission const& needed) {
    auto message = fmt::format("{} cannot be changed with a member session.", needed.field);
    if (needed.field == "trusted_metadata") {
        return Error(ErrorCode::unauthenticated, std::move(message))
            .with_kind("cannot_update_trusted_metadata");
    }
    return Error(ErrorCode::forbidden, std::move(message)).with_kind("session_authorization_error");
}

}  // namespace

service::Permit permit_for(Call const& call) {
    return [&call](std::span<directory::FieldPermission const> needed) -> Status {
        if (call.caller.member() == nullptr) return {};
        for (auto const& permission : needed) {
            if (permission.action.empty()) return fail(never_permitted(permission));
            CHECK(call.caller.require(permission.resource, permission.action));
        }
        return {};
    };
}

}  // namespace rollcall::api::management
