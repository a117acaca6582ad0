// Bulk requests: many operations in one message, which may refer to what others of them create (RFC
// 7644 §3.7). Parsing, the order of execution, and the references are pure; api/scim/bulk.cpp
// executes.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "scim/profile.hpp"

#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rollcall::scim {

enum class BulkMethod : std::uint8_t { post, put, patch, delete_ };

[[nodiscard]] std::string_view to_string(BulkMethod method) noexcept;

/// One operation, as sent. `data` is what the body of a single request would be, not yet judged.
struct BulkOperation {
    BulkMethod method = BulkMethod::post;
    std::string path;         ///< below the base URL, with a leading slash, without a query
    std::string bulk_id;      ///< empty if there is none
    std::string version;      ///< as If-Match has it; empty if there is none
    boost::json::value data;  ///< null for DELETE
};

struct BulkRequest {
    /// After this many failed operations the rest is left undone; absent: never.
    std::optional<std::size_t> fail_on_errors;
    std::vector<BulkOperation> operations;
};

/// Parses a BulkRequest message. Absolute URLs below `base` become paths, a bare list of PATCH
/// operations becomes a PatchOp message.
///
/// @param base  the connection's SCIM base URL, without trailing slash.
/// @errors invalid_syntax (not a BulkRequest message: the text names the operation and its member),
///         invalid_value (failOnErrors; a bulkId given twice), payload_too_large (more than
///         limits.bulk_operations_max operations).
/// @source RFC 7644 §3.7, EID 5050; checklist B-02, B-03, B-12, B-15, B-16, I-10.
[[nodiscard]] Result<BulkRequest> parse_bulk(boost::json::value body, std::string_view base,
                                             Limits const& limits, Notes& notes);

/// One request on the way to carrying out an operation.
struct BulkStep {
    std::size_t operation = 0;  ///< its index in the message
    bool completes = true;      ///< no later step belongs to the operation
    BulkOperation request;
};

/// Decides what is done, and when.
///
/// Operations keep their order, except that one which refers to a later creation waits for it.
/// Where creations refer to each other in a circle, one of them is created without the attributes
/// or elements that close it, and a PATCH adds these as soon as all they refer to has been created.
///
/// Time and memory are proportional to the message.
/// @source RFC 7644 §3.7.1, §3.7.2; checklist B-08, B-09, B-10.
[[nodiscard]] std::vector<BulkStep> plan_bulk(std::vector<BulkOperation> operations);

/// Ids of what has been created, by bulkId.
using BulkIds = std::unordered_map<std::string, std::string>;

/// Puts ids in the place of `bulkId:…` references, in the path and everywhere in the data: whole
/// strings, ends of URLs, operands in PATCH paths.
///
/// @errors conflict: the message names a bulkId that has no id; the operation is then not to be
///         used.
/// @source RFC 7644 §3.7.2; checklist B-08, B-11.
[[nodiscard]] Status resolve_references(BulkOperation& operation, BulkIds const& ids);

}  // namespace rollcall::scim
