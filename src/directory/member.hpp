// A member of an organization as the developer's backend sees it (contract §4.1), and changes to
// it.
#pragma once

#include "base/id.hpp"
#include "base/timestamp.hpp"
#include "directory/event.hpp"
#include "directory/member_secret.hpp"
#include "directory/user.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::directory {

struct EmailTag {
    static constexpr std::string_view prefix = "email";
};
/// Names one address of one member.
using EmailId = Id<EmailTag>;

struct Member {
    MemberId id;
    OrganizationId organization;
    std::string email_address;  ///< "" while a provider has not sent one
    bool email_address_verified = false;
    MemberStatus status = MemberStatus::active;
    std::string name;
    std::optional<std::string> external_id;  ///< the developer's own, unique in the organization
    boost::json::object trusted_metadata;
    boost::json::object untrusted_metadata;
    bool is_breakglass = false;
    std::string mfa_phone_number;
    bool mfa_phone_number_verified = false;
    bool mfa_enrolled = false;
    std::string default_mfa_method;
    std::vector<std::string> explicit_roles;  ///< sorted, distinct; none once deleted
    std::vector<std::string> retired_emails;  ///< folded, sorted; never the current address
    std::uint64_t version = 1;                ///< moves on every write, also a provider's
    Timestamp created_at;
    Timestamp updated_at;

    friend bool operator==(Member const&, Member const&) = default;
};

/// A role that the member is offered because it is in a group of the connection.
struct GroupRole {
    std::string role_id;
    ConnectionId connection;
    GroupId group;
    friend auto operator<=>(GroupRole const&, GroupRole const&) = default;
};

/// What decides a member's roles, besides policies and settings of the organization.
struct RoleBasis {
    MemberStatus status = MemberStatus::active;
    std::string email_address;
    std::vector<std::string> explicit_roles;
    std::vector<GroupRole> group_roles;  ///< by direct membership in groups; sorted
};

/// The member as a user of the organization's active connection.
struct MemberRegistration {
    ConnectionId connection;
    User user;  ///< with its groups
};

/// A member with all that is shown of it.
struct MemberRecord {
    Member member;
    std::vector<GroupRole> group_roles;
    std::optional<MemberRegistration> registration;
    std::optional<PasswordId> password{};

    [[nodiscard]] RoleBasis role_basis() const {
        return {member.status, member.email_address, member.explicit_roles, group_roles};
    }
};

/// A member to create, fully decided.
struct MemberCreation {
    Member member;
    std::vector<Event> events;
    std::optional<MemberPassword> password{};
};

/// A member's next state, applied only if the stored version is still `member.version`.
struct MemberUpdate {
    Member member;
    /// The attributes of the registration, if they change with the member.
    std::optional<boost::json::object> attributes;
    std::vector<Event> events;
    Timestamp now;
    std::optional<MemberPassword> password{};  ///< a first one
};

}  // namespace rollcall::directory
