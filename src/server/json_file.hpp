// A JSON object that a command is given as a file.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace rollcall::server {

/// Reads the file, or standard input for "-", as far as a request could carry it.
/// @errors messages begin with the file's name. invalid_value (it cannot be read, or holds
/// something else; those of scim::parse_json);
///         payload_too_large (more than limits.body_bytes_max).
[[nodiscard]] Result<boost::json::object> read_json_file(std::string const& name,
                                                         Limits const& limits);

}  // namespace rollcall::server
