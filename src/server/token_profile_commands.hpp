// `rollcall token-profile …`: works on the database itself, also beside a running server.
#pragma once

#include "cli/command_line.hpp"
#include "cli/exit_code.hpp"
#include "server/database_command.hpp"

namespace rollcall::server {

/// Each opens the database of its settings, does one thing, and says so.
[[nodiscard]] cli::ExitCode run(cli::TokenProfileCreate const& command,
                                cli::Variables const& environment, Output output);
[[nodiscard]] cli::ExitCode run(cli::TokenProfileList const& command,
                                cli::Variables const& environment, Output output);
[[nodiscard]] cli::ExitCode run(cli::TokenProfileDelete const& command,
                                cli::Variables const& environment, Output output);

}  // namespace rollcall::server
