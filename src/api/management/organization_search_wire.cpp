// One function for each kind of operand, found by its name in a table.
#include "api/management/organization_search_wire.hpp"

#include "api/management/json.hpp"
#include "api/management/organization_wire.hpp"
#include "api/management/page_query.hpp"
#include "api/management/search_body.hpp"
#include "base/text.hpp"

#include <array>

namespace rollcall::api::management {
namespace {

constexpr std::string_view search_kind = "organization_search";

using directory::OrganizationOperand;
using Filter = SearchFilter<OrganizationOperand>;

Result<OrganizationOperand> read_ids(SearchOperand const& given, Environment environment) {
    TRY(auto texts, given.texts());
    return directory::plan_organization_ids(std::move(texts), environment);
}

Result<OrganizationOperand> read_slugs(SearchOperand const& given, Environment /*environment*/) {
    TRY(auto texts, given.texts());
    return directory::OrganizationSlugIn{std::move(texts)};
}

Result<OrganizationOperand> read_emails(SearchOperand const& given, Environment /*environment*/) {
    TRY(auto addresses, given.texts());
    for (auto& address : addresses) address = fold(trim(address));
    return directory::OrganizationHasMember{std::move(addresses)};
}

template <class Operand>
Result<OrganizationOperand> read_domains(SearchOperand const& given, Environment /*environment*/) {
    TRY(auto domains, given.texts());
    for (auto& domain : domains) domain = ascii_lower(trim(domain));
    return Operand{std::move(domains)};
}

template <class Operand>
Result<OrganizationOperand> read_part(SearchOperand const& given, Environment /*environment*/) {
    TRY(auto const part, given.fuzzy(given.name()));
    return Operand{fold(part)};
}

Result<OrganizationOperand> read_has_sso(SearchOperand const& given, Environment /*environment*/) {
    TRY(auto const truth, given.flag());
    return directory::HasActiveSsoConnection{truth};
}

Result<OrganizationOperand> read_sso_id(SearchOperand const& given, Environment /*environment*/) {
    TRY(auto text, given.text());
    return directory::SsoConnectionIs{std::move(text)};
}

constexpr std::array filters{
    Filter{"organization_ids", read_ids},
    Filter{"organization_slugs", read_slugs},
    Filter{"organization_name_fuzzy", read_part<directory::OrganizationNameContains>},
    Filter{"organization_slug_fuzzy", read_part<directory::OrganizationSlugContains>},
    Filter{"member_emails", read_emails},
    Filter{"member_email_fuzzy", read_part<directory::OrganizationHasMemberLike>},
    Filter{"allowed_domains", read_domains<directory::AllowedDomainIn>},
    Filter{"allowed_domain_fuzzy", read_part<directory::AllowedDomainContains>},
    Filter{"claimed_email_domains", read_domains<directory::ClaimedDomainIn>},
    Filter{"has_active_sso_connection", read_has_sso},
    Filter{"sso_connection_id", read_sso_id},
};

}  // namespace

Result<service::OrganizationSearchRequest> organization_search_from_json(
    boost::json::object const& body, Environment environment, Limits const& limits) {
    service::OrganizationSearchRequest request;
    TRY(auto page, read_page_body(body, limits));
    request.cursor = std::move(page.cursor);
    request.limit = page.limit;
    TRY(auto const search, read_search(body, search_kind));
    TRY(auto operands, read_operands(search, filters, environment));
    TRY(request.search, directory::plan_organization_search(search.any, std::move(operands)));
    return request;
}

void to_json(std::string& out, service::OrganizationSearchPage const& page) {
    JsonMembers members(out);
    append_list(members.value("organizations"), page.organizations,
                [](std::string& to, service::OrganizationView const& view) { to_json(to, view); });
    results_metadata_to_json(members.value("results_metadata"), page.total, page.next_cursor);
}

}  // namespace rollcall::api::management
