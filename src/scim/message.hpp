// What PatchOp, BulkRequest and SearchRequest messages have in common (RFC 7644 §3.4.3, §3.5.2,
// §3.7).
#pragma once

#include "base/result.hpp"
#include "scim/profile.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <initializer_list>
#include <string_view>

namespace rollcall::scim {

/// The member of that name, in any case (checklist I-02); nullptr if there is none.
[[nodiscard]] boost::json::value const* find_key(boost::json::object const& message,
                                                 std::string_view name) noexcept;
[[nodiscard]] boost::json::value* find_key(boost::json::object& message,
                                           std::string_view name) noexcept;

/// Judges the `schemas` of a message. Missing ones are tolerated (I-10), a text stands for a list
/// of it, and URNs of anything but messages are noted (I-11).
///
/// @param name  "PatchOp": what stands behind urn:ietf:params:scim:api:messages:2.0.
/// @errors invalid_syntax: no list of texts, or the URN of another message.
/// @source checklist P-02, B-02, Q-01.
[[nodiscard]] Status check_message_schemas(boost::json::object const& message,
                                           std::string_view name, Notes& notes);

inline constexpr std::string_view unknown_of_message = "an unknown key of the message was left out";
inline constexpr std::string_view unknown_of_operation =
    "an unknown key of an operation was left out";

/// Notes the keys that are none of `known` (checklist I-23).
/// @param what  one of the texts above.
void note_unknown_keys(boost::json::object const& object,
                       std::initializer_list<std::string_view> known, std::string_view what,
                       Notes& notes);

}  // namespace rollcall::scim
