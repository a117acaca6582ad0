// One function for each kind of operand, found by its name in a table.
#include "api/management/member_search_wire.hpp"

#include "api/management/body.hpp"
#include "api/management/json.hpp"
#include "api/management/member_wire.hpp"
#include "api/management/organization_wire.hpp"
#include "api/management/page_query.hpp"
#include "api/management/search_body.hpp"
#include "base/text.hpp"

#include <array>

namespace rollcall::api::management {
namespace {

using directory::MemberOperand;
using Filter = SearchFilter<MemberOperand>;

constexpr std::string_view search_kind = "member_search";

template <class Operand>
Result<MemberOperand> read_list(SearchOperand const& given, Environment /*environment*/) {
    TRY(auto texts, given.texts());
    return Operand{std::move(texts)};
}

template <class Operand>
Result<MemberOperand> read_truth(SearchOperand const& given, Environment /*environment*/) {
    TRY(auto const truth, given.flag());
    return Operand{truth};
}

Result<MemberOperand> read_ids(SearchOperand const& given, Environment environment) {
    TRY(auto texts, given.texts());
    return directory::plan_member_ids(std::move(texts), environment);
}

Result<MemberOperand> read_emails(SearchOperand const& given, Environment /*environment*/) {
    TRY(auto addresses, given.texts());
    for (auto& address : addresses) address = fold(trim(address));
    return directory::MemberEmailIn{std::move(addresses)};
}

Result<MemberOperand> read_statuses(SearchOperand const& given, Environment /*environment*/) {
    TRY(auto const texts, given.texts());
    return directory::plan_member_statuses(texts);
}

Result<MemberOperand> read_email_part(SearchOperand const& given, Environment /*environment*/) {
    TRY(auto const part, given.fuzzy("member_email_fuzzy"));
    return directory::MemberEmailContains{fold(part)};
}

Result<MemberOperand> read_phone_part(SearchOperand const& given, Environment /*environment*/) {
    TRY(auto part, given.fuzzy("member_mfa_phone_number_fuzzy"));
    return directory::MemberPhoneContains{std::move(part)};
}

// Names of phone numbers differ between the contract and the types of the Node SDK.
constexpr std::array filters{
    Filter{"member_ids", read_ids},
    Filter{"member_emails", read_emails},
    Filter{"member_email_fuzzy", read_email_part},
    Filter{"member_is_breakglass", read_truth<directory::MemberIsBreakglass>},
    Filter{"statuses", read_statuses},
    Filter{"member_mfa_phone_numbers", read_list<directory::MemberPhoneIn>},
    Filter{"member_phone_numbers", read_list<directory::MemberPhoneIn>},
    Filter{"member_mfa_phone_number_fuzzy", read_phone_part},
    Filter{"member_phone_number_fuzzy", read_phone_part},
    Filter{"member_password_exists", read_truth<directory::MemberHasPassword>},
    Filter{"member_roles", read_list<directory::MemberRoleIn>},
};

void organizations_to_json(std::string& out,
                           std::vector<service::OrganizationView> const& organizations) {
    out += '{';
    for (auto const& view : organizations) {
        if (&view != &organizations.front()) out += ',';
        append_json_text(out, to_string(view.organization.id));
        out += ':';
        to_json(out, view);
    }
    out += '}';
}

}  // namespace

Result<service::MemberSearchRequest> member_search_from_json(boost::json::object const& body,
                                                             Environment environment,
                                                             Limits const& limits) {
    service::MemberSearchRequest request;
    TRY(auto organizations, read_texts(body, "organization_ids"));
    if (organizations) request.organizations = *std::move(organizations);
    TRY(auto page, read_page_body(body, limits));
    request.cursor = std::move(page.cursor);
    request.limit = page.limit;
    TRY(auto const search, read_search(body, search_kind));
    TRY(auto operands, read_operands(search, filters, environment));
    TRY(request.search, directory::plan_member_search(search.any, std::move(operands)));
    return request;
}

void to_json(std::string& out, service::MemberSearchPage const& page) {
    JsonMembers members(out);
    append_list(members.value("members"), page.members,
                [](std::string& to, service::ShownMember const& member) { to_json(to, member); });
    organizations_to_json(members.value("organizations"), page.organizations);
    results_metadata_to_json(members.value("results_metadata"), page.total, page.next_cursor);
}

}  // namespace rollcall::api::management
