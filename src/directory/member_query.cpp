// What a search may ask for, and matching.
#include "directory/member_query.hpp"

#include "directory/field_rules.hpp"
#include "directory/organization_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rollcall::directory {
namespace {

template <class List, class Value>
bool contains(List const& list, Value const& value) {
    return std::ranges::binary_search(list, value);
}

// The list of an operand that has one, else nullptr.
struct List {
    auto* operator()(MemberIdIn& operand) const { return &operand.ids; }
    auto* operator()(MemberExternalIdIn& operand) const { return &operand.external_ids; }
    auto* operator()(MemberEmailIn& operand) const { return &operand.keys; }
    auto* operator()(MemberStatusIn& operand) const { return &operand.statuses; }
    auto* operator()(MemberPhoneIn& operand) const { return &operand.numbers; }
    auto* operator()(MemberRoleIn& operand) const { return &operand.role_ids; }
    std::vector<int>* operator()(auto& /*operand*/) const { return nullptr; }
};

// Appends one value, so that no two lists of values read the same.
struct Print {
    std::string& out;

    void operator()(std::string const& text) const {
        out += std::to_string(text.size()) + ':' + text;
    }
    void operator()(Uuid const& id) const { append_uuid(out, id); }
    void operator()(MemberStatus status) const { (*this)(std::string(to_string(status))); }
    void operator()(int number) const { out += std::to_string(number); }
};

std::string text_or_flag_of(MemberOperand const& operand) {
    if (auto const* email = std::get_if<MemberEmailContains>(&operand)) return email->key;
    if (auto const* phone = std::get_if<MemberPhoneContains>(&operand)) return phone->text;
    if (auto const* breakglass = std::get_if<MemberIsBreakglass>(&operand)) {
        return breakglass->value ? "true" : "false";
    }
    if (auto const* password = std::get_if<MemberHasPassword>(&operand)) {
        return password->value ? "true" : "false";
    }
    return {};
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

Result<MemberOperand> plan_member_ids(std::vector<std::string> texts, Environment environment) {
    MemberIdIn internal;
    for (auto const& text : texts) {
        auto const id = parse_id<MemberId>(text);
        if (!id) continue;
        if (id->environment != environment) return fail(wrong_environment(id->environment));
        internal.ids.push_back(id->uuid);
    }
    if (internal.ids.empty()) return MemberExternalIdIn{std::move(texts)};
    if (internal.ids.size() != texts.size()) {
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
        operand.statuses.push_back(*found);
    }
    return operand;
}

Result<MemberSearch> plan_member_search(bool any, std::vector<MemberOperand> operands) {
    MemberSearch search{any, std::move(operands)};
    std::size_t values = 0;
    for (auto& operand : search.operands) {
        values += std::visit(
            [](auto& given) -> std::size_t {
                auto* list = List{}(given);
                if (list == nullptr) return 1;
                auto const size = list->size();
                std::ranges::sort(*list);
                auto const repeated = std::ranges::unique(*list);
                list->erase(repeated.begin(), repeated.end());
                return size;
            },
            operand);
    }
    if (values > search_values_max || search.operands.size() > search_operands_max) {
        return fail(Error(ErrorCode::too_many,
                          fmt::format("query must not have more than {} operands and {} values in "
                                      "them.",
                                      search_operands_max, search_values_max))
                        .with_kind("user_search_maximum_filter_value_count_exceeded"));
    }
    return search;
}

std::string print_search(MemberSearch const& search) {
    std::string out = search.any ? "any" : "all";
    Print const print{out};
    for (auto operand : search.operands) {
        out += '/' + std::to_string(operand.index()) + '/';
        print(text_or_flag_of(operand));
        std::visit(
            [&](auto& given) {
                if (auto* list = List{}(given)) std::ranges::for_each(*list, print);
            },
            operand);
    }
    return out;
}

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
