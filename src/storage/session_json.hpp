// Factors of sessions and trusted-token profiles as the JSON that databases keep.
#pragma once

#include "directory/session.hpp"
#include "directory/token_profile.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <vector>

namespace rollcall::storage {

[[nodiscard]] boost::json::array to_json(
    std::vector<directory::AuthenticationFactor> const& factors);
/// Reads what to_json wrote.
/// @throws std::exception when it is damaged.
[[nodiscard]] std::vector<directory::AuthenticationFactor> factors_from_json(
    boost::json::array const& json);

/// All but id and times, which have columns of their own.
[[nodiscard]] boost::json::object to_json(directory::TokenProfile const& profile);
/// Reads what to_json wrote.
/// @throws std::exception when it is damaged.
[[nodiscard]] directory::TokenProfile token_profile_from_json(boost::json::object const& json);

}  // namespace rollcall::storage
