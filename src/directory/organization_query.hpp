// A search among the organizations of a project (contract §3.5): what it asks for, the part of it
// that indexes answer, and which organizations match.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "directory/search.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace rollcall::directory {

// Operands. Lists mean any of; what is compared without case is folded.
struct OrganizationIdIn {
    std::vector<std::string> values;  ///< ids, or external ids
};
struct OrganizationSlugIn {
    std::vector<std::string> values;
};
struct OrganizationNameContains {
    std::string value;
};
struct OrganizationSlugContains {
    std::string value;
};
struct OrganizationHasMember {
    std::vector<std::string> values;  ///< address keys
};
struct OrganizationHasMemberLike {
    std::string value;  ///< part of an address key
};
struct AllowedDomainIn {
    std::vector<std::string> values;
};
struct AllowedDomainContains {
    std::string value;
};
struct ClaimedDomainIn {
    std::vector<std::string> values;
};
/// This server has no SSO connections, so every organization has none.
struct HasActiveSsoConnection {
    bool value;
};
struct SsoConnectionIs {
    std::string value;
};
using OrganizationOperand =
    std::variant<OrganizationIdIn, OrganizationSlugIn, OrganizationNameContains,
                 OrganizationSlugContains, OrganizationHasMember, OrganizationHasMemberLike,
                 AllowedDomainIn, AllowedDomainContains, ClaimedDomainIn, HasActiveSsoConnection,
                 SsoConnectionIs>;

using OrganizationSearch = Search<OrganizationOperand>;

/// An organization_ids operand.
/// @errors invalid_value: an id of the other environment.
[[nodiscard]] Result<OrganizationOperand> plan_organization_ids(std::vector<std::string> texts,
                                                                Environment environment);

/// Operands that look at members come last, so that the others may make them unnecessary.
/// @errors those of plan_search.
[[nodiscard]] Result<OrganizationSearch> plan_organization_search(
    bool any, std::vector<OrganizationOperand> operands);

/// Addresses of the members of the organization that is looked at, those of deleted ones excepted.
class MemberAddresses {
public:
    MemberAddresses() = default;
    MemberAddresses(MemberAddresses const&) = delete;
    MemberAddresses& operator=(MemberAddresses const&) = delete;
    virtual ~MemberAddresses() = default;

    /// Costs a look into an index for each key.
    [[nodiscard]] virtual bool has_any(std::span<std::string const> keys) = 0;
    /// Costs all addresses up to the first that contains `part`.
    [[nodiscard]] virtual bool has_containing(std::string_view part) = 0;
};

/// What a search looks at of one organization. Domains are there only when the query examines them.
struct OrganizationFacts {
    OrganizationId id;
    std::string name;
    std::string slug;
    std::optional<std::string> external_id;
    std::vector<std::string> email_allowed_domains;
    std::vector<std::string> claimed_email_domains;
    MemberAddresses& addresses;
};

[[nodiscard]] bool matches(OrganizationSearch const& search, OrganizationFacts const& facts);

[[nodiscard]] bool examines_domains(OrganizationSearch const& search);
[[nodiscard]] bool examines_addresses(OrganizationSearch const& search);

/// Organizations to look up, instead of looking at all: those of any list.
struct OrganizationCandidates {
    std::vector<std::string> ids;  ///< or external ids
    std::vector<std::string> slugs;

    [[nodiscard]] std::size_t size() const { return ids.size() + slugs.size(); }
};

/// Candidates among which all matches are, if indexes can tell.
[[nodiscard]] std::optional<OrganizationCandidates> candidates_of(OrganizationSearch const& search);

/// A page of a search in one project, as asked of the store. Organizations are in the order of
/// their ids, which is that of their creation.
struct OrganizationQuery {
    std::optional<OrganizationCandidates> candidates;  ///< none: all organizations
    std::function<bool(OrganizationFacts const&)> holds;
    bool examines_domains = false;
    bool examines_addresses = false;
    std::optional<Uuid> after;      ///< only organizations behind this one
    std::size_t count = 100;        ///< organizations wanted
    std::size_t examined_max = 0;   ///< organizations to look at
    std::size_t addresses_max = 0;  ///< after so many addresses, no further organization
    bool counts_all = false;        ///< go on to the end, for the total
};

}  // namespace rollcall::directory
