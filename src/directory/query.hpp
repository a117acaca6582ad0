// What a list request asks of the store: an indexed part, a rest, a page.
#pragma once

#include "directory/group.hpp"
#include "directory/user.hpp"

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
struct Nothing {};  ///< provably empty

using UserIndex = std::variant<std::monostate, Nothing, ById, ByUserName, ByExternalId, ByEmail>;
using GroupIndex =
    std::variant<std::monostate, Nothing, ById, ByDisplayName, ByExternalId, ByMember>;

/// 1-based window (RFC 7644 §3.4.2.4). `count` 0 asks for the total only.
struct Window {
    std::size_t start_index = 1;
    std::size_t count = 100;
};

/// A query over users. With `rest`, each candidate that the index yields is loaded (with `groups`)
/// and kept if `rest` holds; more than Limits::scan_rows_max candidates is `too_many`.
struct UserQuery {
    UserIndex index;
    std::function<bool(User const&)> rest;
    bool with_groups = true;
    Window window;
};

struct GroupQuery {
    GroupIndex index;
    std::function<bool(Group const&)> rest;
    bool rest_needs_members = false;
    bool with_members = true;
    Window window;
};

struct UserPage {
    std::uint64_t total = 0;
    std::vector<User> users;
};

struct GroupPage {
    std::uint64_t total = 0;
    std::vector<Group> groups;
};

}  // namespace rollcall::directory
