// What a request's note says of members that were skipped, were none, or are not as written
// (checklist, P-36).
#pragma once

#include "base/result.hpp"
#include "directory/group.hpp"
#include "scim/profile.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace rollcall::directory {

/// Says in `notes` which members were skipped since the connection has none with these ids.
void note_unknown_members(std::span<MemberRef const> unknown, Environment environment,
                          scim::Notes& notes);

/// Says in `notes` that a change named more members to remove than there were (P-36).
void note_absent_members(std::size_t named, std::size_t removed, scim::Notes& notes);

/// Collects values that no member can have. Notes and errors tell their number, and name the first
/// few that are ids of some other directory (UUIDs).
class ImpossibleMembers {
public:
    void add(std::string_view value);

    /// Of members to add: a note that they were skipped, or an error, as the profile says.
    /// @errors invalid_value.
    [[nodiscard]] Status skip(scim::Profile const& profile, scim::Notes& notes) const;
    /// Of members to remove: who cannot be a member is none already (P-36).
    void note_not_removed(scim::Notes& notes) const;

private:
    [[nodiscard]] std::string print() const;

    std::size_t count_ = 0;
    std::size_t shown_ = 0;
    std::string names_;
};

/// Notes once that a member was written with a type that is not its own.
class TypeCheck {
public:
    explicit TypeCheck(scim::Notes& notes) noexcept : notes_(notes) {}

    /// @param type  as written; empty: nothing was.
    void check(std::string_view type, MemberRef const& member);

private:
    scim::Notes& notes_;
    bool noted_ = false;
};

}  // namespace rollcall::directory
