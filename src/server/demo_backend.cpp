// Requests and answers of the demo's clients.
#include "server/demo_backend.hpp"

#include "crypto/base64.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace rollcall::server {
namespace {

namespace json = boost::json;

/// RFC 7617: Basic takes the ordinary alphabet, with padding.
std::string basic(ProjectId const& project, Secret const& secret) {
    auto text = crypto::encode_base64url(to_string(project) + ":" + secret.reveal());
    std::ranges::replace(text, '-', '+');
    std::ranges::replace(text, '_', '/');
    text.resize((text.size() + 3) / 4 * 4, '=');
    return "Basic " + text;
}

std::unexpected<Error> unexpected_answer(std::string_view what, http::ClientResponse const& reply) {
    return fail({ErrorCode::internal, fmt::format("{}: unexpected answer {}: {}", what,
                                                  reply.status, reply.body.substr(0, 500))});
}

/// The body of a 200, as an object.
Result<json::object> object_of(std::string_view what, http::ClientResponse const& reply) {
    boost::system::error_code error;
    auto body = json::parse(reply.body, error);
    if (reply.status != 200 || error || !body.is_object()) return unexpected_answer(what, reply);
    return std::move(body.as_object());
}

std::string string_at(json::object const& object, std::string_view key) {
    auto const* const value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

json::array const* array_at(json::object const& object, std::string_view key) {
    auto const* const value = object.if_contains(key);
    return value == nullptr ? nullptr : value->if_array();
}

/// JSON for people: two spaces for each level.
void print_pretty(std::string& out, json::value const& value, std::size_t depth) {
    std::string const indent((depth + 1) * 2, ' ');
    if (value.is_object() && !value.as_object().empty()) {
        out += '{';
        std::string_view separator = "\n";
        for (auto const& [key, member] : value.as_object()) {
            out += separator;
            out += indent + json::serialize(json::string(key)) + ": ";
            print_pretty(out, member, depth + 1);
            separator = ",\n";
        }
        out += "\n" + indent.substr(2) + "}";
    } else if (value.is_array() && !value.as_array().empty()) {
        out += '[';
        std::string_view separator = "\n";
        for (auto const& element : value.as_array()) {
            out += separator;
            out += indent;
            print_pretty(out, element, depth + 1);
            separator = ",\n";
        }
        out += "\n" + indent.substr(2) + "]";
    } else {
        out += json::serialize(value);
    }
}

}  // namespace

DemoBackend::DemoBackend(std::string const& url, ProjectId const& project, Secret const& secret)
    : client_(url),
      headers_{{"Authorization", basic(project, secret)}, {"Content-Type", "application/json"}} {}

Status DemoBackend::create_organization(std::string_view name, std::string_view slug) {
    auto const body =
        json::serialize(json::object{{"organization_name", name}, {"organization_slug", slug}});
    TRY(auto const reply, client_.send("POST", "/v1/b2b/organizations", headers_, body));
    CHECK(object_of("creating the organization", reply));
    return {};
}

Result<DemoConnection> DemoBackend::create_connection(std::string_view organization,
                                                      std::string_view display_name,
                                                      std::string_view provider) {
    auto const body = json::serialize(
        json::object{{"display_name", display_name}, {"identity_provider", provider}});
    auto const path = fmt::format("/v1/b2b/scim/{}/connection", organization);
    TRY(auto const reply, client_.send("POST", path, headers_, body));
    TRY(auto const answer, object_of("creating the connection", reply));
    auto const* const connection = answer.if_contains("connection");
    if (connection == nullptr || !connection->is_object()) {
        return unexpected_answer("creating the connection", reply);
    }
    auto const& object = connection->as_object();
    return DemoConnection{string_at(object, "connection_id"), string_at(object, "base_url"),
                          Secret(string_at(object, "bearer_token"))};
}

Result<std::vector<ReadPage>> DemoBackend::read_groups(std::string_view organization,
                                                       std::string_view connection,
                                                       std::size_t limit) {
    std::vector<ReadPage> pages;
    std::string cursor;
    do {
        auto path =
            fmt::format("/v1/b2b/scim/{}/connection/{}?limit={}", organization, connection, limit);
        // The alphabet of cursors needs no encoding in a query.
        if (!cursor.empty()) path += "&cursor=" + cursor;
        TRY(auto const reply, client_.send("GET", path, headers_));
        TRY(auto const answer, object_of("reading groups", reply));
        auto const* const groups = array_at(answer, "scim_groups");
        if (groups == nullptr) return unexpected_answer("reading groups", reply);
        ReadPage page;
        print_pretty(page.pretty, answer, 0);
        for (auto const& group : *groups) {
            if (!group.is_object()) return unexpected_answer("reading groups", reply);
            page.groups.push_back({string_at(group.as_object(), "group_id"),
                                   string_at(group.as_object(), "group_name")});
        }
        pages.push_back(std::move(page));
        auto next = string_at(answer, "next_cursor");
        if (!next.empty() && next == cursor) return unexpected_answer("reading groups", reply);
        cursor = std::move(next);
    } while (!cursor.empty());
    return pages;
}

DemoProvider::DemoProvider(DemoConnection const& connection)
    : client_(connection.base_url),
      headers_{{"Authorization", "Bearer " + connection.token.reveal()},
               {"Accept", "application/scim+json"}} {}

Result<std::multiset<std::string>> DemoProvider::read_members(std::string const& group_id) {
    TRY(auto const reply, client_.send("GET", "/Groups/" + group_id, headers_));
    TRY(auto const group, object_of("reading members", reply));
    std::multiset<std::string> ids;
    auto const* const members = array_at(group, "members");
    if (members == nullptr) return ids;
    for (auto const& member : *members) {
        if (!member.is_object()) return unexpected_answer("reading members", reply);
        ids.insert(string_at(member.as_object(), "value"));
    }
    return ids;
}

}  // namespace rollcall::server
