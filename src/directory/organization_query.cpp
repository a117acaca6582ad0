// Operands, and matching.
#include "directory/organization_query.hpp"

#include "base/text.hpp"
#include "directory/organization_plan.hpp"

#include <algorithm>

namespace rollcall::directory {
namespace {

template <class Kind>
bool is(OrganizationOperand const& operand) {
    return std::holds_alternative<Kind>(operand);
}

bool looks_at_members(OrganizationOperand const& operand) {
    return is<OrganizationHasMember>(operand) || is<OrganizationHasMemberLike>(operand);
}

bool intersects(std::vector<std::string> const& sorted, std::vector<std::string> const& domains) {
    return std::ranges::any_of(domains,
                               [&](std::string const& domain) { return list_has(sorted, domain); });
}

struct Holds {
    OrganizationFacts const& facts;

    bool operator()(OrganizationIdIn const& operand) const {
        return list_has(operand.values, to_string(facts.id)) ||
               (facts.external_id && list_has(operand.values, *facts.external_id));
    }
    bool operator()(OrganizationSlugIn const& operand) const {
        return list_has(operand.values, facts.slug);
    }
    bool operator()(OrganizationNameContains const& operand) const {
        return fold(facts.name).contains(operand.value);
    }
    bool operator()(OrganizationSlugContains const& operand) const {
        return fold(facts.slug).contains(operand.value);
    }
    bool operator()(OrganizationHasMember const& operand) const {
        return facts.addresses.has_any(operand.values);
    }
    bool operator()(OrganizationHasMemberLike const& operand) const {
        return facts.addresses.has_containing(operand.value);
    }
    bool operator()(AllowedDomainIn const& operand) const {
        return intersects(operand.values, facts.email_allowed_domains);
    }
    bool operator()(AllowedDomainContains const& operand) const {
        return std::ranges::any_of(facts.email_allowed_domains, [&](std::string const& domain) {
            return domain.contains(operand.value);
        });
    }
    bool operator()(ClaimedDomainIn const& operand) const {
        return intersects(operand.values, facts.claimed_email_domains);
    }
    bool operator()(HasActiveSsoConnection const& operand) const { return !operand.value; }
    bool operator()(SsoConnectionIs const& /*operand*/) const { return false; }
};

void append(std::vector<std::string>& list, std::vector<std::string> const& more) {
    list.insert(list.end(), more.begin(), more.end());
}

// False if no index answers the operand.
bool add_candidates(OrganizationCandidates& candidates, OrganizationOperand const& operand) {
    if (auto const* ids = std::get_if<OrganizationIdIn>(&operand)) {
        append(candidates.ids, ids->values);
    } else if (auto const* slugs = std::get_if<OrganizationSlugIn>(&operand)) {
        append(candidates.slugs, slugs->values);
    } else {
        return false;
    }
    return true;
}

}  // namespace

Result<OrganizationOperand> plan_organization_ids(std::vector<std::string> texts,
                                                  Environment environment) {
    for (auto& text : texts) {
        auto const id = parse_id<OrganizationId>(text);
        if (!id) continue;
        if (id->environment != environment) return fail(wrong_environment(id->environment));
        text = to_string(*id);
    }
    return OrganizationIdIn{std::move(texts)};
}

Result<OrganizationSearch> plan_organization_search(bool any,
                                                    std::vector<OrganizationOperand> operands) {
    std::ranges::partition(operands, std::not_fn(looks_at_members));
    return plan_search(any, std::move(operands));
}

bool matches(OrganizationSearch const& search, OrganizationFacts const& facts) {
    return is_found(search, Holds{facts});
}

bool examines_domains(OrganizationSearch const& search) {
    return has_operand<AllowedDomainIn>(search) || has_operand<AllowedDomainContains>(search) ||
           has_operand<ClaimedDomainIn>(search);
}

bool examines_addresses(OrganizationSearch const& search) {
    return std::ranges::any_of(search.operands, looks_at_members);
}

std::optional<OrganizationCandidates> candidates_of(OrganizationSearch const& search) {
    return candidates_by<OrganizationCandidates>(search, add_candidates);
}

}  // namespace rollcall::directory
