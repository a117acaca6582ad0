// One page of one query.
#include "service/organization_searches.hpp"

#include "service/organization_view.hpp"
#include "service/search_position.hpp"
#include "storage/store.hpp"

#include <utility>

namespace rollcall::service {
namespace {

directory::OrganizationQuery query_of(OrganizationSearchRequest const& request,
                                      SearchPosition const& position, Limits const& limits) {
    auto const& search = request.search;
    return {
        .candidates = directory::candidates_of(search),
        .holds =
            [&search](directory::OrganizationFacts const& facts) { return matches(search, facts); },
        .examines_domains = directory::examines_domains(search),
        .examines_addresses = directory::examines_addresses(search),
        .after = position.after,
        .count = request.limit,
        .examined_max = limits.organizations_examined_max,
        .addresses_max = limits.addresses_examined_max,
        .counts_all = !request.cursor};
}

}  // namespace

Task<Result<OrganizationSearchPage>> OrganizationSearches::run(directory::ProjectKey project,
                                                               OrganizationSearchRequest request) {
    CO_TRY(auto const* signer, co_await signers_.get());
    CursorScope const scope{.project = project.id(),
                            .list = PagedList::organizations,
                            .parent = {},
                            .query = print_search(request.search)};
    SearchPosition position;
    if (request.cursor) {
        auto const bytes = signer->open(scope, *request.cursor);
        auto const given = bytes ? unpack_search_position(*bytes) : std::nullopt;
        if (!given) co_return fail(invalid_search_cursor());
        position = *given;
    }
    auto const query = query_of(request, position, limits_);
    CO_TRY(auto found, co_await store_.list_organizations(project, query));
    CO_TRY(auto const policy, co_await policies_.effective(project));

    OrganizationSearchPage page;
    page.total = position.total;
    if (query.counts_all && found.complete) page.total = found.matches;
    for (auto& record : found.organizations) {
        page.organizations.push_back(view_of(std::move(record), *policy));
    }
    if (found.more) page.next_cursor = signer->seal(scope, pack({found.resume_after, page.total}));
    co_return std::move(page);
}

}  // namespace rollcall::service
