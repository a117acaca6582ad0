// Tests of the texts of one resource (RFC 7644 §3.4.2.2, Table 3).
#pragma once

#include "scim/filter.hpp"
#include "scim/filter_cost.hpp"
#include "scim/schema.hpp"

#include <boost/json/string.hpp>

#include <string>
#include <string_view>
#include <unordered_map>

namespace rollcall::scim {

/// Any operator but co, sw, ew and pr, which do not hold.
template <class T>
[[nodiscard]] bool compare(Operator op, T const& a, T const& b) {
    switch (op) {
        case Operator::eq:
            return a == b;
        case Operator::ne:
            return !(a == b);
        case Operator::gt:
            return b < a;
        case Operator::ge:
            return !(a < b);
        case Operator::lt:
            return a < b;
        case Operator::le:
            return !(b < a);
        case Operator::co:
        case Operator::sw:
        case Operator::ew:
        case Operator::pr:
            return false;
    }
    return false;
}

/// Folds each text once, however many tests look at it. The resource outlives this object and does
/// not change meanwhile.
class ResourceTexts {
public:
    explicit ResourceTexts(FilterCost& cost) noexcept : cost_(cost) {}

    /// Compares under the case rule of the attribute. The operand is a text.
    [[nodiscard]] bool test(Attribute const& leaf, Comparison const& comparison,
                            boost::json::string const& text);

private:
    [[nodiscard]] std::string_view folded(Attribute const& leaf, boost::json::string const& text,
                                          bool is_ascii);

    FilterCost& cost_;
    std::unordered_map<boost::json::string const*, std::string> folded_;
};

}  // namespace rollcall::scim
