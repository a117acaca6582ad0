// The operator's commands over service::Policies, as text or JSON.
#include "server/rbac_commands.hpp"

#include "api/management/rbac_wire.hpp"
#include "server/json_file.hpp"
#include "service/policies.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <utility>

namespace rollcall::server {
namespace {

void print_text(Output output, directory::Policy const& policy) {
    for (auto const& role : policy.roles) {
        fmt::print(output.out, "role {}\n", role.role_id);
        for (auto const& permission : role.permissions) {
            fmt::print(output.out, "    {}: {}\n", permission.resource_id,
                       fmt::join(permission.actions, ", "));
        }
    }
    for (auto const& resource : policy.resources) {
        fmt::print(output.out, "resource {}: {}\n", resource.resource_id,
                   fmt::join(resource.actions, ", "));
    }
}

}  // namespace

cli::ExitCode run(cli::RbacShow const& command, cli::Variables const& environment, Output output) {
    return with_opened<service::Policies>(
        command.settings, command.project, environment, output,
        [&](auto& policies, auto const& project, auto& blocking) -> Status {
            if (command.json) {
                TRY(auto const added, blocking.run(policies.get_project_policy(project)));
                std::string text;
                api::management::project_policy_to_json(text, added);
                fmt::print(output.out, "{}\n", text);
                return {};
            }
            TRY(auto const policy, blocking.run(policies.effective(project)));
            print_text(output, policy->project_policy());
            return {};
        });
}

cli::ExitCode run(cli::RbacSet const& command, cli::Variables const& environment, Output output) {
    return with_opened<service::Policies>(
        command.settings, command.project, environment, output,
        [&](auto& policies, auto const& project, auto& blocking) -> Status {
            TRY(auto const document, read_json_file(command.file, Limits{}));
            TRY(auto wanted, api::management::project_policy_from_json(document));
            TRY(auto const added,
                blocking.run(policies.put_project_policy(project, std::move(wanted))));
            fmt::print(output.out, "The project has {} custom role(s) and {} custom resource(s).\n",
                       added.custom_roles.size(), added.custom_resources.size());
            return {};
        });
}

}  // namespace rollcall::server
