// Text helpers shared by every layer: comparison keys, ASCII case, UTF-8 checks.
#pragma once

#include <string>
#include <string_view>

namespace rollcall {

/// The key under which texts that differ only in case or Unicode form are equal: NFC and full case
/// folding. Invalid UTF-8 bytes are kept as they are. O(n); ASCII input takes a fast path.
[[nodiscard]] std::string fold(std::string_view text);

/// The same for names of users, where forms of a letter that differ in width alone are equal too
/// (RFC 8265 §3.3, UsernameCaseMapped, without its refusals; checklist G-23). The key of a key made
/// by either function is the same as that of the text.
[[nodiscard]] std::string fold_user_name(std::string_view text);

/// NFC and the lower case of each letter alone: ß stays ß, which fold() makes ss. No letter becomes
/// an ASCII one that was none. Invalid UTF-8 bytes are kept as they are. O(n).
[[nodiscard]] std::string simple_lower(std::string_view text);

/// Equality of fold(a) and fold(b) without building both when they are ASCII.
[[nodiscard]] bool equal_folded(std::string_view a, std::string_view b);

[[nodiscard]] bool is_ascii(std::string_view text) noexcept;

/// ASCII-only lower case, for protocol words and attribute names.
[[nodiscard]] std::string ascii_lower(std::string_view text);
[[nodiscard]] bool equal_ascii_case(std::string_view a, std::string_view b) noexcept;

/// True for well-formed UTF-8 without surrogates, overlong forms, or values above U+10FFFF.
[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;

/// Number of Unicode code points of well-formed UTF-8.
[[nodiscard]] std::size_t count_code_points(std::string_view text) noexcept;

/// True if there is a C0 or C1 control character or DEL.
[[nodiscard]] bool has_control_character(std::string_view text) noexcept;

/// `text` without ASCII white space at both ends; a view into the argument.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

/// True if there is nothing to see: no code point but white space of any script (Unicode categories
/// Zs, Zl, Zp) and control characters. False for malformed UTF-8.
[[nodiscard]] bool is_blank(std::string_view text) noexcept;

/// Appends `text` as the inside of a JSON string (no quotes), escaping as RFC 8259 §7 demands.
void append_json_escaped(std::string& out, std::string_view text);

}  // namespace rollcall
