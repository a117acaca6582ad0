// The net effect of a sequence of membership operations on a group that nobody has looked at.
#pragma once

#include "directory/group.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace rollcall::directory {

/// Collects operations in order; the last word on each member wins. Who leaves and comes back is
/// named twice: removed, then added. Cost: n log n in the members named.
class MemberDelta {
public:
    void add(GroupMember member);
    void remove(MemberRef const& member);
    /// Whoever was a member leaves, whoever was added before stays out.
    void clear();
    /// The same, and the attribute itself is gone until it is written again.
    void unset();
    /// The attribute is written again without naming a member.
    void mention() { unset_ = false; }

    /// How many members the operations named, repeats included.
    [[nodiscard]] std::size_t named() const noexcept { return named_; }
    /// Writes the effect into `change`; members in the order they were added.
    void apply_to(GroupChange& change) &&;

private:
    enum class Effect : std::uint8_t { added, removed, superseded };
    struct Entry {
        GroupMember member;
        Effect effect = Effect::added;
        bool leaves_first = false;  ///< added after a removal: whoever was a member comes back
    };
    std::vector<Entry> entries_;
    std::map<MemberRef, std::size_t> last_;  ///< position of the entry that counts
    std::size_t named_ = 0;
    bool clear_ = false;
    bool unset_ = false;
};

}  // namespace rollcall::directory
