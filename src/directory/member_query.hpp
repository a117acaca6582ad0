// A search among the members of an organization (contract §4.6): what it asks for, the part of it
// that indexes answer, and which members match.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "directory/member.hpp"
#include "directory/search.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace rollcall::directory {

// Operands. Lists mean any of; address keys are folded.
struct MemberIdIn {
    std::vector<Uuid> values;
};
struct MemberExternalIdIn {
    std::vector<std::string> values;
};
struct MemberEmailIn {
    std::vector<std::string> values;
};
struct MemberEmailContains {
    std::string value;
};
struct MemberIsBreakglass {
    bool value;
};
struct MemberStatusIn {
    std::vector<MemberStatus> values;
};
struct MemberPhoneIn {
    std::vector<std::string> values;
};
struct MemberPhoneContains {
    std::string value;
};
struct MemberHasPassword {
    bool value;
};
struct MemberRoleIn {
    std::vector<std::string> values;  ///< from whatever source
};
using MemberOperand =
    std::variant<MemberIdIn, MemberExternalIdIn, MemberEmailIn, MemberEmailContains,
                 MemberIsBreakglass, MemberStatusIn, MemberPhoneIn, MemberPhoneContains,
                 MemberHasPassword, MemberRoleIn>;

using MemberSearch = Search<MemberOperand>;

/// @errors those of plan_search.
[[nodiscard]] inline Result<MemberSearch> plan_member_search(bool any,
                                                             std::vector<MemberOperand> operands) {
    return plan_search(any, std::move(operands));
}

/// A member_ids operand: ids or external ids, not both (contract §4.6).
/// @errors invalid_value: member_search_cannot_mix_internal_and_external_member_ids; an id of the
///         other environment.
[[nodiscard]] Result<MemberOperand> plan_member_ids(std::vector<std::string> texts,
                                                    Environment environment);

/// @errors invalid_value: search_invalid_status_filter.
[[nodiscard]] Result<MemberOperand> plan_member_statuses(std::vector<std::string> const& texts);

/// What a search looks at of one member. Roles are there only when the query examines them.
struct MemberFacts {
    Uuid id;
    MemberStatus status = MemberStatus::active;
    std::string email_key;
    std::optional<std::string> external_id;
    bool is_breakglass = false;
    std::string mfa_phone_number;
    bool has_password = false;
    std::vector<std::string> explicit_roles;
    std::vector<GroupRole> group_roles;

    /// With the folded address, whose domain is the same.
    [[nodiscard]] RoleBasis role_basis() const {
        return {status, email_key, explicit_roles, group_roles};
    }
};

/// Whether the member is found; `role_ids` are all its roles. Deleted members are found only by a
/// search that speaks of statuses.
[[nodiscard]] bool matches(MemberSearch const& search, MemberFacts const& facts,
                           std::span<std::string const> role_ids);

[[nodiscard]] bool examines_roles(MemberSearch const& search);

/// Members to look up, instead of looking at all: those of any list.
struct MemberCandidates {
    std::vector<Uuid> ids;
    std::vector<std::string> external_ids;
    std::vector<std::string> email_keys;

    [[nodiscard]] std::size_t size() const {
        return ids.size() + external_ids.size() + email_keys.size();
    }
};

/// Candidates among which all matches are, if indexes can tell.
[[nodiscard]] std::optional<MemberCandidates> candidates_of(MemberSearch const& search);

/// A page of a search in one organization, as asked of the store. Members are in the order of their
/// ids, which is that of their creation.
struct MemberQuery {
    std::optional<MemberCandidates> candidates;  ///< none: all members
    std::function<bool(MemberFacts const&)> holds;
    bool examines_roles = false;
    std::optional<Uuid> after;     ///< only members behind this one
    std::size_t count = 100;       ///< members wanted
    std::size_t examined_max = 0;  ///< members to look at
    /// After so many groups on its members, no further member is on the page.
    std::size_t groups_max = std::numeric_limits<std::size_t>::max();
    /// The same for bytes of what its members' provider pushed (storage/answer_size.hpp).
    std::size_t bytes_max = std::numeric_limits<std::size_t>::max();
    bool counts_all = false;  ///< go on to the end, for the total
};

struct MemberPage : SearchProgress {
    std::vector<MemberRecord> members;
    std::size_t groups = 0;  ///< on all of them
    std::size_t bytes = 0;   ///< of what was pushed of them
};

}  // namespace rollcall::directory
