// Order matters: a member that leaves and comes back in one request comes back at the end.
#include "directory/member_delta.hpp"

#include <utility>

namespace rollcall::directory {

void MemberDelta::add(GroupMember member) {
    ++named_;
    unset_ = false;
    auto const [known, is_new] = last_.try_emplace(member.ref, entries_.size());
    if (!is_new) {
        auto& entry = entries_[known->second];
        if (entry.effect == Effect::added) {
            if (member.display) entry.member.display = std::move(member.display);
            return;
        }
        entry.effect = Effect::superseded;
        known->second = entries_.size();
    }
    entries_.push_back({std::move(member), Effect::added, !is_new});
}

void MemberDelta::remove(MemberRef const& member) {
    ++named_;
    auto const [known, is_new] = last_.try_emplace(member, entries_.size());
    if (is_new) {
        entries_.push_back({{member, std::nullopt}, Effect::removed});
    } else {
        entries_[known->second].effect = Effect::removed;
    }
}

void MemberDelta::clear() {
    entries_.clear();
    last_.clear();
    clear_ = true;
    unset_ = false;
}

void MemberDelta::unset() {
    clear();
    unset_ = true;
}

void MemberDelta::apply_to(GroupChange& change) && {
    change.clear_members = clear_;
    change.unset_members = unset_;
    for (auto& entry : entries_) {
        auto const leaves = entry.effect == Effect::removed ||
                            (entry.effect == Effect::added && entry.leaves_first);
        // After a clear everybody has left already.
        if (leaves && !clear_) change.remove.push_back(entry.member.ref);
        if (entry.effect == Effect::added) change.add.push_back(std::move(entry.member));
    }
}

}  // namespace rollcall::directory
