// Candidates for linking.
#include "storage/sqlite/linking.hpp"

#include "base/limits.hpp"
#include "storage/sqlite/connection_rows.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/user_sql.hpp"

#include <algorithm>

namespace rollcall::storage::sqlite {

using directory::LinkCandidate;
using directory::MemberStatus;

namespace {

void add_registrations(Database& database, ConnectionKey const& key, Clues const& clues,
                       LinkCandidate& candidate) {
    Query row(database, sql::registrations_of_member, key.organization().row(), candidate.id.uuid,
              key.row(), clues.external_id);
    while (row.step()) {
        if (row.integer(0) != 0) {
            candidate.registered = true;
            candidate.same_user_name = row.bytes(2) == clues.user_name_key;
        } else if (!candidate.was_registered) {
            candidate.was_registered = true;
            candidate.former_external_id = row.optional_text(1);
        }
    }
}

}  // namespace

std::vector<std::int64_t> find_members(Database& database, ConnectionKey const& key,
                                       Clues const& clues, std::size_t members_max) {
    std::vector<std::int64_t> members;
    auto const add_all = [&](Query& rows) {
        while (members.size() < members_max && rows.step()) {
            auto const member = rows.integer(0);
            if (std::ranges::find(members, member) == members.end()) members.push_back(member);
        }
    };
    auto const organization = key.organization().row();
    {
        Query rows(database, sql::member_of_user_name, key.row(), clues.user_name_key);
        add_all(rows);
    }
    if (clues.external_id && !clues.external_id->empty()) {
        Query rows(database, sql::former_members_of_external_id, organization, *clues.external_id);
        add_all(rows);
    }
    if (!clues.email_key.empty()) {
        Query current(database, sql::members_of_email, organization, clues.email_key);
        add_all(current);
        Query retired(database, sql::members_of_retired_email, organization, clues.email_key);
        add_all(retired);
    }
    return members;
}

Task<Result<std::vector<LinkCandidate>>> SqliteStore::find_link_candidates(
    ConnectionKey key, std::string user_name_key, std::optional<std::string> external_id,
    std::string email_key) {
    co_return read<std::vector<LinkCandidate>>(
        co_await this_coro::executor, [&](Database& database) {
            std::vector<LinkCandidate> candidates;
            if (!is_live(database, key)) return candidates;
            Clues const clues{user_name_key, external_id, email_key};
            for (auto const member :
                 find_members(database, key, clues, Limits::link_candidates_max)) {
                Query row(database, sql::member_by_key, member);
                if (!row.step()) continue;
                auto& candidate = candidates.emplace_back();
                candidate.id = {key.environment(), row.uuid(0)};
                candidate.status = static_cast<MemberStatus>(row.integer(1));
                candidate.email_key = row.text(2);
                candidate.member_version = row.count(3);
                add_registrations(database, key, clues, candidate);
            }
            return candidates;
        });
}

}  // namespace rollcall::storage::sqlite
