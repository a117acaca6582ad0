// Matching of members.
#include "directory/member_query.hpp"

#include <algorithm>

namespace rollcall::directory {
namespace {

template <class List, class Value>
bool contains(List const& list, Value const& value) {
    return std::ranges::find(list, value) != list.end();
}

struct Holds {
    MemberFacts const& facts;
    std::span<std::string const> role_ids;

    bool operator()(MemberIdIn const& operand) const { return contains(operand.ids, facts.id); }
    bool operator()(MemberExternalIdIn const& operand) const {
        return facts.external_id && contains(operand.external_ids, *facts.external_id);
    }
    bool operator()(MemberEmailIn const& operand) const {
        return !facts.email_key.empty() && contains(operand.keys, facts.email_key);
    }
    bool operator()(MemberEmailContains const& operand) const {
        return facts.email_key.contains(operand.key);
    }
    bool operator()(MemberIsBreakglass const& operand) const {
        return facts.is_breakglass == operand.value;
    }
    bool operator()(MemberStatusIn const& operand) const {
        return contains(operand.statuses, facts.status);
    }
    bool operator()(MemberPhoneIn const& operand) const {
        return !facts.mfa_phone_number.empty() && contains(operand.numbers, facts.mfa_phone_number);
    }
    bool operator()(MemberPhoneContains const& operand) const {
        return facts.mfa_phone_number.contains(operand.text);
    }
    bool operator()(MemberHasPassword const& operand) const {
        return facts.has_password == operand.value;
    }
    bool operator()(MemberRoleIn const& operand) const {
        return std::ranges::any_of(role_ids, [&](std::string const& role_id) {
            return contains(operand.role_ids, role_id);
        });
    }
};

template <class Operand>
bool has(MemberSearch const& search) {
    return std::ranges::any_of(search.operands, [](MemberOperand const& operand) {
        return std::holds_alternative<Operand>(operand);
    });
}

template <class T>
void append(std::vector<T>& list, std::vector<T> const& more) {
    list.insert(list.end(), more.begin(), more.end());
}

// False if no index answers the operand.
bool add_candidates(MemberCandidates& candidates, MemberOperand const& operand) {
    if (auto const* ids = std::get_if<MemberIdIn>(&operand)) {
        append(candidates.ids, ids->ids);
    } else if (auto const* external = std::get_if<MemberExternalIdIn>(&operand)) {
        append(candidates.external_ids, external->external_ids);
    } else if (auto const* emails = std::get_if<MemberEmailIn>(&operand)) {
        append(candidates.email_keys, emails->keys);
    } else {
        return false;
    }
    return true;
}

}  // namespace

bool matches(MemberSearch const& search, MemberFacts const& facts,
             std::span<std::string const> role_ids) {
    if (facts.status == MemberStatus::deleted && !has<MemberStatusIn>(search)) return false;
    if (search.operands.empty()) return true;
    auto const holds = [&](MemberOperand const& operand) {
        return std::visit(Holds{facts, role_ids}, operand);
    };
    return search.any ? std::ranges::any_of(search.operands, holds)
                      : std::ranges::all_of(search.operands, holds);
}

bool examines_roles(MemberSearch const& search) {
    return has<MemberRoleIn>(search);
}

std::optional<MemberCandidates> candidates_of(MemberSearch const& search) {
    if (search.any && !search.operands.empty()) {
        MemberCandidates all;
        for (auto const& operand : search.operands) {
            if (!add_candidates(all, operand)) return std::nullopt;
        }
        return all;
    }
    // Of several lists that must hold together, the shortest.
    std::optional<MemberCandidates> shortest;
    for (auto const& operand : search.operands) {
        MemberCandidates candidates;
        if (!add_candidates(candidates, operand)) continue;
        if (!shortest || candidates.size() < shortest->size()) shortest = std::move(candidates);
    }
    return shortest;
}

}  // namespace rollcall::directory
