// Memberships: one row each, and one entry in the reverse index.
#include "storage/sqlite/memberships.hpp"

#include "storage/sqlite/group_sql.hpp"

#include <map>

namespace rollcall::storage::sqlite {

using directory::ConnectionKey;
using directory::GroupChange;
using directory::GroupMember;
using directory::MemberKind;
using directory::MemberRef;

namespace {

/// Kind and row of a member.
using Member = std::pair<MemberKind, std::int64_t>;

void add_members(Database& database, ConnectionKey const& key, std::int64_t group,
                 std::vector<GroupMember> const& members, MemberDelta& delta) {
    if (members.empty()) return;
    auto position = database.integer(sql::last_position, group).value_or(0);
    for (auto const& member : members) {
        auto const row = find_member(database, key, member.ref);
        if (!row) {
            delta.unknown.push_back(member.ref);
            continue;
        }
        if (database.run(sql::insert_membership, group, position + 1, member.ref.kind, *row,
                         member.display) == 0) {
            continue;  // is a member already (checklist R-06)
        }
        ++position;
        delta.added.push_back(member.ref);
        if (member.ref.kind == MemberKind::group) database.run(sql::mark_nested, *row);
    }
}

void remove_members(Database& database, ConnectionKey const& key, std::int64_t group,
                    std::vector<MemberRef> const& members, MemberDelta& delta) {
    for (auto const& ref : members) {
        auto const row = find_member(database, key, ref);
        if (row && database.run(sql::delete_membership, group, ref.kind, *row) > 0) {
            delta.removed.push_back(ref);
        }
    }
}

// Removes who is not wanted, and gives the others the display they are wanted with.
void keep_only(Database& database, std::int64_t group,
               std::map<Member, std::optional<std::string>> const& wanted, MemberDelta& delta) {
    std::vector<std::int64_t> leaving;
    std::vector<std::pair<std::int64_t, std::optional<std::string>>> displays;
    {
        Query row(database, sql::members_of_group, group);
        while (row.step()) {
            auto const kind = static_cast<MemberKind>(row.integer(1));
            auto const kept = wanted.find({kind, row.integer(2)});
            if (kept == wanted.end()) {
                leaving.push_back(row.integer(0));
                delta.removed.push_back({kind, row.uuid(4)});
            } else if (kept->second != row.optional_text(3)) {
                displays.emplace_back(row.integer(0), kept->second);
            }
        }
    }
    for (auto const position : leaving) database.run(sql::delete_membership_at, group, position);
    for (auto const& [position, display] : displays) {
        database.run(sql::set_display, group, position, display);
    }
    delta.displays_changed = !displays.empty();
}

}  // namespace

std::optional<std::int64_t> find_member(Database& database, ConnectionKey const& key,
                                        MemberRef const& ref) {
    return database.integer(ref.kind == MemberKind::user ? sql::user_key : sql::group_key,
                            key.row(), ref.id);
}

MemberDelta change_members(Database& database, ConnectionKey const& key, std::int64_t group,
                           GroupChange const& change) {
    MemberDelta delta;
    if (change.unset_members) {
        keep_only(database, group, {}, delta);
        return delta;
    }
    if (change.clear_members) {
        std::map<Member, std::optional<std::string>> wanted;
        for (auto const& member : change.add) {
            auto const row = find_member(database, key, member.ref);
            if (row) wanted.emplace(Member{member.ref.kind, *row}, member.display);
        }
        keep_only(database, group, wanted, delta);
    } else {
        remove_members(database, key, group, change.remove, delta);
    }
    add_members(database, key, group, change.add, delta);
    return delta;
}

Result<std::vector<GroupMember>> members_of(Database& database, std::int64_t group,
                                            AnswerSize& answer) {
    std::vector<GroupMember> members;
    Query row(database, sql::members_of_group, group);
    while (row.step()) {
        auto const kind = static_cast<MemberKind>(row.integer(1));
        auto const& member =
            members.emplace_back(directory::MemberRef{kind, row.uuid(4)}, row.optional_text(3));
        CHECK(answer.add_display(member.display));
    }
    return members;
}

}  // namespace rollcall::storage::sqlite
