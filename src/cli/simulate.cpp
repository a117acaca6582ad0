// The simulator's HTTP side, and what it prints.
#include "cli/simulate.hpp"

#include "base/text.hpp"
#include "http/client.hpp"

#include <fmt/format.h>

#include <charconv>
#include <thread>
#include <unistd.h>

namespace rollcall::cli {
namespace {

/// Seconds of Retry-After (RFC 9110 §10.2.3); a date there is not worth a clock.
std::optional<std::chrono::seconds> retry_after(http::ClientResponse const& response) {
    auto const text = response.header("Retry-After");
    unsigned seconds = 0;
    auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (text.empty() || error != std::errc{} || stop != text.data() + text.size()) {
        return std::nullopt;
    }
    return std::chrono::seconds(seconds);
}

class HttpEndpoint final : public ScimEndpoint {
public:
    HttpEndpoint(std::string const& url, Secret const& token, Dialect const& dialect)
        : client_(url), headers_(dialect.headers()) {
        headers_.emplace_back("Authorization", "Bearer " + token.reveal());
    }

    Result<ScimReply> send(std::string_view method, std::string const& target,
                           std::string const& body) override {
        TRY(auto response, client_.send(method, target, headers_, body));
        return ScimReply{response.status, std::move(response.body), retry_after(response)};
    }

private:
    http::Client client_;
    std::vector<http::ClientHeader> headers_;
};

double seconds_of(std::chrono::microseconds time) {
    return std::chrono::duration<double>(time).count();
}

void print_counts(std::FILE* out, std::string_view what, PushCounts const& counts) {
    fmt::print(out, "{:<12} {:>7} created, {:>7} found    {:>8.2f} s\n", what, counts.created,
               counts.found, seconds_of(counts.time));
}

/// The first line without white space around it.
std::string read_line(std::FILE* in) {
    std::string line;
    for (int c = std::fgetc(in); c != EOF && c != '\n'; c = std::fgetc(in)) {
        line += static_cast<char>(c);
    }
    return std::string(trim(line));
}

Result<Secret> read_token(Simulate const& command, Variables const& environment) {
    std::string token = command.token;
    if (token == "-") {
        token = read_line(stdin);
    } else if (token.empty()) {
        auto const found = environment.find(simulate_token_variable);
        if (found != environment.end()) token = found->second;
    }
    if (token.empty()) {
        return fail({ErrorCode::invalid_value,
                     fmt::format("a bearer token is needed: --token TOKEN, --token - to read it "
                                 "from standard input, or {}",
                                 simulate_token_variable)});
    }
    return Secret(std::move(token));
}

}  // namespace

ScimBase split_base_url(std::string_view base_url) {
    auto const mark = base_url.find('?');
    auto const query = mark == std::string_view::npos ? "" : base_url.substr(mark + 1);
    auto url = base_url.substr(0, mark);
    while (url.ends_with('/')) url.remove_suffix(1);
    return {std::string(url), query.find("aadOptscim062020") != std::string_view::npos};
}

EndpointFactory connect_over_http(std::string url, Secret token, Dialect const& dialect) {
    return [url = std::move(url), token = std::move(token), dialect] {
        return std::make_unique<HttpEndpoint>(url, token, dialect);
    };
}

void print_report(std::FILE* out, Sample const& sample, PushReport const& report) {
    print_counts(out, "people", report.people);
    print_counts(out, "groups", report.groups);
    fmt::print(out, "{:<12} {:>7} of {:>7} sent       {:>8.2f} s\n", "memberships",
               report.memberships, sample.membership_count(), seconds_of(report.membership_time));
    auto const total = seconds_of(report.people.time + report.groups.time + report.membership_time);
    fmt::print(out, "{:<12} {:>7}                       {:>8.2f} s", "requests", report.requests,
               total);
    if (total > 0) {
        fmt::print(out, ", {:.0f} a second", static_cast<double>(report.requests) / total);
    }
    fmt::print(out, "\n");
}

PushReport push_over_http(Sample const& sample, Provider provider, std::string_view base_url,
                          Secret const& token, unsigned concurrency, Clock const& clock,
                          std::FILE* out) {
    auto const base = split_base_url(base_url);
    Dialect const dialect(provider, base.standard_patch);
    PushOptions const options{concurrency,
                              [](std::chrono::seconds time) { std::this_thread::sleep_for(time); }};
    ConsoleProgress progress(out, ::isatty(::fileno(out)) == 1);
    return push(sample, dialect, options, connect_over_http(base.url, token, dialect), clock,
                progress);
}

ExitCode simulate(Simulate const& command, Variables const& environment, Clock const& clock) {
    auto const token = read_token(command, environment);
    if (!token) {
        fmt::print(stderr, "rollcall: {}\n", token.error().message());
        return ExitCode::usage;
    }
    auto const& load = command.load;
    auto const sample = make_sample(load.users, load.groups, load.seed);
    fmt::print("Pushing {} people, {} groups and {} memberships to {}\n", sample.people.size(),
               sample.groups.size(), sample.membership_count(), split_base_url(command.url).url);
    auto const report = push_over_http(sample, command.provider, command.url, *token,
                                       load.concurrency, clock, stdout);
    print_report(stdout, sample, report);
    for (auto const& failure : report.failures) fmt::print(stderr, "rollcall: {}\n", failure);
    if (report.failures.size() >= failures_max) {
        fmt::print(stderr, "rollcall: stopped after {} failures\n", failures_max);
    }
    return report.failures.empty() ? ExitCode::ok : ExitCode::failure;
}

}  // namespace rollcall::cli
