// The order of the tests below is the rule: what forbids, then what identifies, then what reserves.
#include "directory/link.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rollcall::directory {
namespace {

bool is_deleted(LinkCandidate const& candidate) {
    return candidate.status == MemberStatus::deleted;
}

bool same_email(UserState const& state, LinkCandidate const& candidate) {
    return !state.email_key.empty() && candidate.email_key == state.email_key;
}

bool same_external_id(UserState const& state, LinkCandidate const& candidate) {
    return state.external_id && candidate.former_external_id &&
           *candidate.former_external_id == *state.external_id;
}

/// A deleted member with the same address: the returner, or a person who got a recycled address?
bool may_return_by_email(UserState const& state, LinkCandidate const& candidate) {
    if (!candidate.was_registered) return true;
    return !state.external_id || !candidate.former_external_id;
}

Link link_to(LinkCandidate const& candidate) {
    return {ExistingMember{candidate.id, candidate.member_version}, candidate.status};
}

}  // namespace

Result<Link> plan_link(UserState const& state, std::span<LinkCandidate const> candidates) {
    auto const find = [&](auto&& holds) -> LinkCandidate const* {
        auto const found = std::ranges::find_if(candidates, holds);
        return found == candidates.end() ? nullptr : &*found;
    };

    if (auto const* holder = find([](auto const& c) { return c.registered && c.same_user_name; })) {
        return fail(user_name_taken(holder->id));
    }
    if (auto const* holder = find([&](auto const& c) {
            return c.registered && !is_deleted(c) && same_email(state, c);
        })) {
        return fail(email_taken(holder->id));
    }

    // An address belongs to at most one live member, so its holder comes before a former
    // registration with an equal external id.
    if (auto const* member = find([&](auto const& c) {
            return !c.registered && !is_deleted(c) && same_email(state, c);
        })) {
        return link_to(*member);
    }
    if (auto const* former = find([&](auto const& c) {
            return !c.registered && c.was_registered && same_external_id(state, c);
        })) {
        return link_to(*former);
    }
    if (auto const* former = find([&](auto const& c) {
            return !c.registered && is_deleted(c) && same_email(state, c) &&
                   may_return_by_email(state, c);
        })) {
        return link_to(*former);
    }

    // What is left and alive was found by a retired address or by a colliding external id.
    if (auto const* holder = find([&](auto const& c) {
            return !is_deleted(c) && !c.same_user_name && !same_email(state, c) &&
                   !same_external_id(state, c);
        })) {
        return fail(email_retired(holder->id));
    }
    return Link{NewMember{}, std::nullopt};
}

Error user_name_taken(MemberId const& holder) {
    return {ErrorCode::uniqueness,
            fmt::format("userName: already used by the user {}", to_string(holder))};
}

Error email_taken(MemberId const& holder) {
    return {ErrorCode::uniqueness,
            fmt::format("emails: the e-mail address is already used by the member {}",
                        to_string(holder))};
}

Error email_retired(MemberId const& holder) {
    return {ErrorCode::uniqueness,
            fmt::format("emails: the e-mail address is a retired address of the member {}",
                        to_string(holder))};
}

}  // namespace rollcall::directory
