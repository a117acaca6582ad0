// Bodies are built in a buffer on the stack where they fit, then written once.
#include "api/scim/response.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <array>
#include <iterator>
#include <utility>

namespace rollcall::api::scim_api {
namespace {

namespace json = boost::json;

using Scratch = std::array<unsigned char, 8192>;

void add_error_headers(http::Response& response, Problem problem) {
    if (problem.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
    if (problem.status == 429 || problem.status == 503) {
        response.headers.emplace_back("Retry-After", std::to_string(problem.retry_after.count()));
    }
}

}  // namespace

http::Response json_response(unsigned status, std::string body) {
    http::Response response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

http::Response problem_response(Problem problem, std::string_view detail, Context& context) {
    if (context.error.empty()) context.error = detail;
    context.scim_type = problem.scim_type;
    context.detail = detail;
    auto response = json_response(problem.status, error_body(problem, detail));
    add_error_headers(response, problem);
    return response;
}

http::Response error_response(Error const& error, Context& context) {
    context.error = fmt::format("{}: {}", to_string(error.code()), error.message());
    if (!error.cause().empty()) context.error += fmt::format(" ({})", error.cause());
    auto problem = problem_of(error.code());
    problem.retry_after = error.retry_after();
    return problem_response(problem, error.message(), context);
}

std::string user_body(directory::User const& user, scim::ResourceType const& type,
                      std::string_view base, directory::ResolvedUsers const& managers,
                      scim::Projection const& projection) {
    Scratch scratch;
    json::monotonic_resource memory(scratch.data(), scratch.size());
    auto resource = directory::user_representation(user, type, base, managers, &memory);
    projection.apply(resource);
    return json::serialize(resource);
}

std::string group_body(directory::Group const& group, scim::ResourceType const& type,
                       std::string_view base, scim::Projection const& projection,
                       bool with_members) {
    Scratch scratch;
    json::monotonic_resource memory(scratch.data(), scratch.size());
    auto resource = directory::group_representation(
        group, type, base, with_members && projection.wants("members"), &memory);
    projection.apply(resource);
    return json::serialize(resource);
}

std::string list_body(ListHead const& head, std::vector<std::string> const& resources) {
    std::size_t size = 160 + (head.next_cursor ? head.next_cursor->size() : 0);
    for (auto const& resource : resources) size += resource.size() + 1;
    std::string body;
    body.reserve(size);
    auto const out = std::back_inserter(body);
    fmt::format_to(out,
                   R"({{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],)"
                   R"("totalResults":{},)",
                   head.total);
    if (head.start_index) fmt::format_to(out, R"("startIndex":{},)", *head.start_index);
    // The alphabet of cursors needs no escaping (Y-04).
    if (head.next_cursor) fmt::format_to(out, R"("nextCursor":"{}",)", *head.next_cursor);
    fmt::format_to(out, R"("itemsPerPage":{},"Resources":[)", resources.size());
    for (auto const& resource : resources) {
        if (body.back() != '[') body += ',';
        body += resource;
    }
    body += "]}";
    return body;
}

void add_resource_headers(http::Response& response, std::uint64_t version, std::string location) {
    response.headers.emplace_back("ETag", directory::entity_tag(version));
    response.headers.emplace_back("Location", std::move(location));
}

}  // namespace rollcall::api::scim_api
