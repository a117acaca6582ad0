// `rollcall demo`: the whole job, from an empty database to groups read back and compared.
#pragma once

#include "base/clock.hpp"
#include "cli/command_line.hpp"
#include "cli/exit_code.hpp"

#include <cstdio>
#include <filesystem>

namespace rollcall::server {

/// Runs the demo on a database in `directory`, which the caller makes and removes.
///
/// @return ok only if the groups read through the management API, and their members read over SCIM,
///         are exactly those that were pushed.
[[nodiscard]] cli::ExitCode run_demo(cli::Demo const& command,
                                     std::filesystem::path const& directory, Clock const& clock,
                                     std::FILE* out, std::FILE* err);

}  // namespace rollcall::server
