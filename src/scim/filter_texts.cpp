// Comparison of texts, with and without case.
#include "scim/filter_texts.hpp"

#include "base/text.hpp"
#include "scim/scalar.hpp"

#include <cstring>

namespace rollcall::scim {
namespace {

// Linear whatever the operand is, which find() of a string is not.
bool contains(std::string_view text, std::string_view part) {
    return ::memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

bool test_exact(Operator op, std::string_view text, std::string_view operand) {
    if (op == Operator::co) return contains(text, operand);
    if (op == Operator::sw) return text.starts_with(operand);
    if (op == Operator::ew) return text.ends_with(operand);
    return compare(op, text, operand);
}

}  // namespace

bool ResourceTexts::test(Attribute const& leaf, Comparison const& comparison,
                         boost::json::string const& text) {
    auto const op = comparison.op;
    auto const exact = as_text(text);
    cost_.add_text(exact.size());
    if (leaf.case_exact) return test_exact(op, exact, as_text(comparison.operand.get_string()));
    auto const ascii = is_ascii(exact);
    // The most frequent test needs no copy.
    if (ascii && (op == Operator::eq || op == Operator::ne)) {
        return equal_ascii_case(exact, comparison.folded) == (op == Operator::eq);
    }
    auto const plain = folded(leaf, text, ascii);
    return !cost_.is_exceeded() && test_exact(op, plain, comparison.folded);
}

std::string_view ResourceTexts::folded(Attribute const& leaf, boost::json::string const& text,
                                       bool is_ascii) {
    auto const [entry, is_new] = folded_.try_emplace(&text);
    if (is_new) {
        cost_.add_folding(text.size(), is_ascii);
        if (!cost_.is_exceeded()) entry->second = comparison_key(leaf, as_text(text));
    }
    return entry->second;
}

}  // namespace rollcall::scim
