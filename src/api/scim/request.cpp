// Reads heads of requests; everything here is pure.
#include "api/scim/request.hpp"

#include "api/segments.hpp"
#include "base/text.hpp"
#include "crypto/base64.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <utility>

namespace rollcall::api::scim_api {
namespace {

/// Segments of connection_path().
constexpr std::size_t base_segments = 4;

std::string_view without_suffix(std::string_view segment) {
    constexpr std::string_view suffix = ".scim";
    if (segment.size() > suffix.size() && segment.ends_with(suffix)) {
        segment.remove_suffix(suffix.size());
    }
    return segment;
}

void join(std::string& list, std::string_view more) {
    if (!list.empty() && !more.empty()) list += ',';
    list += more;
}

/// The opaque part of one entity tag as a version; tags are compared weakly, and unquoted ones are
/// taken for their opaque part (V-05, V-06).
std::optional<std::uint64_t> parse_tag(std::string_view tag) {
    tag = trim(tag);
    if (tag.starts_with("W/") || tag.starts_with("w/")) tag.remove_prefix(2);
    if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"') {
        tag.remove_prefix(1);
        tag.remove_suffix(1);
    }
    std::uint64_t version = 0;
    auto const [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), version);
    if (error != std::errc{} || end != tag.data() + tag.size()) return std::nullopt;
    return version;
}

/// A list that may be spread over several headers of that name (RFC 9110 §5.3).
std::string tag_list(http::Request const& request, std::string_view name) {
    std::string list;
    for (auto const& header : request.headers) {
        if (equal_ascii_case(header.name, name)) join(list, header.value);
    }
    return std::string(trim(list));
}

/// The versions a list of tags names. A tag that this server never issued matches nothing.
std::vector<std::uint64_t> parse_tags(std::string_view list) {
    std::vector<std::uint64_t> versions;
    while (!list.empty()) {
        auto const comma = std::min(list.find(','), list.size());
        if (auto const version = parse_tag(list.substr(0, comma))) versions.push_back(*version);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return versions;
}

/// What stands behind the first colon of "user:password"; the user may be anything.
std::optional<service::ConnectionCredential> basic_password(std::string_view encoded) {
    if (encoded.size() > Limits::credentials_bytes_max) return std::nullopt;
    auto text = crypto::decode_base64(encoded);
    if (!text) return std::nullopt;
    Secret const clear(std::move(*text));
    std::string_view const pair = clear.reveal();
    auto const colon = pair.find(':');
    if (colon == std::string_view::npos || colon + 1 == pair.size()) return std::nullopt;
    return service::ConnectionCredential{Secret(std::string(pair.substr(colon + 1))), true};
}

Status read_parameter(std::string_view name, std::string& value, Query& query) {
    if (equal_ascii_case(name, "filter")) {
        if (query.filter) return fail({ErrorCode::invalid_filter, "filter: given more than once"});
        query.filter = std::move(value);
    } else if (equal_ascii_case(name, "attributes")) {
        join(query.attributes, value);
    } else if (equal_ascii_case(name, "excludedAttributes")) {
        join(query.excluded_attributes, value);
    } else if (equal_ascii_case(name, "startIndex")) {
        query.start_index = std::move(value);
    } else if (equal_ascii_case(name, "count")) {
        query.count = std::move(value);
    } else if (equal_ascii_case(name, "sortBy")) {
        query.sort_by = std::move(value);
    } else if (equal_ascii_case(name, "sortOrder")) {
        query.sort_order = std::move(value);
    } else if (equal_ascii_case(name, "cursor")) {
        query.cursor = std::move(value);
    }
    return {};
}

}  // namespace

std::string connection_path(ConnectionId const& connection) {
    return fmt::format("/v1/b2b/scim/{}", to_string(connection));
}

Target parse_target(std::string_view path) {
    Target target;
    Segments const segments(path);
    if (segments.size() < base_segments) return target;
    target.connection = parse_id<ConnectionId>(segments[base_segments - 1]);
    auto const first =
        equal_ascii_case(segments[base_segments], "v2") ? base_segments + 1 : base_segments;
    auto const endpoint = segments[first];
    auto const id = segments[first + 1];
    switch (segments.size() - first) {
        case 0:
            target.shape = Shape::root;
            break;
        case 1:
            target.endpoint = without_suffix(endpoint);
            target.shape = target.endpoint == ".search" ? Shape::search : Shape::collection;
            break;
        case 2:
            target.endpoint = endpoint;
            target.id = without_suffix(id);
            target.shape = target.id == ".search" ? Shape::sub_search : Shape::item;
            break;
        default:
            target.endpoint = endpoint;
            break;
    }
    return target;
}

bool is_bulk(Target const& target) noexcept {
    return target.shape == Shape::collection && equal_ascii_case(target.endpoint, "Bulk");
}

std::optional<service::ConnectionCredential> credential(http::Request const& request) {
    auto const credentials = trim(request.header("Authorization"));
    auto const space = credentials.find_first_of(" \t");
    if (space == std::string_view::npos) return std::nullopt;
    auto const scheme = credentials.substr(0, space);
    auto const value = trim(credentials.substr(space));
    if (equal_ascii_case(scheme, "Basic")) return basic_password(value);
    if (!equal_ascii_case(scheme, "Bearer") || value.empty()) return std::nullopt;
    return service::ConnectionCredential{Secret(std::string(value))};
}

Result<Query> parse_query(std::string_view text) {
    Query query;
    for (auto& [name, value] : http::parse_query(text)) {
        if (!is_valid_utf8(name) || !is_valid_utf8(value)) {
            return fail({ErrorCode::invalid_value, "query: a parameter is not valid UTF-8"});
        }
        CHECK(read_parameter(name, value, query));
    }
    return query;
}

Query parse_discovery_query(std::string_view text) {
    Query query;
    for (auto& [name, value] : http::parse_query(text)) {
        if (equal_ascii_case(name, "filter")) query.filter = std::move(value);
    }
    return query;
}

std::string shown_parameters(std::string_view text) {
    constexpr std::array<std::string_view, 8> known{
        "filter", "attributes", "excludedAttributes", "startIndex",
        "count",  "sortBy",     "sortOrder",          "cursor"};
    std::array<bool, known.size()> given{};
    for (auto const& [name, value] : http::parse_query(text)) {
        auto const* found = std::ranges::find_if(
            known, [&](std::string_view candidate) { return equal_ascii_case(candidate, name); });
        if (found != known.end()) given[static_cast<std::size_t>(found - known.begin())] = true;
    }
    std::string shown;
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (!given[i]) continue;
        shown += shown.empty() ? '?' : '&';
        shown += known[i];
    }
    return shown;
}

Result<scim::FilterPtr> parse_filter(Query const& query, scim::ResourceType const& type,
                                     Limits const& limits, scim::Notes& notes) {
    if (!query.filter) return nullptr;
    TRY(auto filter, scim::parse_filter(*query.filter, type, limits));
    scim::note_unknown_names(filter, notes);
    return std::make_shared<scim::Filter const>(std::move(filter));
}

service::Precondition precondition(http::Request const& request) {
    auto const wanted = tag_list(request, "If-Match");
    auto const any = wanted.empty() || wanted == "*";
    auto condition = any ? service::Precondition() : service::Precondition(parse_tags(wanted));
    auto const refused = tag_list(request, "If-None-Match");
    if (refused == "*") {
        condition.refuse_all();
    } else {
        condition.refuse(parse_tags(refused));
    }
    return condition;
}

bool has_current(http::Request const& request, std::uint64_t version) {
    auto const list = tag_list(request, "If-None-Match");
    if (list == "*") return true;
    auto const versions = parse_tags(list);
    return std::ranges::find(versions, version) != versions.end();
}

bool is_form(http::Request const& request) {
    auto const type = ascii_lower(trim(request.header("Content-Type")));
    auto const says_so =
        type.starts_with("multipart/") || type.starts_with("application/x-www-form-urlencoded");
    return says_so && !trim(request.body).starts_with('{');
}

std::string_view answer_type(http::Request const& request) {
    constexpr std::string_view usual = "application/scim+json";
    auto const accept = ascii_lower(request.header("Accept"));
    if (accept.find("application/json") == std::string::npos) return usual;
    for (auto const other : {usual, std::string_view("*/*"), std::string_view("application/*")}) {
        if (accept.find(other) != std::string::npos) return usual;
    }
    return "application/json";
}

}  // namespace rollcall::api::scim_api
