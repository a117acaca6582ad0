// Tokens of filter expressions and PATCH paths (RFC 7644 §3.4.2.2, Figure 1; §3.5.2, Figure 7).
#pragma once

#include "base/result.hpp"

#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rollcall::scim {

enum class TokenKind : std::uint8_t {
    end,
    open_parenthesis,
    close_parenthesis,
    open_bracket,
    close_bracket,
    word,  ///< a name, an operator, `and`, `or`, `not`; everything up to the next delimiter
};

struct Token {
    TokenKind kind = TokenKind::end;
    std::string_view text;
    std::size_t position = 0;  ///< of its first byte, 1-based
};

/// A comparison value as written.
struct Operand {
    boost::json::value literal;  ///< string, number, boolean or null
    std::string text;            ///< the string, or the literal's own characters
    bool quoted = false;
    std::size_t position = 0;
};

/// An error whose message ends in the 1-based position.
[[nodiscard]] Error error_at(ErrorCode code, std::string_view what, std::size_t position);

/// Cuts text into tokens. Operands have rules of their own (a bare word runs to the next white
/// space, `)` or `]`), so the parser asks for them where the grammar has one.
class Lexer {
public:
    explicit Lexer(std::string_view text) noexcept : text_(text) {}

    /// The next token, left in place. White space in front of it is skipped.
    [[nodiscard]] Token peek() noexcept;
    Token take() noexcept;
    /// @errors invalid_filter: missing, unterminated, or with an escape JSON does not know.
    [[nodiscard]] Result<Operand> take_operand();

    /// True if the next byte is `c`, white space not skipped.
    [[nodiscard]] bool next_is(char c) const noexcept;
    [[nodiscard]] std::size_t position() const noexcept { return offset_ + 1; }
    /// All from the next byte on.
    [[nodiscard]] std::string_view rest() const noexcept { return text_.substr(offset_); }

private:
    void skip_space() noexcept;
    [[nodiscard]] Result<Operand> take_quoted();
    [[nodiscard]] Result<Operand> take_single_quoted();
    [[nodiscard]] Result<Operand> take_bare();

    std::string_view text_;
    std::size_t offset_ = 0;
};

}  // namespace rollcall::scim
