// Binding places to the statements of orders. A walk without a place begins behind a value that no
// row reaches.
#include "storage/sqlite/order_walk.hpp"

#include "storage/errors.hpp"
#include "storage/paging.hpp"
#include "storage/sqlite/window.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace rollcall::storage::sqlite {
namespace {

using directory::OrderIndex;
using directory::Place;
using scim::SortKey;

constexpr auto instant_min = std::numeric_limits<std::int64_t>::min();
constexpr auto instant_max = std::numeric_limits<std::int64_t>::max();

/// LIMIT, OFFSET, and the key to begin behind.
struct Bounds {
    explicit Bounds(directory::Window const& window)
        : limit(static_cast<std::int64_t>(window.count) + 1),
          offset(window.after ? 0 : static_cast<std::int64_t>(first_row(window))),
          after_row(window.after ? window.after->row : 0) {}

    std::int64_t limit;
    std::int64_t offset;
    std::int64_t after_row;
};

template <class Read>
std::vector<Place> collect(Query& row, Read read) {
    std::vector<Place> places;
    while (row.step()) places.push_back({read(), row.integer(0)});
    return places;
}

Sql in_direction(OrderSql const& sql, bool descending) {
    return descending ? sql.descending : sql.ascending;
}

/// The value of a place as the index holds it; `otherwise` for no place, or one of another order.
template <class Value>
Value value_of(std::optional<Place> const& place, Value otherwise) {
    auto const* value = place ? std::get_if<Value>(&place->key) : nullptr;
    return value != nullptr ? *value : otherwise;
}

std::vector<Place> walk_creation(Database& database, Sql sql, Walk const& walk) {
    Bounds const bounds(walk.window);
    Query row(database, sql, walk.connection, bounds.after_row, bounds.limit, bounds.offset);
    return collect(row, [] { return SortKey{}; });
}

Result<std::vector<Place>> walk_names(Database& database, OrderSql const& sql, Walk const& walk) {
    Bounds const bounds(walk.window);
    // No UTF-8 text has this byte.
    auto const after = value_of<std::string>(walk.window.after, walk.descending ? "\xff" : "");
    Query row(database, in_direction(sql, walk.descending), walk.connection, after,
              bounds.after_row, bounds.limit, bounds.offset);
    std::vector<Place> places;
    std::size_t bytes = 0;
    while (row.step()) {
        places.push_back({row.text(1), row.integer(0)});
        bytes += text_bytes(places.back());
        if (bytes > walk.bytes_max) return fail(too_many_bytes_to_sort(walk.bytes_max));
    }
    return places;
}

std::vector<Place> walk_ids(Database& database, OrderSql const& sql, Walk const& walk) {
    Bounds const bounds(walk.window);
    auto const after = value_of<std::string>(
        walk.window.after, walk.descending ? std::string(17, '\xff') : std::string());
    Query row(database, in_direction(sql, walk.descending), walk.connection, Blob{after},
              bounds.after_row, bounds.limit, bounds.offset);
    return collect(row, [&] { return SortKey{row.text(1)}; });
}

std::vector<Place> walk_created(Database& database, OrderSql const& sql, Walk const& walk) {
    Bounds const bounds(walk.window);
    auto const after =
        value_of<std::int64_t>(walk.window.after, walk.descending ? instant_max : instant_min);
    Query row(database, in_direction(sql, walk.descending), walk.connection, after,
              bounds.after_row, bounds.limit, bounds.offset);
    return collect(row, [&] { return SortKey{row.integer(1)}; });
}

std::vector<Place> walk_modified(Database& database, OrderSql const& sql, Walk const& walk) {
    Bounds const bounds(walk.window);
    auto first = instant_min;
    auto last = instant_max;
    if (walk.range) {
        first = walk.range->from.time_since_epoch().count();
        last = walk.range->until.time_since_epoch().count() - 1;
    }
    auto const begin = walk.descending ? last : first;
    auto const end = walk.descending ? first : last;
    auto const after = value_of<std::int64_t>(walk.window.after, begin);
    Query row(database, in_direction(sql, walk.descending), walk.connection, after,
              bounds.after_row, bounds.limit, bounds.offset, end);
    return collect(row, [&] { return SortKey{row.integer(1)}; });
}

}  // namespace

Result<std::vector<Place>> walk_order(Database& database, OrdersSql const& orders,
                                      Walk const& walk) {
    switch (walk.order) {
        case OrderIndex::creation:
            return walk_creation(database, orders.creation, walk);
        case OrderIndex::name:
            return walk_names(database, orders.name, walk);
        case OrderIndex::id:
            return walk_ids(database, orders.id, walk);
        case OrderIndex::created:
            return walk_created(database, orders.created, walk);
        case OrderIndex::last_modified:
            return walk_modified(database, orders.last_modified, walk);
        case OrderIndex::computed:
            break;
    }
    return std::vector<Place>();
}

}  // namespace rollcall::storage::sqlite
