// A walk through the organizations of a search, one after the other.
#include "service/member_searches.hpp"

#include "directory/field_rules.hpp"
#include "runtime/yield.hpp"
#include "service/organization_access.hpp"
#include "service/organization_view.hpp"
#include "service/search_position.hpp"
#include "storage/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rollcall::service {
namespace {

using directory::OrganizationKey;

constexpr int yield_every = 50;  // organizations

Error other_organization() {
    return Error(ErrorCode::forbidden,
                 "organization_ids may name only the organization of the member session.")
        .with_kind("session_authorization_tenancy_error");
}

// What a cursor belongs to.
CursorScope scope_of(directory::ProjectKey const& project,
                     std::vector<OrganizationKey> const& organizations,
                     directory::MemberSearch const& search) {
    auto query = directory::print_search(search);
    for (auto const& key : organizations) append_uuid(query, key.id().uuid);
    return {.project = project.id(), .list = PagedList::members, .parent = {}, .query = query};
}

constexpr std::size_t uuid_size = sizeof(Uuid::bytes);

}  // namespace

/// Where a page ends: in which organization, and where in it.
struct MemberSearches::Position {
    Uuid organization{};
    SearchPosition in_it{};

    [[nodiscard]] std::string pack() const {
        std::string bytes(reinterpret_cast<char const*>(organization.bytes.data()), uuid_size);
        return bytes + service::pack(in_it);
    }

    static std::optional<Position> unpack(std::string_view bytes) {
        if (bytes.size() < uuid_size) return std::nullopt;
        Position position;
        std::copy_n(bytes.begin(), uuid_size, position.organization.bytes.begin());
        auto const in_it = unpack_search_position(bytes.substr(uuid_size));
        if (!in_it) return std::nullopt;
        position.in_it = *in_it;
        return position;
    }
};

/// A page in the making.
struct MemberSearches::Walk {
    MemberSearchPage page{};
    std::size_t left = 0;         ///< members that may still be looked at
    std::size_t groups_left = 0;  ///< that may still be shown on members
    std::size_t bytes_left = 0;   ///< that they may still hold
    bool counts_all = false;      ///< the total is not known yet
    std::uint64_t matches = 0;    ///< so far
    bool complete = true;         ///< all before here were looked at
    std::optional<Position> next{};

    /// Whether other organizations could still add something.
    [[nodiscard]] bool is_done() const { return next && !(counts_all && complete); }
};

Task<Result<std::vector<OrganizationKey>>> MemberSearches::find_organizations(
    directory::ProjectKey project, MemberSearchRequest const& request) {
    auto const& references = request.organizations;
    if (references.empty()) {
        co_return fail(directory::invalid_field("member_search_organization_ids_empty",
                                                "organization_ids must name an organization."));
    }
    if (references.size() > limits_.search_organizations_max) {
        co_return fail(
            Error(ErrorCode::too_many, fmt::format("organization_ids must not name more than {} "
                                                   "organizations.",
                                                   limits_.search_organizations_max)));
    }
    std::vector<OrganizationKey> keys;
    for (std::size_t i = 0; i < references.size(); ++i) {
        if (i % yield_every == yield_every - 1) co_await runtime::yield();
        auto const key = co_await get_organization(store_, project, references[i]);
        // A member learns nothing about other organizations, not even whether they exist.
        if (request.only && (!key || key->id() != *request.only)) {
            co_return fail(other_organization());
        }
        CO_CHECK(directory::check_organization_reference(references[i], project.environment(),
                                                         "Each of organization_ids"));
        if (!key) co_return fail(key.error());
        auto const known = std::ranges::find(keys, key->row(), &OrganizationKey::row);
        if (known == keys.end()) keys.push_back(*key);
    }
    co_return keys;
}

Task<Status> MemberSearches::search_one(OrganizationKey key, std::optional<Uuid> after,
                                        MemberSearchRequest const& request, Walk& walk) {
    auto& page = walk.page;
    directory::MemberQuery query{.candidates = directory::candidates_of(request.search),
                                 .holds = {},
                                 .examines_roles = directory::examines_roles(request.search),
                                 .after = after,
                                 .count = request.limit - page.members.size(),
                                 .examined_max = walk.left,
                                 .groups_max = walk.groups_left,
                                 .bytes_max = walk.bytes_left,
                                 .counts_all = walk.counts_all};
    CO_TRY(auto const policy, co_await policies_.effective(key));
    // Of the many that a search may name, most have nobody it looks for, and are not read.
    std::optional<storage::OrganizationRecord> record;
    if (query.examines_roles) {
        CO_TRY(record,
               co_await get_organization_record(store_, key.project(), to_string(key.id())));
    }
    query.holds = [&](directory::MemberFacts const& facts) {
        if (!record) return matches(request.search, facts, {});
        auto const& settings = record->organization.settings;
        auto const roles = directory::roles_of(
            facts.role_basis(), settings.rbac_email_implicit_role_assignments, *policy);
        return matches(request.search, facts, directory::role_ids_of(roles));
    };
    CO_TRY(auto found, co_await store_.list_members(key, query));

    walk.left -= found.examined;
    walk.groups_left -= std::min(walk.groups_left, found.groups);
    walk.bytes_left -= std::min(walk.bytes_left, found.bytes);
    walk.matches += found.matches;
    walk.complete = walk.complete && found.complete;
    if (found.more && !walk.next) {
        walk.next = Position{key.id().uuid, {.after = found.resume_after}};
    }
    if (found.members.empty()) co_return Status{};
    if (!record) {
        CO_TRY(record,
               co_await get_organization_record(store_, key.project(), to_string(key.id())));
    }
    for (auto& member : found.members) {
        page.members.push_back(show(std::move(member), record->organization.settings, *policy));
    }
    CO_TRY(auto const project_policy, co_await policies_.effective(key.project()));
    page.organizations.push_back(view_of(*std::move(record), *project_policy));
    co_return Status{};
}

Task<Result<MemberSearchPage>> MemberSearches::run(directory::ProjectKey project,
                                                   MemberSearchRequest request) {
    CO_TRY(auto const organizations, co_await find_organizations(project, request));
    CO_TRY(auto const* signer, co_await signers_.get());
    auto const scope = scope_of(project, organizations, request.search);
    Position position{.organization = organizations.front().id().uuid};
    if (request.cursor) {
        auto const bytes = signer->open(scope, *request.cursor);
        auto const given = bytes ? Position::unpack(*bytes) : std::nullopt;
        if (!given) co_return fail(invalid_search_cursor());
        position = *given;
    }
    Walk walk{.left = directory::examines_roles(request.search) ? limits_.members_roles_examined_max
                                                                : limits_.members_examined_max,
              .groups_left = limits_.response_members_max,
              .bytes_left = limits_.response_bytes_max,
              .counts_all = !request.cursor};
    auto const first = std::ranges::find(organizations, position.organization,
                                         [](auto const& key) { return key.id().uuid; });
    if (first == organizations.end()) co_return fail(invalid_search_cursor());
    for (auto at = first; at != organizations.end() && !walk.is_done(); ++at) {
        auto const after = at == first ? position.in_it.after : std::nullopt;
        CO_CHECK(co_await search_one(*at, after, request, walk));
        if (at != first && (at - first) % yield_every == 0) co_await runtime::yield();
    }

    auto& page = walk.page;
    page.total = position.in_it.total;
    if (walk.counts_all && walk.complete) page.total = walk.matches;
    if (walk.next) {
        walk.next->in_it.total = page.total;
        page.next_cursor = signer->seal(scope, walk.next->pack());
    }
    co_return std::move(page);
}

}  // namespace rollcall::service
