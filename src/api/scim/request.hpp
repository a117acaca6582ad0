// What a SCIM request says outside its body: address, credentials, query, conditions (RFC 7644 §2,
// §3.2, §3.4.2, §3.9, §3.14).
#pragma once

#include "base/id.hpp"
#include "base/limits.hpp"
#include "base/result.hpp"
#include "http/message.hpp"
#include "scim/filter.hpp"
#include "scim/projection.hpp"
#include "service/connection_tokens.hpp"
#include "service/precondition.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::api::scim_api {

/// The parts of a path below a connection.
enum class Shape : std::uint8_t {
    root,        ///< /
    search,      ///< /.search
    collection,  ///< /Users
    sub_search,  ///< /Users/.search
    item,        ///< /Users/{id}
    other,       ///< deeper than anything there is
};

/// Where the endpoints of a connection are: "/v1/b2b/scim/{connection_id}".
[[nodiscard]] std::string connection_path(ConnectionId const& connection);

/// A path taken apart: doubled and trailing slashes, a `v2` segment before the endpoint, and a
/// `.scim` suffix are gone (checklist H-05, H-06, H-10).
struct Target {
    std::optional<ConnectionId> connection;
    Shape shape = Shape::other;
    std::string endpoint;  ///< as written
    std::string id;        ///< decoded, compared exactly
};

[[nodiscard]] Target parse_target(std::string_view path);

[[nodiscard]] bool is_bulk(Target const& target) noexcept;

/// The token of `Authorization: Bearer …`, or the password of `Basic …`: the scheme in any case,
/// white space around it ignored (K-03, K-05, I-36). nullopt for no header, no scheme, another
/// scheme, or nothing behind it.
[[nodiscard]] std::optional<service::ConnectionCredential> credential(http::Request const& request);

/// The query parameters that SCIM knows. Names match in any case (H-09), others are ignored (H-08),
/// repeated lists are joined.
struct Query {
    std::string attributes{};
    std::string excluded_attributes{};
    std::optional<std::string> filter{};
    std::string sort_by{};
    std::string sort_order{};
    std::string start_index{};
    std::string count{};
    std::optional<std::string> cursor{};  ///< Y-02: `?cursor` and `?cursor=` are empty
};

/// Takes the query string apart. What the values must be is for their readers to say
/// (search_request.hpp), since most endpoints ignore most parameters.
/// @errors invalid_value (invalid UTF-8), invalid_filter (given twice).
/// @source F-46, H-08, H-09, H-16.
[[nodiscard]] Result<Query> parse_query(std::string_view query);

/// What discovery endpoints look at: whether there is a filter, which they refuse. Everything else
/// is ignored, also where it makes no sense (N-03).
[[nodiscard]] Query parse_discovery_query(std::string_view query);

/// "?filter&count": the parameters that are given and that SCIM knows, without their values.
[[nodiscard]] std::string shown_parameters(std::string_view query);

/// The filter of the query; null if there is none. Names that the type does not have are noted.
/// @errors as scim::parse_filter.
[[nodiscard]] Result<scim::FilterPtr> parse_filter(Query const& query,
                                                   scim::ResourceType const& type,
                                                   Limits const& limits, scim::Notes& notes);

/// If-Match, of which "*" and an absent header accept every version (V-04..V-07), and
/// If-None-Match, of which "*" accepts none (RFC 9110 §13.1.2).
[[nodiscard]] service::Precondition precondition(http::Request const& request);

/// True if If-None-Match names `version` (V-03).
[[nodiscard]] bool has_current(http::Request const& request, std::uint64_t version);

/// True for a body that says it is a form and does not begin like JSON (H-04).
[[nodiscard]] bool is_form(http::Request const& request);

/// The media type to answer with: application/scim+json unless the client accepts only
/// application/json (H-03).
[[nodiscard]] std::string_view answer_type(http::Request const& request);

}  // namespace rollcall::api::scim_api
