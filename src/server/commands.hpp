// Every command of the binary, from arguments and environment to an exit code.
#pragma once

#include "cli/config.hpp"
#include "cli/exit_code.hpp"

#include <span>
#include <string>

namespace rollcall::server {

/// @param arguments  without the program's own name.
[[nodiscard]] cli::ExitCode run_command(std::span<std::string const> arguments,
                                        cli::Variables const& environment);

}  // namespace rollcall::server
