// Trusted-token profiles on the wire (our own; docs/token-profiles.md).
#pragma once

#include "base/result.hpp"
#include "directory/token_profile.hpp"
#include "directory/token_profile_plan.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace rollcall::api::management {

/// Of `pem_files` and `jwks`, the one that the profile's type does not have is null, so that what
/// was read can be sent.
void token_profile_to_json(std::string& out, directory::TokenProfile const& profile);

/// Types are checked, rules are not.
/// @errors invalid_value (invalid_request_value), naming the field.
[[nodiscard]] Result<directory::TokenProfileFields> token_profile_fields_from_json(
    boost::json::object const& body);

}  // namespace rollcall::api::management
