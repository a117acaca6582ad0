// One connection to the database file, its prepared statements, and running them.
//
// Failures of the driver are thrown as DriverFailure and caught at two places only: where a request
// is run (requests.hpp) and where the database is opened.
#pragma once

#include "base/error.hpp"
#include "base/secret.hpp"
#include "base/timestamp.hpp"
#include "base/uuid.hpp"

#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace rollcall::storage::sqlite {

/// What SQLite reported. After some failures the transaction is gone, see breaks_transaction().
class DriverFailure : public std::exception {
public:
    DriverFailure(int extended_code, std::string text)
        : code_(extended_code), text_(std::move(text)) {}
    [[nodiscard]] char const* what() const noexcept override { return text_.c_str(); }
    [[nodiscard]] int primary_code() const noexcept { return code_ & 0xff; }
    /// True unless only the one statement failed: everything of the transaction must be given up.
    [[nodiscard]] bool breaks_transaction() const noexcept;
    /// True if the file holds something else than a healthy database.
    [[nodiscard]] bool is_damage() const noexcept;

private:
    int code_;
    std::string text_;
};

/// `unavailable` for a busy, full or failing machine, else `internal`. The text goes to the cause.
[[nodiscard]] Error to_error(DriverFailure const& failure);

/// How long a statement waits for another connection or process, unless it is told otherwise.
inline constexpr int busy_timeout_ms = 5000;

/// SQL text as a constant; statements are cached by its address.
using Sql = char const*;

/// Bytes to bind as a blob; they must outlive the query.
struct Blob {
    std::string_view bytes;
};

class Query;

/// Used by one thread at a time.
class Database {
public:
    enum class Mode : std::uint8_t { read, write };

    /// @throws DriverFailure.
    Database(std::filesystem::path const& file, Mode mode);
    ~Database();
    Database(Database const&) = delete;
    Database& operator=(Database const&) = delete;

    /// Runs a statement to its end. Arguments are bound in order.
    /// @return the number of rows it inserted, changed or deleted.
    template <class... Args>
    int run(Sql sql, Args&&... args);

    /// The first column of the first row, if there is one and it is not null.
    template <class... Args>
    [[nodiscard]] std::optional<std::int64_t> integer(Sql sql, Args&&... args);

    /// Runs statements separated by semicolons, uncached.
    void script(std::string const& sql);

    [[nodiscard]] std::int64_t last_key() const noexcept;
    /// Grows with every row changed.
    [[nodiscard]] std::int64_t changes_total() const noexcept;
    [[nodiscard]] bool in_transaction() const noexcept;
    [[nodiscard]] sqlite3* handle() const noexcept { return handle_; }

private:
    friend class Query;
    [[nodiscard]] sqlite3_stmt* prepare(Sql sql);

    sqlite3* handle_ = nullptr;
    std::unordered_map<Sql, sqlite3_stmt*> statements_;
};

/// One use of a cached statement: binds, steps, and resets when it goes. The same statement must
/// not be in use twice at a time. Bound texts and blobs must live until the last step, so
/// temporaries are refused.
class Query {
public:
    template <class... Args>
    Query(Database& database, Sql sql, Args&&... args)
        : handle_(database.handle()), statement_(database.prepare(sql)) {
        static_assert((is_kept<Args&&> && ...), "a temporary would be gone when it is needed");
        int index = 0;
        (bind(++index, args), ...);
    }
    ~Query();
    Query(Query const&) = delete;
    Query& operator=(Query const&) = delete;

    /// Moves to the next row; false after the last.
    bool step();

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::uint64_t count(int column) const {
        return static_cast<std::uint64_t>(integer(column));
    }
    /// Text or blob; valid until the next step.
    [[nodiscard]] std::string_view bytes(int column) const;
    [[nodiscard]] std::string text(int column) const { return std::string(bytes(column)); }
    [[nodiscard]] std::optional<std::string> optional_text(int column) const;
    [[nodiscard]] Uuid uuid(int column) const;
    [[nodiscard]] Digest digest(int column) const;
    [[nodiscard]] Timestamp timestamp(int column) const;

private:
    template <class Arg>
    static constexpr bool is_kept =
        std::is_lvalue_reference_v<Arg> || std::is_scalar_v<std::remove_cvref_t<Arg>> ||
        std::is_same_v<std::remove_cvref_t<Arg>, std::string_view> ||
        std::is_same_v<std::remove_cvref_t<Arg>, Blob> ||
        std::is_same_v<std::remove_cvref_t<Arg>, Timestamp>;

    void bind(int index, std::int64_t value);
    void bind(int index, std::uint64_t value) { bind(index, static_cast<std::int64_t>(value)); }
    void bind(int index, int value) { bind(index, static_cast<std::int64_t>(value)); }
    void bind(int index, bool value) { bind(index, static_cast<std::int64_t>(value)); }
    void bind(int index, std::nullptr_t);
    void bind(int index, std::string_view text);
    void bind(int index, std::string const& text) { bind(index, std::string_view(text)); }
    void bind_blob(int index, void const* data, std::size_t size);
    void bind(int index, Uuid const& uuid) { bind_blob(index, uuid.bytes.data(), 16); }
    void bind(int index, Digest const& digest) { bind_blob(index, digest.bytes.data(), 32); }
    void bind(int index, Blob blob) { bind_blob(index, blob.bytes.data(), blob.bytes.size()); }
    void bind(int index, Timestamp at) { bind(index, at.time_since_epoch().count()); }
    template <class E>
        requires std::is_enum_v<E>
    void bind(int index, E value) {
        bind(index, static_cast<std::int64_t>(value));
    }
    template <class T>
    void bind(int index, std::optional<T> const& value) {
        if (value) {
            bind(index, *value);
        } else {
            bind(index, nullptr);
        }
    }

    sqlite3* handle_;
    sqlite3_stmt* statement_;
};

/// Begins a consistent view over several reads.
/// @throws DriverFailure.
void begin_read(Database& database);
/// Ends it, if there is one.
void end_read(Database& database) noexcept;

template <class... Args>
int Database::run(Sql sql, Args&&... args) {
    auto const before = changes_total();
    {
        // The arguments live to the end of the caller's full expression.
        Query query(*this, sql, args...);
        while (query.step()) {
        }
    }
    return static_cast<int>(changes_total() - before);
}

template <class... Args>
std::optional<std::int64_t> Database::integer(Sql sql, Args&&... args) {
    Query query(*this, sql, args...);
    if (!query.step() || query.is_null(0)) return std::nullopt;
    return query.integer(0);
}

}  // namespace rollcall::storage::sqlite
