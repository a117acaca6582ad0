// A user as one provider sees it, the member it provisions, and changes to both.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/timestamp.hpp"
#include "directory/event.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rollcall::directory {

/// `deleted` is the wire word for deactivated.
enum class MemberStatus : std::uint8_t { active, pending, invited, deleted };
[[nodiscard]] std::string_view to_string(MemberStatus status) noexcept;

/// A group as listed on a user (RFC 7643 §4.1.2 `groups`).
struct GroupOfUser {
    GroupId group;
    std::string display_name;
    bool direct = true;
};

/// A SCIM user: the registration of a member with a connection.
struct User {
    MemberId id;  ///< also the SCIM id
    RegistrationId registration;
    boost::json::object attributes;  ///< canonical, see scim/resource.hpp
    std::uint64_t version = 1;       ///< moves when `attributes` change
    Timestamp created_at;
    Timestamp last_modified;
    std::vector<GroupOfUser> groups;  ///< only when asked for
};

/// An e-mail address as index keys: both folded (base/text.hpp).
struct EmailKey {
    std::string value;
    std::string type;  ///< "" when the element has none
    friend auto operator<=>(EmailKey const&, EmailKey const&) = default;
};

/// Everything a write stores about a user, derived from its canonical attributes by plan_user().
struct UserState {
    boost::json::object attributes;
    std::string user_name_key;               ///< fold_user_name of it
    std::optional<std::string> external_id;  ///< exact; empty string means none
    std::optional<std::string> display_name_key;
    std::vector<EmailKey> emails;
    // The member:
    std::string email_address;  ///< "" while the user has none
    std::string email_key;      ///< folded
    std::string name;
    MemberStatus status = MemberStatus::active;
};

/// A member that a new user could turn out to be.
struct LinkCandidate {
    MemberId id;
    MemberStatus status = MemberStatus::active;
    std::string email_key;
    bool registered = false;      ///< has a live registration with this connection
    bool was_registered = false;  ///< had one that was removed, or one with a deleted connection
    std::optional<std::string> former_external_id;
    bool same_user_name = false;       ///< registered, with the same userName key
    std::uint64_t member_version = 0;  ///< moves on every write of the member
};

struct NewMember {};
struct ExistingMember {
    MemberId id;
    std::uint64_t member_version = 0;
};

/// A user to create, fully decided. Applying it can still fail on a race, see Store::create_user.
struct UserCreation {
    MemberId new_member_id;  ///< used when `link` is NewMember
    RegistrationId registration;
    std::variant<NewMember, ExistingMember> link;
    UserState state;
    std::vector<Event> events;
    Timestamp now;
    /// It was planned without looking for candidates, so there must be none.
    bool only_if_unknown = false;
};

/// A user's next state. Applied only if the version is still `expected_version`.
struct UserUpdate {
    UserState state;
    std::uint64_t expected_version = 0;
    std::vector<Event> events;
    Timestamp now;
};

}  // namespace rollcall::directory
