// Searching among the members of an organization.
#include "base/sort_distinct.hpp"
#include "storage/search_walk.hpp"
#include "storage/sqlite/member_rows.hpp"
#include "storage/sqlite/member_sql.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/tenant_sql.hpp"

#include <algorithm>

namespace rollcall::storage::sqlite {

using directory::MemberCandidates;
using directory::MemberFacts;
using directory::MemberPage;
using directory::MemberQuery;
using directory::MemberStatus;

namespace {

/// More members than this are not looked at on an io thread.
constexpr std::size_t inline_examined_max = 200;
/// Pages with more groups on their members, or more bytes, are not loaded on one either.
constexpr std::size_t inline_groups_max = 2000;
constexpr std::size_t inline_bytes_max = 1024 * 1024;

class MemberSearcher {
public:
    MemberSearcher(Database& database, OrganizationKey const& key, MemberQuery const& query,
                   Limits const& limits)
        : database_(database), key_(key), query_(query), limits_(limits), walk_(query) {}

    MemberPage run() {
        if (!database_.integer(sql::organization_updated_at, key_.row()))
            return {walk_.progress(), {}};
        connection_ = active_connection_of(database_, key_);
        if (query_.candidates) {
            examine_candidates();
        } else {
            examine_all();
        }
        return load_members(walk_, query_, limits_, [&](std::int64_t row, AnswerSize& size) {
            return load_member(database_, key_, connection_, row, size);
        });
    }

private:
    void examine_all() {
        Uuid const start = query_.after.value_or(Uuid{});
        Query row(database_, sql::members_in_order, key_.row(), start);
        while (row.step() && examine(row)) {
        }
    }

    void examine_candidates() {
        for (auto const& uuid : candidate_ids(*query_.candidates)) {
            if (query_.after && uuid <= *query_.after) continue;
            Query row(database_, sql::member_to_examine, key_.row(), uuid);
            if (row.step() && !examine(row)) return;
        }
    }

    std::vector<Uuid> candidate_ids(MemberCandidates const& candidates) {
        auto ids = candidates.ids;
        auto const look_up = [&](Sql sql, std::string const& value) {
            Query row(database_, sql, key_.row(), value);
            while (row.step()) ids.push_back(row.uuid(0));
        };
        for (auto const& id : candidates.external_ids) look_up(sql::member_by_external_id, id);
        for (auto const& key : candidates.email_keys) look_up(sql::members_by_email, key);
        sort_distinct(ids);
        return ids;
    }

    bool examine(Query const& row) {
        auto const member = row.integer(0);
        MemberFacts facts{.id = row.uuid(1),
                          .status = static_cast<MemberStatus>(row.integer(2)),
                          .email_key = row.text(3),
                          .external_id = row.optional_text(4),
                          .is_breakglass = row.integer(5) != 0,
                          .mfa_phone_number = row.text(6),
                          .has_password = row.integer(7) != 0,
                          .explicit_roles = {},
                          .group_roles = {}};
        if (query_.examines_roles) {
            facts.explicit_roles = explicit_roles_of(database_, key_, member);
            if (connection_) {
                facts.group_roles = group_roles_of(database_, *connection_, facts.id);
            }
        }
        return walk_.visit(facts, member);
    }

    Database& database_;
    OrganizationKey const& key_;
    MemberQuery const& query_;
    Limits const& limits_;
    SearchWalk<MemberQuery> walk_;
    std::optional<ActiveConnection> connection_;
};

/// True if the bounds of io threads did not make the page shorter than it may be.
bool is_whole_page(MemberPage const& page, MemberQuery const& query) {
    bool const has_groups =
        page.groups < inline_groups_max || query.groups_max <= inline_groups_max;
    bool const has_bytes = page.bytes < inline_bytes_max || query.bytes_max <= inline_bytes_max;
    return has_groups && has_bytes && is_whole(page, query, inline_examined_max);
}

}  // namespace

Task<Result<MemberPage>> SqliteStore::list_members(OrganizationKey organization,
                                                   MemberQuery query) {
    bool const few_candidates =
        !query.candidates || query.candidates->size() <= inline_examined_max;
    co_return co_await read_here_or_aside<MemberPage>(
        few_candidates && query.count <= inline_examined_max,
        [&](Database& database, bool here) {
            auto bounded = query;
            if (here) {
                bounded.examined_max = std::min(inline_examined_max, query.examined_max);
                bounded.groups_max = std::min(inline_groups_max, query.groups_max);
                bounded.bytes_max = std::min(inline_bytes_max, query.bytes_max);
            }
            return MemberSearcher(database, organization, bounded, limits_).run();
        },
        [&](Result<MemberPage> const& page) { return !page || is_whole_page(*page, query); });
}

}  // namespace rollcall::storage::sqlite
