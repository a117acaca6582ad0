// Queries (RFC 7644 §3.4.2, §3.4.3; RFC 9865): one typed request, whether it came as a query string
// or as a SearchRequest.
#pragma once

#include "api/scim/request.hpp"
#include "base/result.hpp"
#include "service/searches.hpp"

#include <boost/json/value.hpp>

#include <cstddef>
#include <string_view>

namespace rollcall::api::scim_api {

/// The parameters of a SearchRequest message. Names match in any case, unknown ones are noted, null
/// counts as absent; lists of names may be one comma-separated text, and numbers may be
/// texts (Q-04, I-30).
/// @errors invalid_syntax (no object, or the message of another operation), invalid_value (a
///         parameter of the wrong type).
[[nodiscard]] Result<Query> read_search_message(boost::json::value const& message,
                                                scim::Notes& notes);

/// The query with its numbers read and its order checked.
/// @errors invalid_value (startIndex, count, sortOrder; L-11, O-03).
[[nodiscard]] Result<service::SearchRequest> read_search(Query const& query,
                                                         service::SearchScope scope,
                                                         std::string_view base,
                                                         std::size_t filter_bytes_max);

}  // namespace rollcall::api::scim_api
