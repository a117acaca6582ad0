// What is stored and sent is JSON text: whatever is accepted must come back from it as it was.
#pragma once

#include "check.hpp"
#include "scim/json.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace rollcall::fuzz {

inline void check_survives_as_text(boost::json::value const& accepted) {
    auto const read =
        scim::parse_json(boost::json::serialize(accepted), scim::Keys::without_case, Limits{});
    ASSERT(read.has_value() && *read == accepted);
}

}  // namespace rollcall::fuzz
