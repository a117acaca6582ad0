// Options of SCIM connections on the wire: a call of our own, in the contract's manner.
#pragma once

#include "base/result.hpp"
#include "directory/connection_options.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace rollcall::api::management {

/// All options of a connection: what the body names is set, what it leaves out or gives as null is
/// as the provider's profile has it. Unlike elsewhere an unknown name is an error, since a slip
/// would silently change how a directory is written.
/// @errors invalid_value (invalid_scim_connection_option).
[[nodiscard]] Result<directory::ConnectionOptions> options_from_json(
    boost::json::object const& body);

/// Appends the members of the answer: whose options, and of each its value and whether the
/// connection or its provider decided it.
void options_to_json(std::string& out, directory::Connection const& connection);

}  // namespace rollcall::api::management
