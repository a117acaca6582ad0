// Evaluation of filters over canonical representations (RFC 7644 §3.4.2.2). Two-valued: what is
// absent fails every test but `ne` and `eq null` (checklist F-26).
#include "base/overloaded.hpp"
#include "base/text.hpp"
#include "base/timestamp.hpp"
#include "scim/filter.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace rollcall::scim {
namespace {

using boost::json::value;

// RFC 7644 Table 3, `pr`: a non-empty value, or for complex values a part with one.
bool is_present(value const& candidate) {
    if (candidate.is_null()) return false;
    if (auto const* text = candidate.if_string()) return !text->empty();
    if (auto const* list = candidate.if_array()) return std::ranges::any_of(*list, is_present);
    if (auto const* object = candidate.if_object()) {
        return std::ranges::any_of(*object,
                                   [](auto const& part) { return is_present(part.value()); });
    }
    return true;
}

bool test_absent(Operator op, value const& operand) {
    if (op == Operator::eq) return operand.is_null();
    if (op == Operator::ne) return !operand.is_null();
    return false;
}

template <class T>
bool compare(Operator op, T const& a, T const& b) {
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

bool test_substring(Operator op, std::string_view text, std::string_view operand) {
    if (op == Operator::sw) return text.starts_with(operand);
    if (op == Operator::ew) return text.ends_with(operand);
    return text.find(operand) != std::string_view::npos;
}

bool test_exact_text(Operator op, std::string_view text, std::string_view operand) {
    if (op == Operator::co || op == Operator::sw || op == Operator::ew) {
        return test_substring(op, text, operand);
    }
    return compare(op, text, operand);
}

bool test_text(Attribute const& leaf, Operator op, std::string_view text,
               std::string_view operand) {
    if (leaf.case_exact) return test_exact_text(op, text, operand);
    if (op == Operator::eq) return equal_folded(text, operand);
    if (op == Operator::ne) return !equal_folded(text, operand);
    return test_exact_text(op, fold(text), fold(operand));
}

// Instants, not texts: offsets and fractions may be written in many ways (checklist F-31).
bool test_date_time(Attribute const& leaf, Operator op, std::string_view text,
                    std::string_view operand) {
    auto const left = parse_timestamp(text);
    auto const right = parse_timestamp(operand);
    auto const is_substring = op == Operator::co || op == Operator::sw;
    if (is_substring || !left || !right) return test_text(leaf, op, text, operand);
    return compare(op, *left, *right);
}

double as_double(value const& number) {
    return number.to_number<double>();
}

bool test_value(Attribute const& leaf, Operator op, value const& candidate, value const& operand) {
    if (candidate.is_string() && operand.is_string()) {
        auto const text = as_text(candidate.get_string());
        auto const right = as_text(operand.get_string());
        return leaf.type == Type::date_time ? test_date_time(leaf, op, text, right)
                                            : test_text(leaf, op, text, right);
    }
    if (candidate.is_bool() && operand.is_bool()) {
        return compare(op, candidate.get_bool(), operand.get_bool());
    }
    if (candidate.is_number() && operand.is_number()) {
        if (candidate.is_int64() && operand.is_int64()) {
            return compare(op, candidate.get_int64(), operand.get_int64());
        }
        return compare(op, as_double(candidate), as_double(operand));
    }
    return op == Operator::ne;
}

// An element without `primary` is not the primary one (RFC 7643 §2.4, checklist G-15, F-41).
bool has_default_false(Attribute const& leaf) {
    return leaf.type == Type::boolean && leaf.name == "primary";
}

bool test_leaf(Attribute const& leaf, Comparison const& comparison, value const* candidate) {
    auto const& [attribute, op, operand] = comparison;
    if (op == Operator::pr) return candidate != nullptr && is_present(*candidate);
    if (operand.is_null()) {
        return (op == Operator::ne) == (candidate != nullptr && is_present(*candidate));
    }
    if (candidate == nullptr || candidate->is_null()) {
        if (has_default_false(leaf)) return test_value(leaf, op, value(false), operand);
        return test_absent(op, operand);
    }
    return test_value(leaf, op, *candidate, operand);
}

value const* find_value(boost::json::object const& resource, AttributeRef const& ref) {
    auto const* holder = &resource;
    if (ref.extension != nullptr) {
        auto const* extension = resource.if_contains(ref.extension->urn);
        if (extension == nullptr || ref.attribute == nullptr) return extension;
        holder = extension->if_object();
        if (holder == nullptr) return nullptr;
    }
    return holder->if_contains(ref.attribute->name);
}

// One element, or the object of a single-valued complex attribute.
bool test_element(Comparison const& comparison, value const& element) {
    auto const& ref = comparison.attribute.ref;
    if (!ref) return test_absent(comparison.op, comparison.operand);
    if (ref->sub_attribute == nullptr) return test_leaf(*ref->attribute, comparison, &element);
    auto const* object = element.if_object();
    auto const* candidate =
        object != nullptr ? object->if_contains(ref->sub_attribute->name) : nullptr;
    return test_leaf(*ref->sub_attribute, comparison, candidate);
}

bool test_resource(Comparison const& comparison, boost::json::object const& resource) {
    auto const& ref = comparison.attribute.ref;
    if (!ref) return test_absent(comparison.op, comparison.operand);
    auto const* found = find_value(resource, *ref);
    if (found == nullptr || found->is_null()) {
        return test_absent(comparison.op, comparison.operand);
    }
    auto const whole = comparison.op == Operator::pr && ref->sub_attribute == nullptr;
    if (whole) return is_present(*found);
    auto const* list = found->if_array();
    if (list == nullptr) return test_element(comparison, *found);
    if (list->empty()) return test_absent(comparison.op, comparison.operand);
    return std::ranges::any_of(
        *list, [&](value const& element) { return test_element(comparison, element); });
}

bool test_value_filter(ValueFilter const& filter, boost::json::object const& resource) {
    auto const* found =
        filter.attribute.ref ? find_value(resource, *filter.attribute.ref) : nullptr;
    if (found == nullptr || found->is_null()) return false;
    auto const accepts = [&](value const& element) {
        return matches_element(*filter.filter, element) &&
               (!filter.tail || test_element(*filter.tail, element));
    };
    auto const* list = found->if_array();
    return list != nullptr ? std::ranges::any_of(*list, accepts) : accepts(*found);
}

// The connectives, over whatever `test` makes of comparisons and value filters.
template <class Test>
bool evaluate(Filter const& filter, Test const& test) {
    auto const recurse = [&](FilterPtr const& operand) { return evaluate(*operand, test); };
    return std::visit(
        Overloaded{[&](And const& all) { return std::ranges::all_of(all.operands, recurse); },
                   [&](Or const& any) { return std::ranges::any_of(any.operands, recurse); },
                   [&](Not const& inverted) { return !recurse(inverted.operand); },
                   [&](auto const& leaf) { return test(leaf); }},
        filter.node);
}

}  // namespace

bool matches(Filter const& filter, boost::json::object const& resource) {
    return evaluate(
        filter,
        Overloaded{[&](Comparison const& leaf) { return test_resource(leaf, resource); },
                   [&](ValueFilter const& leaf) { return test_value_filter(leaf, resource); }});
}

bool matches_element(Filter const& filter, value const& element) {
    return evaluate(filter,
                    Overloaded{[&](Comparison const& leaf) { return test_element(leaf, element); },
                               [](ValueFilter const&) { return false; }});
}

}  // namespace rollcall::scim
