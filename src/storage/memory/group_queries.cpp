// The memory store: reading of groups.
#include "storage/errors.hpp"
#include "storage/memory/memory_store.hpp"

#include <algorithm>

namespace rollcall::storage::memory {

using directory::Group;
using directory::GroupIndex;
using directory::GroupPage;
using directory::GroupQuery;
using directory::GroupSummary;

Group MemoryStore::present(GroupRow const& group, bool with_members) const {
    auto result = group.group;
    if (!with_members) return result;
    for (auto const& [position, membership] : group.members) {
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
    if (with_members && row->group.member_count > limits_.response_members_max) {
        co_return fail(too_many_members(limits_.response_members_max));
    }
    co_return present(*row, with_members);
}

std::vector<Row> MemoryStore::candidates_of(ConnectionRow& connection, GroupIndex const& index) {
    std::vector<Row> rows;
    if (std::holds_alternative<std::monostate>(index)) {
        rows.assign(connection.groups.begin(), connection.groups.end());
    } else if (auto const* by_id = std::get_if<directory::ById>(&index)) {
        auto const found = connection.groups_by_id.find(by_id->id);
        if (found != connection.groups_by_id.end()) rows.push_back(found->second);
    } else if (auto const* by_name = std::get_if<directory::ByDisplayName>(&index)) {
        auto const [first, last] = connection.groups_by_name.equal_range(by_name->key);
        for (auto holder = first; holder != last; ++holder) rows.push_back(holder->second);
        std::ranges::sort(rows);
    } else if (auto const* by_external_id = std::get_if<directory::ByExternalId>(&index)) {
        for (auto const row : connection.groups) {
            if (state_.groups.at(row).group.external_id == by_external_id->value) {
                rows.push_back(row);
            }
        }
    } else if (auto const* by_member = std::get_if<directory::ByMember>(&index)) {
        auto const member = resolve(connection, by_member->member);
        if (!member) return rows;
        auto const& groups = member->first == directory::MemberKind::user
                                 ? state_.users.at(member->second).groups
                                 : state_.groups.at(member->second).parents;
        rows.assign(groups.begin(), groups.end());
    }
    return rows;
}

Task<Result<GroupPage>> MemoryStore::list_groups(ConnectionKey key, GroupQuery query) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    GroupPage page;
    auto* connection = find_row(key);
    if (!connection) co_return page;
    auto rows = candidates_of(*connection, query.index);
    // Members looked at by the filter and members returned are bounded, each by itself.
    auto const within_limit = [&, loaded = std::uint64_t{0}](Row row) mutable {
        loaded += state_.groups.at(row).group.member_count;
        return loaded <= limits_.response_members_max;
    };
    if (query.rest) {
        if (rows.size() > limits_.scan_rows_max) {
            co_return fail(group_scan_too_large(limits_.scan_rows_max));
        }
        auto examined = within_limit;
        std::vector<Row> kept;
        for (auto const row : rows) {
            if (query.rest_needs_members && !examined(row)) {
                co_return fail(too_many_members(limits_.response_members_max));
            }
            if (query.rest(present(state_.groups.at(row), query.rest_needs_members))) {
                kept.push_back(row);
            }
        }
        rows = std::move(kept);
    }
    page.total = rows.size();
    auto returned = within_limit;
    auto const first = query.window.start_index > 0 ? query.window.start_index - 1 : 0;
    for (auto i = first; i < rows.size() && page.groups.size() < query.window.count; ++i) {
        if (query.with_members && !returned(rows[i])) {
            co_return fail(too_many_members(limits_.response_members_max));
        }
        page.groups.push_back(present(state_.groups.at(rows[i]), query.with_members));
    }
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
