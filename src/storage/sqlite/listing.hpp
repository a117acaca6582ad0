// How a list request is answered, whether of users or of groups: by walking one index, from an
// index in order of creation, or by looking at candidates one by one.
//
// A source is what the two differ in. It has the members `database`, `key`, `query`, `rows_max`,
// `answer` (how much may be held) and
//   statements                  the ListSql of its table
//   for_each_candidate(visit)   calls visit(row) in order of creation while it returns true
//   passes(row)                 false if an index tells that the row is not wanted
//   examine(row)                the resource as `rest` and the order's key look at it
//   load_page(places)           the page with the resources at these places
#pragma once

#include "storage/errors.hpp"
#include "storage/paging.hpp"
#include "storage/sqlite/order_walk.hpp"
#include "storage/sqlite/window.hpp"

#include <utility>
#include <variant>
#include <vector>

namespace rollcall::storage::sqlite {

/// Finishes a page of `places`, of which there may be one more than fits.
template <class Source>
auto load_window(Source& source, std::uint64_t total, std::vector<directory::Place> places)
    -> decltype(source.load_page(places)) {
    bool const more = places.size() > source.query.window.count;
    if (more) places.pop_back();
    TRY(auto page, source.load_page(std::move(places)));
    page.total = total;
    page.more = more;
    return page;
}

template <class Source>
std::uint64_t count_changed(Source& source, directory::ByLastModified const& range) {
    auto const count = source.database.integer(Source::statements.changed_count, source.key.row(),
                                               range.from, range.until);
    return static_cast<std::uint64_t>(count.value_or(0));
}

/// An index has what is asked for in its order; only the page's rows are read.
template <class Source>
auto list_walked(Source& source, std::uint64_t total) -> decltype(source.load_page({})) {
    auto const& query = source.query;
    Walk walk{source.key.row(), query.order.index, query.order.descending, query.window,
              source.answer.bytes_max()};
    if (auto const* range = std::get_if<directory::ByLastModified>(&query.index)) {
        walk.range = *range;
        total = query.window.total ? *query.window.total : count_changed(source, *range);
    }
    auto const is_behind = !query.window.after && first_row(query.window) >= total;
    if (is_behind) return load_window(source, total, {});
    TRY(auto places, walk_order(source.database, Source::statements.orders, walk));
    return load_window(source, total, std::move(places));
}

/// What changed in a range, in order of creation: the page's keys are picked while they are read.
template <class Source>
auto list_changed(Source& source, directory::ByLastModified const& range) {
    auto const& window = source.query.window;
    auto const after = window.after ? window.after->row : 0;
    auto const offset = window.after ? 0 : first_row(window);
    std::vector<directory::Place> places;
    {
        Query row(source.database, Source::statements.changed_window, source.key.row(), range.from,
                  range.until, after, window.count + 1, offset);
        while (row.step()) places.push_back({{}, row.integer(0)});
    }
    return load_window(source, count_changed(source, range), std::move(places));
}

/// The index has the answer, in order of creation.
template <class Source>
auto list_indexed(Source& source) -> decltype(source.load_page({})) {
    if (auto const* range = std::get_if<directory::ByLastModified>(&source.query.index)) {
        return list_changed(source, *range);
    }
    WindowFilter window(source.query.window);
    std::vector<directory::Place> places;
    CHECK(source.for_each_candidate([&](std::int64_t row) {
        if (window.admit(row)) places.push_back({{}, row});
        return true;
    }));
    TRY(auto page, source.load_page(std::move(places)));
    page.total = window.total();
    page.more = window.more();
    return page;
}

/// Looks at what the index yields, one by one, then sorts.
template <class Source>
auto list_examined(Source& source) -> decltype(source.load_page({})) {
    auto const& query = source.query;
    std::vector<std::int64_t> candidates;
    CHECK(source.for_each_candidate([&](std::int64_t row) {
        candidates.push_back(row);
        return candidates.size() <= source.rows_max;
    }));
    if (candidates.size() > source.rows_max) {
        return fail(too_many_candidates(query, source.rows_max));
    }
    std::vector<directory::Place> places;
    std::size_t bytes = 0;
    for (auto const row : candidates) {
        if (!source.passes(row)) continue;
        TRY(auto const resource, source.examine(row));
        TRY(bool const wanted, is_wanted(query, resource));
        if (!wanted) continue;
        places.push_back({query.order.key ? query.order.key(resource) : scim::SortKey{}, row});
        bytes += text_bytes(places.back());
        if (bytes > source.answer.bytes_max()) {
            return fail(too_many_bytes_to_sort(source.answer.bytes_max()));
        }
    }
    auto const total = places.size();
    bool const more = keep_page(places, query.window, query.order.descending);
    TRY(auto page, source.load_page(std::move(places)));
    page.total = total;
    page.more = more;
    return page;
}

/// @errors too_many, and those of the source.
/// @throws DriverFailure.
template <class Source>
auto list(Source& source) -> decltype(source.load_page({})) {
    auto const count = source.database.integer(Source::statements.count, source.key.row());
    if (!count) return {};
    auto const total = static_cast<std::uint64_t>(*count);
    auto const& query = source.query;
    if (walks_one_index(query)) return list_walked(source, total);
    if (!examines_candidates(query)) return list_indexed(source);
    bool const everything = std::holds_alternative<std::monostate>(query.index);
    if (everything && total > source.rows_max) {
        return fail(too_many_candidates(query, source.rows_max));
    }
    return list_examined(source);
}

/// True for what is not even tried on an io thread: many resources, many index entries to pass over
/// or to count, or everything to look at.
template <class Query>
[[nodiscard]] bool may_be_long(Query const& query, std::size_t inline_rows_max) {
    constexpr std::size_t skipped_max = 2000;
    if (query.window.count > inline_rows_max) return true;
    if (!query.window.after && query.window.start_index > skipped_max) return true;
    if (std::holds_alternative<directory::ByLastModified>(query.index)) return true;
    return std::holds_alternative<std::monostate>(query.index) && examines_candidates(query);
}

/// False for what was refused as too much, which elsewhere it may not be.
template <class T>
[[nodiscard]] bool is_within_bounds(Result<T> const& result) {
    return result || result.error().code() != ErrorCode::too_many;
}

}  // namespace rollcall::storage::sqlite
