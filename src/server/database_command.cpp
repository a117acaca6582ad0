// Output that all database commands share.
#include "server/database_command.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace rollcall::server {

cli::ExitCode complain(Output output, cli::ExitCode exit_code, Error const& error) {
    fmt::print(output.err, "rollcall: {}\n", error.message());
    if (!error.cause().empty()) fmt::print(output.err, "  {}\n", error.cause());
    return exit_code;
}

void print_json(Output output, boost::json::value const& value) {
    fmt::print(output.out, "{}\n", boost::json::serialize(value));
}

}  // namespace rollcall::server
