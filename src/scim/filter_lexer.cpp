// Tokens of filter expressions and PATCH paths.
#include "scim/filter_lexer.hpp"

#include "scim/names.hpp"
#include "scim/scalar.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>

namespace rollcall::scim {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool ends_word(char c) {
    return is_space(c) || std::string_view("()[]\"'").find(c) != std::string_view::npos;
}

// A bare word means what JSON says it means, else it is a string (checklist F-35, I-06).
boost::json::value bare_literal(std::string_view word) {
    if (word == "true") return true;
    if (word == "false") return false;
    if (word == "null") return nullptr;
    if (word.front() == '-' || (word.front() >= '0' && word.front() <= '9')) {
        if (auto number = read_number_text(word)) return *std::move(number);
    }
    return boost::json::string_view(word.data(), word.size());
}

}  // namespace

Error error_at(ErrorCode code, std::string_view what, std::size_t position) {
    return {code, fmt::format("{} at position {}.", what, position)};
}

void Lexer::skip_space() noexcept {
    while (offset_ < text_.size() && is_space(text_[offset_])) ++offset_;
}

bool Lexer::next_is(char c) const noexcept {
    return offset_ < text_.size() && text_[offset_] == c;
}

Token Lexer::peek() noexcept {
    skip_space();
    Token token{TokenKind::end, {}, position()};
    if (offset_ == text_.size()) return token;
    token.text = text_.substr(offset_, 1);
    switch (text_[offset_]) {
        case '(':
            token.kind = TokenKind::open_parenthesis;
            return token;
        case ')':
            token.kind = TokenKind::close_parenthesis;
            return token;
        case '[':
            token.kind = TokenKind::open_bracket;
            return token;
        case ']':
            token.kind = TokenKind::close_bracket;
            return token;
        default:
            break;
    }
    auto end = offset_;
    while (end < text_.size() && !ends_word(text_[end])) ++end;
    token.kind = TokenKind::word;
    token.text = text_.substr(offset_, end - offset_);
    return token;
}

Token Lexer::take() noexcept {
    auto const token = peek();
    offset_ += token.text.size();
    return token;
}

Result<Operand> Lexer::take_operand() {
    skip_space();
    if (next_is('"')) return take_quoted();
    if (next_is('\'')) return take_single_quoted();
    return take_bare();
}

Result<Operand> Lexer::take_quoted() {
    auto const start = offset_;
    auto end = start + 1;
    while (end < text_.size() && text_[end] != '"') end += text_[end] == '\\' ? 2 : 1;
    if (end >= text_.size()) {
        return fail(error_at(ErrorCode::invalid_filter, "Unterminated string", start + 1));
    }
    auto const literal = text_.substr(start, end + 1 - start);
    boost::json::error_code error;
    Operand operand{
        boost::json::parse({literal.data(), literal.size()}, error), {}, true, start + 1};
    // NUL is no more welcome in a filter than in a body (checklist K-13).
    if (error || operand.literal.as_string().find('\0') != boost::json::string::npos) {
        return fail(error_at(ErrorCode::invalid_filter,
                             "String with an escape or character that JSON does not allow",
                             start + 1));
    }
    operand.text = std::string(operand.literal.as_string());
    offset_ = end + 1;
    return operand;
}

Result<Operand> Lexer::take_single_quoted() {
    auto const start = offset_;
    Operand operand{nullptr, {}, true, start + 1};
    auto end = start + 1;
    for (; end < text_.size() && text_[end] != '\''; ++end) {
        auto const escapes = text_[end] == '\\' && end + 1 < text_.size() &&
                             (text_[end + 1] == '\'' || text_[end + 1] == '\\');
        if (escapes) ++end;
        operand.text += text_[end];
    }
    if (end >= text_.size()) {
        return fail(error_at(ErrorCode::invalid_filter, "Unterminated string", start + 1));
    }
    operand.literal = boost::json::string_view(operand.text);
    offset_ = end + 1;
    return operand;
}

Result<Operand> Lexer::take_bare() {
    auto const start = offset_;
    auto end = start;
    while (end < text_.size() && !is_space(text_[end]) && text_[end] != ')' && text_[end] != ']') {
        ++end;
    }
    auto const word = text_.substr(start, end - start);
    if (word.empty()) {
        return fail(error_at(ErrorCode::invalid_filter, "Missing comparison value", start + 1));
    }
    // An encoded quote is left over from a client that encodes twice (checklist I-07).
    if (starts_with_name(word, "%22")) {
        return fail(error_at(ErrorCode::invalid_filter, "Percent-encoded quote", start + 1));
    }
    offset_ = end;
    return Operand{bare_literal(word), std::string(word), false, start + 1};
}

}  // namespace rollcall::scim
