// The operator's commands over service::Projects, as text or JSON.
#include "server/project_commands.hpp"

#include "service/projects.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <fmt/format.h>

namespace rollcall::server {
namespace {

namespace json = boost::json;

/// Hands `work` the projects of the database of those settings, and what runs its coroutines.
template <class Work>
cli::ExitCode with_projects(cli::Texts const& settings, cli::Variables const& environment,
                            Output output, Work const& work,
                            IfMissing if_missing = IfMissing::complain) {
    return with_database(
        settings, environment, output,
        [&](Database& database) {
            service::Projects projects(database.store, database.clock, database.ids);
            return work(projects, database.blocking);
        },
        if_missing);
}

json::object project_json(directory::Project const& project) {
    return {{"project_id", to_string(project.id)},
            {"name", project.name},
            {"environment", to_string(project.id.environment)},
            {"public_token", to_string(project.public_token)},
            {"created_at", format_seconds(project.created_at)}};
}

json::object secret_json(directory::ProjectSecret const& secret) {
    json::object object{{"secret_id", to_string(secret.id)},
                        {"last_four", secret.last_four},
                        {"created_at", format_seconds(secret.created_at)},
                        {"revoked_at", nullptr}};
    if (secret.revoked_at) object["revoked_at"] = format_seconds(*secret.revoked_at);
    return object;
}

}  // namespace

cli::ExitCode run(cli::ProjectCreate const& command, cli::Variables const& environment,
                  Output output) {
    return with_projects(
        command.settings, environment, output,
        [&](auto& projects, auto& blocking) -> Status {
            TRY(auto const created,
                blocking.run(projects.create(command.name, command.environment)));
            if (command.json) {
                auto object = project_json(created.project);
                object["secret_id"] = to_string(created.secret.record.id);
                object["secret"] = created.secret.value.reveal();
                print_json(output, object);
                return {};
            }
            fmt::print(output.out,
                       "project id    {}\nsecret        {}\npublic token  {}\n"
                       "The secret is shown only now.\n",
                       to_string(created.project.id), created.secret.value.reveal(),
                       to_string(created.project.public_token));
            return {};
        },
        IfMissing::make);
}

cli::ExitCode run(cli::ProjectList const& command, cli::Variables const& environment,
                  Output output) {
    return with_projects(command.settings, environment, output,
                         [&](auto& projects, auto& blocking) -> Status {
                             TRY(auto const list, blocking.run(projects.list()));
                             if (command.json) {
                                 json::array array;
                                 for (auto const& project : list)
                                     array.push_back(project_json(project));
                                 print_json(output, array);
                                 return {};
                             }
                             for (auto const& project : list) {
                                 fmt::print(output.out, "{}  {}  {}  {}\n", to_string(project.id),
                                            format_seconds(project.created_at),
                                            to_string(project.public_token), project.name);
                             }
                             if (list.empty()) fmt::print(output.out, "There is no project yet.\n");
                             return {};
                         });
}

cli::ExitCode run(cli::SecretCreate const& command, cli::Variables const& environment,
                  Output output) {
    return with_projects(
        command.settings, environment, output, [&](auto& projects, auto& blocking) -> Status {
            TRY(auto const secret, blocking.run(projects.create_secret(command.project)));
            if (command.json) {
                auto object = secret_json(secret.record);
                object["secret"] = secret.value.reveal();
                print_json(output, object);
                return {};
            }
            fmt::print(output.out, "secret id  {}\nsecret     {}\nThe secret is shown only now.\n",
                       to_string(secret.record.id), secret.value.reveal());
            return {};
        });
}

cli::ExitCode run(cli::SecretList const& command, cli::Variables const& environment,
                  Output output) {
    return with_projects(
        command.settings, environment, output, [&](auto& projects, auto& blocking) -> Status {
            TRY(auto const list, blocking.run(projects.list_secrets(command.project)));
            if (command.json) {
                json::array array;
                for (auto const& secret : list) array.push_back(secret_json(secret));
                print_json(output, array);
                return {};
            }
            for (auto const& secret : list) {
                fmt::print(output.out, "{}  …{}  created {}", to_string(secret.id),
                           secret.last_four, format_seconds(secret.created_at));
                if (secret.revoked_at) {
                    fmt::print(output.out, "  revoked {}", format_seconds(*secret.revoked_at));
                }
                fmt::print(output.out, "\n");
            }
            return {};
        });
}

cli::ExitCode run(cli::SecretRevoke const& command, cli::Variables const& environment,
                  Output output) {
    return with_projects(
        command.settings, environment, output, [&](auto& projects, auto& blocking) -> Status {
            CHECK(blocking.run(projects.revoke_secret(command.project, command.secret)));
            fmt::print(output.out, "Revoked; a running server refuses it within a second.\n");
            return {};
        });
}

}  // namespace rollcall::server
