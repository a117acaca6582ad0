// Decides what a member becomes by the developer's wish: validation, merging, the end and the
// return of a member (contract §1.5, §4; directory behaviour §3.4). Pure.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/event.hpp"
#include "directory/member.hpp"
#include "directory/policy.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::directory {

/// The fields of a create or an update as sent, not yet validated; absent means "not given".
struct MemberFields {
    std::optional<std::string> email_address;
    std::optional<std::string> name;
    std::optional<std::string> external_id;
    std::optional<boost::json::object> trusted_metadata;    ///< merged by key, null deletes
    std::optional<boost::json::object> untrusted_metadata;  ///< the same
    std::optional<bool> is_breakglass;
    std::optional<std::string> mfa_phone_number;
    std::optional<bool> mfa_enrolled;
    std::optional<std::string> default_mfa_method;
    std::optional<std::vector<std::string>> roles;  ///< replaces the explicit ones
    std::optional<bool> create_as_pending;          ///< of a creation only
    std::optional<bool> unlink_email;               ///< of an update only
    // Of a migration only.
    std::optional<bool> email_address_verified;
    std::optional<bool> mfa_phone_number_verified;
};

/// A new member, active unless asked for as pending; its address is not verified. Empty texts and
/// lists count as not given.
///
/// @errors invalid_value with the contract's kind for the field; the message names field and rule.
/// @source contract §4.2.
[[nodiscard]] Result<Member> plan_member_creation(MemberFields const& fields, MemberId id,
                                                  OrganizationId organization,
                                                  EffectivePolicy const& policy, Timestamp now,
                                                  Limits const& limits);

/// The member after an update; equal to `current` if nothing changes. An empty name clears it,
/// other empty texts leave what they name as it is; an empty list of roles clears. A new address is
/// not verified, and the former one is retired, or forgotten with unlink_email.
///
/// @errors as plan_member_creation.
/// @source contract §1.5, §4.4.
[[nodiscard]] Result<Member> plan_member_update(Member const& current, MemberFields const& fields,
                                                EffectivePolicy const& policy,
                                                Limits const& limits);

/// `current` as it logs in: no longer pending or invited, with the given roles, and with the given
/// external id if it has none.
/// @errors as plan_member_update.
/// @source contract §5.7.
[[nodiscard]] Result<Member> plan_member_admission(Member const& current, MemberFields fields,
                                                   EffectivePolicy const& policy,
                                                   Limits const& limits);

/// `current` as another system knows it too: its address and its external id stay.
/// @errors as plan_member_update.
/// @source contract §5.9.
[[nodiscard]] Result<Member> plan_member_migration(Member const& current, MemberFields fields,
                                                   EffectivePolicy const& policy,
                                                   Limits const& limits);

/// The update that makes `before` into `next`. If that ends or revives the member, its registration
/// follows, so that the provider sees it (directory behaviour §3.4).
[[nodiscard]] MemberUpdate member_update(MemberRecord const& before, Member next,
                                         EventId const& event, Timestamp now);

/// `current` deactivated. Its external id stays reserved, its explicit roles end.
[[nodiscard]] Member deactivated(Member current);

/// `current`, which is deleted, active again, with no explicit roles.
/// @errors not_found (no_deleted_member_found_for_reactivation); invalid_value
///         (email_unverified_for_reactivation).
[[nodiscard]] Result<Member> plan_member_reactivation(Member current);

[[nodiscard]] Error member_not_found();

/// What happened to a member, by the management API.
[[nodiscard]] Event member_event(EventAction action, Member const& member, EventId id,
                                 Timestamp now);

}  // namespace rollcall::directory
