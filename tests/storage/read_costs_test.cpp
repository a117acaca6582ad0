// A read looks at nothing that is not in its answer.
#include "storage/sqlite/database.hpp"
#include "storage/sqlite/open.hpp"
#include "storage/sqlite/organization_rows.hpp"
#include "storage/sqlite/tenant_sql.hpp"
#include "store_case.hpp"

#include <sqlite3.h>

#include <algorithm>

namespace rollcall::tests {
namespace {

namespace sql = storage::sqlite::sql;
using storage::sqlite::Database;
using storage::sqlite::Query;

int keep_statement(unsigned /*event*/, void* statements, void* /*statement*/, void* text) {
    static_cast<std::vector<std::string>*>(statements)->emplace_back(static_cast<char*>(text));
    return 0;
}

TEST(ReadCosts, an_organization_is_read_without_the_roles_its_connection_assigns) {
    TemporaryDirectory directory;
    crypto::RandomIdSource ids;
    auto const store = must(storage::open_sqlite_store({directory.path()}, ids, {}));
    World world(*store);
    auto const [organization, connection] = world.tenant();
    storage::ConnectionChange change;
    auto const group = world.group(connection, "g").id;
    change.role_assignments = std::vector{directory::RoleAssignment{"admin", group}};
    get(store->update_connection(connection, change));

    std::vector<std::string> statements;
    Database database(directory.path() / "rollcall.db", Database::Mode::read);
    sqlite3_trace_v2(database.handle(), SQLITE_TRACE_STMT, keep_statement, &statements);
    Query row(database, sql::organization_by_key, organization.row());
    ASSERT_TRUE(row.step());
    auto const record = record_of(database, organization.project(), row);
    ASSERT_TRUE(record.active_connection);
    EXPECT_EQ(record.active_connection->id, connection.id());
    EXPECT_GE(statements.size(), 2U);
    EXPECT_TRUE(std::ranges::none_of(statements, [](std::string const& statement) {
        return statement.contains("role_assignments");
    }));
}

}  // namespace
}  // namespace rollcall::tests
