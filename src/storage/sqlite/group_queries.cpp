// Reading of groups.
#include "base/overloaded.hpp"
#include "storage/sqlite/group_rows.hpp"
#include "storage/sqlite/group_sql.hpp"
#include "storage/sqlite/listing.hpp"
#include "storage/sqlite/memberships.hpp"
#include "storage/sqlite/sqlite_store.hpp"

#include <algorithm>

namespace rollcall::storage::sqlite {

using directory::Group;
using directory::GroupPage;
using directory::GroupQuery;
using directory::GroupSummary;
using directory::Place;

namespace {

/// More groups, members of groups, or bytes of both than this are not read on an io thread.
constexpr std::size_t inline_groups_max = 500;
constexpr std::size_t inline_members_max = 1000;
constexpr std::size_t inline_bytes_max = 1024 * 1024;

AnswerSize answer_size(Limits const& limits, bool here) {
    if (!here) return AnswerSize(limits);
    return {std::min(inline_members_max, limits.response_members_max),
            std::min(inline_bytes_max, limits.response_bytes_max)};
}

/// Lists of groups (listing.hpp).
struct GroupSource {
    static constexpr ListSql const& statements = sql::list_of_groups;

    Database& database;
    ConnectionKey const& key;
    GroupQuery const& query;
    std::size_t rows_max;
    AnswerSize answer;  ///< empty, with its bounds
    AnswerSize examined{answer};
    std::optional<std::int64_t> wanted_member = find_wanted_member();

    std::optional<std::int64_t> find_wanted_member() {
        return query.has_member ? find_member(database, key, *query.has_member) : std::nullopt;
    }
    template <class Visit>
    Status for_each_candidate(Visit visit);
    bool passes(std::int64_t group);
    Result<Group> examine(std::int64_t group) {
        examined.forget_bytes();
        return load(group, query.examines_members, examined);
    }
    Result<GroupPage> load_page(std::vector<Place> places);
    Result<Group> load(std::int64_t group, bool with_members, AnswerSize& size);
};

bool GroupSource::passes(std::int64_t group) {
    if (!query.has_member) return true;
    return wanted_member &&
           database.integer(sql::group_has_member, query.has_member->kind, *wanted_member, group);
}

Result<Group> GroupSource::load(std::int64_t group, bool with_members, AnswerSize& size) {
    Query row(database, sql::group_by_key, group);
    row.step();
    return group_of(database, row, key.environment(), with_members, size);
}

Result<GroupPage> GroupSource::load_page(std::vector<Place> places) {
    GroupPage page;
    page.groups.reserve(places.size());
    for (auto const& place : places) {
        TRY(auto group, load(place.row, query.with_members, answer));
        page.groups.push_back(std::move(group));
    }
    page.places = std::move(places);
    return page;
}

template <class Visit>
Status GroupSource::for_each_candidate(Visit visit) {
    auto const visit_all = [&](Sql sql, auto&&... args) {
        Query row(database, sql, args...);
        while (row.step() && visit(row.integer(0))) {
        }
    };
    auto const connection = key.row();
    std::visit(
        Overloaded{
            [&](std::monostate) { visit_all(statements.orders.creation, connection, 0, -1, 0); },
            [](directory::Nothing) {},
            [&](directory::ById const& by) { visit_all(sql::group_key, connection, by.id); },
            [&](directory::ByDisplayName const& by) {
                visit_all(sql::group_keys_by_name, connection, by.key);
            },
            [&](directory::ByExternalId const& by) {
                visit_all(sql::group_keys_by_external_id, connection, by.value);
            },
            [&](directory::ByMember const& by) {
                auto const member = find_member(database, key, by.member);
                if (member) visit_all(sql::group_keys_by_member, by.member.kind, *member);
            },
            [&](directory::ByLastModified const& by) {
                visit_all(statements.changed_window, connection, by.from, by.until, 0, rows_max + 1,
                          0);
            }},
        query.index);
    return {};
}

}  // namespace

Task<Result<std::optional<Group>>> SqliteStore::find_group(ConnectionKey key, GroupId id,
                                                           bool with_members) {
    using Found = std::optional<Group>;
    co_return co_await read_here_or_aside<Found>(
        true,
        [&](Database& database, bool here) -> Result<Found> {
            if (id.environment != key.environment()) return std::nullopt;
            Query row(database, sql::group_by_id, key.row(), id.uuid);
            if (!row.step()) return std::nullopt;
            auto answer = answer_size(limits_, here);
            return group_of(database, row, key.environment(), with_members, answer);
        },
        is_within_bounds<Found>);
}

Task<Result<GroupPage>> SqliteStore::list_groups(ConnectionKey key, GroupQuery query) {
    co_return co_await read_here_or_aside<GroupPage>(
        !may_be_long(query, inline_groups_max),
        [&](Database& database, bool here) {
            auto const rows_max =
                here ? std::min(inline_groups_max, limits_.scan_rows_max) : limits_.scan_rows_max;
            GroupSource source{database, key, query, rows_max, answer_size(limits_, here)};
            return list(source);
        },
        is_within_bounds<GroupPage>);
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
