// A SCIM group, its members, and changes to both as deltas.
#pragma once

#include "base/id.hpp"
#include "base/timestamp.hpp"
#include "directory/event.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rollcall::directory {

/// What the management API lists.
struct GroupSummary {
    GroupId id;
    std::string display_name;
};

enum class MemberKind : std::uint8_t { user, group };

/// A member of a group by SCIM id. Its environment is the connection's.
struct MemberRef {
    MemberKind kind = MemberKind::user;
    Uuid id;
    friend auto operator<=>(MemberRef const&, MemberRef const&) = default;
};

struct GroupMember {
    MemberRef ref;
    std::optional<std::string> display;  ///< as the client wrote it (checklist R-05)
};

struct Group {
    GroupId id;
    std::string display_name;
    std::optional<std::string> external_id;
    boost::json::object extensions;  ///< canonical, by URN; see scim/resource.hpp
    std::uint64_t member_count = 0;
    /// The last write removed the whole attribute: it stays out of representations.
    bool members_unset = false;
    std::uint64_t version = 1;
    Timestamp created_at;
    Timestamp last_modified;
    std::vector<GroupMember> members;  ///< only when asked for, in order of insertion
};

/// What the connection asks of a write to its groups.
struct GroupRules {
    /// The name must not be another group's. Only a write that changes the name is checked.
    bool unique_name = true;
    /// A member to add that does not exist fails the write instead of being skipped.
    bool known_members_only = false;
};

struct GroupCreation {
    GroupId id;
    std::string display_name;
    std::string name_key;  ///< folded
    std::optional<std::string> external_id;
    boost::json::object extensions;
    std::vector<GroupMember> members;
    Timestamp now;
    GroupRules rules{};
};

/// A change of a group as a delta: applying it reads no member that it does not name, except with
/// `clear_members`, which means "exactly `add`": members not in `add` leave.
struct GroupChange {
    std::optional<std::string> display_name;  ///< with name_key
    std::string name_key;
    std::optional<std::optional<std::string>> external_id;  ///< set, cleared, or untouched
    std::optional<boost::json::object> extensions;          ///< replaces all
    bool clear_members = false;
    bool unset_members = false;  ///< implies clear_members with nothing to add (R-09)
    std::vector<GroupMember> add;
    std::vector<MemberRef> remove;  ///< first: who is in both leaves and comes back at the end
    std::optional<std::uint64_t>
        expected_version;  ///< If-Match, or a plan made from a loaded group
    Timestamp now;
    GroupRules rules;

    [[nodiscard]] bool touches_members() const noexcept {
        return clear_members || unset_members || !add.empty() || !remove.empty();
    }
};

/// What a change really did; only the store makes one.
struct AppliedGroupChange {
    Group group;  ///< after the change, without members
    bool changed = false;
    std::vector<MemberRef> unknown;  ///< named by `add`, not in this connection: skipped (R-07)
    std::size_t removed = 0;         ///< how many members left
};

}  // namespace rollcall::directory
