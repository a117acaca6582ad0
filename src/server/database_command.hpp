// What every command that works on the database itself has in common: opening it, saying what went
// wrong, and the exit code.
#pragma once

#include "base/error.hpp"
#include "base/limits.hpp"
#include "cli/config.hpp"
#include "cli/exit_code.hpp"
#include "crypto/random.hpp"
#include "runtime/system_clock.hpp"
#include "server/blocking.hpp"
#include "storage/sqlite/open.hpp"

#include <boost/json/value.hpp>

#include <cstdint>
#include <cstdio>

namespace rollcall::server {

/// Where a command writes its answer and its complaints.
struct Output {
    std::FILE* out = stdout;
    std::FILE* err = stderr;
};

/// Prints the error and returns the exit code.
[[nodiscard]] cli::ExitCode complain(Output output, cli::ExitCode exit_code, Error const& error);

/// One line of JSON.
void print_json(Output output, boost::json::value const& value);

/// An open database, for as long as a command runs.
struct Database {
    storage::Store& store;
    runtime::SystemClock const& clock;
    crypto::IdSource& ids;
    Blocking& blocking;
    cli::Config const& config;
};

/// What a command does if there is no database: a mistyped directory must not look like an empty
/// one.
enum class IfMissing : std::uint8_t { complain, make };

/// Opens the database of those settings for `work(Database&)`, which prints its own answer and
/// returns a Status.
template <class Work>
cli::ExitCode with_database(cli::Texts const& settings, cli::Variables const& environment,
                            Output output, Work const& work,
                            IfMissing if_missing = IfMissing::complain) {
    auto const config = cli::resolve_config(settings, environment);
    if (!config) return complain(output, cli::ExitCode::usage, config.error());
    crypto::RandomIdSource ids;
    Limits const limits;
    runtime::SystemClock const clock;
    Blocking blocking;
    auto const store = storage::open_sqlite_store(
        {config->data, false, if_missing == IfMissing::complain}, ids, limits);
    if (!store) return complain(output, cli::ExitCode::database, store.error());
    Database database{**store, clock, ids, blocking, *config};
    auto const done = work(database);
    static_cast<void>(blocking.run((*store)->close()));
    if (done) return cli::ExitCode::ok;
    auto const busy = done.error().code() == ErrorCode::unavailable;
    return complain(output, busy ? cli::ExitCode::database : cli::ExitCode::failure, done.error());
}

/// The same for a command on what one thing of the database owns. Hands `work` the use cases, what
/// they open for the operator under `id`, and what runs their coroutines.
/// @tparam UseCases  such as service::Policies: made of store, clock, ids and limits.
template <class UseCases, class Id, class Work>
cli::ExitCode with_opened(cli::Texts const& settings, Id const& id,
                          cli::Variables const& environment, Output output, Work const& work) {
    Limits const limits;
    return with_database(settings, environment, output, [&](Database& database) -> Status {
        UseCases use_cases(database.store, database.clock, database.ids, limits);
        TRY(auto const owner, database.blocking.run(use_cases.open_for_operator(id)));
        return work(use_cases, owner, database.blocking);
    });
}

}  // namespace rollcall::server
