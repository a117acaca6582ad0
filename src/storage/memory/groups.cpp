// The memory store: writing of groups and memberships.
#include "storage/errors.hpp"
#include "storage/events.hpp"
#include "storage/memory/memory_store.hpp"

#include <algorithm>

namespace rollcall::storage::memory {

using directory::AppliedGroupChange;
using directory::EventAction;
using directory::Group;
using directory::GroupChange;
using directory::GroupCreation;
using directory::MemberKind;
using directory::MemberRef;

/// What a change did to a group's members.
struct MemoryStore::Delta {
    std::vector<MemberRef> removed;
    std::vector<MemberRef> added;
    std::vector<MemberRef> unknown;
    bool displays_changed = false;

    [[nodiscard]] bool any() const {
        return !removed.empty() || !added.empty() || displays_changed;
    }
};

GroupRow* MemoryStore::find_group_row(ConnectionRow& connection, GroupId const& id) {
    if (id.environment != connection.connection.id.environment) return nullptr;
    auto const found = connection.groups_by_id.find(id.uuid);
    return found == connection.groups_by_id.end() ? nullptr : &state_.groups.at(found->second);
}

std::optional<MemberRowRef> MemoryStore::resolve(ConnectionRow& connection, MemberRef const& ref) {
    auto const& index =
        ref.kind == MemberKind::user ? connection.users_by_id : connection.groups_by_id;
    auto const found = index.find(ref.id);
    if (found == index.end()) return std::nullopt;
    return MemberRowRef{ref.kind, found->second};
}

MemberRef MemoryStore::ref_of(MemberRowRef const& member) const {
    auto const& [kind, row] = member;
    if (kind == MemberKind::user) return {kind, state_.users.at(row).user.id.uuid};
    return {kind, state_.groups.at(row).group.id.uuid};
}

Status MemoryStore::check_name_free(ConnectionRow const& connection, std::string const& name_key,
                                    Row self) const {
    auto const [first, last] = connection.groups_by_name.equal_range(name_key);
    if (first == last) return {};
    auto oldest = first->second;
    for (auto holder = first; holder != last; ++holder) {
        // One that has the name already keeps it, whoever else may have it.
        if (holder->second == self) return {};
        oldest = std::min(oldest, holder->second);
    }
    return fail(display_name_in_use(state_.groups.at(oldest).group.id));
}

Status MemoryStore::check_members_known(ConnectionRow& connection,
                                        std::vector<directory::GroupMember> const& members) {
    std::vector<MemberRef> unknown;
    for (auto const& member : members) {
        if (!resolve(connection, member.ref)) unknown.push_back(member.ref);
    }
    if (unknown.empty()) return {};
    return fail(members_unknown(unknown, connection.connection.id.environment));
}

void MemoryStore::forget_name(ConnectionRow& connection, GroupRow const& group) {
    auto [holder, last] = connection.groups_by_name.equal_range(group.name_key);
    while (holder != last && holder->second != group.row) ++holder;
    if (holder != last) connection.groups_by_name.erase(holder);
}

bool MemoryStore::add_member(GroupRow& group, MemberRowRef const& member,
                             std::optional<std::string> const& display) {
    if (group.positions.contains(member)) return false;
    auto const position = group.members.empty() ? 1 : group.members.rbegin()->first + 1;
    group.members.emplace(position, Membership{member, display});
    group.positions.emplace(member, position);
    ++group.group.member_count;
    auto const& [kind, row] = member;
    if (kind == MemberKind::user) {
        state_.users.at(row).groups.insert(group.row);
    } else {
        state_.groups.at(row).parents.insert(group.row);
    }
    return true;
}

bool MemoryStore::remove_member(GroupRow& group, MemberRowRef const& member) {
    auto const found = group.positions.find(member);
    if (found == group.positions.end()) return false;
    group.members.erase(found->second);
    group.positions.erase(found);
    --group.group.member_count;
    auto const& [kind, row] = member;
    if (kind == MemberKind::user) {
        state_.users.at(row).groups.erase(group.row);
    } else {
        state_.groups.at(row).parents.erase(group.row);
    }
    return true;
}

MemoryStore::Delta MemoryStore::change_members(ConnectionRow& connection, GroupRow& group,
                                               GroupChange const& change) {
    Delta delta;
    if (change.clear_members || change.unset_members) {
        std::map<MemberRowRef, std::optional<std::string>> wanted;
        if (!change.unset_members) {
            for (auto const& member : change.add) {
                auto const row = resolve(connection, member.ref);
                if (row) wanted.emplace(*row, member.display);
            }
        }
        auto const members = group.members;
        for (auto const& [position, membership] : members) {
            auto const kept = wanted.find(membership.member);
            if (kept == wanted.end()) {
                delta.removed.push_back(ref_of(membership.member));
                remove_member(group, membership.member);
            } else if (kept->second != membership.display) {
                group.members.at(position).display = kept->second;
                delta.displays_changed = true;
            }
        }
    } else {
        for (auto const& ref : change.remove) {
            auto const row = resolve(connection, ref);
            if (row && remove_member(group, *row)) delta.removed.push_back(ref);
        }
    }
    if (change.unset_members) return delta;
    for (auto const& member : change.add) {
        auto const row = resolve(connection, member.ref);
        if (!row) {
            delta.unknown.push_back(member.ref);
        } else if (add_member(group, *row, member.display)) {
            delta.added.push_back(member.ref);
        }
    }
    return delta;
}

void MemoryStore::emit_delta(ConnectionRow const& connection, GroupRow const& group,
                             Delta const& delta, bool group_changed, Timestamp now) {
    auto const& stored = group.group;
    auto const has_group = [](std::vector<MemberRef> const& refs) {
        for (auto const& ref : refs) {
            if (ref.kind == MemberKind::group) return true;
        }
        return false;
    };
    if (group_changed || has_group(delta.removed) || has_group(delta.added)) {
        emit(connection.organization,
             group_event(ids_, EventAction::update, stored.id, stored.display_name, now));
    }
    auto const emit_each = [&](std::vector<MemberRef> const& refs, EventAction action) {
        for (auto const& ref : refs) {
            if (ref.kind != MemberKind::user) continue;
            emit(connection.organization,
                 membership_event(ids_, action, {stored.id.environment, ref.id}, stored.id,
                                  stored.display_name, now));
        }
    };
    emit_each(delta.removed, EventAction::remove);
    emit_each(delta.added, EventAction::create);
}

void MemoryStore::touch(GroupRow& group, Timestamp now) {
    ++group.group.version;
    group.group.last_modified = now;
}

Task<Result<AppliedGroupChange>> MemoryStore::create_group(ConnectionKey key,
                                                           GroupCreation creation) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* connection = find_row(key);
    if (!connection) co_return fail(connection_not_found(key.id()));
    if (creation.rules.unique_name) {
        CO_CHECK(check_name_free(*connection, creation.name_key, 0));
    }
    if (creation.rules.known_members_only) {
        CO_CHECK(check_members_known(*connection, creation.members));
    }
    auto const row = state_.next_row();
    GroupRow fresh{.row = row,
                   .connection = connection->row,
                   .group = {.id = creation.id,
                             .display_name = creation.display_name,
                             .external_id = creation.external_id,
                             .extensions = creation.extensions,
                             .created_at = creation.now,
                             .last_modified = creation.now,
                             .members = {}},
                   .name_key = creation.name_key,
                   .members = {},
                   .positions = {},
                   .parents = {}};
    auto& group = state_.groups.emplace(row, std::move(fresh)).first->second;
    connection->groups.insert(row);
    connection->groups_by_id.emplace(creation.id.uuid, row);
    connection->groups_by_name.emplace(creation.name_key, row);
    emit(connection->organization,
         group_event(ids_, EventAction::create, creation.id, creation.display_name, creation.now));
    GroupChange additions;
    additions.add = std::move(creation.members);
    auto delta = change_members(*connection, group, additions);
    // The creation event already speaks for nested groups.
    std::erase_if(delta.added, [](MemberRef const& ref) { return ref.kind == MemberKind::group; });
    emit_delta(*connection, group, delta, false, creation.now);
    generations_.raise(key.organization().id().uuid);
    co_return AppliedGroupChange{group.group, true, std::move(delta.unknown)};
}

Task<Result<AppliedGroupChange>> MemoryStore::apply_group_change(ConnectionKey key, GroupId id,
                                                                 GroupChange change) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* connection = find_row(key);
    if (!connection) co_return fail(group_not_found(id));
    auto* row = find_group_row(*connection, id);
    if (!row) co_return fail(group_not_found(id));
    auto& group = row->group;
    if (change.expected_version && *change.expected_version != group.version) {
        co_return fail(version_moved());
    }
    if (change.display_name && change.rules.unique_name) {
        CO_CHECK(check_name_free(*connection, change.name_key, row->row));
    }
    if (change.rules.known_members_only) {
        CO_CHECK(check_members_known(*connection, change.add));
    }
    bool group_changed = false;
    if (change.display_name && *change.display_name != group.display_name) {
        forget_name(*connection, *row);
        connection->groups_by_name.emplace(change.name_key, row->row);
        row->name_key = change.name_key;
        group.display_name = *change.display_name;
        group_changed = true;
    }
    if (change.external_id && *change.external_id != group.external_id) {
        group.external_id = *change.external_id;
        group_changed = true;
    }
    if (change.extensions && *change.extensions != group.extensions) {
        group.extensions = *change.extensions;
        group_changed = true;
    }
    auto const delta = change_members(*connection, *row, change);
    bool changed = group_changed || delta.any();
    if (change.touches_members() && group.members_unset != change.unset_members) {
        group.members_unset = change.unset_members;
        changed = true;
    }
    if (changed) {
        touch(*row, change.now);
        emit_delta(*connection, *row, delta, group_changed, change.now);
        generations_.raise(key.organization().id().uuid);
    }
    co_return AppliedGroupChange{group, changed, delta.unknown, delta.removed.size()};
}

Task<Status> MemoryStore::delete_group(ConnectionKey key, GroupId id,
                                       std::optional<std::uint64_t> expected_version,
                                       Timestamp now) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* connection = find_row(key);
    if (!connection) co_return fail(group_not_found(id));
    auto* row = find_group_row(*connection, id);
    if (!row) co_return fail(group_not_found(id));
    if (expected_version && *expected_version != row->group.version) {
        co_return fail(version_moved());
    }
    emit(connection->organization,
         group_event(ids_, EventAction::remove, id, row->group.display_name, now));
    auto const parents = row->parents;
    for (auto const parent_row : parents) {
        auto& parent = state_.groups.at(parent_row);
        remove_member(parent, {MemberKind::group, row->row});
        if (parent_row == row->row) continue;
        touch(parent, now);
        emit(connection->organization, group_event(ids_, EventAction::update, parent.group.id,
                                                   parent.group.display_name, now));
    }
    for (auto const& [member, position] : row->positions) {
        auto const& [kind, member_row] = member;
        if (kind == MemberKind::user) {
            state_.users.at(member_row).groups.erase(row->row);
        } else {
            state_.groups.at(member_row).parents.erase(row->row);
        }
    }
    row->removed = true;
    connection->groups.erase(row->row);
    connection->groups_by_id.erase(id.uuid);
    forget_name(*connection, *row);
    std::erase_if(connection->role_assignments,
                  [&](auto const& assignment) { return assignment.group == id; });
    generations_.raise(key.organization().id().uuid);
    co_return Status{};
}

}  // namespace rollcall::storage::memory
