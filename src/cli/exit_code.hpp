// What the process tells its caller when it ends; docs/configuration.md lists them for users.
#pragma once

namespace rollcall::cli {

enum class ExitCode : int {
    ok = 0,
    failure = 1,   ///< the work was tried and failed
    usage = 2,     ///< command line, environment or configuration file are wrong
    database = 3,  ///< the database is in use by another server, is missing, or cannot be opened
    listen = 4,    ///< the address cannot be listened on
};

}  // namespace rollcall::cli
