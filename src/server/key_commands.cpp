// The operator's commands over signing keys, as text or JSON.
#include "server/key_commands.hpp"

#include "runtime/workers.hpp"
#include "server/encryption_key.hpp"
#include "service/signing_keys.hpp"
#include "storage/errors.hpp"
#include "storage/store.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <fmt/format.h>

#include <utility>

namespace rollcall::server {
namespace {

namespace json = boost::json;

json::object key_json(directory::SigningKey const& key) {
    json::object object{{"key_id", to_string(key.id)},
                        {"created_at", format_seconds(key.created_at)},
                        {"retired_at", nullptr}};
    if (key.retired_at) object["retired_at"] = format_seconds(*key.retired_at);
    return object;
}

void print_line(Output output, directory::SigningKey const& key) {
    auto const end = key.retired_at ? "retired " + format_seconds(*key.retired_at) : "current";
    fmt::print(output.out, "{}  created {}  {}\n", to_string(key.id),
               format_seconds(key.created_at), end);
}

}  // namespace

cli::ExitCode run(cli::KeyList const& command, cli::Variables const& environment, Output output) {
    return with_database(command.settings, environment, output, [&](Database& database) -> Status {
        TRY(auto const keys,
            database.blocking.run(database.store.list_signing_keys(command.project)));
        if (!keys) return fail(storage::project_not_found(command.project));
        if (command.json) {
            json::array array;
            for (auto const& key : *keys) array.push_back(key_json(key));
            print_json(output, array);
            return {};
        }
        for (auto const& key : *keys) print_line(output, key);
        if (keys->empty()) {
            fmt::print(output.out, "The project has no key yet; its first session makes one.\n");
        }
        return {};
    });
}

cli::ExitCode run(cli::KeyRotate const& command, cli::Variables const& environment, Output output) {
    return with_database(command.settings, environment, output, [&](Database& database) -> Status {
        auto& blocking = database.blocking;
        TRY(auto encryption_key, find_encryption_key(database.config));
        runtime::Workers workers(1, 1, "Too many keys at once.");
        service::SigningKeys keys(database.store, database.clock, database.ids, workers,
                                  std::move(encryption_key));
        // A key that the running server cannot open would end all its sessions' JWTs.
        if (!command.force) CHECK(blocking.run(keys.check()));
        TRY(auto const made, blocking.run(keys.rotate(command.project)));
        fmt::print(output.out, "key id  {}\nA running server signs with it within a minute.\n",
                   to_string(made.id));
        return {};
    });
}

}  // namespace rollcall::server
