// The edge to SQLite's C interface.
#include "storage/sqlite/database.hpp"

#include "base/assert.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cstring>
#include <mutex>

namespace rollcall::storage::sqlite {
namespace {

[[noreturn]] void raise(sqlite3* handle, int code) {
    throw DriverFailure(handle ? sqlite3_extended_errcode(handle) : code,
                        handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code));
}

void check(sqlite3* handle, int code) {
    if (code != SQLITE_OK) raise(handle, code);
}

constexpr Sql sql_begin_read = "BEGIN";
constexpr Sql sql_end_read = "COMMIT";

constexpr char common_pragmas[] =
    "PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY;";
constexpr char read_pragmas[] =
    "PRAGMA query_only = ON;"
    "PRAGMA cache_size = -65536;";
constexpr char write_pragmas[] =
    "PRAGMA synchronous = FULL;"
    "PRAGMA wal_autocheckpoint = 0;"
    "PRAGMA secure_delete = FAST;"
    "PRAGMA cache_size = -65536;";

// fold_text(x), fold_user_name(x): comparison keys of a text (base/text.hpp), for migrations. Null
// for the rest.
template <std::string (*fold_one)(std::string_view)>
void fold_argument(sqlite3_context* context, int, sqlite3_value** arguments) {
    auto const* text = reinterpret_cast<char const*>(sqlite3_value_text(arguments[0]));
    if (text == nullptr) return sqlite3_result_null(context);
    auto const size = static_cast<std::size_t>(sqlite3_value_bytes(arguments[0]));
    auto const folded = fold_one({text, size});
    sqlite3_result_text64(context, folded.data(), folded.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void add_function(sqlite3* handle, char const* name,
                  void (*function)(sqlite3_context*, int, sqlite3_value**)) {
    check(handle, sqlite3_create_function_v2(handle, name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                             nullptr, function, nullptr, nullptr, nullptr));
}

}  // namespace

bool DriverFailure::breaks_transaction() const noexcept {
    switch (primary_code()) {
        case SQLITE_CONSTRAINT:
        case SQLITE_TOOBIG:
        case SQLITE_MISMATCH:
        case SQLITE_RANGE:
        case SQLITE_ERROR:
            return false;
        default:
            return true;
    }
}

bool DriverFailure::is_damage() const noexcept {
    return primary_code() == SQLITE_NOTADB || primary_code() == SQLITE_CORRUPT;
}

Error to_error(DriverFailure const& failure) {
    auto cause = fmt::format("SQLite: {} ({})", failure.what(), failure.primary_code());
    switch (failure.primary_code()) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return unavailable_error("the database is busy; try again later", std::move(cause));
        case SQLITE_FULL:
            return unavailable_error("the server has no disk space left", std::move(cause));
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_NOMEM:
        case SQLITE_PROTOCOL:
            return unavailable_error("the database cannot be used at the moment", std::move(cause));
        default:
            return internal_error(std::move(cause));
    }
}

Database::Database(std::filesystem::path const& file, Mode mode) {
    // Counting every allocation takes a lock that all connections of the process share.
    static std::once_flag configured;
    std::call_once(configured, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });

    // Readers open for writing too, since a read-only connection could not make the shared-memory
    // file of a log that a killed process left behind; query_only keeps them from writing.
    int const flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE |
                      (mode == Mode::write ? SQLITE_OPEN_CREATE : 0);
    int const code = sqlite3_open_v2(file.c_str(), &handle_, flags, nullptr);
    try {
        check(handle_, code);
        sqlite3_extended_result_codes(handle_, 1);
        check(handle_, sqlite3_busy_timeout(handle_, busy_timeout_ms));
        add_function(handle_, "fold_text", fold_argument<fold>);
        add_function(handle_, "fold_user_name", fold_argument<fold_user_name>);
        script(common_pragmas);
        script(mode == Mode::read ? read_pragmas : write_pragmas);
    } catch (...) {
        sqlite3_close(handle_);
        throw;
    }
}

Database::~Database() {
    for (auto const& [sql, statement] : statements_) sqlite3_finalize(statement);
    ASSERT(sqlite3_close(handle_) == SQLITE_OK);
}

sqlite3_stmt* Database::prepare(Sql sql) {
    auto& statement = statements_[sql];
    if (!statement) {
        check(handle_,
              sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
    }
    ASSERT(!sqlite3_stmt_busy(statement));
    return statement;
}

void Database::script(std::string const& sql) {
    check(handle_, sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr));
}

std::int64_t Database::last_key() const noexcept {
    return sqlite3_last_insert_rowid(handle_);
}

std::int64_t Database::changes_total() const noexcept {
    return sqlite3_total_changes64(handle_);
}

bool Database::in_transaction() const noexcept {
    return sqlite3_get_autocommit(handle_) == 0;
}

Query::~Query() {
    sqlite3_reset(statement_);
}

bool Query::step() {
    int const code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    raise(handle_, code);
}

bool Query::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Query::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string_view Query::bytes(int column) const {
    // column_blob gives texts as they are stored, without a conversion or a terminator.
    auto const* data = static_cast<char const*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::optional<std::string> Query::optional_text(int column) const {
    if (is_null(column)) return std::nullopt;
    return text(column);
}

Uuid Query::uuid(int column) const {
    auto const value = bytes(column);
    ASSERT(value.size() == 16);
    Uuid uuid;
    std::memcpy(uuid.bytes.data(), value.data(), 16);
    return uuid;
}

Digest Query::digest(int column) const {
    auto const value = bytes(column);
    ASSERT(value.size() == 32);
    Digest digest;
    std::memcpy(digest.bytes.data(), value.data(), 32);
    return digest;
}

Timestamp Query::timestamp(int column) const {
    return Timestamp{std::chrono::microseconds{integer(column)}};
}

void Query::bind(int index, std::int64_t value) {
    check(handle_, sqlite3_bind_int64(statement_, index, value));
}

void Query::bind(int index, std::nullptr_t) {
    check(handle_, sqlite3_bind_null(statement_, index));
}

void Query::bind(int index, std::string_view text) {
    // A null pointer would bind NULL instead of an empty text.
    auto const* data = text.empty() ? "" : text.data();
    check(handle_,
          sqlite3_bind_text64(statement_, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Query::bind_blob(int index, void const* data, std::size_t size) {
    // A null pointer would bind NULL instead of an empty blob.
    check(handle_,
          sqlite3_bind_blob64(statement_, index, size == 0 ? "" : data, size, SQLITE_STATIC));
}

void begin_read(Database& database) {
    database.run(sql_begin_read);
}

void end_read(Database& database) noexcept {
    if (!database.in_transaction()) return;
    try {
        database.run(sql_end_read);
    } catch (DriverFailure const&) {
        // Nothing was written; the next BEGIN reports what is wrong with the file.
        sqlite3_exec(database.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

}  // namespace rollcall::storage::sqlite
