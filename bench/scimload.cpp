// scimload: a load generator for one SCIM connection. Many keep-alive connections in one thread, so
// that the generator fits one core beside the server under test.
//
//   scimload users   URL TOKEN --count N --connections C [--start K]    POST /Users
//   scimload groups  URL TOKEN --count N --connections C [--start K]    POST /Groups
//   scimload fill    URL TOKEN --group G --ids FILE --count N [--chunk M]  PATCH add, M members
//   each scimload toggle  URL TOKEN --group G --ids FILE --count N --connections C
//                                                     PATCH add one member, then remove it again
//
// Prints one JSON object: requests, seconds, per_second, p50_us, p99_us (of the adds for toggle).
// `users` and `groups` write the ids they got to --out FILE, one a line. Talks to 127.0.0.1 only.
#include <CLI/CLI.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

struct Options {
    std::string command;
    std::string url;
    std::string token;
    std::size_t count = 1000;
    std::size_t connections = 1;
    std::size_t start = 0;
    std::size_t chunk = 1000;
    std::string group;
    std::string ids_file;
    std::string out_file;
};

struct Target {
    std::string port;
    std::string base_path;
};

Target parse_target(std::string const& url) {
    constexpr std::string_view prefix = "http://127.0.0.1:";
    if (!url.starts_with(prefix)) throw std::runtime_error("URL must start with http://127.0.0.1:");
    auto const slash = url.find('/', prefix.size());
    if (slash == std::string::npos) throw std::runtime_error("URL must have a path");
    auto const end = url.find('?');
    return {url.substr(prefix.size(), slash - prefix.size()),
            url.substr(slash, end == std::string::npos ? end : end - slash)};
}

/// One request to send; `measured` ones count for the percentiles.
struct Job {
    std::string_view method;
    std::string path;
    std::string body;
    unsigned expected_status = 200;
    bool measured = true;
};

/// Gives each connection its next job; nullopt ends it.
using NextJob = std::function<std::optional<Job>(std::size_t connection)>;

struct Totals {
    std::size_t requests = 0;
    std::vector<float> microseconds;
    std::vector<std::string> ids;
};

std::string head_of(Target const& target, std::string const& token, Job const& job) {
    return fmt::format(
        "{} {}{} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\n"
        "Content-Type: application/scim+json\r\nContent-Length: {}\r\n\r\n",
        job.method, target.base_path, job.path, target.port, token, job.body.size());
}

std::string id_in(std::string const& body) {
    auto const at = body.find("\"id\":\"");
    if (at == std::string::npos) return {};
    auto const from = at + 6;
    return body.substr(from, body.find('"', from) - from);
}

asio::awaitable<void> run_connection(Target target, std::string token, std::size_t number,
                                     NextJob const& next, Totals& totals) {
    tcp::socket socket(co_await asio::this_coro::executor);
    tcp::resolver resolver(socket.get_executor());
    auto const endpoints =
        co_await resolver.async_resolve("127.0.0.1", target.port, asio::use_awaitable);
    co_await asio::async_connect(socket, endpoints, asio::use_awaitable);
    socket.set_option(tcp::no_delay(true));
    boost::beast::flat_buffer buffer;
    while (auto const job = next(number)) {
        auto const begin = Clock::now();
        auto const request = head_of(target, token, *job) + job->body;
        co_await asio::async_write(socket, asio::buffer(request), asio::use_awaitable);
        beast_http::response<beast_http::string_body> response;
        co_await beast_http::async_read(socket, buffer, response, asio::use_awaitable);
        if (response.result_int() != job->expected_status) {
            throw std::runtime_error(fmt::format("{} {} answered {}: {}", job->method, job->path,
                                                 response.result_int(), response.body()));
        }
        ++totals.requests;
        if (job->measured) {
            totals.microseconds.push_back(
                std::chrono::duration<float, std::micro>(Clock::now() - begin).count());
        }
        if (job->expected_status == 201) totals.ids.push_back(id_in(response.body()));
    }
}

std::string user_body(std::size_t number) {
    return fmt::format(
        R"({{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"user{0}@load.test",)"
        R"("name":{{"givenName":"Given{0}","familyName":"Family{0}"}},"displayName":"Given{0} Family{0}",)"
        R"("emails":[{{"primary":true,"value":"user{0}@load.test","type":"work"}}],"locale":"en-US",)"
        R"("externalId":"00u{0:012}","active":true}})",
        number);
}

std::string members_patch(std::string_view op, std::vector<std::string> const& ids,
                          std::size_t from, std::size_t count) {
    std::string body = fmt::format(
        R"({{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{"op":"{}","path":"members","value":[)",
        op);
    for (std::size_t i = from; i < from + count; ++i) {
        if (i != from) body += ',';
        body += fmt::format(R"({{"value":"{}"}})", ids[i]);
    }
    body += "]}]}";
    return body;
}

std::vector<std::string> read_ids(std::string const& file) {
    std::ifstream in(file);
    std::vector<std::string> ids;
    for (std::string line; std::getline(in, line);) ids.push_back(line);
    if (ids.empty()) throw std::runtime_error("no ids in " + file);
    return ids;
}

NextJob make_creator(Options const& options) {
    auto next = std::make_shared<std::size_t>(options.start);
    auto const end = options.start + options.count;
    bool const users = options.command == "users";
    return [=](std::size_t) -> std::optional<Job> {
        if (*next >= end) return std::nullopt;
        auto const number = (*next)++;
        if (users) return Job{"POST", "/Users", user_body(number), 201};
        return Job{"POST", "/Groups",
                   fmt::format(R"({{"displayName":"Group {:07}","members":[]}})", number), 201};
    };
}

NextJob make_filler(Options const& options) {
    auto ids = std::make_shared<std::vector<std::string>>(read_ids(options.ids_file));
    auto next = std::make_shared<std::size_t>(options.start);
    auto const end = std::min(options.start + options.count, ids->size());
    return [=](std::size_t) -> std::optional<Job> {
        if (*next >= end) return std::nullopt;
        auto const from = *next;
        auto const count = std::min(options.chunk, end - from);
        *next += count;
        return Job{"PATCH", "/Groups/" + options.group, members_patch("add", *ids, from, count),
                   204};
    };
}

// Each connection adds and removes its own member, so the group keeps its size and nobody collides.
NextJob make_toggler(Options const& options) {
    auto ids = std::make_shared<std::vector<std::string>>(read_ids(options.ids_file));
    auto left = std::make_shared<std::size_t>(options.count);
    auto present = std::make_shared<std::vector<bool>>(options.connections, false);
    if (ids->size() < options.start + options.connections) throw std::runtime_error("too few ids");
    return [=](std::size_t connection) -> std::optional<Job> {
        bool const adding = !(*present)[connection];
        if (adding && *left == 0) return std::nullopt;
        if (adding) --*left;
        (*present)[connection] = adding;
        return Job{"PATCH", "/Groups/" + options.group,
                   members_patch(adding ? "add" : "remove", *ids, options.start + connection, 1),
                   204, adding};
    };
}

NextJob make_jobs(Options const& options) {
    if (options.command == "fill") return make_filler(options);
    if (options.command == "toggle") return make_toggler(options);
    return make_creator(options);
}

void print_totals(Totals& totals, double seconds) {
    std::ranges::sort(totals.microseconds);
    auto const percentile = [&](double part) {
        if (totals.microseconds.empty()) return 0.0F;
        auto const last = static_cast<double>(totals.microseconds.size() - 1);
        return totals.microseconds[static_cast<std::size_t>(part * last)];
    };
    fmt::print(
        R"({{"requests":{},"seconds":{:.3f},"per_second":{:.1f},"p50_us":{:.1f},"p99_us":{:.1f}}})"
        "\n",
        totals.requests, seconds, static_cast<double>(totals.requests) / seconds, percentile(0.5),
        percentile(0.99));
}

void run(Options const& options) {
    asio::io_context context(1);
    auto const target = parse_target(options.url);
    auto const jobs = make_jobs(options);
    Totals totals;
    auto const begin = Clock::now();
    for (std::size_t i = 0; i < options.connections; ++i) {
        asio::co_spawn(context, run_connection(target, options.token, i, jobs, totals),
                       [](std::exception_ptr failure) {
                           if (failure) std::rethrow_exception(failure);
                       });
    }
    context.run();
    print_totals(totals, std::chrono::duration<double>(Clock::now() - begin).count());
    if (!options.out_file.empty()) {
        std::ofstream out(options.out_file, std::ios::app);
        for (auto const& id : totals.ids) out << id << '\n';
    }
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Load generator for one SCIM connection on this machine.", "scimload");
    Options options;
    app.add_option("command", options.command)
        ->required()
        ->check(CLI::IsMember({"users", "groups", "fill", "toggle"}));
    app.add_option("url", options.url)->required();
    app.add_option("token", options.token)->required();
    app.add_option("--count", options.count);
    app.add_option("--connections", options.connections);
    app.add_option("--start", options.start, "first number, or first line of --ids");
    app.add_option("--chunk", options.chunk, "members a request of fill");
    app.add_option("--group", options.group);
    app.add_option("--ids", options.ids_file);
    app.add_option("--out", options.out_file);
    CLI11_PARSE(app, argc, argv);
    try {
        run(options);
    } catch (std::exception const& failure) {
        fmt::print(stderr, "scimload: {}\n", failure.what());
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
