// Filter expressions: grammar, tree, evaluation (RFC 7644 §3.4.2.2, Figure 1).
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "scim/filter_cost.hpp"
#include "scim/profile.hpp"
#include "scim/schema.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rollcall::scim {

enum class Operator : std::uint8_t { eq, ne, co, sw, ew, gt, ge, lt, le, pr };

/// An attribute as the client wrote it. `text` keeps the spelling; `ref` is empty for an attribute
/// the type does not define, which has no value (checklist F-24).
struct AttributeName {
    std::string text;
    std::optional<AttributeRef> ref;
};

struct Filter;
using FilterPtr = std::shared_ptr<Filter const>;

/// `attribute op operand`. For `pr` the operand is null.
struct Comparison {
    Comparison(AttributeName compared, Operator how, boost::json::value with);

    AttributeName attribute;
    Operator op;
    boost::json::value operand;
    std::string folded;  ///< the operand, if it is a text, for where case does not matter
};

/// `attribute[filter]`, and with `tail` the tolerated `attribute[filter].sub op operand`
/// (checklist I-39). The inner filter's attributes are sub-attributes of `attribute`.
struct ValueFilter {
    AttributeName attribute;
    FilterPtr filter;
    std::optional<Comparison> tail;
};

struct And {
    std::vector<FilterPtr> operands;
};
struct Or {
    std::vector<FilterPtr> operands;
};
struct Not {
    FilterPtr operand;
};

/// A filter tree. Immutable once parsed; share freely between threads.
struct Filter {
    std::variant<Comparison, ValueFilter, And, Or, Not> node;
};

/// Parses a filter expression.
///
/// @param text    percent-decoded UTF-8.
/// @param type    decides which names exist, and through them whether operands fit.
/// @param limits  filter_bytes_max and filter_depth_max apply.
/// @errors invalid_filter (message names the 1-based position), too_many (too long or too deep).
/// @source RFC 7644 §3.4.2.2; tolerances I-03, I-06, I-07, I-39; F-13, F-21, F-32, F-47.
[[nodiscard]] Result<Filter> parse_filter(std::string_view text, ResourceType const& type,
                                          Limits const& limits);

/// Parses the inside of `attribute[…]`: names are sub-attributes of `attribute`.
[[nodiscard]] Result<Filter> parse_value_filter(std::string_view text, Attribute const& attribute,
                                                Limits const& limits);

/// Notes each name of an attribute that the type does not have: nothing has a value there, which is
/// seldom what the client meant (checklist F-24).
void note_unknown_names(Filter const& filter, Notes& notes);

/// True if the complete representation `resource` satisfies the filter. Names resolve to canonical
/// spelling, so `resource` must be canonical (resource.hpp). Two-valued logic (checklist F-26).
/// @errors those of FilterCost::check.
[[nodiscard]] Result<bool> matches(Filter const& filter, boost::json::object const& resource,
                                   FilterCost& cost);
/// The same, at any cost.
[[nodiscard]] bool matches(Filter const& filter, boost::json::object const& resource);

/// The same for one element of a multi-valued attribute and a value filter.
/// @errors those of FilterCost::check.
[[nodiscard]] Result<bool> matches_element(Filter const& filter, boost::json::value const& element,
                                           FilterCost& cost);
[[nodiscard]] bool matches_element(Filter const& filter, boost::json::value const& element);

/// Canonical text; parse_filter(print(f)) equals f.
[[nodiscard]] std::string print(Filter const& filter);

[[nodiscard]] bool equal(Filter const& a, Filter const& b);

}  // namespace rollcall::scim
