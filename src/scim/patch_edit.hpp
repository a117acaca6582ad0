// What one PATCH operation does to one attribute, by the attribute's shape (RFC 7644 §3.5.2.1 to
// §3.5.2.3).
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "scim/filter.hpp"
#include "scim/patch.hpp"
#include "scim/profile.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rollcall::scim {

/// One operation's intent. `value` is nullptr where the operation has none.
struct Edit {
    PatchOp op;
    boost::json::value const* value;
    bool creates_missing;  ///< `replace` creates what its filter does not find (checklist P-46)
    Limits const& limits;
    Notes& notes;
    FilterCost& filter_cost;

    /// Null, on any operation that has a value.
    [[nodiscard]] bool is_null() const noexcept { return value == nullptr || value->is_null(); }
    /// True if the operation takes away: `remove`, and `replace` with null (checklist P-05).
    [[nodiscard]] bool unassigns() const noexcept {
        return op == PatchOp::remove || (op == PatchOp::replace && is_null());
    }
    /// True if only what equals the value is taken away (checklist P-38, I-25).
    [[nodiscard]] bool removes_equal() const noexcept {
        return op == PatchOp::remove && !is_null();
    }
};

/// Null, an empty list, or a list of nothing but null (checklist G-18).
[[nodiscard]] bool is_nothing(boost::json::value const& value) noexcept;

/// "name.givenName"; without `sub`, "name".
[[nodiscard]] std::string name_of(Attribute const& attribute, Attribute const* sub);

/// Edits a single-valued attribute, or its sub-attribute `sub`, in the object that holds it.
[[nodiscard]] Status edit_single(boost::json::object& holder, Attribute const& attribute,
                                 Attribute const* sub, Edit const& edit);

/// Edits a multi-valued attribute: all of it, the elements `filter` selects, or `sub` in those.
[[nodiscard]] Status edit_list(boost::json::object& holder, Attribute const& attribute,
                               Filter const* filter, Attribute const* sub, Edit const& edit);

/// What an operation writes into a complex value: parts in their order, null for one that goes.
using PartValues = std::vector<std::pair<Attribute const*, boost::json::value>>;

/// Reads the given sub-attributes that a client may write; the others stay (checklist P-22, P-42).
[[nodiscard]] Result<PartValues> read_parts(boost::json::object const& given,
                                            Attribute const& attribute, Edit const& edit);

/// @errors mutability when an immutable part has another value (checklist P-30, P-49).
[[nodiscard]] Status set_parts(boost::json::object& target, Attribute const& attribute,
                               PartValues const& parts);

/// `{"value": x}` and `{"<name>": x}` for a simple attribute mean x (checklist I-32).
[[nodiscard]] boost::json::value const& unwrap_named(boost::json::value const& value,
                                                     Attribute const& attribute) noexcept;

/// The same with a note. @param shown  the attribute's name in it.
[[nodiscard]] boost::json::value const& unwrap_noted(boost::json::value const& value,
                                                     Attribute const& attribute,
                                                     std::string_view shown, Notes& notes);

[[nodiscard]] Error mutability_error(std::string_view attribute, std::string_view rule);

}  // namespace rollcall::scim
