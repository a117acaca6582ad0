// PATCH: the request and its effect on a canonical resource (RFC 7644 §3.5.2).
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "scim/path.hpp"
#include "scim/profile.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace rollcall::scim {

enum class PatchOp : std::uint8_t { add, remove, replace };

/// One operation, as sent: the value is not yet judged against the attribute.
struct PatchOperation {
    PatchOp op = PatchOp::replace;
    /// `op` was not all lower case, Entra's fingerprint on connections of unknown kind (P-46).
    bool op_capitalised = false;
    std::optional<Path> path = std::nullopt;
    std::optional<boost::json::value> value = std::nullopt;
    /// The path was a key of a path-less object (I-14).
    bool path_was_key = false;
    /// Its place in `Operations`; nullopt if there is no such list.
    std::optional<std::size_t> place = std::nullopt;
};

/// A parsed PatchOp message. A key of a path-less object that is itself a path (I-14) has become an
/// operation of its own, in the object's order.
struct PatchRequest {
    std::vector<PatchOperation> operations;
};

/// An error of the operation at that place: "Operations[3]: …". Without a place, the error itself.
[[nodiscard]] Error error_of_operation(std::optional<std::size_t> place, Error const& error);

/// @errors invalid_syntax (not a PatchOp message, or an attribute given twice in one path-less
///         object with different values), invalid_value (value missing),
///         invalid_path, invalid_filter, no_target (remove without path or value),
///         too_many (operations). The message of one operation's error begins with its place:
///         "Operations[3].path: …".
/// @source checklist P-02..P-18, I-01, I-02, I-10, I-14, I-22, I-23, I-25.
[[nodiscard]] Result<PatchRequest> parse_patch(boost::json::value const& body,
                                               ResourceType const& type, Limits const& limits,
                                               Notes& notes);

/// The body of a PUT that leaves out what it does not change: a patch that replaces what it holds,
/// attribute by attribute (checklist W-04, W-08 under `put = merge`). An `id` is not looked at.
/// @errors invalid_syntax (not an object, or an attribute given twice with different values),
///         invalid_path, invalid_filter, too_many.
[[nodiscard]] Result<PatchRequest> parse_merge(boost::json::value const& body,
                                               ResourceType const& type, Limits const& limits,
                                               Notes& notes);

/// Applies every operation in order and returns the new canonical resource; the input is unchanged
/// and nothing is kept on error.
///
/// `id` is the resource's own SCIM id (a different id in a path-less object is `mutability`, P-44).
/// The caller still checks uniqueness, and compares with `resource` to learn whether anything
/// changed.
///
/// @errors mutability, no_target, invalid_value, invalid_path, too_many (members, list values, work
///         on long lists, a resource of more than Limits::body_bytes_max). The message of one
///         operation's error begins with its place: "Operations[3]: …"; what is wrong with the
///         outcome has none.
/// @source checklist P-20..P-49, G-15, G-17, E-05, U-08; I-16..I-20, I-26, I-27, I-32.
[[nodiscard]] Result<boost::json::object> apply_patch(boost::json::object const& resource,
                                                      PatchRequest const& request,
                                                      ResourceType const& type, std::string_view id,
                                                      Profile const& profile, Limits const& limits,
                                                      Notes& notes);

}  // namespace rollcall::scim
