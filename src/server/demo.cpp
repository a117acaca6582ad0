// Plays all three parts: the operator, the customer's identity provider, and the backend.
#include "server/demo.hpp"

#include "cli/simulate.hpp"
#include "server/app.hpp"
#include "server/demo_backend.hpp"
#include "server/demo_compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace rollcall::server {
namespace {

double seconds_of(Timestamp::duration time) {
    return std::chrono::duration<double>(time).count();
}

class Show {
public:
    Show(cli::Demo const& command, Clock const& clock, std::FILE* out)
        : load_(command.load),
          clock_(clock),
          out_(out),
          sample_(cli::make_sample(load_.users, load_.groups, load_.seed)) {}

    /// @errors what stopped the show.
    Status run(App& app) {
        say("A server runs at {}, on a throw-away database.", app.url());
        TRY(auto const project, app.create_project("Demo", Environment::test));
        DemoBackend backend(app.url(), project.project.id, project.secret.value);
        CHECK(backend.create_organization("Acme", "acme"));
        TRY(auto const connection, backend.create_connection("acme", "Acme Okta", "okta"));
        say("The backend made the organization acme and an Okta connection for it:\n  {}",
            connection.base_url);

        say("\nOkta pushes {} people, {} groups, {} memberships over SCIM:", sample_.people.size(),
            sample_.groups.size(), sample_.membership_count());
        auto const report = cli::push_over_http(sample_, cli::Provider::okta, connection.base_url,
                                                connection.token, load_.concurrency, clock_, out_);
        cli::print_report(out_, sample_, report);
        if (!report.failures.empty())
            return different("not everything was pushed", report.failures);

        CHECK(read_groups(backend, connection));
        CHECK(read_members(connection, report));
        say("\nWhat was read is what was pushed.");
        return {};
    }

private:
    Status read_groups(DemoBackend& backend, DemoConnection const& connection) {
        auto const start = clock_.now();
        TRY(auto const pages, backend.read_groups("acme", connection.id, 20));
        auto const time = clock_.now() - start;
        std::vector<ReadGroup> groups;
        for (auto const& page : pages) {
            groups.insert(groups.end(), page.groups.begin(), page.groups.end());
        }
        say("\nThe backend reads the groups, 20 on a page. The first page:\n{}",
            pages.front().pretty);
        say("{:<12} {:>7} in {} pages            {:>8.2f} s", "groups", groups.size(), pages.size(),
            seconds_of(time));
        auto const differences = compare_groups(sample_, groups);
        if (!differences.empty()) return different("the groups differ", differences);
        return {};
    }

    /// Reads each group over SCIM and compares its members.
    Status read_members(DemoConnection const& connection, cli::PushReport const& report) {
        auto const start = clock_.now();
        DemoProvider provider(connection);
        std::vector<std::string> differences;
        std::size_t count = 0;
        for (std::size_t i = 0; i < sample_.groups.size(); ++i) {
            std::multiset<std::string> pushed;
            for (auto const person : sample_.groups[i].members) {
                pushed.insert(report.person_ids[person]);
            }
            TRY(auto const read, provider.read_members(report.group_ids[i]));
            count += read.size();
            if (read != pushed) differences.push_back(sample_.groups[i].display_name);
        }
        say("{:<12} {:>7} in {} groups           {:>8.2f} s", "memberships", count,
            sample_.groups.size(), seconds_of(clock_.now() - start));
        if (!differences.empty()) return different("members differ", differences);
        return {};
    }

    template <class... Args>
    void say(fmt::format_string<Args...> format, Args&&... args) {
        fmt::print(out_, format, std::forward<Args>(args)...);
        fmt::print(out_, "\n");
        std::fflush(out_);
    }

    static Status different(std::string message, std::vector<std::string> const& lines) {
        for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 10); ++i) {
            message += "\n  " + lines[i];
        }
        return fail({ErrorCode::conflict, std::move(message)});
    }

    cli::Load load_;
    Clock const& clock_;
    std::FILE* out_;
    cli::Sample sample_;
};

}  // namespace

cli::ExitCode run_demo(cli::Demo const& command, std::filesystem::path const& directory,
                       Clock const& clock, std::FILE* out, std::FILE* err) {
    cli::Config config;
    config.listen.port = 0;
    config.data = directory;
    config.log_level = runtime::LogLevel::error;
    App app(std::move(config), std::nullopt);
    if (auto const started = app.start(); !started) {
        fmt::print(err, "rollcall: {}\n", started.error().error.message());
        return started.error().exit_code;
    }
    auto const shown = Show(command, clock, out).run(app);
    if (!shown) fmt::print(err, "rollcall: {}\n", shown.error().message());
    auto const stopped = app.stop();
    if (!stopped) fmt::print(err, "rollcall: {}\n", stopped.error().message());
    return shown && stopped ? cli::ExitCode::ok : cli::ExitCode::failure;
}

}  // namespace rollcall::server
