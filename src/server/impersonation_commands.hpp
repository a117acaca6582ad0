// `rollcall impersonate`: works on the database itself, also beside a running server.
#pragma once

#include "cli/command_line.hpp"
#include "cli/exit_code.hpp"
#include "server/database_command.hpp"

namespace rollcall::server {

/// Opens the database of its settings, makes a token, and prints it.
[[nodiscard]] cli::ExitCode run(cli::Impersonate const& command, cli::Variables const& environment,
                                Output output);

}  // namespace rollcall::server
