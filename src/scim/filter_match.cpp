// Evaluation of filters over canonical representations (RFC 7644 §3.4.2.2). Two-valued: what is
// absent fails every test but `ne` and `eq null` (checklist F-26).
#include "base/overloaded.hpp"
#include "base/text.hpp"
#include "base/timestamp.hpp"
#include "scim/filter.hpp"
#include "scim/filter_texts.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <limits>
#include <utility>

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

double as_double(value const& number) {
    return number.to_number<double>();
}

// Anything but two texts.
bool test_value(Operator op, value const& candidate, value const& operand) {
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

// The tests of one filter, against one resource or one element of it.
class Matcher {
public:
    explicit Matcher(FilterCost& cost) noexcept : cost_(cost), texts_(cost) {}

    bool test_resource(Filter const& filter, boost::json::object const& resource) {
        return evaluate(filter,
                        Overloaded{[&](Comparison const& leaf) { return test(leaf, resource); },
                                   [&](ValueFilter const& leaf) { return test(leaf, resource); }});
    }

    bool test_element(Filter const& filter, value const& element) {
        return evaluate(filter,
                        Overloaded{[&](Comparison const& leaf) { return test(leaf, element); },
                                   [](ValueFilter const&) { return false; }});
    }

private:
    // The connectives, over whatever `test` makes of comparisons and value filters.
    template <class Test>
    bool evaluate(Filter const& filter, Test const& test) {
        auto const recurse = [&](FilterPtr const& operand) { return evaluate(*operand, test); };
        return std::visit(
            Overloaded{[&](And const& all) { return std::ranges::all_of(all.operands, recurse); },
                       [&](Or const& any) { return any_of(any.operands, recurse); },
                       [&](Not const& inverted) { return !recurse(inverted.operand); },
                       [&](auto const& leaf) { return test(leaf); }},
            filter.node);
    }

    // Nothing is looked at any more once that has cost too much.
    template <class Range, class Test>
    bool any_of(Range const& range, Test const& test) {
        return std::ranges::any_of(
            range, [&](auto const& item) { return cost_.is_exceeded() || test(item); });
    }

    bool test(Comparison const& comparison, boost::json::object const& resource) {
        cost_.add_test();
        auto const& ref = comparison.attribute.ref;
        if (!ref) return test_absent(comparison.op, comparison.operand);
        auto const* found = find_value(resource, *ref);
        if (found == nullptr || found->is_null()) {
            return test_absent(comparison.op, comparison.operand);
        }
        auto const whole = comparison.op == Operator::pr && ref->sub_attribute == nullptr;
        if (whole) return is_present(*found);
        auto const* list = found->if_array();
        if (list == nullptr) return test(comparison, *found);
        if (list->empty()) return test_absent(comparison.op, comparison.operand);
        return any_of(*list, [&](value const& element) { return test(comparison, element); });
    }

    bool test(ValueFilter const& filter, boost::json::object const& resource) {
        cost_.add_test();
        auto const* found =
            filter.attribute.ref ? find_value(resource, *filter.attribute.ref) : nullptr;
        if (found == nullptr || found->is_null()) return false;
        auto const accepts = [&](value const& element) {
            return test_element(*filter.filter, element) &&
                   (!filter.tail || test(*filter.tail, element));
        };
        auto const* list = found->if_array();
        return list != nullptr ? any_of(*list, accepts) : accepts(*found);
    }

    // One element, or the object of a single-valued complex attribute.
    bool test(Comparison const& comparison, value const& element) {
        cost_.add_test();
        auto const& ref = comparison.attribute.ref;
        if (!ref) return test_absent(comparison.op, comparison.operand);
        if (ref->sub_attribute == nullptr) return test_leaf(*ref->attribute, comparison, &element);
        auto const* object = element.if_object();
        auto const* candidate =
            object != nullptr ? object->if_contains(ref->sub_attribute->name) : nullptr;
        return test_leaf(*ref->sub_attribute, comparison, candidate);
    }

    bool test_leaf(Attribute const& leaf, Comparison const& comparison, value const* candidate) {
        auto const op = comparison.op;
        auto const& operand = comparison.operand;
        if (op == Operator::pr) return candidate != nullptr && is_present(*candidate);
        if (operand.is_null()) {
            return (op == Operator::ne) == (candidate != nullptr && is_present(*candidate));
        }
        if (candidate == nullptr || candidate->is_null()) {
            if (has_default_false(leaf)) return test_value(op, value(false), operand);
            return test_absent(op, operand);
        }
        auto const* text = candidate->if_string();
        if (text == nullptr || !operand.is_string()) return test_value(op, *candidate, operand);
        return leaf.type == Type::date_time ? test_date_time(leaf, comparison, *text)
                                            : texts_.test(leaf, comparison, *text);
    }

    // Instants, not texts: offsets and fractions may be written in many ways (checklist F-31).
    bool test_date_time(Attribute const& leaf, Comparison const& comparison,
                        boost::json::string const& text) {
        auto const op = comparison.op;
        auto const left = parse_timestamp(as_text(text));
        auto const right = parse_timestamp(as_text(comparison.operand.get_string()));
        auto const is_substring = op == Operator::co || op == Operator::sw;
        if (is_substring || !left || !right) return texts_.test(leaf, comparison, text);
        return compare(op, *left, *right);
    }

    FilterCost& cost_;
    ResourceTexts texts_;
};

std::string folded_operand(AttributeName const& compared, value const& operand) {
    if (!operand.is_string()) return {};
    auto const* attribute = compared.ref ? compared.ref->attribute : nullptr;
    auto const is_user_name = attribute != nullptr && attribute->is_user_name;
    auto const text = as_text(operand.get_string());
    return is_user_name ? fold_user_name(text) : fold(text);
}

Result<bool> unless_exceeded(bool holds, FilterCost const& cost) {
    CHECK(cost.check());
    return holds;
}

}  // namespace

Comparison::Comparison(AttributeName compared, Operator how, value with)
    : attribute(std::move(compared)),
      op(how),
      operand(std::move(with)),
      folded(folded_operand(attribute, operand)) {}

Result<bool> matches(Filter const& filter, boost::json::object const& resource, FilterCost& cost) {
    return unless_exceeded(Matcher(cost).test_resource(filter, resource), cost);
}

bool matches(Filter const& filter, boost::json::object const& resource) {
    FilterCost any(std::numeric_limits<std::size_t>::max());
    return Matcher(any).test_resource(filter, resource);
}

Result<bool> matches_element(Filter const& filter, value const& element, FilterCost& cost) {
    return unless_exceeded(Matcher(cost).test_element(filter, element), cost);
}

bool matches_element(Filter const& filter, value const& element) {
    FilterCost any(std::numeric_limits<std::size_t>::max());
    return Matcher(any).test_element(filter, element);
}

}  // namespace rollcall::scim
