// Writing of groups. Everything is checked before the first change, so that a refused request
// leaves nothing to undo.
#include "storage/errors.hpp"
#include "storage/events.hpp"
#include "storage/sqlite/codec.hpp"
#include "storage/sqlite/connection_rows.hpp"
#include "storage/sqlite/group_rows.hpp"
#include "storage/sqlite/group_sql.hpp"
#include "storage/sqlite/memberships.hpp"
#include "storage/sqlite/outbox.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/tenant_sql.hpp"

#include <algorithm>

namespace rollcall::storage::sqlite {

using directory::AppliedGroupChange;
using directory::EventAction;
using directory::Group;
using directory::GroupChange;
using directory::GroupCreation;
using directory::MemberKind;
using directory::MemberRef;

namespace {

/// What every change of a group needs.
struct Context {
    Database& database;
    crypto::IdSource& ids;
    ConnectionKey const& key;
};

struct FoundGroup {
    std::int64_t key;
    Group group;
};

std::optional<FoundGroup> find(Context const& context, GroupId const& id) {
    if (id.environment != context.key.environment()) return std::nullopt;
    Query row(context.database, sql::group_by_id, context.key.row(), id.uuid);
    if (!row.step()) return std::nullopt;
    return FoundGroup{row.integer(0), group_of(row, context.key.environment())};
}

/// `self` is the key of the group that is to have the name, 0 for a new one.
Status check_name_free(Context const& context, std::string const& name_key, std::int64_t self) {
    Query holder(context.database, sql::holder_of_group_name, context.key.row(), name_key);
    if (!holder.step()) return {};
    // One that has the name already keeps it, whoever else may have it.
    if (context.database.integer(sql::group_has_name, self, name_key)) return {};
    return fail(display_name_in_use({context.key.environment(), holder.uuid(0)}));
}

Status check_members_known(Context const& context,
                           std::vector<directory::GroupMember> const& members) {
    std::vector<MemberRef> unknown;
    for (auto const& member : members) {
        if (!find_member(context.database, context.key, member.ref)) unknown.push_back(member.ref);
    }
    if (unknown.empty()) return {};
    return fail(members_unknown(unknown, context.key.environment()));
}

void emit_group(Context const& context, EventAction action, Group const& group, Timestamp now) {
    append_event(context.database, context.key.organization(),
                 group_event(context.ids, action, group.id, group.display_name, now));
}

void emit_memberships(Context const& context, EventAction action, Group const& group,
                      std::vector<MemberRef> const& refs, Timestamp now) {
    for (auto const& ref : refs) {
        if (ref.kind != MemberKind::user) continue;
        append_event(context.database, context.key.organization(),
                     membership_event(context.ids, action, {context.key.environment(), ref.id},
                                      group.id, group.display_name, now));
    }
}

bool has_group(std::vector<MemberRef> const& refs) {
    return std::ranges::any_of(refs,
                               [](MemberRef const& ref) { return ref.kind == MemberKind::group; });
}

void set_extensions(Database& database, std::int64_t key, boost::json::object const& extensions) {
    if (extensions.empty()) {
        database.run(sql::delete_group_extensions, key);
    } else {
        database.run(sql::set_group_extensions, key, json_text(extensions));
    }
}

Result<AppliedGroupChange> create(Context const& context, GroupCreation const& creation) {
    auto& database = context.database;
    if (!is_live(database, context.key)) return fail(connection_not_found(context.key.id()));
    if (creation.rules.unique_name) CHECK(check_name_free(context, creation.name_key, 0));
    if (creation.rules.known_members_only) CHECK(check_members_known(context, creation.members));

    database.run(sql::insert_group, context.key.row(), creation.id.uuid, creation.display_name,
                 creation.name_key, creation.external_id, creation.now);
    auto const key = database.last_key();
    if (!creation.extensions.empty()) set_extensions(database, key, creation.extensions);
    database.run(sql::count_group, context.key.row(), 1);
    Group group{.id = creation.id,
                .display_name = creation.display_name,
                .external_id = creation.external_id,
                .extensions = creation.extensions,
                .created_at = creation.now,
                .last_modified = creation.now,
                .members = {}};
    emit_group(context, EventAction::create, group, creation.now);
    GroupChange additions;
    additions.add = creation.members;
    auto delta = change_members(database, context.key, key, additions);
    if (!delta.added.empty()) {
        group.member_count = delta.added.size();
        database.run(sql::set_member_count, key, group.member_count);
        emit_memberships(context, EventAction::create, group, delta.added, creation.now);
    }
    return AppliedGroupChange{std::move(group), true, std::move(delta.unknown)};
}

// Name, external id and extensions; true if one of them is another now.
bool change_attributes(Context const& context, FoundGroup& found, GroupChange const& change) {
    auto& group = found.group;
    bool changed = false;
    if (change.display_name && *change.display_name != group.display_name) {
        group.display_name = *change.display_name;
        context.database.run(sql::rename_group, found.key, group.display_name, change.name_key);
        changed = true;
    }
    if (change.external_id && *change.external_id != group.external_id) {
        group.external_id = *change.external_id;
        context.database.run(sql::set_group_external_id, found.key, group.external_id);
        changed = true;
    }
    if (change.extensions && *change.extensions != group.extensions) {
        group.extensions = *change.extensions;
        set_extensions(context.database, found.key, group.extensions);
        changed = true;
    }
    return changed;
}

Result<AppliedGroupChange> apply(Context const& context, GroupId const& id,
                                 GroupChange const& change) {
    auto& database = context.database;
    auto found = find(context, id);
    if (!found) return fail(group_not_found(id));
    auto& group = found->group;
    if (change.expected_version && *change.expected_version != group.version) {
        return fail(version_moved());
    }
    if (change.display_name && change.rules.unique_name) {
        CHECK(check_name_free(context, change.name_key, found->key));
    }
    if (change.rules.known_members_only) CHECK(check_members_known(context, change.add));

    bool const attributes_changed = change_attributes(context, *found, change);
    auto delta = change_members(database, context.key, found->key, change);
    bool changed = attributes_changed || delta.any();
    group.member_count = group.member_count + delta.added.size() - delta.removed.size();
    if (change.touches_members() && group.members_unset != change.unset_members) {
        group.members_unset = change.unset_members;
        changed = true;
    }
    if (changed) {
        ++group.version;
        group.last_modified = change.now;
        database.run(sql::touch_group, found->key, change.now, group.member_count,
                     group.members_unset);
        if (attributes_changed || has_group(delta.removed) || has_group(delta.added)) {
            emit_group(context, EventAction::update, group, change.now);
        }
        emit_memberships(context, EventAction::remove, group, delta.removed, change.now);
        emit_memberships(context, EventAction::create, group, delta.added, change.now);
    }
    return AppliedGroupChange{std::move(group), changed, std::move(delta.unknown),
                              delta.removed.size()};
}

// Groups that contained it lose it at once (checklist R-08); its own members when it is purged.
void leave_containers(Context const& context, std::int64_t key, Timestamp now) {
    struct Container {
        std::int64_t key;
        std::int64_t position;
        bool removed;
        Group group;
    };
    std::vector<Container> containers;
    {
        Query row(context.database, sql::memberships_of_group, key);
        while (row.step()) {
            auto& container = containers.emplace_back();
            container.key = row.integer(0);
            container.position = row.integer(1);
            container.group.id = {context.key.environment(), row.uuid(2)};
            container.group.display_name = row.text(3);
            container.removed = row.integer(4) != 0;
        }
    }
    for (auto const& container : containers) {
        context.database.run(sql::delete_membership_at, container.key, container.position);
        if (container.removed || container.key == key) continue;
        context.database.run(sql::member_left_group, container.key, now);
        emit_group(context, EventAction::update, container.group, now);
    }
}

Status remove(Context const& context, GroupId const& id,
              std::optional<std::uint64_t> expected_version, Timestamp now) {
    auto const found = find(context, id);
    if (!found) return fail(group_not_found(id));
    if (expected_version && *expected_version != found->group.version) {
        return fail(version_moved());
    }
    emit_group(context, EventAction::remove, found->group, now);
    leave_containers(context, found->key, now);
    context.database.run(sql::remove_group, found->key);
    context.database.run(sql::delete_role_assignments_of_group, context.key.row(), found->key);
    context.database.run(sql::count_group, context.key.row(), -1);
    return {};
}

}  // namespace

Task<Result<AppliedGroupChange>> SqliteStore::create_group(ConnectionKey key,
                                                           GroupCreation creation) {
    return write<AppliedGroupChange>(
        {key.organization().id().uuid},
        [this, key, creation = std::move(creation)](Database& database) {
            return create({database, ids_, key}, creation);
        });
}

Task<Result<AppliedGroupChange>> SqliteStore::apply_group_change(ConnectionKey key, GroupId id,
                                                                 GroupChange change) {
    return write<AppliedGroupChange>(
        {key.organization().id().uuid},
        [this, key, id, change = std::move(change)](Database& database) {
            return apply({database, ids_, key}, id, change);
        });
}

Task<Status> SqliteStore::delete_group(ConnectionKey key, GroupId id,
                                       std::optional<std::uint64_t> expected_version,
                                       Timestamp now) {
    return write<void>({key.organization().id().uuid}, [=, this](Database& database) {
        return remove({database, ids_, key}, id, expected_version, now);
    });
}

}  // namespace rollcall::storage::sqlite
