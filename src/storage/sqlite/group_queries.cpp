// Reading of groups.
#include "storage/errors.hpp"
#include "storage/sqlite/group_rows.hpp"
#include "storage/sqlite/group_sql.hpp"
#include "storage/sqlite/memberships.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/window.hpp"

namespace rollcall::storage::sqlite {

using directory::Group;
using directory::GroupIndex;
using directory::GroupPage;
using directory::GroupQuery;
using directory::GroupSummary;

namespace {

/// More members or groups than this are not read on an io thread.
constexpr std::uint64_t inline_members_max = 1000;
constexpr std::size_t inline_groups_max = 500;

/// How much of the members one answer may load.
class MemberBudget {
public:
    explicit MemberBudget(std::uint64_t members_max) : left_(members_max) {}
    [[nodiscard]] bool spend(std::uint64_t members) noexcept {
        if (members > left_) return false;
        left_ -= members;
        return true;
    }

private:
    std::uint64_t left_;
};

/// A list request with its bounds.
struct Listing {
    ConnectionKey const& key;
    GroupQuery const& query;
    std::size_t rows_max;
    std::uint64_t members_max;
};

Group load(Database& database, ConnectionKey const& key, std::int64_t group) {
    Query row(database, sql::group_by_key, group);
    row.step();
    return group_of(row, key.environment());
}

// Calls visit(key) for each candidate, in order of creation, while it returns true.
template <class Visit>
void for_each_candidate(Database& database, ConnectionKey const& key, GroupIndex const& index,
                        Visit visit) {
    auto const visit_all = [&](Sql sql, auto&&... args) {
        Query row(database, sql, args...);
        while (row.step() && visit(row.integer(0))) {
        }
    };
    auto const connection = key.row();
    if (std::holds_alternative<std::monostate>(index)) {
        visit_all(sql::group_keys_window, connection, -1, 0);
    } else if (auto const* by_id = std::get_if<directory::ById>(&index)) {
        visit_all(sql::group_key, connection, by_id->id);
    } else if (auto const* by_name = std::get_if<directory::ByDisplayName>(&index)) {
        visit_all(sql::group_keys_by_name, connection, by_name->key);
    } else if (auto const* by_external_id = std::get_if<directory::ByExternalId>(&index)) {
        visit_all(sql::group_keys_by_external_id, connection, by_external_id->value);
    } else if (auto const* by_member = std::get_if<directory::ByMember>(&index)) {
        auto const member = find_member(database, key, by_member->member);
        if (member) visit_all(sql::group_keys_by_member, by_member->member.kind, *member);
    }
}

Result<std::vector<Group>> load_page(Database& database, Listing const& listing,
                                     std::vector<std::int64_t> const& keys) {
    MemberBudget budget(listing.members_max);
    std::vector<Group> groups;
    for (auto const key : keys) {
        auto& group = groups.emplace_back(load(database, listing.key, key));
        if (!listing.query.with_members) continue;
        if (!budget.spend(group.member_count)) return fail(too_many_members(listing.members_max));
        group.members = members_of(database, key);
    }
    return groups;
}

// The whole list: the total is kept, and only the page's keys are walked.
Result<GroupPage> list_all(Database& database, Listing const& listing, std::uint64_t total) {
    std::vector<std::int64_t> keys;
    {
        auto const& window = listing.query.window;
        Query row(database, sql::group_keys_window, listing.key.row(), window.count,
                  first_row(window));
        while (row.step()) keys.push_back(row.integer(0));
    }
    TRY(auto groups, load_page(database, listing, keys));
    return GroupPage{total, std::move(groups)};
}

Result<GroupPage> list_indexed(Database& database, Listing const& listing) {
    WindowFilter window(listing.query.window);
    std::vector<std::int64_t> keys;
    for_each_candidate(database, listing.key, listing.query.index, [&](std::int64_t key) {
        if (window.admit()) keys.push_back(key);
        return true;
    });
    TRY(auto groups, load_page(database, listing, keys));
    return GroupPage{window.total(), std::move(groups)};
}

Result<GroupPage> list_scanned(Database& database, Listing const& listing) {
    auto const& query = listing.query;
    std::vector<std::int64_t> candidates;
    for_each_candidate(database, listing.key, query.index, [&](std::int64_t key) {
        candidates.push_back(key);
        return candidates.size() <= listing.rows_max;
    });
    if (candidates.size() > listing.rows_max) return fail(group_scan_too_large(listing.rows_max));
    MemberBudget budget(listing.members_max);
    WindowFilter window(query.window);
    std::vector<std::int64_t> keys;
    for (auto const key : candidates) {
        auto group = load(database, listing.key, key);
        if (query.rest_needs_members) {
            if (!budget.spend(group.member_count)) {
                return fail(too_many_members(listing.members_max));
            }
            group.members = members_of(database, key);
        }
        if (query.rest(group) && window.admit()) keys.push_back(key);
    }
    TRY(auto groups, load_page(database, listing, keys));
    return GroupPage{window.total(), std::move(groups)};
}

Result<GroupPage> list(Database& database, Listing const& listing) {
    auto const count = database.integer(sql::groups_count, listing.key.row());
    if (!count) return GroupPage{};
    auto const total = static_cast<std::uint64_t>(*count);
    auto const& query = listing.query;
    bool const everything = std::holds_alternative<std::monostate>(query.index);
    if (!query.rest) {
        return everything ? list_all(database, listing, total) : list_indexed(database, listing);
    }
    if (everything && total > listing.rows_max) {
        return fail(group_scan_too_large(listing.rows_max));
    }
    return list_scanned(database, listing);
}

Result<std::optional<Group>> find(Database& database, ConnectionKey const& key, GroupId const& id,
                                  bool with_members, std::uint64_t members_max) {
    if (id.environment != key.environment()) return std::nullopt;
    Query row(database, sql::group_by_id, key.row(), id.uuid);
    if (!row.step()) return std::nullopt;
    auto group = group_of(row, key.environment());
    if (!with_members) return group;
    if (group.member_count > members_max) return fail(too_many_members(members_max));
    group.members = members_of(database, row.integer(0));
    return group;
}

}  // namespace

Task<Result<std::optional<Group>>> SqliteStore::find_group(ConnectionKey key, GroupId id,
                                                           bool with_members) {
    using Found = std::optional<Group>;
    auto found = read<Found>(co_await this_coro::executor, [&](Database& database) {
        return find(database, key, id, with_members,
                    std::min<std::uint64_t>(inline_members_max, limits_.response_members_max));
    });
    // A large group is read again elsewhere, whole.
    if (found || found.error().code() != ErrorCode::too_many) co_return found;
    co_return co_await read_aside<Found>([&](Database& database) {
        return find(database, key, id, with_members, limits_.response_members_max);
    });
}

Task<Result<GroupPage>> SqliteStore::list_groups(ConnectionKey key, GroupQuery query) {
    Listing const whole{key, query, limits_.scan_rows_max, limits_.response_members_max};
    bool const scans = query.rest && (query.rest_needs_members ||
                                      std::holds_alternative<std::monostate>(query.index));
    if (!scans && query.window.count <= inline_groups_max) {
        auto bounded = whole;
        bounded.members_max = std::min<std::uint64_t>(inline_members_max, whole.members_max);
        auto page = read<GroupPage>(co_await this_coro::executor,
                                    [&](Database& database) { return list(database, bounded); });
        if (page || page.error().code() != ErrorCode::too_many) co_return page;
    }
    co_return co_await read_aside<GroupPage>(
        [&](Database& database) { return list(database, whole); });
}

Task<Result<std::vector<GroupSummary>>> SqliteStore::list_group_summaries(ConnectionKey key,
                                                                          std::optional<Uuid> after,
                                                                          std::size_t limit) {
    co_return read<std::vector<GroupSummary>>(
        co_await this_coro::executor, [&](Database& database) {
            std::vector<GroupSummary> summaries;
            summaries.reserve(std::min(limit, limits_.groups_page_max));
            auto const start = after.value_or(Uuid{});
            Query row(database, sql::group_summaries, key.row(), start, limit);
            while (row.step()) {
                summaries.push_back({{key.environment(), row.uuid(0)}, row.text(1)});
            }
            return summaries;
        });
}

}  // namespace rollcall::storage::sqlite
