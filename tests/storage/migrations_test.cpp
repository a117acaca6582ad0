// Schema steps: together equal to the full schema, harmless when repeated, keeping rows.
#include "storage/sqlite/database.hpp"
#include "storage/sqlite/migrate.hpp"
#include "storage/sqlite/open.hpp"
#include "store_case.hpp"

#include <sqlite3.h>

#include <cctype>
#include <filesystem>

namespace rollcall::tests {
namespace {

using storage::sqlite::Database;
using storage::sqlite::full_schema;
using storage::sqlite::migrations;
using storage::sqlite::run_steps;

using Lines = std::vector<std::string>;

class Migrations : public ::testing::Test {
protected:
    TemporaryDirectory temporary;

    std::filesystem::path path(std::string const& name) const { return temporary.path() / name; }
};

Lines rows(Database& database, std::string const& sql) {
    Lines lines;
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(database.handle(), sql.c_str(), -1, &statement, nullptr),
              SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        std::string line;
        for (int column = 0; column < sqlite3_column_count(statement); ++column) {
            auto const* text = sqlite3_column_text(statement, column);
            line += text ? reinterpret_cast<char const*>(text) : "null";
            line += '|';
        }
        lines.push_back(line);
    }
    sqlite3_finalize(statement);
    return lines;
}

// Comments and spacing do not make a schema another one.
std::string normalized(std::string const& sql) {
    std::string text;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (sql.compare(i, 2, "--") == 0) i = std::min(sql.find('\n', i), sql.size());
        if (i < sql.size() && !std::isspace(static_cast<unsigned char>(sql[i]))) text += sql[i];
    }
    return text;
}

// Everything SQLite knows about the schema: objects, columns, indexes, references.
Lines description(Database& database) {
    Lines lines;
    for (auto const& object :
         rows(database,
              "SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_schema "
              "WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name")) {
        lines.push_back(normalized(object));
    }
    auto const add = [&](std::string const& pragma) {
        for (auto& line : rows(database, "SELECT m.name, p.* FROM sqlite_schema m, " + pragma +
                                             " p ORDER BY m.name, 2, 3")) {
            lines.push_back(pragma + line);
        }
    };
    add("pragma_table_xinfo(m.name)");
    add("pragma_foreign_key_list(m.name)");
    return lines;
}

// Policies of the tenant's project and organization.
void write_policies(storage::Store& store, Tenant const& tenant) {
    directory::Role const role{"auditor", "", {{"stytch.scim", {"get"}}}};
    must(run_task(store.put_policy(tenant.organization.project(), {{}, {}, {role}, {}})));
    must(run_task(store.put_organization_policy(tenant.organization, {{role}}, at(0), {})));
}

// A member with everything a developer can write.
directory::Member write_member(storage::Store& store, World& world,
                               storage::OrganizationKey const& key) {
    directory::Member member;
    member.id = {Environment::test, world.ids().ordered_uuid(at(1))};
    member.organization = key.id();
    member.email_address = "eve@example.com";
    member.external_id = "ext-1";
    member.explicit_roles = {"editor"};
    member.created_at = member.updated_at = at(1);
    return get(store.create_member(key, {member, {}})).member;
}

// A schema, and a group with data under it.
void declare_and_use(storage::Store& store, World& world, storage::ConnectionKey const& key) {
    scim::Schema schema{"urn:acme:team", "Team", "", {}};
    schema.attributes.emplace_back().name = "colour";
    directory::ConnectionSchema const declared{
        {scim::ResourceKind::group, false, std::move(schema)}, at(0), at(0)};
    must(run_task(store.put_schema(key, declared, 0, {})));
    auto creation = world.new_group(key, "team");
    creation.extensions["urn:acme:team"] = boost::json::object{{"colour", "red"}};
    must(run_task(store.create_group(key, creation)));
}

TEST_F(Migrations, are_numbered_without_gaps) {
    int number = 0;
    for (auto const& step : migrations()) {
        auto const digits = std::to_string(++number);
        EXPECT_TRUE(step.name.starts_with(std::string(4 - digits.size(), '0') + digits + "_"))
            << step.name;
    }
    EXPECT_GT(number, 0);
}

TEST_F(Migrations, lead_to_the_full_schema) {
    Database steps(path("steps.db"), Database::Mode::write);
    run_steps(steps, 0);
    Database whole(path("whole.db"), Database::Mode::write);
    whole.script(std::string(full_schema()));
    auto const expected = description(whole);
    EXPECT_GT(expected.size(), 50U);
    EXPECT_EQ(description(steps), expected);
}

TEST_F(Migrations, are_harmless_when_run_again_with_rows) {
    crypto::RandomIdSource ids;
    std::optional<Tenant> tenant;
    directory::Group group;
    directory::Member eve;
    {
        auto const store = must(storage::open_sqlite_store(
            {.directory = temporary.path(), .exclusive = true}, ids, {}));
        World world(*store);
        tenant = world.tenant();
        group = world.group(tenant->connection, "group",
                            {member(world.user(tenant->connection, "ada"))});
        declare_and_use(*store, world, tenant->connection);
        write_policies(*store, *tenant);
        eve = write_member(*store, world, tenant->organization);
    }
    Lines before;
    {
        Database database(path("rollcall.db"), Database::Mode::write);
        before = description(database);
        for (auto const& step : migrations()) {
            database.script(step.sql);
            database.script(step.sql);
        }
        EXPECT_EQ(description(database), before);
        database.script("PRAGMA user_version = 0");
    }
    // A database that says it is old gets the steps once more, and keeps what it holds.
    auto const store = must(
        storage::open_sqlite_store({.directory = temporary.path(), .exclusive = true}, ids, {}));
    auto const read = get(store->find_group(tenant->connection, group.id, true));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->members.size(), 1U);
    EXPECT_EQ(get(store->list_schemas(tenant->connection)).schemas.size(), 1U);
    auto const& organization = tenant->organization;
    EXPECT_EQ(get(store->get_policy(organization.project())).custom_roles.size(), 1U);
    EXPECT_EQ(get(store->get_organization_policy(organization)).roles.size(), 1U);
    EXPECT_EQ(get(store->find_member(tenant->organization, "ext-1"))->member, eve);
    Database database(path("rollcall.db"), Database::Mode::write);
    EXPECT_EQ(rows(database, "PRAGMA user_version"),
              Lines{std::to_string(migrations().size()) + "|"});
}

// names were unique by an index; afterwards each connection decides.
TEST_F(Migrations, free_the_names_of_groups_and_keep_their_rows) {
    crypto::RandomIdSource ids;
    std::optional<Tenant> tenant;
    directory::Group group;
    {
        auto const store = must(storage::open_sqlite_store(
            {.directory = temporary.path(), .exclusive = true}, ids, {}));
        World world(*store);
        tenant = world.tenant();
        group = world.group(tenant->connection, "group",
                            {member(world.user(tenant->connection, "ada"))});
    }
    {
        Database database(path("rollcall.db"), Database::Mode::write);
        database.script(
            "DROP TABLE connection_options; DROP INDEX groups_by_name; "
            "CREATE UNIQUE INDEX groups_by_name ON groups (connection, name_key) "
            "WHERE removed = 0; PRAGMA user_version = 1");
    }
    auto const store = must(
        storage::open_sqlite_store({.directory = temporary.path(), .exclusive = true}, ids, {}));
    World world(*store);
    EXPECT_EQ(get(store->find_group(tenant->connection, group.id, true))->members.size(), 1U);
    auto twin = world.new_group(tenant->connection, "group");
    EXPECT_EQ(error_of(store->create_group(tenant->connection, twin)).code(),
              ErrorCode::uniqueness);
    twin.rules.unique_name = false;
    get(store->create_group(tenant->connection, twin));
    storage::ConnectionChange change;
    change.options.emplace();
    change.options->unique_group_names = false;
    EXPECT_EQ(get(store->update_connection(tenant->connection, change)).connection.options,
              change.options);
}

TEST_F(Migrations, give_older_users_the_key_of_their_display_name) {
    crypto::RandomIdSource ids;
    auto const open = [&] {
        return must(storage::open_sqlite_store({.directory = temporary.path(), .exclusive = true},
                                               ids, {}));
    };
    std::optional<Tenant> tenant;
    {
        auto const store = open();
        World world(*store);
        tenant = world.tenant();
        world.user(tenant->connection, "Äda");
        auto const gone = world.user(tenant->connection, "gone");
        must(run_task(store->delete_user(tenant->connection, gone.id, {}, at(2), {})));
    }
    {
        Database database(path("rollcall.db"), Database::Mode::write);
        database.script("UPDATE users SET display_name_key = NULL; PRAGMA user_version = 3");
    }
    auto const store = open();
    directory::UserQuery query;
    query.index = directory::ByDisplayName{"äda"};
    EXPECT_EQ(get(store->list_users(tenant->connection, query)).total, 1U);
    query.index = directory::ByDisplayName{"gone"};
    EXPECT_EQ(get(store->list_users(tenant->connection, query)).total, 0U);
}

// G-23
TEST_F(Migrations, give_older_users_a_key_without_width) {
    crypto::RandomIdSource ids;
    auto const open = [&] {
        return must(storage::open_sqlite_store({.directory = temporary.path(), .exclusive = true},
                                               ids, {}));
    };
    std::optional<Tenant> tenant;
    {
        auto const store = open();
        World world(*store);
        tenant = world.tenant();
        for (auto const* name : {"ann", "bob", "cleo"}) world.user(tenant->connection, name);
    }
    auto const keys = [&] {
        Database database(path("rollcall.db"), Database::Mode::write);
        return rows(database, "SELECT user_name_key FROM users ORDER BY key");
    };
    {
        Database database(path("rollcall.db"), Database::Mode::write);
        database.script(
            "UPDATE users SET user_name_key = '\uff41nn' WHERE user_name_key LIKE 'ann%';"
            "UPDATE users SET user_name_key = 'dov' WHERE user_name_key LIKE 'bob%';"
            "UPDATE users SET user_name_key = '\uff44ov' WHERE user_name_key LIKE 'cleo%';"
            "PRAGMA user_version = 8");
    }
    open();
    EXPECT_EQ(keys(), (Lines{"ann|", "dov|", "\uff44ov|"})) << "dov is another user's already";
}

TEST_F(Migrations, are_not_run_under_a_server_by_another_process) {
    crypto::RandomIdSource ids;
    auto const server = must(
        storage::open_sqlite_store({.directory = temporary.path(), .exclusive = true}, ids, {}));
    {
        Database database(path("rollcall.db"), Database::Mode::write);
        database.script("PRAGMA user_version = 0");
    }
    auto const tool =
        storage::open_sqlite_store({.directory = temporary.path(), .exclusive = false}, ids, {});
    ASSERT_FALSE(tool);
    EXPECT_EQ(tool.error().code(), ErrorCode::conflict);
}

TEST_F(Migrations, keep_every_foreign_key_satisfied) {
    crypto::RandomIdSource ids;
    {
        auto const store = must(storage::open_sqlite_store(
            {.directory = temporary.path(), .exclusive = true}, ids, {}));
        World world(*store);
        auto const tenant = world.tenant();
        world.group(tenant.connection, "group", {member(world.user(tenant.connection, "ada"))});
        storage::ConnectionChange change;
        change.options.emplace();
        get(store->update_connection(tenant.connection, change));
        declare_and_use(*store, world, tenant.connection);
        write_policies(*store, tenant);
        write_member(*store, world, tenant.organization);
        must(run_task(store->delete_organization(tenant.organization, at(1), {})));
        while (get(store->purge(2))) {
        }
    }
    Database database(path("rollcall.db"), Database::Mode::write);
    EXPECT_EQ(rows(database, "PRAGMA foreign_key_check"), Lines{});
    EXPECT_EQ(rows(database, "PRAGMA integrity_check"), Lines{"ok|"});
    for (auto const* table :
         {"organizations", "connections", "members", "users", "user_emails", "groups",
          "memberships", "role_assignments", "connection_options", "retired_emails",
          "declared_schemas", "schema_versions", "group_extensions", "organization_policies",
          "member_details", "member_roles"}) {
        EXPECT_EQ(rows(database, std::string("SELECT count(*) FROM ") + table), Lines{"0|"})
            << table;
    }
}

}  // namespace
}  // namespace rollcall::tests
