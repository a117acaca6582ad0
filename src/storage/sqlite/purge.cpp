// Physical removal, in chunks, of what was removed in one stroke.
#include "storage/sqlite/group_sql.hpp"
#include "storage/sqlite/request_note_sql.hpp"
#include "storage/sqlite/session_sql.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/tenant_sql.hpp"

namespace rollcall::storage::sqlite {
namespace {

/// Rows that may still be removed in this call.
class Budget {
public:
    explicit Budget(std::size_t rows) : left_(static_cast<std::int64_t>(rows)) {}
    [[nodiscard]] bool is_spent() const noexcept { return left_ <= 0; }

    /// Runs a statement that takes a key and a limit; true if it found nothing (more) to do.
    bool finish(Database& database, Sql sql, std::int64_t key) {
        if (is_spent()) return false;
        auto const wanted = left_;
        auto const done = database.run(sql, key, wanted);
        left_ -= done;
        return done < wanted;
    }

private:
    std::int64_t left_;
};

// Each does a part of the work on one thing, and forgets the thing when nothing of it is left.

void purge_group(Database& database, std::int64_t group, Budget& budget) {
    if (!budget.finish(database, sql::purge_memberships, group)) return;
    database.run(sql::delete_group_extensions, group);
    database.run(sql::purge_group, group);
}

// Groups become removed ones; registrations stay as former ones, emptied, for linking.
void purge_deleted_connection(Database& database, std::int64_t connection, Budget& budget) {
    database.run(sql::delete_role_assignments, connection);
    database.run(sql::delete_connection_options, connection);
    database.run(sql::delete_schemas, connection);
    database.run(sql::delete_schemas_version, connection);
    for (auto const sql : {sql::remove_groups_of_connection, sql::purge_emails_of_connection,
                           sql::empty_users_of_connection, sql::purge_request_notes}) {
        if (!budget.finish(database, sql, connection)) return;
    }
    database.run(sql::connection_is_purged, connection);
}

void purge_organization(Database& database, std::int64_t organization, Budget& budget) {
    while (auto const connection =
               database.integer(sql::any_connection_of_organization, organization)) {
        if (!budget.finish(database, sql::purge_users_of_connection, *connection)) return;
        database.run(sql::purge_connection, *connection);
    }
    for (auto const sql :
         {sql::purge_sessions, sql::purge_passwords, sql::purge_impersonation_tokens,
          sql::purge_members_of_organization, sql::purge_retired_emails, sql::purge_member_details,
          sql::purge_member_roles, sql::purge_events}) {
        if (!budget.finish(database, sql, organization)) return;
    }
    database.run(sql::delete_organization_policy, organization);
    database.run(sql::purge_organization, organization);
}

// In this order: what is inside first.
bool purge_one(Database& database, Budget& budget) {
    if (auto const group = database.integer(sql::any_removed_group)) {
        purge_group(database, *group, budget);
    } else if (auto const connection = database.integer(sql::any_deleted_connection)) {
        purge_deleted_connection(database, *connection, budget);
    } else if (auto const organization = database.integer(sql::any_removed_organization)) {
        purge_organization(database, *organization, budget);
    } else {
        return false;
    }
    return true;
}

}  // namespace

Task<Result<bool>> SqliteStore::purge(std::size_t rows_max) {
    return write<bool>({}, [rows_max](Database& database) -> Result<bool> {
        Budget budget(rows_max);
        while (!budget.is_spent()) {
            if (!purge_one(database, budget)) return false;
        }
        return true;
    });
}

}  // namespace rollcall::storage::sqlite
