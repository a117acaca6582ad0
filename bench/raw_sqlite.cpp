// raw_sqlite: the ruler for POST /Users. Writes the rows that one created user becomes, with the
// same schema and settings, straight through SQLite's C API: no HTTP, no validation, no reads.
//
//   raw_sqlite DIRECTORY --schema schema.sql --rows N --batch B
//
// Prints {"rows":…,"seconds":…,"per_second":…}.
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>
#include <string>

namespace {

using Blob = std::array<unsigned char, 16>;

class Database {
public:
    explicit Database(std::string const& file) {
        check(sqlite3_open(file.c_str(), &handle_));
        run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
            "PRAGMA wal_autocheckpoint = 16000;");
    }
    ~Database() { sqlite3_close_v2(handle_); }
    Database(Database const&) = delete;
    Database& operator=(Database const&) = delete;

    void run(std::string const& sql) {
        check(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr));
    }
    void check(int code) const {
        if (code != SQLITE_OK && code != SQLITE_DONE)
            throw std::runtime_error(sqlite3_errmsg(handle_));
    }
    [[nodiscard]] sqlite3* handle() const { return handle_; }

private:
    sqlite3* handle_ = nullptr;
};

class Statement {
public:
    Statement(Database& database, char const* sql) : database_(database) {
        database.check(sqlite3_prepare_v2(database.handle(), sql, -1, &handle_, nullptr));
    }
    ~Statement() { sqlite3_finalize(handle_); }
    Statement(Statement const&) = delete;
    Statement& operator=(Statement const&) = delete;

    template <class... Values>
    void run(Values const&... values) {
        int at = 0;
        (bind(++at, values), ...);
        database_.check(sqlite3_step(handle_));
        database_.check(sqlite3_reset(handle_));
    }

private:
    void bind(int at, std::int64_t value) { sqlite3_bind_int64(handle_, at, value); }
    void bind(int at, std::string const& value) {
        sqlite3_bind_text(handle_, at, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
    }
    void bind(int at, Blob const& value) {
        sqlite3_bind_blob(handle_, at, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
    }

    Database& database_;
    sqlite3_stmt* handle_ = nullptr;
};

// Grows like a version 7 UUID: the upper half ordered, the rest random.
Blob ordered_blob(std::int64_t number, std::mt19937_64& random) {
    Blob blob{};
    for (std::size_t i = 0; i < 8; ++i)
        blob[i] = static_cast<unsigned char>(number >> (56 - 8 * i));
    auto const tail = random();
    for (std::size_t i = 0; i < 8; ++i) blob[8 + i] = static_cast<unsigned char>(tail >> (8 * i));
    return blob;
}

std::string attributes_of(std::int64_t number) {
    return fmt::format(
        R"({{"userName":"user{0}@load.test","name":{{"givenName":"Given{0}","familyName":"Family{0}"}},)"
        R"("displayName":"Given{0} Family{0}","emails":[{{"primary":true,"value":"user{0}@load.test",)"
        R"("type":"work"}}],"locale":"en-US","externalId":"00u{0:012}","active":true}})",
        number);
}

/// The statements of one created user.
class Writer {
public:
    explicit Writer(Database& database)
        : member_(
              database,
              "INSERT INTO members (organization, uuid, email_address, email_key, name, status, "
              "deleted_key, version, created_at, updated_at) VALUES (1,?1,?2,?2,?3,0,0,1,?4,?4)"),
          user_(database,
                "INSERT INTO users (connection, member, uuid, registration, user_name_key, "
                "external_id, emails, attributes, version, removed, created_at, last_modified, "
                "display_name_key) VALUES (1,?1,?2,?3,?4,?5,CAST(?6 AS BLOB),?7,1,0,?8,?8,?9)"),
          email_(database,
                 "INSERT INTO user_emails (connection, value_key, type_key, user) VALUES "
                 "(1,?1,'work',?2)"),
          count_(database, "UPDATE connections SET users_count = users_count + 1 WHERE key = 1"),
          event_(
              database,
              "INSERT INTO outbox (project, organization, uuid, source, object, action, object_id, "
              "related_id, label, occurred_at) VALUES (1,1,?1,2,1,0,?2,'',?3,?4)") {}

    void write(std::int64_t number) {
        auto const id = ordered_blob(number, random_);
        auto const address = fmt::format("user{}@load.test", number);
        auto const now = std::int64_t{1'750'000'000'000'000} + number;
        member_.run(id, address, fmt::format("Given{0} Family{0}", number), now);
        user_.run(number, id, ordered_blob(number, random_), address,
                  fmt::format("00u{:012}", number), address, attributes_of(number), now,
                  fmt::format("given{0} family{0}", number));
        email_.run(address, number);
        count_.run();
        event_.run(ordered_blob(number, random_), "member-test-" + std::string(36, 'x'), address,
                   now);
    }

private:
    Statement member_, user_, email_, count_, event_;
    std::mt19937_64 random_{7};
};

std::string read_file(std::string const& file) {
    std::ifstream in(file);
    if (!in) throw std::runtime_error("cannot read " + file);
    return {std::istreambuf_iterator<char>(in), {}};
}

void add_tenant(Database& database) {
    database.run(
        "INSERT INTO projects VALUES (1, zeroblob(16), 0, 'bench', zeroblob(16), 0);"
        "INSERT INTO organizations (key, project, uuid, name, slug, logo_url, trusted_metadata, "
        "settings, created_at, updated_at) VALUES (1, 1, zeroblob(16), 'o', 'o', '', '{}', '{}', "
        "0, 0);"
        "INSERT INTO connections (key, organization, uuid, display_name, identity_provider, token, "
        "token_last_four, token_expires_at, created_at, updated_at) "
        "VALUES (1, 1, zeroblob(16), '', 'okta', zeroblob(32), 'xxxx', 0, 0, 0);");
}

void run(std::string const& directory, std::string const& schema, std::int64_t rows,
         std::int64_t batch) {
    std::filesystem::create_directories(directory);
    Database database(directory + "/raw.db");
    database.run(read_file(schema));
    add_tenant(database);
    Writer writer(database);
    auto const begin = std::chrono::steady_clock::now();
    for (std::int64_t number = 1; number <= rows;) {
        database.run("BEGIN IMMEDIATE");
        for (std::int64_t i = 0; i < batch && number <= rows; ++i) writer.write(number++);
        database.run("COMMIT");
    }
    auto const seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    fmt::print(R"({{"rows":{},"seconds":{:.3f},"per_second":{:.1f}}})"
               "\n",
               rows, seconds, static_cast<double>(rows) / seconds);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Writes users straight through SQLite.", "raw_sqlite");
    std::string directory;
    std::string schema;
    std::int64_t rows = 10'000;
    std::int64_t batch = 64;
    app.add_option("directory", directory)->required();
    app.add_option("--schema", schema)->required();
    app.add_option("--rows", rows);
    app.add_option("--batch", batch)->check(CLI::PositiveNumber);
    CLI11_PARSE(app, argc, argv);
    try {
        run(directory, schema, rows, batch);
    } catch (std::exception const& failure) {
        fmt::print(stderr, "raw_sqlite: {}\n", failure.what());
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
