// The operator's commands over service::Schemas, as text or JSON.
#include "server/schema_commands.hpp"

#include "scim/schema_json.hpp"
#include "server/json_file.hpp"
#include "service/schemas.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <fmt/format.h>

#include <utility>

namespace rollcall::server {
namespace {

namespace json = boost::json;

json::object schema_json(directory::ConnectionSchema const& schema) {
    auto const& [extends, required, definition] = schema.declared;
    return {{"schema_id", definition.urn},
            {"resource_type", scim::to_string(extends)},
            {"required", required},
            {"schema", scim::schema_to_json(definition)},
            {"created_at", format_seconds(schema.created_at)},
            {"updated_at", format_seconds(schema.updated_at)}};
}

void print_line(Output output, directory::ConnectionSchema const& schema) {
    auto const& [extends, required, definition] = schema.declared;
    fmt::print(output.out, "{}  {}  {}  {} attribute(s)\n", definition.urn,
               scim::to_string(extends), required ? "required" : "optional",
               definition.attributes.size());
}

Result<directory::SchemaFields> read_fields(cli::SchemaPut const& command) {
    Limits const limits;
    TRY(auto definition, read_json_file(command.file, limits));
    return directory::SchemaFields{command.resource_type, command.required, std::move(definition)};
}

/// What the definition calls itself; planning judges it.
std::string urn_of(directory::SchemaFields const& fields) {
    auto const* id = fields.schema->if_contains("id");
    return id != nullptr && id->is_string() ? std::string(id->get_string()) : std::string();
}

}  // namespace

cli::ExitCode run(cli::SchemaList const& command, cli::Variables const& environment,
                  Output output) {
    return with_opened<service::Schemas>(
        command.settings, command.connection, environment, output,
        [&](auto& schemas, auto const& owner, auto& blocking) -> Status {
            TRY(auto const list, blocking.run(schemas.list(owner)));
            if (command.json) {
                json::array array;
                for (auto const& schema : list) array.push_back(schema_json(schema));
                print_json(output, array);
                return {};
            }
            for (auto const& schema : list) print_line(output, schema);
            if (list.empty()) fmt::print(output.out, "The connection declares no schema.\n");
            return {};
        });
}

cli::ExitCode run(cli::SchemaPut const& command, cli::Variables const& environment, Output output) {
    return with_opened<service::Schemas>(
        command.settings, command.connection, environment, output,
        [&](auto& schemas, auto const& owner, auto& blocking) -> Status {
            TRY(auto fields, read_fields(command));
            auto urn = urn_of(fields);
            TRY(auto const schema,
                blocking.run(schemas.put(owner, std::move(urn), std::move(fields))));
            print_line(output, schema);
            return {};
        });
}

cli::ExitCode run(cli::SchemaDelete const& command, cli::Variables const& environment,
                  Output output) {
    return with_opened<service::Schemas>(
        command.settings, command.connection, environment, output,
        [&](auto& schemas, auto const& owner, auto& blocking) -> Status {
            TRY(auto const urn, blocking.run(schemas.remove(owner, command.urn)));
            fmt::print(output.out, "Withdrawn: {}\n", urn);
            return {};
        });
}

}  // namespace rollcall::server
