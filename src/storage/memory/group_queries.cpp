// The memory store: reading of groups.
#include "base/overloaded.hpp"
#include "storage/errors.hpp"
#include "storage/memory/memory_store.hpp"
#include "storage/paging.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace rollcall::storage::memory {

using directory::Group;
using directory::GroupIndex;
using directory::GroupPage;
using directory::GroupQuery;
using directory::GroupSummary;

Result<Group> MemoryStore::present(GroupRow const& group, bool with_members,
                                   AnswerSize& answer) const {
    auto result = group.group;
    auto const& extensions = result.extensions;
    CHECK(answer.add_group(result,
                           extensions.empty() ? 0 : boost::json::serialize(extensions).size()));
    if (!with_members) return result;
    CHECK(answer.add_members(result.member_count));
    for (auto const& [position, membership] : group.members) {
        CHECK(answer.add_display(membership.display));
        result.members.push_back({ref_of(membership.member), membership.display});
    }
    return result;
}

Task<Result<std::optional<Group>>> MemoryStore::find_group(ConnectionKey key, GroupId id,
                                                           bool with_members) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* connection = find_row(key);
    if (!connection) co_return std::nullopt;
    auto const* row = find_group_row(*connection, id);
    if (!row) co_return std::nullopt;
    AnswerSize answer(limits_);
    co_return present(*row, with_members, answer);
}

std::vector<Row> MemoryStore::candidates_of(ConnectionRow& connection, GroupIndex const& index) {
    using Rows = std::vector<Row>;
    auto const keep_if = [&](auto const& holds) {
        Rows rows;
        for (auto const row : connection.groups) {
            if (holds(state_.groups.at(row))) rows.push_back(row);
        }
        return rows;
    };
    return std::visit(
        Overloaded{[&](std::monostate) { return keep_if([](GroupRow const&) { return true; }); },
                   [](directory::Nothing) { return Rows{}; },
                   [&](directory::ById const& by) {
                       auto const found = connection.groups_by_id.find(by.id);
                       return found == connection.groups_by_id.end() ? Rows{} : Rows{found->second};
                   },
                   [&](directory::ByDisplayName const& by) {
                       return keep_if(
                           [&](GroupRow const& group) { return group.name_key == by.key; });
                   },
                   [&](directory::ByExternalId const& by) {
                       return keep_if([&](GroupRow const& group) {
                           return group.group.external_id == by.value;
                       });
                   },
                   [&](directory::ByMember const& by) {
                       auto const member = resolve(connection, by.member);
                       if (!member) return Rows{};
                       auto const& groups = member->first == directory::MemberKind::user
                                                ? state_.users.at(member->second).groups
                                                : state_.groups.at(member->second).parents;
                       return Rows(groups.begin(), groups.end());
                   },
                   [&](directory::ByLastModified const& by) {
                       return keep_if(
                           [&](GroupRow const& group) { return changed_within(group.group, by); });
                   }},
        index);
}

Result<std::vector<directory::Place>> MemoryStore::examine(ConnectionRow& connection,
                                                           std::vector<Row> const& rows,
                                                           GroupQuery const& query) {
    AnswerSize examined(limits_);
    std::size_t bytes = 0;
    bool const with_members = query.examines_members && examines_candidates(query);
    auto const member = query.has_member ? resolve(connection, *query.has_member) : std::nullopt;
    std::vector<directory::Place> places;
    for (auto const row : rows) {
        auto const& stored = state_.groups.at(row);
        if (query.has_member && !(member && stored.positions.contains(*member))) continue;
        directory::Place place{{}, row};
        if (query.rest || query.order.key) {
            examined.forget_bytes();
            TRY(auto const group, present(stored, with_members, examined));
            TRY(bool const wanted, is_wanted(query, group));
            if (!wanted) continue;
            if (query.order.key) place.key = query.order.key(group);
        }
        if (examines_candidates(query)) bytes += text_bytes(place);
        if (bytes > examined.bytes_max()) {
            return fail(too_many_bytes_to_sort(examined.bytes_max()));
        }
        places.push_back(std::move(place));
    }
    return places;
}

Task<Result<GroupPage>> MemoryStore::list_groups(ConnectionKey key, GroupQuery query) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    GroupPage page;
    auto* connection = find_row(key);
    if (!connection) co_return page;
    auto const rows = candidates_of(*connection, query.index);
    if (examines_candidates(query) && rows.size() > limits_.scan_rows_max) {
        co_return fail(too_many_candidates(query, limits_.scan_rows_max));
    }
    CO_TRY(auto places, examine(*connection, rows, query));
    page.total = places.size();
    if (counts_apart(query)) page.total = query.window.total.value_or(page.total);
    page.more = keep_page(places, query.window, query.order.descending);
    AnswerSize answer(limits_);
    for (auto const& place : places) {
        CO_TRY(auto group, present(state_.groups.at(place.row), query.with_members, answer));
        page.groups.push_back(std::move(group));
    }
    page.places = std::move(places);
    co_return page;
}

Task<Result<std::vector<GroupSummary>>> MemoryStore::list_group_summaries(ConnectionKey key,
                                                                          std::optional<Uuid> after,
                                                                          std::size_t limit) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    std::vector<GroupSummary> summaries;
    auto const* connection = find_row(key);
    if (!connection) co_return summaries;
    auto const& index = connection->groups_by_id;
    auto at = after ? index.upper_bound(*after) : index.begin();
    for (; at != index.end() && summaries.size() < limit; ++at) {
        auto const& group = state_.groups.at(at->second).group;
        summaries.push_back({group.id, group.display_name});
    }
    co_return summaries;
}

}  // namespace rollcall::storage::memory
