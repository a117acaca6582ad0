// Every statement of the hot paths is answered by an index: no scan, no sorting.
#include "storage/sqlite/database.hpp"
#include "storage/sqlite/group_sql.hpp"
#include "storage/sqlite/member_sql.hpp"
#include "storage/sqlite/migrate.hpp"
#include "storage/sqlite/request_note_sql.hpp"
#include "storage/sqlite/session_sql.hpp"
#include "storage/sqlite/tenant_sql.hpp"
#include "storage/sqlite/user_sql.hpp"
#include "store_case.hpp"

#include <sqlite3.h>

namespace rollcall::tests {
namespace {

namespace sql = storage::sqlite::sql;
using storage::sqlite::Database;

class QueryPlans : public ::testing::Test {
protected:
    TemporaryDirectory temporary;
    Database database{temporary.path() / "plans.db", Database::Mode::write};

    QueryPlans() { must(storage::sqlite::migrate(database)); }

    std::string plan(std::string const& statement) {
        std::string text;
        sqlite3_stmt* query = nullptr;
        auto const explained = "EXPLAIN QUERY PLAN " + statement;
        if (sqlite3_prepare_v2(database.handle(), explained.c_str(), -1, &query, nullptr) !=
            SQLITE_OK) {
            return sqlite3_errmsg(database.handle());
        }
        while (sqlite3_step(query) == SQLITE_ROW) {
            text += reinterpret_cast<char const*>(sqlite3_column_text(query, 3));
            text += '\n';
        }
        sqlite3_finalize(query);
        return text;
    }
    static bool contains(std::string const& text, std::string_view part) {
        return text.find(part) != std::string::npos;
    }
};

TEST_F(QueryPlans, never_scan_or_sort) {
    std::vector<storage::sqlite::Sql> statements;
    for (auto const list : {std::span<storage::sqlite::Sql const>(sql::tenant_statements),
                            std::span<storage::sqlite::Sql const>(sql::user_statements),
                            std::span<storage::sqlite::Sql const>(sql::member_statements),
                            std::span<storage::sqlite::Sql const>(sql::group_statements),
                            std::span<storage::sqlite::Sql const>(sql::request_note_statements),
                            std::span<storage::sqlite::Sql const>(sql::session_statements)}) {
        statements.insert(statements.end(), list.begin(), list.end());
    }
    for (auto const* statement : statements) {
        auto const text = plan(statement);
        EXPECT_FALSE(contains(text, "SCAN ")) << statement << "\n" << text;
        EXPECT_FALSE(contains(text, "TEMP B-TREE")) << statement << "\n" << text;
        EXPECT_FALSE(contains(text, "error")) << statement << "\n" << text;
    }
}

TEST_F(QueryPlans, sort_only_the_few_rows_they_gather) {
    for (auto const list :
         {std::span<storage::sqlite::Sql const>(sql::sorting_user_statements),
          std::span<storage::sqlite::Sql const>(sql::sorting_tenant_statements)}) {
        for (auto const* statement : list) {
            auto const text = plan(statement);
            EXPECT_TRUE(contains(text, "SEARCH ")) << statement << "\n" << text;
            EXPECT_FALSE(contains(text, "SCAN ")) << statement << "\n" << text;
            EXPECT_TRUE(contains(text, "TEMP B-TREE")) << "needs no exception: " << statement;
        }
    }
    for (auto const* statement : sql::sorting_group_statements) {
        EXPECT_TRUE(contains(plan(statement), "COVERING INDEX groups_by_modified"))
            << plan(statement);
    }
}

TEST_F(QueryPlans, scan_only_tables_that_are_small_or_asked_for_whole) {
    for (auto const list :
         {std::span<storage::sqlite::Sql const>(sql::unindexed_tenant_statements),
          std::span<storage::sqlite::Sql const>(sql::unindexed_session_statements)}) {
        for (auto const* statement : list) {
            EXPECT_TRUE(contains(plan(statement), "SCAN ")) << "needs no exception: " << statement;
        }
    }
}

// O-06: backwards through an index, only rows of the same value are sorted.
TEST_F(QueryPlans, walk_backwards_without_sorting_the_whole) {
    std::vector<storage::sqlite::Sql> statements;
    statements.insert(statements.end(), sql::backward_user_statements.begin(),
                      sql::backward_user_statements.end());
    statements.insert(statements.end(), sql::backward_group_statements.begin(),
                      sql::backward_group_statements.end());
    for (auto const* statement : statements) {
        auto const text = plan(statement);
        EXPECT_TRUE(contains(text, "SEARCH ")) << statement << "\n" << text;
        EXPECT_TRUE(contains(text, "B-TREE FOR RIGHT PART OF ORDER BY") ||
                    contains(text, "B-TREE FOR LAST TERM OF ORDER BY"))
            << text;
    }
}

TEST_F(QueryPlans, read_addresses_and_count_members_from_indexes_alone) {
    for (auto const* statement : {sql::addresses, sql::count_members_with_address}) {
        auto const part = "COVERING INDEX members_by_email (organization=? AND email_key>?)";
        EXPECT_TRUE(contains(plan(statement), part)) << statement << "\n" << plan(statement);
    }
    auto const part =
        "COVERING INDEX members_without_email (organization=? AND deleted_key=? AND "
        "email_key=?)";
    EXPECT_TRUE(contains(plan(sql::count_members_without_address), part))
        << plan(sql::count_members_without_address);
    auto const order = plan(sql::organizations_in_order);
    EXPECT_TRUE(contains(order, "(project=? AND uuid>?)")) << order;
}

// F-44
TEST_F(QueryPlans, answer_filters_from_indexes) {
    auto const expect = [&](storage::sqlite::Sql statement, std::string_view part) {
        EXPECT_TRUE(contains(plan(statement), part)) << statement << "\n" << plan(statement);
    };
    expect(sql::user_keys_by_id, "INDEX users_by_id (connection=? AND uuid=? AND removed=?)");
    expect(sql::user_keys_by_user_name,
           "INDEX users_by_user_name (connection=? AND user_name_key=?)");
    expect(sql::user_keys_by_external_id,
           "INDEX users_by_external_id (connection=? AND external_id=?)");
    expect(sql::user_keys_by_email, "PRIMARY KEY (connection=? AND value_key=?)");
    expect(sql::user_keys_by_typed_email,
           "PRIMARY KEY (connection=? AND value_key=? AND type_key=?)");
    expect(sql::user_keys_by_display_name,
           "INDEX users_by_display_name (connection=? AND display_name_key=?)");
    expect(sql::member_keys_of_group, "PRIMARY KEY (group_key=?)");
    auto const range = "(connection=? AND removed=? AND last_modified>? AND last_modified<?)";
    expect(sql::list_of_users.changed_count,
           std::string("COVERING INDEX users_by_modified ") + range);
    expect(sql::list_of_users.changed_window,
           std::string("COVERING INDEX users_by_modified ") + range);
    expect(sql::list_of_groups.changed_count,
           std::string("COVERING INDEX groups_by_modified ") + range);
    expect(sql::group_key, "INDEX groups_by_id (connection=? AND uuid=?)");
    expect(sql::group_keys_by_name, "INDEX groups_by_name (connection=? AND name_key=?)");
    expect(sql::holder_of_group_name, "INDEX groups_by_name (connection=? AND name_key=?)");
    expect(sql::group_keys_by_external_id,
           "INDEX groups_by_external_id (connection=? AND external_id=?)");
    expect(sql::group_keys_by_member,
           "INDEX memberships_by_member (member_kind=? AND member_key=?)");
    expect(sql::group_has_member,
           "COVERING INDEX memberships_by_member (member_kind=? AND member_key=? AND group_key=?)");
}

TEST_F(QueryPlans, find_members_in_indexes) {
    auto const expect = [&](storage::sqlite::Sql statement, std::string_view part) {
        EXPECT_TRUE(contains(plan(statement), part)) << statement << "\n" << plan(statement);
    };
    expect(sql::member_key_by_id,
           "COVERING INDEX sqlite_autoindex_members_1 (organization=? AND "
           "uuid=?)");
    expect(sql::member_key_by_external_id,
           "INDEX member_details_by_external_id (organization=? AND external_id=?)");
    expect(sql::member_key_by_email,
           "INDEX members_by_email (organization=? AND email_key=? AND deleted_key=?)");
    expect(sql::retired_emails_of_member,
           "COVERING INDEX retired_emails_by_member (organization=? AND member=?)");
    expect(sql::group_roles_of_user, "PRIMARY KEY (connection=? AND group_key=?)");
    expect(sql::members_by_email, "INDEX members_by_email (organization=? AND email_key=?)");
    expect(sql::members_in_order, "INDEX sqlite_autoindex_members_1 (organization=? AND uuid>?)");
}

TEST_F(QueryPlans, find_what_awaits_purging_without_walking_the_rest) {
    for (auto const* statement : sql::purging_group_statements) {
        EXPECT_TRUE(contains(plan(statement), "INDEX")) << statement << "\n" << plan(statement);
    }
}

TEST_F(QueryPlans, read_a_page_of_summaries_from_one_covering_index) {
    auto const text = plan(sql::group_summaries);
    EXPECT_TRUE(contains(text,
                         "SEARCH groups USING COVERING INDEX groups_by_id (connection=? AND "
                         "uuid>?)"))
        << text;
}

TEST_F(QueryPlans, walk_lists_in_a_covering_index) {
    for (auto const& [statement, index] :
         {std::pair(sql::list_of_users.orders.creation, "users_in_order"),
          std::pair(sql::list_of_users.orders.id.ascending, "users_by_id"),
          std::pair(sql::list_of_users.orders.created.ascending, "users_by_created"),
          std::pair(sql::list_of_users.orders.last_modified.ascending, "users_by_modified"),
          std::pair(sql::list_of_groups.orders.creation, "groups_in_order"),
          std::pair(sql::list_of_groups.orders.id.ascending, "groups_by_id"),
          std::pair(sql::list_of_groups.orders.created.ascending, "groups_by_created"),
          std::pair(sql::list_of_groups.orders.last_modified.ascending, "groups_by_modified")}) {
        EXPECT_TRUE(contains(plan(statement), std::string("COVERING INDEX ") + index))
            << plan(statement);
    }
}

// a change costs the same whatever the size of the group.
TEST_F(QueryPlans, reach_a_membership_from_both_sides) {
    EXPECT_TRUE(contains(plan(sql::groups_of_user),
                         "COVERING INDEX memberships_by_member (member_kind=? AND member_key=?)"))
        << plan(sql::groups_of_user);
    EXPECT_TRUE(contains(plan(sql::delete_membership),
                         "SEARCH memberships USING PRIMARY KEY (group_key=? AND position=?)"))
        << plan(sql::delete_membership);
}

}  // namespace
}  // namespace rollcall::tests
