// The operator's command over service::ImpersonationTokens, as text or JSON.
#include "server/impersonation_commands.hpp"

#include "directory/email_address.hpp"
#include "service/impersonation.hpp"

#include <boost/json/object.hpp>
#include <fmt/format.h>

namespace rollcall::server {
namespace {

void print(Output output, service::IssuedImpersonation const& issued, bool as_json) {
    auto const& token = issued.token.reveal();
    if (as_json) {
        print_json(output, boost::json::object{
                               {"impersonation_token", token},
                               {"organization_id", to_string(issued.organization)},
                               {"member_id", to_string(issued.member)},
                               {"expires_at", format_seconds(issued.expires_at)},
                           });
        return;
    }
    fmt::print(output.out, "{}\n", token);
    fmt::print(output.err, "Good once, until {}.\n", format_seconds(issued.expires_at));
}

}  // namespace

cli::ExitCode run(cli::Impersonate const& command, cli::Variables const& environment,
                  Output output) {
    return with_database(command.settings, environment, output, [&](Database& database) -> Status {
        TRY(auto address, directory::read_email(command.operator_address, "--as"));
        service::ImpersonationTokens tokens(database.store, database.clock);
        TRY(auto const issued,
            database.blocking.run(tokens.issue(command.member, std::move(address))));
        print(output, issued, command.json);
        return {};
    });
}

}  // namespace rollcall::server
