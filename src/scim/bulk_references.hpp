// References to what other operations of a bulk request create: `bulkId:…` (RFC 7644 §3.7.2).
#pragma once

#include "scim/bulk.hpp"

#include <boost/json/value.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace rollcall::scim {

inline constexpr std::string_view bulk_id_prefix = "bulkId:";

/// Sees the bulkId of each reference, in the order of the text; what it returns, if anything, takes
/// the reference's place. The id stays valid for the call only.
using ReferenceVisitor = std::function<std::optional<std::string>(std::string_view bulk_id)>;

/// The references of the path and the data.
void visit_references(BulkOperation& operation, ReferenceVisitor const& visit);

/// The references of one value of a resource.
void visit_references(boost::json::value& value, ReferenceVisitor const& visit);

}  // namespace rollcall::scim
