// The operator's commands over service::TokenProfiles, as text or JSON.
#include "server/token_profile_commands.hpp"

#include "api/management/token_profile_wire.hpp"
#include "server/json_file.hpp"
#include "service/token_profiles.hpp"

#include <boost/json/object.hpp>
#include <fmt/format.h>

#include <string>
#include <utility>

namespace rollcall::server {
namespace {

void print_line(Output output, directory::TokenProfile const& profile) {
    auto const type = profile.key_type == directory::PublicKeyType::pem ? "PEM" : "JWK";
    fmt::print(output.out, "{}  {}  {}  {} key(s) as {}\n", to_string(profile.id), profile.name,
               profile.issuer, profile.keys.size(), type);
}

void print_array(Output output, std::vector<directory::TokenProfile> const& profiles) {
    std::string text;
    for (auto const& profile : profiles) {
        text += text.empty() ? '[' : ',';
        api::management::token_profile_to_json(text, profile);
    }
    fmt::print(output.out, "{}]\n", text.empty() ? "[" : text);
}

}  // namespace

cli::ExitCode run(cli::TokenProfileCreate const& command, cli::Variables const& environment,
                  Output output) {
    return with_opened<service::TokenProfiles>(
        command.settings, command.project, environment, output,
        [&](auto& profiles, auto const& project, auto& blocking) -> Status {
            TRY(auto const document, read_json_file(command.file, Limits{}));
            TRY(auto fields, api::management::token_profile_fields_from_json(document));
            TRY(auto const profile, blocking.run(profiles.create(project, std::move(fields))));
            if (command.json) {
                print_json(output, boost::json::object{{"profile_id", to_string(profile.id)}});
            } else {
                fmt::print(output.out, "profile id  {}\n", to_string(profile.id));
            }
            return {};
        });
}

cli::ExitCode run(cli::TokenProfileList const& command, cli::Variables const& environment,
                  Output output) {
    return with_opened<service::TokenProfiles>(
        command.settings, command.project, environment, output,
        [&](auto& profiles, auto const& project, auto& blocking) -> Status {
            TRY(auto const list, blocking.run(profiles.list(project)));
            if (command.json) {
                print_array(output, list);
                return {};
            }
            for (auto const& profile : list) print_line(output, profile);
            if (list.empty()) fmt::print(output.out, "The project trusts no issuer.\n");
            return {};
        });
}

cli::ExitCode run(cli::TokenProfileDelete const& command, cli::Variables const& environment,
                  Output output) {
    return with_opened<service::TokenProfiles>(
        command.settings, command.project, environment, output,
        [&](auto& profiles, auto const& project, auto& blocking) -> Status {
            TRY(auto const id, blocking.run(profiles.remove(project, command.profile)));
            fmt::print(output.out, "Deleted: {}\n", to_string(id));
            return {};
        });
}

}  // namespace rollcall::server
