// What a list request asks of the store: an indexed part, a rest, an order, a page.
#pragma once

#include "base/result.hpp"
#include "directory/group.hpp"
#include "directory/user.hpp"
#include "scim/sort.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace rollcall::directory {

/// The part of a filter that an index answers. Keys are folded where the attribute ignores case.
struct ById {
    Uuid id;
};
struct ByUserName {
    std::string key;
};
struct ByExternalId {
    std::string value;
};
struct ByEmail {
    std::string value_key;
    std::optional<std::string> type_key;
};
struct ByDisplayName {
    std::string key;
};
struct ByMember {
    MemberRef member;
};  ///< groups that have this direct member
struct ByGroup {
    Uuid group;
};  ///< users in this group, directly or through groups in it
struct ByLastModified {
    Timestamp from;
    Timestamp until;
};  ///< last changed in [from, until)
struct Nothing {};  ///< provably empty

using UserIndex = std::variant<std::monostate, Nothing, ById, ByUserName, ByExternalId, ByEmail,
                               ByDisplayName, ByGroup, ByLastModified>;
using GroupIndex = std::variant<std::monostate, Nothing, ById, ByDisplayName, ByExternalId,
                                ByMember, ByLastModified>;

template <class Resource>
[[nodiscard]] bool changed_within(Resource const& resource, ByLastModified const& range) {
    return range.from <= resource.last_modified && resource.last_modified < range.until;
}

/// The orders that an index keeps; `computed` is every other one. `name` is the userName of users
/// and the displayName of groups.
enum class OrderIndex : std::uint8_t { creation, name, id, created, last_modified, computed };

/// How a list is ordered. Equal keys are ordered by creation, in both directions (checklist O-06).
template <class Resource>
struct Order {
    OrderIndex index = OrderIndex::creation;
    bool descending = false;
    std::function<scim::SortKey(Resource const&)> key;  ///< empty for `creation`
};

/// By the last change, which an index keeps.
template <class Resource>
[[nodiscard]] Order<Resource> order_of_change() {
    return {
        OrderIndex::last_modified, false, [](Resource const& resource) {
            return scim::SortKey{std::int64_t{resource.last_modified.time_since_epoch().count()}};
        }};
}

/// Where a resource stands in an order. Rows follow creation; they mean nothing outside the store.
struct Place {
    scim::SortKey key;
    std::int64_t row = 0;
    friend bool operator==(Place const&, Place const&) = default;
};

/// True if `a` comes before `b`.
[[nodiscard]] bool precedes(Place const& a, Place const& b, bool descending);

/// The part of a list that is wanted: `count` resources from the 1-based `start_index` (RFC 7644
/// §3.4.2.4), or with `after` the first ones behind that place. `count` 0 asks for the total only.
struct Window {
    std::size_t start_index = 1;
    std::size_t count = 100;
    std::optional<Place> after{};
    /// As an earlier page told it: then what changed within a range is not counted once more.
    std::optional<std::uint64_t> total{};
};

/// A query over users. With `rest`, each candidate that the index yields is loaded and kept if
/// `rest` holds; an error of `rest` is that of the query. Candidates are also loaded for an order
/// that their index does not give. More than Limits::scan_rows_max candidates to load is
/// `too_many`.
struct UserQuery {
    UserIndex index;
    std::function<Result<bool>(User const&)> rest;
    bool examines_groups = false;  ///< by `rest` or by the order's key
    bool with_groups = true;
    Window window;
    Order<User> order;
};

/// The same for groups. With `has_member`, candidates are also asked for that direct member, as a
/// first test that loads nothing.
struct GroupQuery {
    GroupIndex index;
    std::optional<MemberRef> has_member{};
    std::function<Result<bool>(Group const&)> rest;
    bool examines_members = false;  ///< by `rest` or by the order's key
    bool with_members = true;
    Window window;
    Order<Group> order;
};

/// True if the rest of the query, if it has one, holds for a candidate.
template <class Query, class Resource>
[[nodiscard]] Result<bool> is_wanted(Query const& query, Resource const& candidate) {
    if (!query.rest) return true;
    return query.rest(candidate);
}

/// True if candidates are tested one by one.
[[nodiscard]] inline bool tests_candidates(UserQuery const& query) {
    return static_cast<bool>(query.rest);
}
[[nodiscard]] inline bool tests_candidates(GroupQuery const& query) {
    return query.rest || query.has_member;
}

/// True if an index yields exactly what is asked for, in the order that is asked for.
template <class Query>
[[nodiscard]] bool walks_one_index(Query const& query) {
    if (tests_candidates(query)) return false;
    auto const order = query.order.index;
    if (std::holds_alternative<ByLastModified>(query.index)) {
        return order == OrderIndex::last_modified;
    }
    return std::holds_alternative<std::monostate>(query.index) && order != OrderIndex::computed;
}

/// True if the total has to be counted for itself.
template <class Query>
[[nodiscard]] bool counts_apart(Query const& query) {
    return walks_one_index(query) && std::holds_alternative<ByLastModified>(query.index);
}

/// True if candidates have to be loaded and looked at one by one.
template <class Query>
[[nodiscard]] bool examines_candidates(Query const& query) {
    return tests_candidates(query) ||
           (query.order.index != OrderIndex::creation && !walks_one_index(query));
}

/// `places` has the place of each resource, in the same order; `more` says that others follow.
struct UserPage {
    std::uint64_t total = 0;
    std::vector<User> users{};
    std::vector<Place> places{};
    bool more = false;
};

struct GroupPage {
    std::uint64_t total = 0;
    std::vector<Group> groups{};
    std::vector<Place> places{};
    bool more = false;
};

}  // namespace rollcall::directory
