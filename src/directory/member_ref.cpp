// The two kinds of member ids.
#include "directory/member_ref.hpp"

#include <algorithm>

namespace rollcall::directory {

std::optional<MemberRef> parse_member_ref(std::string_view text, Environment environment) noexcept {
    if (auto const user = parse_id<MemberId>(text); user && user->environment == environment) {
        return MemberRef{MemberKind::user, user->uuid};
    }
    if (auto const group = parse_id<GroupId>(text); group && group->environment == environment) {
        return MemberRef{MemberKind::group, group->uuid};
    }
    return std::nullopt;
}

std::string print_member_ref(MemberRef const& member, Environment environment) {
    if (member.kind == MemberKind::user) return to_string(MemberId{environment, member.id});
    return to_string(GroupId{environment, member.id});
}

std::string print_member_refs(std::span<MemberRef const> members, Environment environment) {
    constexpr std::size_t shown_max = 5;
    std::string ids;
    for (auto const& member : members.first(std::min(members.size(), shown_max))) {
        if (!ids.empty()) ids += ", ";
        ids += print_member_ref(member, environment);
    }
    if (members.size() > shown_max) ids += ", …";
    return ids;
}

std::string_view print_kind(MemberKind kind) noexcept {
    return kind == MemberKind::user ? "User" : "Group";
}

}  // namespace rollcall::directory
