// What each command does; the parts it needs are elsewhere.
#include "server/commands.hpp"

#include "cli/command_line.hpp"
#include "cli/simulate.hpp"
#include "runtime/signals.hpp"
#include "runtime/system_clock.hpp"
#include "server/app.hpp"
#include "server/connection_commands.hpp"
#include "server/demo.hpp"
#include "server/impersonation_commands.hpp"
#include "server/key_commands.hpp"
#include "server/project_commands.hpp"
#include "server/rbac_commands.hpp"
#include "server/schema_commands.hpp"
#include "server/standard_output.hpp"
#include "server/token_profile_commands.hpp"
#include "server/welcome.hpp"

#include <fmt/format.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <stdlib.h>
#include <thread>
#include <unistd.h>

namespace rollcall::server {
namespace {

cli::ExitCode complain(cli::ExitCode exit_code, Error const& error) {
    fmt::print(stderr, "rollcall: {}\n", error.message());
    if (!error.cause().empty()) fmt::print(stderr, "  {}\n", error.cause());
    return exit_code;
}

cli::ExitCode serve(cli::Serve const& command, cli::Variables const& environment) {
    auto config = cli::resolve_config(command.settings, environment);
    if (!config) return complain(cli::ExitCode::usage, config.error());
    auto bootstrap = cli::read_bootstrap(environment);
    if (!bootstrap) return complain(cli::ExitCode::usage, bootstrap.error());
    auto const wants_welcome = config->welcome;

    // Whoever reads the log may go away; that is no reason to end with it.
    std::signal(SIGPIPE, SIG_IGN);
    runtime::StopSignals signals;
    App app(*std::move(config), *std::move(bootstrap));
    if (auto const started = app.start(); !started) {
        return complain(started.error().exit_code, started.error().error);
    }
    fmt::print("rollcall: listening on {}\n", app.url());
    std::fflush(stdout);
    if (wants_welcome) {
        if (auto const welcomed = welcome(app, stdout); !welcomed) {
            return complain(cli::ExitCode::failure, welcomed.error());
        }
    }
    signals.wait();
    auto const stopped = app.stop();
    return stopped ? cli::ExitCode::ok : complain(cli::ExitCode::failure, stopped.error());
}

/// A directory that is gone when the demo is over, also when it is ended by a signal.
class ThrowAwayDirectory {
public:
    ThrowAwayDirectory() {
        auto pattern = (std::filesystem::temp_directory_path() / "rollcall-demo-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) {
            throw std::filesystem::filesystem_error(
                "no temporary directory", pattern, std::error_code(errno, std::generic_category()));
        }
        path_ = pattern;
        watcher_ = std::thread([this] {
            auto const signal = signals_.wait();
            if (over_) return;
            remove();
            std::_Exit(128 + signal);
        });
    }

    ~ThrowAwayDirectory() {
        over_ = true;
        ::kill(::getpid(), SIGTERM);  // wakes the watcher, who holds the signals back
        watcher_.join();
        remove();
    }

    ThrowAwayDirectory(ThrowAwayDirectory const&) = delete;
    ThrowAwayDirectory& operator=(ThrowAwayDirectory const&) = delete;

    [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }

private:
    void remove() noexcept {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    runtime::StopSignals signals_;
    std::filesystem::path path_;
    std::atomic<bool> over_ = false;
    std::thread watcher_;
};

/// One overload for each command.
struct Runner {
    cli::Variables const& environment;

    cli::ExitCode operator()(cli::Print const& print) const {
        auto* const out = print.exit_code == cli::ExitCode::ok ? stdout : stderr;
        fmt::print(out, "{}", print.text);
        return print.exit_code;
    }
    cli::ExitCode operator()(cli::Serve const& command) const {
        return serve(command, environment);
    }
    cli::ExitCode operator()(cli::Simulate const& command) const {
        return cli::simulate(command, environment, runtime::SystemClock());
    }
    cli::ExitCode operator()(cli::Demo const& command) const {
        ThrowAwayDirectory const directory;
        return run_demo(command, directory.path(), runtime::SystemClock(), stdout, stderr);
    }
    template <class DatabaseCommand>
    cli::ExitCode operator()(DatabaseCommand const& command) const {
        return run(command, environment, Output{});
    }
};

}  // namespace

cli::ExitCode run_command(std::span<std::string const> arguments,
                          cli::Variables const& environment) {
    auto const exit_code =
        std::visit(Runner{environment}, cli::parse_command_line(arguments, ROLLCALL_VERSION));
    auto const written = flush_output(stdout);
    if (written || exit_code != cli::ExitCode::ok) return exit_code;
    return complain(cli::ExitCode::failure, written.error());
}

}  // namespace rollcall::server
