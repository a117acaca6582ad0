// Lists of users and groups: filtered, ordered, page by page, by index or by cursor (RFC 7644
// §3.4.2, RFC 9865).
#pragma once

#include "base/clock.hpp"
#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/query.hpp"
#include "directory/query_plan.hpp"
#include "runtime/task.hpp"
#include "service/connection_tokens.hpp"
#include "service/cursor_signers.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

/// `all` is users, then groups, or both in one order if one is asked for.
enum class SearchScope : std::uint8_t { users, groups, all };

/// One query, however it was written: as a query string or as a SearchRequest.
struct SearchRequest {
    SearchScope scope = SearchScope::users;
    directory::Criteria criteria;
    std::optional<std::int64_t> start_index{};
    std::optional<std::int64_t> count{};
    std::optional<std::string> cursor{};  ///< empty: the first page of a walk by cursor
    bool with_groups = true;
    bool with_members = true;
};

struct SearchPage {
    std::uint64_t total = 0;
    std::optional<std::size_t> start_index{};  ///< of index paging
    std::vector<directory::User> users{};
    std::vector<directory::Group> groups{};
    /// Which of the two lists each next resource is taken from; empty: all users, then all groups.
    std::vector<directory::MemberKind> sequence{};
    std::optional<std::string> next_cursor{};
};

/// Thread-safe.
class Searches {
public:
    /// All outlive this object.
    Searches(storage::Store& store, Clock const& clock, Limits const& limits)
        : store_(store), clock_(clock), limits_(limits), signers_(store) {}

    /// One page. With an order or a cursor, resources that exist throughout a walk by cursor are
    /// seen exactly once, whatever others do meanwhile (Y-15), unless the value they are ordered by
    /// changes. Pages by index are counted from the start each time. A walk by cursor whose filter
    /// is a range of meta.lastModified and nothing else is in the order of the changes, if no other
    /// is asked for: what changes meanwhile comes once more. Such a walk counts the total once.
    ///
    /// Cost: a walk in an order that has an index follows the page; `start_index` adds the index
    /// entries before it. Filters and orders without index look at Limits::scan_rows_max resources
    /// at most, for each page again. An order over all types reads `start_index` + count of each.
    ///
    /// @param notes  gains attributes that the type does not have; outlives the call.
    /// @errors those of directory::plan_user_query; too_many; invalid_value (cursor together with
    ///         startIndex, Y-09); invalid_cursor, expired_cursor, invalid_count (Y-05, Y-06).
    [[nodiscard]] Task<Result<SearchPage>> run(ConnectionCaller caller, SearchRequest request,
                                               scim::Notes& notes);

private:
    struct Plan;
    struct Paging;
    struct Found;

    Result<Plan> plan(ConnectionCaller const& caller, SearchRequest const& request,
                      scim::Notes& notes) const;
    Result<Paging> page_by_index(SearchRequest const& request) const;
    Task<Result<Paging>> page_by_cursor(ConnectionCaller caller, SearchRequest const& request);
    Task<Result<Found>> find_one_by_one(ConnectionCaller caller, Plan plan, Paging const& paging);
    Task<Result<Found>> find_merged(ConnectionCaller caller, Plan plan, Paging const& paging);
    Task<Result<std::string>> next_cursor(ConnectionCaller caller, SearchRequest const& request,
                                          Paging const& paging, Found const& found);

    storage::Store& store_;
    Clock const& clock_;
    Limits const& limits_;
    CursorSigners signers_;
};

}  // namespace rollcall::service
