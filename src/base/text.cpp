// Text helpers; Unicode tables come from utf8proc.
#include "base/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace rollcall {
namespace {

constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

constexpr auto folding =
    static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);

constexpr auto decomposing = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT);

/// Code points that stand for others of the usual width, in the same order.
struct WidthRange {
    utf8proc_int32_t first;
    utf8proc_int32_t last;
    utf8proc_int32_t usual;
};

// Their usual forms have a compatibility mapping themselves, which is no matter of width.
constexpr WidthRange compatible_ranges[] = {{0xffa0, 0xffa0, 0x3164}, {0xffa1, 0xffbe, 0x3131},
                                            {0xffc2, 0xffc7, 0x314f}, {0xffca, 0xffcf, 0x3155},
                                            {0xffd2, 0xffd7, 0x315b}, {0xffda, 0xffdc, 0x3161},
                                            {0xffe3, 0xffe3, 0x00af}};

/// The code point that a fullwidth or halfwidth form stands for; any other as it is.
utf8proc_int32_t at_usual_width(utf8proc_int32_t c) {
    auto const type = utf8proc_get_property(c)->decomp_type;
    if (type != UTF8PROC_DECOMP_TYPE_WIDE && type != UTF8PROC_DECOMP_TYPE_NARROW) return c;
    for (auto const& range : compatible_ranges) {
        if (range.first <= c && c <= range.last) return range.usual + (c - range.first);
    }
    utf8proc_int32_t mapped = c;
    int boundary = 0;
    auto const length = utf8proc_decompose_char(c, &mapped, 1, decomposing, &boundary);
    return length == 1 ? mapped : c;
}

struct FreeDeleter {
    void operator()(void* memory) const { std::free(memory); }
};

// Calls `visit(code point, byte count)` for each code point; false at the first malformed byte.
template <class Visit>
bool for_each_code_point(std::string_view text, Visit visit) {
    auto const* bytes = reinterpret_cast<utf8proc_uint8_t const*>(text.data());
    auto remaining = static_cast<utf8proc_ssize_t>(text.size());
    while (remaining > 0) {
        utf8proc_int32_t code_point = 0;
        auto const length = utf8proc_iterate(bytes, remaining, &code_point);
        if (length <= 0) return false;
        visit(code_point);
        bytes += length;
        remaining -= length;
    }
    return true;
}

// What utf8proc made of `text`, or `text` if it could not.
std::string taken(std::string_view text, utf8proc_uint8_t* mapped, utf8proc_ssize_t length) {
    std::unique_ptr<utf8proc_uint8_t, FreeDeleter> const owner(mapped);
    if (length < 0) return std::string(text);
    return {reinterpret_cast<char const*>(mapped), static_cast<std::size_t>(length)};
}

}  // namespace

std::string fold(std::string_view text) {
    if (is_ascii(text)) return ascii_lower(text);
    utf8proc_uint8_t* mapped = nullptr;
    auto const length = utf8proc_map(reinterpret_cast<utf8proc_uint8_t const*>(text.data()),
                                     static_cast<utf8proc_ssize_t>(text.size()), &mapped, folding);
    return taken(text, mapped, length);
}

std::string fold_user_name(std::string_view text) {
    if (is_ascii(text)) return ascii_lower(text);
    auto const one = [](utf8proc_int32_t c, void* /*data*/) { return at_usual_width(c); };
    utf8proc_uint8_t* mapped = nullptr;
    auto const length = utf8proc_map_custom(reinterpret_cast<utf8proc_uint8_t const*>(text.data()),
                                            static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                                            folding, one, nullptr);
    return taken(text, mapped, length);
}

std::string simple_lower(std::string_view text) {
    if (is_ascii(text)) return ascii_lower(text);
    // The signs for kelvin and for a dotted I stay apart from the letters k and i.
    auto const one = [](utf8proc_int32_t c, void* /*data*/) {
        constexpr utf8proc_int32_t ascii_end = 0x80;
        auto const lowered = utf8proc_tolower(c);
        return c >= ascii_end && lowered < ascii_end ? c : lowered;
    };
    utf8proc_uint8_t* mapped = nullptr;
    auto const length = utf8proc_map_custom(
        reinterpret_cast<utf8proc_uint8_t const*>(text.data()),
        static_cast<utf8proc_ssize_t>(text.size()), &mapped,
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE), one, nullptr);
    return taken(text, mapped, length);
}

bool equal_folded(std::string_view a, std::string_view b) {
    if (is_ascii(a) && is_ascii(b)) return equal_ascii_case(a, b);
    return fold(a) == fold(b);
}

bool is_ascii(std::string_view text) noexcept {
    return std::ranges::all_of(text, [](char c) { return static_cast<signed char>(c) >= 0; });
}

std::string ascii_lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), lower);
    return result;
}

bool equal_ascii_case(std::string_view a, std::string_view b) noexcept {
    return std::ranges::equal(a, b, {}, lower, lower);
}

bool is_valid_utf8(std::string_view text) noexcept {
    return is_ascii(text) || for_each_code_point(text, [](utf8proc_int32_t) {});
}

std::size_t count_code_points(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool has_control_character(std::string_view text) noexcept {
    bool found = false;
    for_each_code_point(
        text, [&](utf8proc_int32_t c) { found = found || c < 0x20 || (c >= 0x7f && c <= 0x9f); });
    return found;
}

std::string_view trim(std::string_view text) noexcept {
    constexpr std::string_view white = " \t\r\n";
    auto const first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

bool is_blank(std::string_view text) noexcept {
    bool blank = true;
    auto const well_formed = for_each_code_point(text, [&](utf8proc_int32_t c) {
        auto const category = utf8proc_category(c);
        blank = blank && (category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
                          category == UTF8PROC_CATEGORY_ZP || category == UTF8PROC_CATEGORY_CC);
    });
    return blank && well_formed;
}

void append_json_escaped(std::string& out, std::string_view text) {
    constexpr char hex[] = "0123456789abcdef";
    std::size_t clean_from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text, clean_from, i - clean_from);
        clean_from = i + 1;
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                out += "\\u00";
                out += hex[c >> 4];
                out += hex[c & 0x0f];
        }
    }
    out.append(text, clean_from);
}

}  // namespace rollcall
