// Operands, and matching.
#include "directory/member_query.hpp"

#include "directory/field_rules.hpp"
#include "directory/organization_plan.hpp"

#include <algorithm>
#include <array>

namespace rollcall::directory {
namespace {

struct Holds {
    MemberFacts const& facts;
    std::span<std::string const> role_ids;

    bool operator()(MemberIdIn const& operand) const { return list_has(operand.values, facts.id); }
    bool operator()(MemberExternalIdIn const& operand) const {
        return facts.external_id && list_has(operand.values, *facts.external_id);
    }
    bool operator()(MemberEmailIn const& operand) const {
        return !facts.email_key.empty() && list_has(operand.values, facts.email_key);
    }
    bool operator()(MemberEmailContains const& operand) const {
        return facts.email_key.contains(operand.value);
    }
    bool operator()(MemberIsBreakglass const& operand) const {
        return facts.is_breakglass == operand.value;
    }
    bool operator()(MemberStatusIn const& operand) const {
        return list_has(operand.values, facts.status);
    }
    bool operator()(MemberPhoneIn const& operand) const {
        return !facts.mfa_phone_number.empty() && list_has(operand.values, facts.mfa_phone_number);
    }
    bool operator()(MemberPhoneContains const& operand) const {
        return facts.mfa_phone_number.contains(operand.value);
    }
    bool operator()(MemberHasPassword const& operand) const {
        return facts.has_password == operand.value;
    }
    bool operator()(MemberRoleIn const& operand) const {
        return std::ranges::any_of(role_ids, [&](std::string const& role_id) {
            return list_has(operand.values, role_id);
        });
    }
};

template <class T>
void append(std::vector<T>& list, std::vector<T> const& more) {
    list.insert(list.end(), more.begin(), more.end());
}

// False if no index answers the operand.
bool add_candidates(MemberCandidates& candidates, MemberOperand const& operand) {
    if (auto const* ids = std::get_if<MemberIdIn>(&operand)) {
        append(candidates.ids, ids->values);
    } else if (auto const* external = std::get_if<MemberExternalIdIn>(&operand)) {
        append(candidates.external_ids, external->values);
    } else if (auto const* emails = std::get_if<MemberEmailIn>(&operand)) {
        append(candidates.email_keys, emails->values);
    } else {
        return false;
    }
    return true;
}

}  // namespace

Result<MemberOperand> plan_member_ids(std::vector<std::string> texts, Environment environment) {
    MemberIdIn internal;
    for (auto const& text : texts) {
        auto const id = parse_id<MemberId>(text);
        if (!id) continue;
        if (id->environment != environment) return fail(wrong_environment(id->environment));
        internal.values.push_back(id->uuid);
    }
    if (internal.values.empty()) return MemberExternalIdIn{std::move(texts)};
    if (internal.values.size() != texts.size()) {
        return fail(invalid_field("member_search_cannot_mix_internal_and_external_member_ids",
                                  "member_ids must hold either ids or external ids, not both."));
    }
    return internal;
}

Result<MemberOperand> plan_member_statuses(std::vector<std::string> const& texts) {
    constexpr std::array all{MemberStatus::active, MemberStatus::pending, MemberStatus::invited,
                             MemberStatus::deleted};
    MemberStatusIn operand;
    for (auto const& text : texts) {
        auto const found =
            std::ranges::find(all, text, [](auto status) { return to_string(status); });
        if (found == all.end()) {
            return fail(invalid_field("search_invalid_status_filter",
                                      "statuses may hold active, pending, invited and deleted "
                                      "only."));
        }
        operand.values.push_back(*found);
    }
    return operand;
}

bool matches(MemberSearch const& search, MemberFacts const& facts,
             std::span<std::string const> role_ids) {
    if (facts.status == MemberStatus::deleted && !has_operand<MemberStatusIn>(search)) return false;
    return is_found(search, Holds{facts, role_ids});
}

bool examines_roles(MemberSearch const& search) {
    return has_operand<MemberRoleIn>(search);
}

std::optional<MemberCandidates> candidates_of(MemberSearch const& search) {
    return candidates_by<MemberCandidates>(search, add_candidates);
}

}  // namespace rollcall::directory
