// Every statement of the hot paths is answered by an index: no scan, no sorting.
#include "storage/sqlite/database.hpp"
#include "storage/sqlite/group_sql.hpp"
#include "storage/sqlite/migrate.hpp"
#include "storage/sqlite/request_note_sql.hpp"
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
                            std::span<storage::sqlite::Sql const>(sql::group_statements),
                            std::span<storage::sqlite::Sql const>(sql::request_note_statements)}) {
        statements.insert(statements.end(), list.begin(), list.end());
    }
    EXPECT_GT(statements.size(), 80U);
    for (auto const* statement : statements) {
        auto const text = plan(statement);
        EXPECT_FALSE(contains(text, "SCAN ")) << statement << "\n" << text;
        EXPECT_FALSE(contains(text, "TEMP B-TREE")) << statement << "\n" << text;
        EXPECT_FALSE(contains(text, "error")) << statement << "\n" << text;
    }
}

TEST_F(QueryPlans, sort_only_the_few_rows_they_gather) {
    for (auto const* statement : sql::sorting_user_statements) {
        EXPECT_FALSE(contains(plan(statement), "SCAN ")) << statement << "\n" << plan(statement);
    }
}

TEST_F(QueryPlans, find_what_awaits_purging_without_walking_the_rest) {
    for (auto const* statement : sql::purge_searches) {
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
    EXPECT_TRUE(contains(plan(sql::user_keys_window), "COVERING INDEX users_in_order"))
        << plan(sql::user_keys_window);
    EXPECT_TRUE(contains(plan(sql::group_keys_window), "COVERING INDEX groups_in_order"))
        << plan(sql::group_keys_window);
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
