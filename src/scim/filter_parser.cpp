// Recursive descent over filter expressions (RFC 7644 §3.4.2.2).
#include "scim/filter_parser.hpp"

#include "base/text.hpp"
#include "scim/filter_operand.hpp"
#include "scim/link.hpp"
#include "scim/names.hpp"

#include <fmt/format.h>

#include <memory>
#include <utility>

namespace rollcall::scim {
namespace {

Error filter_error(std::string_view what, std::size_t position) {
    return error_at(ErrorCode::invalid_filter, what, position);
}

FilterPtr share(Filter filter) {
    return std::make_shared<Filter const>(std::move(filter));
}

std::optional<int> hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

// nullopt when there is nothing to decode.
std::optional<std::string> percent_decode(std::string_view text) {
    std::string decoded;
    bool found = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const complete = text[i] == '%' && i + 2 < text.size();
        auto const high = complete ? hex_digit(text[i + 1]) : std::nullopt;
        auto const low = complete ? hex_digit(text[i + 2]) : std::nullopt;
        if (high && low) {
            decoded += static_cast<char>(*high * 16 + *low);
            i += 2;
            found = true;
        } else {
            decoded += text[i];
        }
    }
    if (!found) return std::nullopt;
    return decoded;
}

Status check_text(std::string_view text, Limits const& limits) {
    if (text.size() > limits.filter_bytes_max) {
        return fail({ErrorCode::too_many, fmt::format("A filter must not be longer than {} bytes.",
                                                      limits.filter_bytes_max)});
    }
    if (!is_valid_utf8(text) || text.find('\0') != std::string_view::npos) {
        return fail({ErrorCode::invalid_filter, "A filter must be UTF-8 text without NUL."});
    }
    return {};
}

Result<Filter> parse_text(std::string_view text, NameScope const& scope, Limits const& limits) {
    CHECK(check_text(text, limits));
    Lexer lexer(text);
    return FilterParser(lexer, scope, limits).parse_all();
}

// The attribute whose values are compared: F-20 lets a complex attribute stand for its `value`.
Result<AttributeName> compared_attribute(AttributeName attribute, std::size_t position) {
    auto& ref = attribute.ref;
    if (!ref || ref->sub_attribute != nullptr) return attribute;
    if (ref->attribute == nullptr) {
        return fail(filter_error("A schema has no value to compare with", position));
    }
    if (ref->attribute->type != Type::complex) return attribute;
    ref->sub_attribute = ref->attribute->find("value");
    if (ref->sub_attribute == nullptr) {
        return fail(filter_error(
            fmt::format("{} is complex and has no value to compare with", ref->attribute->name),
            position));
    }
    return attribute;
}

Attribute const* leaf_of(std::optional<AttributeRef> const& ref) {
    if (!ref) return nullptr;
    return ref->sub_attribute != nullptr ? ref->sub_attribute : ref->attribute;
}

// What no answer shows could otherwise be found out by guessing (RFC 7643 §9.2, checklist F-47).
// What comes from another resource would have to be looked up for each one that is examined.
Status check_filterable(std::optional<AttributeRef> const& ref, std::size_t position) {
    if (!ref) return {};
    if (comes_from_target(*ref)) {
        return fail(filter_error(
            fmt::format("{0}.{1} cannot be filtered, since it comes from the resource that "
                        "{0}.value names; compare {0}.value",
                        ref->attribute->name, ref->sub_attribute->name),
            position));
    }
    for (auto const* part : {ref->attribute, ref->sub_attribute}) {
        if (part == nullptr || part->returned != Returned::never) continue;
        return fail(filter_error(fmt::format("{} cannot be filtered", part->name), position));
    }
    return {};
}

}  // namespace

std::optional<std::size_t> find_name_fault(std::string_view name) noexcept {
    auto const is_alpha = [](char c) { return lower(c) >= 'a' && lower(c) <= 'z'; };
    auto const urn = name.find(':');
    for (std::size_t i = 0; i < name.size(); ++i) {
        auto const c = name[i];
        auto const fits = is_alpha(c) || c == '$' ||
                          (i > 0 && ((c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':')) ||
                          (i > 0 && c == '.' && name[i - 1] != '.') || (c == '/' && i > urn);
        if (!fits) return i;
    }
    auto const is_whole = !name.empty() && name.back() != '.' && name.back() != ':';
    return is_whole ? std::nullopt : std::optional(name.size());
}

std::optional<std::size_t> find_name_fault(Token const& token) noexcept {
    if (token.kind != TokenKind::word) return token.position;
    auto const fault = find_name_fault(token.text);
    return fault ? std::optional(token.position + *fault) : std::nullopt;
}

std::optional<AttributeRef> find_sub(AttributeRef const& parent, std::string_view name) noexcept {
    if (parent.attribute == nullptr) return std::nullopt;
    if (parent.attribute->type != Type::complex) {
        if (!same_name(name, "value")) return std::nullopt;
        return parent;
    }
    auto const* sub = parent.attribute->find(name);
    if (sub == nullptr) return std::nullopt;
    return AttributeRef{parent.extension, parent.attribute, sub};
}

Result<Filter> FilterParser::parse_all() {
    TRY(auto filter, parse_or());
    auto const token = lexer_.peek();
    if (token.kind != TokenKind::end) {
        return fail(filter_error("Expected and, or, or the end of the filter", token.position));
    }
    return filter;
}

Result<Filter> FilterParser::parse_or() {
    TRY(auto first, parse_and());
    if (!at_word("or")) return first;
    Or all{{share(std::move(first))}};
    while (at_word("or")) {
        lexer_.take();
        TRY(auto next, parse_and());
        all.operands.push_back(share(std::move(next)));
    }
    return Filter{std::move(all)};
}

Result<Filter> FilterParser::parse_and() {
    TRY(auto first, parse_factor());
    if (!at_word("and")) return first;
    And all{{share(std::move(first))}};
    while (at_word("and")) {
        lexer_.take();
        TRY(auto next, parse_factor());
        all.operands.push_back(share(std::move(next)));
    }
    return Filter{std::move(all)};
}

Result<Filter> FilterParser::parse_factor() {
    auto const token = lexer_.peek();
    if (token.kind == TokenKind::open_parenthesis) return parse_group();
    if (!at_word("not")) return parse_attribute_expression();
    lexer_.take();
    auto const next = lexer_.peek();
    if (next.kind != TokenKind::open_parenthesis) {
        return fail(filter_error("Expected ( after not", next.position));
    }
    TRY(auto operand, parse_group());
    return Filter{Not{share(std::move(operand))}};
}

Result<Filter> FilterParser::parse_group() {
    auto const open = lexer_.take();
    CHECK(enter(open.position));
    TRY(auto filter, parse_or());
    --depth_;
    auto const close = lexer_.take();
    if (close.kind != TokenKind::close_parenthesis) {
        return fail(filter_error("Expected )", close.position));
    }
    return filter;
}

Result<Filter> FilterParser::parse_attribute_expression() {
    auto const name = lexer_.take();
    if (auto const fault = find_name_fault(name)) {
        return fail(filter_error("Expected an attribute name", *fault));
    }
    auto attribute = resolve_name(name.text);
    CHECK(check_name(attribute, name.position));
    if (lexer_.peek().kind == TokenKind::open_bracket) {
        return parse_value_path(std::move(attribute), name.position);
    }
    TRY(auto comparison, parse_comparison(std::move(attribute), name.position));
    return Filter{std::move(comparison)};
}

Result<Filter> FilterParser::parse_value_path(AttributeName attribute, std::size_t position) {
    if (scope_.type == nullptr) {
        return fail(filter_error("Brackets cannot stand inside brackets", position));
    }
    auto const& ref = attribute.ref;
    auto const has_elements =
        !ref || (ref->attribute != nullptr && ref->sub_attribute == nullptr &&
                 (ref->attribute->type == Type::complex || ref->attribute->multi_valued));
    if (!has_elements) {
        return fail(
            filter_error("Only complex and multi-valued attributes take brackets", position));
    }
    CHECK(enter(lexer_.take().position));
    auto const outer = std::exchange(scope_, NameScope{nullptr, ref});
    TRY(auto inner, parse_or());
    auto const close = lexer_.take();
    if (close.kind != TokenKind::close_bracket) {
        return fail(filter_error("Expected ]", close.position));
    }
    --depth_;
    ValueFilter result{std::move(attribute), share(std::move(inner)), std::nullopt};
    if (lexer_.next_is('.')) {
        auto const tail = lexer_.take();
        auto const name = tail.text.substr(1);
        if (find_name_fault(name) || looks_like_path(name)) {
            return fail(filter_error("Expected a sub-attribute after the bracket", tail.position));
        }
        auto part = resolve_name(name);
        CHECK(check_name(part, tail.position));
        TRY(auto comparison, parse_comparison(std::move(part), tail.position));
        result.tail = std::move(comparison);
    }
    scope_ = outer;
    return Filter{std::move(result)};
}

Result<Comparison> FilterParser::parse_comparison(AttributeName attribute, std::size_t position) {
    auto const word = lexer_.take();
    auto const op = word.kind == TokenKind::word ? find_operator(word.text) : std::nullopt;
    if (!op) {
        return fail(filter_error("Expected an operator (eq, ne, co, sw, ew, gt, ge, lt, le, pr)",
                                 word.position));
    }
    if (*op == Operator::pr) return Comparison{std::move(attribute), *op, nullptr};
    TRY(auto compared, compared_attribute(std::move(attribute), position));
    CHECK(check_filterable(compared.ref, position));
    TRY(auto operand, lexer_.take_operand());
    TRY(auto value, fit_operand(leaf_of(compared.ref), *op, std::move(operand)));
    return Comparison{std::move(compared), *op, std::move(value)};
}

AttributeName FilterParser::resolve_name(std::string_view name) const {
    AttributeName result{std::string(name), std::nullopt};
    if (scope_.type != nullptr) {
        result.ref = resolve(*scope_.type, name);
        // The core schema's own URN names no attribute.
        if (result.ref && result.ref->attribute == nullptr && result.ref->extension == nullptr) {
            result.ref.reset();
        }
    } else if (scope_.parent) {
        result.ref = find_sub(*scope_.parent, name);
    }
    return result;
}

// `password.x` is no attribute, and still a question about the password.
Status FilterParser::check_name(AttributeName const& attribute, std::size_t position) const {
    auto known = attribute.ref;
    for (auto name = std::string_view(attribute.text); !known;) {
        auto const dot = name.rfind('.');
        if (dot == std::string_view::npos) return {};
        name = name.substr(0, dot);
        known = resolve_name(name).ref;
    }
    return check_filterable(known, position);
}

bool FilterParser::at_word(std::string_view word) {
    auto const token = lexer_.peek();
    return token.kind == TokenKind::word && same_name(token.text, word);
}

Status FilterParser::enter(std::size_t position) {
    if (++depth_ <= limits_.filter_depth_max) return {};
    return fail(error_at(
        ErrorCode::too_many,
        fmt::format("More than {} nested parentheses and brackets", limits_.filter_depth_max),
        position));
}

Result<Filter> parse_filter(std::string_view text, ResourceType const& type, Limits const& limits) {
    NameScope const scope{&type, std::nullopt};
    auto filter = parse_text(text, scope, limits);
    if (filter || filter.error().code() != ErrorCode::invalid_filter) return filter;
    // A client that encodes twice leaves escapes behind the first decoding (checklist I-07).
    auto const decoded = percent_decode(text);
    if (!decoded) return filter;
    auto again = parse_text(*decoded, scope, limits);
    return again ? std::move(again) : std::move(filter);
}

Result<Filter> parse_value_filter(std::string_view text, Attribute const& attribute,
                                  Limits const& limits) {
    return parse_text(text, NameScope{nullptr, AttributeRef{nullptr, &attribute, nullptr}}, limits);
}

}  // namespace rollcall::scim
