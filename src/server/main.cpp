// The program `rollcall`.
#include "cli/config.hpp"
#include "server/commands.hpp"

#include <fmt/format.h>

#include <exception>
#include <string>
#include <unistd.h>
#include <vector>

int main(int argc, char** argv) {
    try {
        std::vector<std::string> const arguments(argv + 1, argv + argc);
        return static_cast<int>(
            rollcall::server::run_command(arguments, rollcall::cli::read_environment(environ)));
    } catch (std::exception const& error) {
        fmt::print(stderr, "rollcall: {}\n", error.what());
        return static_cast<int>(rollcall::cli::ExitCode::failure);
    }
}
