// Writing of users and of the members they provision. Everything is checked before the first
// change, so that a refused request leaves nothing to undo.
#include "storage/errors.hpp"
#include "storage/events.hpp"
#include "storage/sqlite/codec.hpp"
#include "storage/sqlite/connection_rows.hpp"
#include "storage/sqlite/deactivation.hpp"
#include "storage/sqlite/group_sql.hpp"
#include "storage/sqlite/linking.hpp"
#include "storage/sqlite/member_sql.hpp"
#include "storage/sqlite/outbox.hpp"
#include "storage/sqlite/session_sql.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/user_sql.hpp"

#include <algorithm>

namespace rollcall::storage::sqlite {

using directory::EmailKey;
using directory::EventAction;
using directory::ExistingMember;
using directory::MemberStatus;
using directory::User;
using directory::UserCreation;
using directory::UserState;
using directory::UserUpdate;

namespace {

/// A state in the form of columns, made before the writer has to wait for it.
struct StoredState {
    explicit StoredState(UserState const& state)
        : attributes(json_text(state.attributes)),
          packed_emails(pack_emails(state.emails)),
          emails(unpack_emails(packed_emails)),
          external_id(without_empty(state.external_id)),
          display_name_key(without_empty(state.display_name_key)),
          email_key(without_empty(state.email_key)) {}

    std::string attributes;
    std::string packed_emails;
    std::vector<EmailKey> emails;
    std::optional<std::string> external_id;
    std::optional<std::string> display_name_key;
    std::optional<std::string> email_key;
};

struct MemberRow {
    std::int64_t key;
    std::optional<std::string> email_key;
};

/// A live user as it is before a change.
struct UserBefore {
    std::int64_t key;
    std::uint64_t version;
    MemberRow member;
    std::string packed_emails;
    RegistrationId registration;
    Timestamp created_at;
};

Status check_user_name_free(Database& database, ConnectionKey const& key,
                            std::string const& user_name_key, MemberId const& self) {
    Query holder(database, sql::holder_of_user_name, key.row(), user_name_key);
    if (!holder.step() || holder.uuid(0) == self.uuid) return {};
    return fail(user_name_in_use({key.environment(), holder.uuid(0)}));
}

Status check_email_free(Database& database, ConnectionKey const& key, UserState const& state,
                        MemberId const& self) {
    if (state.email_key.empty() || state.status == MemberStatus::deleted) return {};
    Query holder(database, sql::holder_of_email, key.organization().row(), state.email_key);
    if (!holder.step() || holder.uuid(0) == self.uuid) return {};
    return fail(email_in_use({key.environment(), holder.uuid(0)}));
}

Result<MemberRow> member_to_link(Database& database, ConnectionKey const& key,
                                 ExistingMember const& link) {
    Query row(database, sql::member_to_link, key.organization().row(), link.id.uuid, key.row());
    if (!row.step() || row.count(1) != link.member_version || row.integer(3) != 0) {
        return fail(member_changed(link.id));
    }
    return MemberRow{row.integer(0), row.optional_text(2)};
}

std::int64_t insert_member(Database& database, ConnectionKey const& key, MemberId const& id,
                           UserState const& state, StoredState const& stored, Timestamp now) {
    bool const deleted = state.status == MemberStatus::deleted;
    // A deleted member is filed by its own key, which it gets here.
    auto const& email_key = deleted ? std::nullopt : stored.email_key;
    database.run(sql::insert_member, key.organization().row(), id.uuid, state.email_address,
                 email_key, state.name, state.status, now);
    auto const member = database.last_key();
    if (deleted) database.run(sql::file_deleted_member, member, stored.email_key);
    return member;
}

void update_member(Database& database, ConnectionKey const& key, MemberRow const& member,
                   UserState const& state, StoredState const& stored, Timestamp now) {
    auto const& organization = key.organization();
    if (member.email_key != stored.email_key) {
        if (member.email_key) {
            database.run(sql::retire_email, organization.row(), *member.email_key, member.key);
        }
        database.run(sql::forget_email_verification, organization.row(), member.key);
        database.run(sql::forget_password_of_other_address, member.key, state.email_key);
    }
    database.run(sql::update_member, member.key, state.email_address, stored.email_key, state.name,
                 state.status, now);
    if (state.status == MemberStatus::deleted) {
        deactivate_member(database, organization, member.key);
    }
}

void change_emails(Database& database, ConnectionKey const& key, std::int64_t user,
                   std::vector<EmailKey> const& before, std::vector<EmailKey> const& after) {
    for (auto const& email : before) {
        if (std::ranges::binary_search(after, email)) continue;
        database.run(sql::delete_user_email, key.row(), email.value, email.type, user);
    }
    for (auto const& email : after) {
        if (std::ranges::binary_search(before, email)) continue;
        database.run(sql::insert_user_email, key.row(), email.value, email.type, user);
    }
}

Result<MemberId> create(Database& database, ConnectionKey const& key, UserCreation const& creation,
                        StoredState const& stored) {
    auto const& state = creation.state;
    if (!is_live(database, key)) return fail(connection_not_found(key.id()));
    auto id = creation.new_member_id;
    std::optional<MemberRow> member;
    if (creation.only_if_unknown) {
        Clues const clues{state.user_name_key, state.external_id, state.email_key};
        if (!find_members(database, key, clues, 1).empty()) return fail(user_is_known());
    } else {
        CHECK(check_user_name_free(database, key, state.user_name_key, {}));
        if (auto const* link = std::get_if<ExistingMember>(&creation.link)) {
            id = link->id;
            TRY(member, member_to_link(database, key, *link));
        }
        CHECK(check_email_free(database, key, state, id));
    }

    std::int64_t member_key = 0;
    if (member) {
        member_key = member->key;
        update_member(database, key, *member, state, stored, creation.now);
    } else {
        member_key = insert_member(database, key, id, state, stored, creation.now);
    }
    database.run(sql::insert_user, key.row(), member_key, id.uuid, creation.registration.uuid,
                 state.user_name_key, stored.external_id, stored.display_name_key,
                 Blob{stored.packed_emails}, stored.attributes, creation.now);
    change_emails(database, key, database.last_key(), {}, stored.emails);
    // Behind the insertion, so that no key is used twice.
    if (member) database.run(sql::forget_former_user, key.row(), id.uuid, stored.external_id);
    database.run(sql::count_user, key.row(), 1);
    append_events(database, key.organization(), creation.events);
    return id;
}

std::optional<UserBefore> find_before(Database& database, ConnectionKey const& key,
                                      MemberId const& id) {
    if (id.environment != key.environment()) return std::nullopt;
    Query row(database, sql::user_to_change, key.row(), id.uuid);
    if (!row.step()) return std::nullopt;
    return UserBefore{.key = row.integer(0),
                      .version = row.count(1),
                      .member = {row.integer(2), row.optional_text(6)},
                      .packed_emails = row.text(3),
                      .registration = {key.environment(), row.uuid(4)},
                      .created_at = row.timestamp(5)};
}

/// The user after an update, without its attributes, which the caller has, and its groups.
Result<User> update(Database& database, ConnectionKey const& key, MemberId const& id,
                    UserUpdate const& update, StoredState const& stored) {
    auto const before = find_before(database, key, id);
    if (!before) return fail(user_not_found(id));
    if (before->version != update.expected_version) return fail(version_moved());
    CHECK(check_user_name_free(database, key, update.state.user_name_key, id));
    CHECK(check_email_free(database, key, update.state, id));

    update_member(database, key, before->member, update.state, stored, update.now);
    database.run(sql::update_user, before->key, update.state.user_name_key, stored.external_id,
                 stored.display_name_key, Blob{stored.packed_emails}, stored.attributes,
                 update.now);
    change_emails(database, key, before->key, unpack_emails(before->packed_emails), stored.emails);
    append_events(database, key.organization(), update.events);
    return User{.id = id,
                .registration = before->registration,
                .attributes = {},
                .version = before->version + 1,
                .created_at = before->created_at,
                .last_modified = update.now,
                .groups = {}};
}

// Of removed groups too, which wait to be purged; those stay as they are.
void leave_groups(Database& database, crypto::IdSource& ids, ConnectionKey const& key,
                  MemberId const& id, std::int64_t user, Timestamp now) {
    struct Left {
        std::int64_t group;
        std::int64_t position;
        GroupId id;
        std::string name;
        bool removed;
    };
    std::vector<Left> all;
    {
        Query row(database, sql::memberships_of_user, user);
        while (row.step()) {
            all.push_back({row.integer(0),
                           row.integer(1),
                           {key.environment(), row.uuid(2)},
                           row.text(3),
                           row.integer(4) != 0});
        }
    }
    for (auto const& left : all) {
        database.run(sql::delete_membership_at, left.group, left.position);
        if (left.removed) continue;
        database.run(sql::member_left_group, left.group, now);
        append_event(database, key.organization(),
                     membership_event(ids, EventAction::remove, id, left.id, left.name, now));
    }
}

}  // namespace

Task<Result<User>> SqliteStore::create_user(ConnectionKey key, UserCreation creation) {
    StoredState const stored(creation.state);
    CO_TRY(auto const id,
           co_await write<MemberId>({key.organization().id().uuid}, [&](Database& database) {
               return create(database, key, creation, stored);
           }));
    co_return User{.id = id,
                   .registration = creation.registration,
                   .attributes = std::move(creation.state.attributes),
                   .version = 1,
                   .created_at = creation.now,
                   .last_modified = creation.now,
                   .groups = {}};
}

Task<Result<User>> SqliteStore::update_user(ConnectionKey key, MemberId id, UserUpdate change) {
    StoredState const stored(change.state);
    CO_TRY(auto user, co_await write<User>({key.organization().id().uuid}, [&](Database& database) {
               return update(database, key, id, change, stored);
           }));
    user.attributes = std::move(change.state.attributes);
    co_return user;
}

Task<Status> SqliteStore::delete_user(ConnectionKey key, MemberId id,
                                      std::optional<std::uint64_t> expected_version, Timestamp now,
                                      std::vector<directory::Event> events) {
    return write<void>({key.organization().id().uuid},
                       [this, key, id, expected_version, now,
                        events = std::move(events)](Database& database) -> Status {
                           auto const before = find_before(database, key, id);
                           if (!before) return fail(user_not_found(id));
                           if (expected_version && *expected_version != before->version) {
                               return fail(version_moved());
                           }
                           append_events(database, key.organization(), events);
                           leave_groups(database, ids_, key, id, before->key, now);
                           change_emails(database, key, before->key,
                                         unpack_emails(before->packed_emails), {});
                           database.run(sql::remove_user, before->key);
                           database.run(sql::mark_member_deleted, before->member.key, now);
                           deactivate_member(database, key.organization(), before->member.key);
                           database.run(sql::count_user, key.row(), -1);
                           return {};
                       });
}

}  // namespace rollcall::storage::sqlite
