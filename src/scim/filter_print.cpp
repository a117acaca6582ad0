// Filters as canonical text, and equality of trees.
#include "scim/filter.hpp"
#include "scim/filter_operand.hpp"
#include "scim/names.hpp"
#include "scim/print_name.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace rollcall::scim {
namespace {

class Printer {
public:
    explicit Printer(bool in_brackets) : in_brackets_(in_brackets) {}

    std::string take() && { return std::move(out_); }

    void print(Filter const& filter) {
        std::visit([this](auto const& node) { append(node); }, filter.node);
    }

private:
    void append(Comparison const& comparison) {
        append_name(comparison.attribute);
        out_ += ' ';
        out_ += to_string(comparison.op);
        if (comparison.op == Operator::pr) return;
        out_ += ' ';
        out_ += boost::json::serialize(comparison.operand);
    }

    void append(ValueFilter const& filter) {
        append_name(filter.attribute);
        out_ += '[';
        in_brackets_ = true;
        print(*filter.filter);
        out_ += ']';
        if (filter.tail) {
            out_ += '.';
            append(*filter.tail);
        }
        in_brackets_ = false;
    }

    void append(And const& all) { append_operands(all.operands, " and "); }
    void append(Or const& any) { append_operands(any.operands, " or "); }

    void append(Not const& inverted) {
        out_ += "not (";
        print(*inverted.operand);
        out_ += ')';
    }

    // Parentheses around every connective inside another keep the tree's shape.
    void append_operands(std::vector<FilterPtr> const& operands, std::string_view connective) {
        std::string_view separator;
        for (auto const& operand : operands) {
            out_ += separator;
            separator = connective;
            auto const nested = std::holds_alternative<And>(operand->node) ||
                                std::holds_alternative<Or>(operand->node);
            if (nested) out_ += '(';
            print(*operand);
            if (nested) out_ += ')';
        }
    }

    void append_name(AttributeName const& name) {
        out_ += in_brackets_ ? print_sub_name(name) : print_name(name);
    }

    std::string out_;
    bool in_brackets_;
};

bool equal_names(AttributeName const& a, AttributeName const& b) {
    if (a.ref || b.ref) return a.ref == b.ref;
    return same_name(a.text, b.text);
}

bool equal_nodes(Comparison const& a, Comparison const& b) {
    return a.op == b.op && equal_names(a.attribute, b.attribute) && a.operand == b.operand;
}

bool equal_nodes(ValueFilter const& a, ValueFilter const& b) {
    if (!equal_names(a.attribute, b.attribute) || !equal(*a.filter, *b.filter)) return false;
    if (!a.tail || !b.tail) return !a.tail && !b.tail;
    return equal_nodes(*a.tail, *b.tail);
}

bool equal_operands(std::vector<FilterPtr> const& a, std::vector<FilterPtr> const& b) {
    return std::ranges::equal(
        a, b, [](FilterPtr const& left, FilterPtr const& right) { return equal(*left, *right); });
}

bool equal_nodes(And const& a, And const& b) {
    return equal_operands(a.operands, b.operands);
}

bool equal_nodes(Or const& a, Or const& b) {
    return equal_operands(a.operands, b.operands);
}

bool equal_nodes(Not const& a, Not const& b) {
    return equal(*a.operand, *b.operand);
}

}  // namespace

std::string print_name(AttributeName const& name) {
    if (!name.ref) return name.text;
    auto const& ref = *name.ref;
    std::string text = ref.extension != nullptr ? ref.extension->urn : std::string();
    if (ref.attribute == nullptr) return text.empty() ? name.text : text;
    if (!text.empty()) text += ':';
    text += ref.attribute->name;
    if (ref.sub_attribute != nullptr) text += '.' + ref.sub_attribute->name;
    return text;
}

std::string print_sub_name(AttributeName const& name) {
    if (!name.ref) return name.text;
    return name.ref->sub_attribute != nullptr ? name.ref->sub_attribute->name : "value";
}

std::string print(Filter const& filter) {
    Printer printer(false);
    printer.print(filter);
    return std::move(printer).take();
}

std::string print_inner(Filter const& filter) {
    Printer printer(true);
    printer.print(filter);
    return std::move(printer).take();
}

bool equal(Filter const& a, Filter const& b) {
    return std::visit(
        [](auto const& left, auto const& right) {
            if constexpr (std::is_same_v<decltype(left), decltype(right)>) {
                return equal_nodes(left, right);
            } else {
                return false;
            }
        },
        a.node, b.node);
}

}  // namespace rollcall::scim
