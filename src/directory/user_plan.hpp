// What a pushed user means for the member, and which events follow (directory behaviour §3). Pure.
#pragma once

#include "base/result.hpp"
#include "directory/user.hpp"
#include "scim/resource.hpp"

#include <optional>
#include <span>

namespace rollcall::directory {

/// The canonical attributes of a user created from `body`: `active` is true unless the body says
/// otherwise or cleared it explicitly (checklist U-08, G-19).
[[nodiscard]] boost::json::object plan_new_attributes(scim::ResourceBody body);

/// Everything a write stores about a user, derived from its canonical attributes.
///
/// The member's address is the primary e-mail, else the first one, else userName if it looks like
/// an address, else empty. Its name is displayName, else name.formatted, else given and family
/// name. It is deleted (deactivated) exactly when `active` is false.
/// @source directory behaviour §3.1; I-35, U-08.
[[nodiscard]] UserState plan_user(boost::json::object attributes);

/// Ids for a creation; drawn before planning, since plans are pure.
struct UserCreationIds {
    MemberId member;
    RegistrationId registration;
    EventId event;
};

/// @errors as plan_link (directory/link.hpp).
[[nodiscard]] Result<UserCreation> plan_user_creation(UserState state,
                                                      std::span<LinkCandidate const> candidates,
                                                      UserCreationIds const& ids, Timestamp now);

/// The update that turns `stored` into a user with the attributes `next`, or nullopt when nothing
/// would change: then nothing is written and no event follows (directory behaviour §3.3).
[[nodiscard]] std::optional<UserUpdate> plan_user_update(User const& stored,
                                                         boost::json::object next,
                                                         EventId const& event, Timestamp now);

/// The event of removing `stored` from the connection.
[[nodiscard]] Event plan_user_removal(User const& stored, EventId const& event, Timestamp now);

}  // namespace rollcall::directory
