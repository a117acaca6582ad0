// Page cursors: opaque, bound to one query, and not to be forged (contract §1.11).
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rollcall::service {

/// The lists that have cursors. The values are part of every cursor: never reuse one.
enum class PagedList : std::uint8_t {
    connection_groups = 1,
    connection_request_notes = 2,
    scim_users = 3,
    scim_groups = 4,
    scim_resources = 5,
    members = 6,
    organizations = 7,
};

/// What a cursor belongs to; it is refused anywhere else.
struct CursorScope {
    ProjectId project;
    PagedList list = PagedList::connection_groups;
    Uuid parent;          ///< the connection
    std::string query{};  ///< what else is asked for; unlike queries, unlike texts
};

/// Writes and reads cursors. Immutable, thread-safe.
///
/// A cursor is URL-safe base64 of: a format version, what the list needs to go on (the uuid of the
/// last row of the page before, or more), and half of an HMAC-SHA-256 over both and the scope.
class CursorSigner {
public:
    explicit CursorSigner(Secret key) : key_(std::move(key)) {}

    [[nodiscard]] std::string print(CursorScope const& scope, Uuid const& last) const;
    /// @errors invalid_cursor (user_search_invalid_cursor): not made by print() for this scope.
    [[nodiscard]] Result<Uuid> parse(CursorScope const& scope, std::string_view text) const;

    /// The same for any bytes.
    [[nodiscard]] std::string seal(CursorScope const& scope, std::string_view content) const;
    /// nullopt: not made by seal() for this scope.
    [[nodiscard]] std::optional<std::string> open(CursorScope const& scope,
                                                  std::string_view text) const;

private:
    [[nodiscard]] Digest sign(CursorScope const& scope, std::string_view payload) const;

    Secret key_;
};

}  // namespace rollcall::service
