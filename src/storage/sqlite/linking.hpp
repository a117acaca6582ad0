// Who a new user could turn out to be, as far as rows tell.
#pragma once

#include "directory/keys.hpp"
#include "storage/sqlite/database.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rollcall::storage::sqlite {

/// What a new user is known by.
struct Clues {
    std::string const& user_name_key;
    std::optional<std::string> const& external_id;
    std::string const& email_key;
};

/// Keys of members, distinct, in order of how much speaks for them, at most `members_max`.
/// @throws DriverFailure.
[[nodiscard]] std::vector<std::int64_t> find_members(Database& database,
                                                     directory::ConnectionKey const& key,
                                                     Clues const& clues, std::size_t members_max);

}  // namespace rollcall::storage::sqlite
