// Notes about members.
#include "directory/member_notes.hpp"

#include "base/text.hpp"
#include "base/uuid.hpp"
#include "directory/member_ref.hpp"
#include "scim/notes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rollcall::directory {
namespace {

// A UUID, perhaps behind words as ours are. Any other text may be personal, an address for
// instance, and is nothing to be kept (checklist K-10).
bool is_id(std::string_view text) {
    if (text.size() < uuid_text_size) return false;
    auto const words = text.substr(0, text.size() - uuid_text_size);
    auto const is_plain = std::ranges::all_of(
        words, [](char c) { return (c >= 'a' && c <= 'z') || c == '-' || c == '_'; });
    return is_plain && parse_uuid(ascii_lower(text.substr(words.size()))).has_value();
}

}  // namespace

void note_unknown_members(std::span<MemberRef const> unknown, Environment environment,
                          scim::Notes& notes) {
    if (unknown.empty()) return;
    scim::add_note(notes, "members",
                   fmt::format("skipped {} that this connection does not have: {}", unknown.size(),
                               print_member_refs(unknown, environment)));
}

void note_absent_members(std::size_t named, std::size_t removed, scim::Notes& notes) {
    if (removed >= named) return;
    scim::add_note(notes, "members",
                   removed == 0 ? "nobody who was to be removed was a member"
                                : fmt::format("{} of {} who were to be removed were no members",
                                              named - removed, named));
}

void ImpossibleMembers::add(std::string_view value) {
    constexpr std::size_t shown_max = 5;
    ++count_;
    if (shown_ == shown_max || !is_id(value)) return;
    names_ += shown_++ == 0 ? ": " : ", ";
    names_ += scim::shown_name(value);
}

Status ImpossibleMembers::skip(scim::Profile const& profile, scim::Notes& notes) const {
    if (count_ == 0) return {};
    if (profile.refuses_unknown_members) {
        return fail({ErrorCode::invalid_value, fmt::format("members: {}", print())});
    }
    scim::add_note(notes, "members", fmt::format("skipped {}", print()));
    return {};
}

void ImpossibleMembers::note_not_removed(scim::Notes& notes) const {
    if (count_ == 0) return;
    scim::add_note(notes, "members", fmt::format("nobody was removed for {}", print()));
}

std::string ImpossibleMembers::print() const {
    return fmt::format("{} value(s) that are not ids of users or groups{}", count_, names_);
}

void TypeCheck::check(std::string_view type, MemberRef const& member) {
    if (noted_ || type.empty() || type == print_kind(member.kind)) return;
    scim::add_note(notes_, "members", "a type that is not the member's was left out");
    noted_ = true;
}

}  // namespace rollcall::directory
