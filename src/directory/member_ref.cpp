// The two kinds of member ids.
#include "directory/member_ref.hpp"

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

}  // namespace rollcall::directory
