// The recursive descent behind parse_filter, parse_value_filter and parse_path: one method per
// production of RFC 7644 Figure 1.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "scim/filter.hpp"
#include "scim/filter_lexer.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace rollcall::scim {

/// What names mean where the parser stands: attributes of a type, or inside brackets the
/// sub-attributes of one attribute.
struct NameScope {
    ResourceType const* type = nullptr;  ///< nullptr inside brackets
    std::optional<AttributeRef> parent;  ///< inside brackets, if the attribute is known
};

/// Parses one expression from a lexer, which afterwards stands behind it.
class FilterParser {
public:
    FilterParser(Lexer& lexer, NameScope scope, Limits const& limits) noexcept
        : lexer_(lexer), scope_(scope), limits_(limits) {}

    /// FILTER: operands of `or`, the loosest connective.
    [[nodiscard]] Result<Filter> parse_or();
    /// The same, and nothing but white space behind it.
    [[nodiscard]] Result<Filter> parse_all();

private:
    [[nodiscard]] Result<Filter> parse_and();
    [[nodiscard]] Result<Filter> parse_factor();
    [[nodiscard]] Result<Filter> parse_group();
    [[nodiscard]] Result<Filter> parse_attribute_expression();
    [[nodiscard]] Result<Filter> parse_value_path(AttributeName attribute, std::size_t position);
    [[nodiscard]] Result<Comparison> parse_comparison(AttributeName attribute,
                                                      std::size_t position);
    [[nodiscard]] AttributeName resolve_name(std::string_view name) const;
    [[nodiscard]] Status check_name(AttributeName const& attribute, std::size_t position) const;
    [[nodiscard]] bool at_word(std::string_view word);
    [[nodiscard]] Status enter(std::size_t position);

    Lexer& lexer_;
    NameScope scope_;
    Limits const& limits_;
    std::size_t depth_ = 0;
};

/// Where a name stops being what RFC 7643 §2.1 and §3.10 of RFC 7644 let an attribute's name be,
/// URN and dots included: the offset of the first byte that does not fit, the name's size if it
/// ends too early, nullopt if it is a name. A slash may stand in a URN only.
[[nodiscard]] std::optional<std::size_t> find_name_fault(std::string_view name) noexcept;

/// The 1-based position at which a name was expected and is not; nullopt if the token is one.
[[nodiscard]] std::optional<std::size_t> find_name_fault(Token const& token) noexcept;

/// Sub-attribute `name` of a known attribute; `value` of a simple list is the element itself.
[[nodiscard]] std::optional<AttributeRef> find_sub(AttributeRef const& parent,
                                                   std::string_view name) noexcept;

}  // namespace rollcall::scim
