// Query strings and SearchRequest messages become the same request.
#include "api/scim/search_request.hpp"

#include "base/text.hpp"
#include "scim/message.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <string>

namespace rollcall::api::scim_api {
namespace {

/// A decimal integer in the whole text; values beyond the range stick to its ends.
std::optional<std::int64_t> parse_integer(std::string_view text) {
    auto const digits = text.substr(text.starts_with('-') || text.starts_with('+') ? 1 : 0);
    if (digits.empty() || !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    if (text.starts_with('+')) text.remove_prefix(1);
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range) {
        return text.starts_with('-') ? std::numeric_limits<std::int64_t>::min()
                                     : std::numeric_limits<std::int64_t>::max();
    }
    return value;
}

/// An empty value counts as absent (L-11).
Result<std::optional<std::int64_t>> read_number(std::string_view name, std::string_view text) {
    text = trim(text);
    if (text.empty()) return std::nullopt;
    auto const value = parse_integer(text);
    if (!value) {
        return fail({ErrorCode::invalid_value, fmt::format("{}: must be an integer", name)});
    }
    return value;
}

Result<bool> read_descending(std::string_view order) {
    if (order.empty() || equal_ascii_case(order, "ascending")) return false;
    if (equal_ascii_case(order, "descending")) return true;
    return fail({ErrorCode::invalid_value, "sortOrder: must be ascending or descending"});
}

Error wrong_type(std::string_view name, std::string_view rule) {
    return {ErrorCode::invalid_value, fmt::format("{}: must be {}", name, rule)};
}

/// A text, or a list of texts as the query string has it.
Result<std::string> read_names(std::string_view name, boost::json::value const& value) {
    if (value.is_string()) return std::string(value.get_string());
    auto const* list = value.if_array();
    if (list == nullptr) return fail(wrong_type(name, "a list of attribute names"));
    std::string names;
    for (auto const& element : *list) {
        if (!element.is_string()) return fail(wrong_type(name, "a list of attribute names"));
        if (!names.empty()) names += ',';
        names += std::string_view(element.get_string());
    }
    return names;
}

Result<std::string> read_text(std::string_view name, boost::json::value const& value) {
    if (!value.is_string()) return fail(wrong_type(name, "a string"));
    return std::string(value.get_string());
}

/// The number as text, read later like one of a query string.
Result<std::string> read_number_text(std::string_view name, boost::json::value const& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (!value.is_int64() && !value.is_uint64()) return fail(wrong_type(name, "an integer"));
    return boost::json::serialize(value);
}

Status read_member(std::string_view name, boost::json::value const& value, Query& query) {
    if (value.is_null()) return {};
    if (equal_ascii_case(name, "attributes")) {
        TRY(query.attributes, read_names("attributes", value));
    } else if (equal_ascii_case(name, "excludedAttributes")) {
        TRY(query.excluded_attributes, read_names("excludedAttributes", value));
    } else if (equal_ascii_case(name, "filter")) {
        TRY(query.filter, read_text("filter", value));
    } else if (equal_ascii_case(name, "sortBy")) {
        TRY(query.sort_by, read_text("sortBy", value));
    } else if (equal_ascii_case(name, "sortOrder")) {
        TRY(query.sort_order, read_text("sortOrder", value));
    } else if (equal_ascii_case(name, "startIndex")) {
        TRY(query.start_index, read_number_text("startIndex", value));
    } else if (equal_ascii_case(name, "count")) {
        TRY(query.count, read_number_text("count", value));
    } else if (equal_ascii_case(name, "cursor")) {
        TRY(query.cursor, read_text("cursor", value));
    }
    return {};
}

}  // namespace

Result<Query> read_search_message(boost::json::value const& message, scim::Notes& notes) {
    auto const* members = message.if_object();
    if (members == nullptr) {
        return fail({ErrorCode::invalid_syntax, "the body must be a SearchRequest object"});
    }
    CHECK(scim::check_message_schemas(*members, "SearchRequest", notes));
    scim::note_unknown_keys(*members,
                            {"schemas", "attributes", "excludedAttributes", "filter", "sortBy",
                             "sortOrder", "startIndex", "count", "cursor"},
                            scim::unknown_of_message, notes);
    Query query;
    for (auto const& member : *members) CHECK(read_member(member.key(), member.value(), query));
    return query;
}

Result<service::SearchRequest> read_search(Query const& query, service::SearchScope scope,
                                           std::string_view base, std::size_t filter_bytes_max) {
    service::SearchRequest request;
    request.scope = scope;
    request.criteria.filter = query.filter;
    request.criteria.filter_bytes_max = filter_bytes_max;
    request.criteria.sort_by = trim(query.sort_by);
    request.criteria.base = base;
    if (!request.criteria.sort_by.empty()) {
        TRY(request.criteria.descending, read_descending(trim(query.sort_order)));
    }
    TRY(request.start_index, read_number("startIndex", query.start_index));
    TRY(request.count, read_number("count", query.count));
    request.cursor = query.cursor;
    return request;
}

}  // namespace rollcall::api::scim_api
