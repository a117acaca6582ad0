// Makes the parts in the order in which they need each other, and ends them in the reverse.
#include "server/app.hpp"

#include "api/dispatch.hpp"
#include "api/management/api.hpp"
#include "api/scim/api.hpp"
#include "crypto/random.hpp"
#include "http/server.hpp"
#include "runtime/log.hpp"
#include "runtime/system_clock.hpp"
#include "server/blocking.hpp"
#include "server/door.hpp"
#include "server/encryption_key.hpp"
#include "server/maintenance.hpp"
#include "server/open_files.hpp"
#include "service/services.hpp"
#include "storage/sqlite/open.hpp"

#include <algorithm>
#include <exception>
#include <thread>
#include <tuple>
#include <utility>

namespace rollcall::server {
namespace {

constexpr std::chrono::seconds maintenance_pause{10};
/// How long a request note may wait to be written.
constexpr std::chrono::milliseconds note_pause{500};
/// How long what has expired may stay.
constexpr std::chrono::seconds expiry_pause{60};
/// How long events are kept.
constexpr std::chrono::days event_age{30};
/// Database files of every thread, log, listener, and room for refusals.
constexpr std::size_t files_beside_connections = 1024;
/// Rows in one transaction: small enough that a request waiting behind it does not notice.
constexpr std::size_t purge_rows = 500;

static_assert(cli::default_bearer_token_lifetime == service::default_token_lifetime);

http::ServerOptions server_options(cli::Config const& config) {
    auto const cores = std::max(1U, std::thread::hardware_concurrency());
    return {config.listen.host, config.listen.port, config.threads == 0 ? cores : config.threads};
}

std::unexpected<StartFailure> failure(cli::ExitCode exit_code, Error error) {
    return std::unexpected(StartFailure{exit_code, std::move(error)});
}

/// The port that `url` ends with.
std::uint16_t port_of(std::string const& url) {
    return static_cast<std::uint16_t>(std::stoul(url.substr(url.rfind(':') + 1)));
}

}  // namespace

// Destroyed from the bottom up: what answers requests goes before the store, and the store before
// the three that own io_contexts in which its coroutines run.
struct App::Parts {
    Parts(cli::Config config_to_use, std::optional<cli::Bootstrap> bootstrap_to_use)
        : config(std::move(config_to_use)),
          bootstrap(std::move(bootstrap_to_use)),
          log(config.log_format, config.log_level),
          server(server_options(config), limits, door) {
        limits.kept_pages_bytes_max = config.page_cache_mb * 1024 * 1024;
    }

    /// Opens what the database keeps sealed.
    std::expected<void, StartFailure> make_services() {
        auto key = provide_encryption_key(config, *store, blocking);
        if (!key) {
            bool const is_wrong = key.error().code() == ErrorCode::invalid_value;
            return failure(is_wrong ? cli::ExitCode::usage : cli::ExitCode::failure, key.error());
        }
        services.emplace(*store, clock, ids, limits,
                         service::ServiceOptions{config.bearer_token_lifetime, *std::move(key)});
        if (auto const checked = blocking.run(services->signing_keys.check()); !checked) {
            return failure(cli::ExitCode::failure, checked.error());
        }
        return {};
    }

    void make_apis() {
        auto address = config.listen;
        address.port = port_of(url);
        public_url = config.public_url.value_or(cli::origin_of(address));
        management = api::make_management_api(*services, limits, public_url);
        scim = api::make_scim_api(services->tokens, services->users, services->groups,
                                  services->searches, public_url, limits);
        dispatch.emplace(*management, *scim, clock, ids, log, services->request_notes);
        door.open(*dispatch);
    }

    /// A piece of the background task that forgets what has expired.
    Task<Result<bool>> forget_expired() {
        auto const now = clock.now();
        CO_TRY(bool const more,
               co_await store->forget_expired(now, now - service::signing_key_overlap, purge_rows));
        CO_TRY(bool const more_events, co_await store->forget_events(now - event_age, purge_rows));
        co_return more || more_events;
    }

    /// A piece of the background task that writes request notes.
    Task<Result<bool>> write_notes() {
        auto& notes = services->request_notes;
        if (auto const dropped = notes.take_dropped(); dropped > 0) {
            log.write(runtime::LogLevel::warn, "request notes were dropped",
                      {{"count", static_cast<std::int64_t>(dropped)}});
        }
        return notes.flush();
    }

    cli::Config config;
    std::optional<cli::Bootstrap> bootstrap;
    Limits limits;
    runtime::SystemClock clock;
    crypto::RandomIdSource ids;
    runtime::Log log;
    Door door;
    http::Server server;
    Blocking blocking;
    std::optional<Maintenance> maintenance;
    std::optional<Maintenance> note_writer;
    std::optional<Maintenance> forgetter;
    std::string url;
    std::string public_url;

    std::unique_ptr<storage::Store> store;
    std::optional<service::Services> services;
    std::unique_ptr<api::Api> management;
    std::unique_ptr<api::Api> scim;
    std::optional<api::Dispatch> dispatch;
    bool listening = false;
    bool stopped = false;
};

App::App(cli::Config config, std::optional<cli::Bootstrap> bootstrap)
    : parts_(std::make_unique<Parts>(std::move(config), std::move(bootstrap))) {}

App::~App() {
    try {
        if (auto const stopped = stop(); !stopped) {
            parts_->log.write(runtime::LogLevel::error, "closing the database failed",
                              {{"error", stopped.error().message()}});
        }
    } catch (std::exception const& error) {
        parts_->log.write(runtime::LogLevel::error, "stopping failed", {{"error", error.what()}});
    }
}

std::expected<void, StartFailure> App::start() {
    auto& p = *parts_;
    auto store = storage::open_sqlite_store({p.config.data, true, false}, p.ids, p.limits);
    if (!store) return failure(cli::ExitCode::database, std::move(store).error());
    p.store = *std::move(store);
    if (auto made = p.make_services(); !made) return made;

    if (p.bootstrap) {
        auto const ensured = p.blocking.run(p.services->projects.ensure(
            p.bootstrap->project, p.bootstrap->secret, "Bootstrap project"));
        if (!ensured) return failure(cli::ExitCode::failure, ensured.error());
    }
    raise_open_file_limit(p.limits.connections_max + files_beside_connections);
    if (auto const started = p.server.start(); !started) {
        return failure(cli::ExitCode::listen, started.error());
    }
    p.listening = true;
    p.url = p.server.url();
    p.make_apis();
    p.maintenance.emplace(
        "removing deleted rows", [&p] { return p.store->purge(purge_rows); }, p.log,
        maintenance_pause);
    p.note_writer.emplace(
        "writing request notes", [&p] { return p.write_notes(); }, p.log, note_pause);
    p.forgetter.emplace(
        "forgetting what has expired", [&p] { return p.forget_expired(); }, p.log, expiry_pause);
    return {};
}

std::string const& App::url() const noexcept {
    return parts_->url;
}

std::string const& App::public_url() const noexcept {
    return parts_->public_url;
}

Result<std::vector<directory::Project>> App::list_projects() {
    return parts_->blocking.run(parts_->services->projects.list());
}

Result<service::NewProject> App::create_project(std::string name, Environment environment) {
    return parts_->blocking.run(parts_->services->projects.create(std::move(name), environment));
}

Status App::stop() {
    auto& p = *parts_;
    if (std::exchange(p.stopped, true)) return {};
    if (p.listening) p.server.stop();
    if (p.maintenance) p.maintenance->stop();
    if (p.note_writer) p.note_writer->stop();
    if (p.forgetter) p.forgetter->stop();
    if (!p.store) return {};
    // The answers are out; a note that cannot be kept is no reason to leave the database open.
    if (p.services) std::ignore = p.blocking.run(p.services->request_notes.flush_all());
    return p.blocking.run(p.store->close());
}

}  // namespace rollcall::server
