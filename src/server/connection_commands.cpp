// The operator's commands over service::OperatorConnections, as text or JSON.
#include "server/connection_commands.hpp"

#include "directory/connection_options.hpp"
#include "service/operator_connections.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value_from.hpp>
#include <fmt/format.h>

namespace rollcall::server {
namespace {

namespace json = boost::json;

std::string_view source_of(directory::ConnectionOption const& option,
                           directory::Connection const& connection) {
    return connection.options.*option.setting ? "connection" : "provider";
}

json::object options_json(directory::Connection const& connection, scim::Profile const& profile) {
    json::object options;
    for (auto const& option : directory::connection_options()) {
        auto const value = profile.*option.profile;
        auto const shown =
            option.is_boolean() ? json::value(value) : json::value(option.value_of(value));
        options[option.name] = {{"value", shown}, {"source", source_of(option, connection)}};
    }
    return {{"organization_id", to_string(connection.organization)},
            {"connection_id", to_string(connection.id)},
            {"identity_provider", to_string(connection.identity_provider)},
            {"options", std::move(options)}};
}

void print_options(Output output, directory::Connection const& connection, bool as_json) {
    auto const profile =
        directory::effective_profile(connection.identity_provider, connection.options);
    if (as_json) return print_json(output, options_json(connection, profile));
    for (auto const& option : directory::connection_options()) {
        fmt::print(output.out, "{:<20}{:<10}{}\n", option.name,
                   option.value_of(profile.*option.profile), source_of(option, connection));
    }
}

directory::RequestNoteFilter filter_of(cli::RequestKind kind) {
    switch (kind) {
        case cli::RequestKind::all:
            return directory::RequestNoteFilter::all;
        case cli::RequestKind::failed:
            return directory::RequestNoteFilter::failed;
        case cli::RequestKind::noted:
            return directory::RequestNoteFilter::noted;
    }
    return directory::RequestNoteFilter::all;
}

json::object note_json(directory::RequestNote const& note) {
    return {{"request_id", to_string(note.request)},
            {"received_at", format_seconds(note.received_at)},
            {"method", note.method},
            {"path", note.path},
            {"status", note.status},
            {"scim_type", note.scim_type},
            {"detail", note.detail},
            {"notes", json::value_from(note.notes)}};
}

void print_note(Output output, directory::RequestNote const& note) {
    fmt::print(output.out, "{}  {} {} {}\n", format_seconds(note.received_at), note.status,
               note.method, note.path);
    if (note.failed()) {
        auto const separator = note.scim_type.empty() ? "" : ": ";
        fmt::print(output.out, "    {}{}{}\n", note.scim_type, separator, note.detail);
    }
    for (auto const& line : note.notes) fmt::print(output.out, "    {}\n", line);
}

/// Hands `work` the connections of the database of those settings, and what runs its coroutines.
template <class Work>
cli::ExitCode with_connections(cli::Texts const& settings, cli::Variables const& environment,
                               Output output, Work const& work) {
    return with_database(settings, environment, output, [&](Database& database) {
        service::OperatorConnections connections(database.store, database.clock, database.ids);
        return work(connections, database.blocking);
    });
}

}  // namespace

cli::ExitCode run(cli::OptionsGet const& command, cli::Variables const& environment,
                  Output output) {
    return with_connections(
        command.settings, environment, output, [&](auto& connections, auto& blocking) -> Status {
            TRY(auto const connection, blocking.run(connections.get(command.connection)));
            print_options(output, connection, command.json);
            return {};
        });
}

cli::ExitCode run(cli::OptionsSet const& command, cli::Variables const& environment,
                  Output output) {
    std::vector<service::OptionSetting> settings;
    for (auto const& [name, value] : command.options) settings.push_back({name, value});
    return with_connections(
        command.settings, environment, output, [&](auto& connections, auto& blocking) -> Status {
            TRY(auto const connection,
                blocking.run(connections.set_options(command.connection, settings)));
            print_options(output, connection, command.json);
            return {};
        });
}

cli::ExitCode run(cli::RequestsList const& command, cli::Variables const& environment,
                  Output output) {
    return with_connections(
        command.settings, environment, output, [&](auto& connections, auto& blocking) -> Status {
            TRY(auto const notes, blocking.run(connections.list_request_notes(
                                      command.connection, filter_of(command.only), command.limit)));
            if (command.json) {
                json::array array;
                for (auto const& note : notes) array.push_back(note_json(note));
                print_json(output, array);
                return {};
            }
            for (auto const& note : notes) print_note(output, note);
            if (notes.empty()) fmt::print(output.out, "There is no such request.\n");
            return {};
        });
}

}  // namespace rollcall::server
