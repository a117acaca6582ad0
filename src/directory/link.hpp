// Who a newly pushed user is: somebody the organization already knows, or a new person (directory
// behaviour §3.2; docs/decisions/0006).
#pragma once

#include "base/result.hpp"
#include "directory/user.hpp"

#include <optional>
#include <span>
#include <variant>

namespace rollcall::directory {

/// The decision. `former_status` is the status of the member that is linked.
struct Link {
    std::variant<NewMember, ExistingMember> target;
    std::optional<MemberStatus> former_status;
};

/// Decides between linking and creating.
///
/// A member that is not deleted and has no live registration with this connection is the same
/// person when the e-mail address is equal, whatever external id a former provider gave it: a
/// company that changes providers must keep its people. A former registration with an equal
/// external id is the same person too. A deleted member returns with an equal address only if it
/// was never registered, or if one of the two has no external id; an equal address with different
/// external ids is another person, since companies recycle addresses.
///
/// @param candidates  what Store::find_link_candidates found for the same keys.
/// @errors uniqueness (userName, address, or retired address of another member; the message names
///         the attribute and the holder's id).
[[nodiscard]] Result<Link> plan_link(UserState const& state,
                                     std::span<LinkCandidate const> candidates);

/// Another user of the connection has the userName.
[[nodiscard]] Error user_name_taken(MemberId const& holder);
/// Another active member of the organization has the address.
[[nodiscard]] Error email_taken(MemberId const& holder);
/// The address was formerly another active member's, and stays reserved.
[[nodiscard]] Error email_retired(MemberId const& holder);

}  // namespace rollcall::directory
