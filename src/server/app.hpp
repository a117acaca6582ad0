// The wiring: every part of a running server, made in order, in one place. main(), the demo and the
// tests start it the same way.
#pragma once

#include "base/result.hpp"
#include "cli/bootstrap.hpp"
#include "cli/config.hpp"
#include "cli/exit_code.hpp"
#include "service/projects.hpp"

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rollcall::server {

/// Why a server did not start, and what the process says by it.
struct StartFailure {
    cli::ExitCode exit_code = cli::ExitCode::failure;
    Error error;
};

class App {
public:
    App(cli::Config config, std::optional<cli::Bootstrap> bootstrap);
    ~App();
    App(App const&) = delete;
    App& operator=(App const&) = delete;

    /// Opens the database and what it keeps sealed, makes the bootstrap project exist, listens.
    /// After a failure nothing is left running and the object can only be destroyed.
    [[nodiscard]] std::expected<void, StartFailure> start();

    /// The address in use, "http://127.0.0.1:8080"; after start().
    [[nodiscard]] std::string const& url() const noexcept;
    /// What base_url and meta.location begin with; after start().
    [[nodiscard]] std::string const& public_url() const noexcept;

    [[nodiscard]] Result<std::vector<directory::Project>> list_projects();
    /// @errors those of service::Projects::create.
    [[nodiscard]] Result<service::NewProject> create_project(std::string name,
                                                             Environment environment);

    /// Stops accepting, lets requests in flight finish (Limits::shutdown_grace), ends the
    /// background task, makes the database file self-contained. Idempotent; called by the
    /// destructor.
    /// @errors those of Store::close.
    Status stop();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace rollcall::server
