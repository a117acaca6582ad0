// Resources as canonical JSON objects: from what providers send, to what they get back.
//
// A canonical resource holds exactly the writable attributes of its type: names in the schema's
// spelling, values of the schema's types, no nulls, no empty lists or objects, multi-valued
// attributes as arrays of objects, extension attributes under the extension's canonical URN,
// neither `schemas` nor read-only attributes nor passwords. It is what is stored and what filters
// see.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "scim/profile.hpp"
#include "scim/schema.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace rollcall::scim {

/// A resource body read under the tolerance rules, split into what the caller needs.
struct ResourceBody {
    /// Canonical, see above. For groups without `members`.
    boost::json::object attributes;
    /// Attributes the body set to null or [] explicitly ("externalId", "active", …), canonical.
    std::vector<std::string> cleared;
};

/// Reads the body of a POST or PUT.
///
/// Unknown attributes are left out, or refused as the profile says (sub-attributes are left out in
/// any case); read-only ones are left out, strings become booleans and so on as the rules
/// say; each tolerance that dropped or repaired something adds to `notes`. `members` of a group is
/// kept under "members" as an array of {value, type?, display?} objects with distinct values.
///
/// @errors invalid_syntax (not an object, an unknown attribute, or one given twice with different
///         values), invalid_value (type mismatch, or a required attribute missing or blank: message
///         names attribute and rule), too_many (members).
/// @source RFC 7644 §3.3, §3.5.1; checklist G, C-02..C-07; I-02..I-05, I-10..I-18, I-26, I-29.
[[nodiscard]] Result<ResourceBody> read_resource(boost::json::value const& body,
                                                 ResourceType const& type, Profile const& profile,
                                                 Limits const& limits, Notes& notes);

/// Notes an `id` in a body that is not the resource's own: it is the server's (C-02, W-06).
/// @param id  the resource's, empty for one that is being created.
void note_foreign_id(boost::json::value const& body, std::string_view id, Notes& notes);

/// One value for one attribute, made canonical (as above); a null value means "cleared".
/// @errors invalid_value.
[[nodiscard]] Result<boost::json::value> read_value(boost::json::value const& value,
                                                    Attribute const& attribute,
                                                    Limits const& limits, Notes& notes);

/// The same for a part of a complex attribute; errors and notes name it with its attribute.
/// @errors invalid_value.
[[nodiscard]] Result<boost::json::value> read_part(boost::json::value const& value,
                                                   Attribute const& attribute,
                                                   Attribute const& part, Limits const& limits,
                                                   Notes& notes);

/// What a PUT makes of a resource. Keeps W-04: `active`, `externalId` survive a PUT that does not
/// mention them, and so do immutable attributes of declared extensions.
/// @errors mutability (an immutable attribute with another value, W-07), invalid_value.
[[nodiscard]] Result<boost::json::object> replace_resource(boost::json::object const& stored,
                                                           ResourceBody body,
                                                           ResourceType const& type);

/// Checks rules on a final state: required attributes present, at most one primary (G-16 repairs:
/// the last one wins), duplicate (type, value) pairs collapsed; repairs are noted.
/// @param before  the stored resource; nullptr for a new one. Declared extensions that are as they
///                were are not judged again.
/// @errors invalid_value, mutability.
[[nodiscard]] Status finish_resource(boost::json::object& attributes, ResourceType const& type,
                                     Notes& notes, boost::json::object const* before = nullptr);

/// Drops from a stored resource what its type does not define any more: data of extensions that
/// were withdrawn, and of attributes that were withdrawn or are of another type now. Built-in
/// attributes always fit. Keys that are no URN are left alone.
void drop_unfitting(boost::json::object& resource, ResourceType const& type);

/// The `schemas` of a canonical resource: core URN plus each extension with data (checklist S-03).
[[nodiscard]] std::vector<std::string_view> schemas_of(boost::json::object const& attributes,
                                                       ResourceType const& type);

}  // namespace rollcall::scim
