// Simple values of every type.
#include "scim/scalar.hpp"

#include "base/text.hpp"
#include "base/timestamp.hpp"
#include "scim/json.hpp"
#include "scim/names.hpp"
#include "scim/notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <system_error>

namespace rollcall::scim {
namespace {

using boost::json::value;

Result<value> check_text(std::string_view text, Attribute const& attribute, Limits const& limits,
                         Notes& notes) {
    if (text.size() > limits.attribute_bytes_max) {
        return fail(value_error(attribute.name, fmt::format("must not be longer than {} bytes",
                                                            limits.attribute_bytes_max)));
    }
    // An empty identifier or reference is none (checklist I-26); both compare exactly.
    if (text.empty() && attribute.case_exact) {
        add_note(notes, attribute.name, "an empty text was read as no value");
        return nullptr;
    }
    if (attribute.type == Type::date_time && !parse_timestamp(text)) {
        return fail(value_error(attribute.name, "must be a date and time as in RFC 3339"));
    }
    if (attribute.type == Type::binary && !is_base64(text)) {
        return fail(value_error(attribute.name, "must be base64"));
    }
    return value(boost::json::string_view(text));
}

std::string_view written(std::to_chars_result const& result, std::span<char const> buffer) {
    if (result.ec != std::errc()) return {};
    return {buffer.data(), static_cast<std::size_t>(result.ptr - buffer.data())};
}

std::size_t count_digits(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }));
}

// The shortest decimal text of a number that was written with a fraction or an exponent, or was too
// long for an integer. nullopt if the double may be another number than was written: it tells 15
// digits apart, and of longer integers than std::uint64_t holds the end is lost.
std::optional<std::string> decimal_text(double number) {
    constexpr auto limit = 18446744073709551616.0;
    constexpr std::size_t exact_digits_max = 15;
    constexpr std::size_t plain_digits_max = 17;
    if (number == 0) return "0";
    if (std::abs(number) > limit) return std::nullopt;
    std::array<char, 32> buffer{};
    auto const end = buffer.data() + buffer.size();
    auto const scientific = std::string(
        written(std::to_chars(buffer.data(), end, number, std::chars_format::scientific), buffer));
    if (count_digits(scientific.substr(0, scientific.find('e'))) > exact_digits_max) {
        return std::nullopt;
    }
    auto const plain =
        written(std::to_chars(buffer.data(), end, number, std::chars_format::fixed), buffer);
    auto const is_short = !plain.empty() && count_digits(plain) <= plain_digits_max;
    return is_short ? std::string(plain) : scientific;
}

// The text of a number or boolean, as it is stored for a string attribute (checklist I-04).
std::optional<std::string> text_of(value const& given) {
    if (given.is_bool()) return given.get_bool() ? "true" : "false";
    if (given.is_double()) return decimal_text(given.get_double());
    return given.is_int64() ? fmt::format("{}", given.get_int64())
                            : fmt::format("{}", given.get_uint64());
}

Result<value> read_text(value const& given, Attribute const& attribute, Limits const& limits,
                        Notes& notes) {
    if (auto const* text = given.if_string()) {
        return check_text(as_text(*text), attribute, limits, notes);
    }
    auto const readable = given.is_number() || given.is_bool();
    if (!readable || attribute.type == Type::date_time || attribute.type == Type::binary) {
        return fail(value_error(attribute.name, "must be a string"));
    }
    auto const text = text_of(given);
    if (!text) {
        return fail(value_error(attribute.name,
                                "must be a string; of numbers, whole ones below 2^64 and others of "
                                "at most 15 digits are read"));
    }
    add_note(notes, attribute.name, "a value that is no string was read as text");
    return check_text(*text, attribute, limits, notes);
}

Result<value> read_boolean(value const& given, Attribute const& attribute, Notes& notes) {
    if (given.is_bool()) return given;
    if (auto const* text = given.if_string()) {
        if (auto const boolean = read_boolean_text(as_text(*text))) {
            add_note(notes, attribute.name, "a string was read as a boolean");
            return *boolean;
        }
    }
    return fail(value_error(attribute.name, "must be true or false"));
}

// 7.0 and 7e2 are whole, too, and are kept as integers are printed (checklist G-09).
std::optional<value> whole_number(value const& number) {
    if (!number.is_double()) return number;
    constexpr auto limit = 9.0e18;  // stays inside std::int64_t
    auto const given = number.get_double();
    if (std::trunc(given) != given || std::abs(given) > limit) return std::nullopt;
    return value(static_cast<std::int64_t>(given));
}

Result<value> read_number(value const& given, Attribute const& attribute, Notes& notes) {
    auto number = given.is_number() ? std::optional(given) : std::nullopt;
    if (auto const* text = given.if_string()) {
        number = read_number_text(as_text(*text));
        if (number) add_note(notes, attribute.name, "a string was read as a number");
    }
    auto const integer = attribute.type == Type::integer;
    if (number && integer) {
        auto const had_fraction = number->is_double();
        number = whole_number(*number);
        if (number && had_fraction) {
            add_note(notes, attribute.name, "a number with fraction or exponent was read as whole");
        }
    }
    if (!number) {
        return fail(
            value_error(attribute.name, integer ? "must be an integer" : "must be a number"));
    }
    return *std::move(number);
}

}  // namespace

bool is_base64(std::string_view text) noexcept {
    auto const is_digit = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view("+/-_ \t\r\n").find(c) != std::string_view::npos;
    };
    auto const padding = text.find('=');
    auto const digits = text.substr(0, padding);
    auto const tail = padding == std::string_view::npos ? "" : text.substr(padding);
    return std::ranges::all_of(digits, is_digit) &&
           tail.find_first_not_of("= \t\r\n") == std::string_view::npos;
}

std::optional<bool> read_boolean_text(std::string_view text) noexcept {
    if (same_name(text, "true")) return true;
    if (same_name(text, "false")) return false;
    return std::nullopt;
}

std::optional<value> read_number_text(std::string_view text) {
    auto number = parse_plain_json(text);
    if (!number || !number->is_number()) return std::nullopt;
    return number;
}

Error value_error(std::string_view attribute, std::string_view rule) {
    return {ErrorCode::invalid_value, fmt::format("{}: {}.", attribute, rule)};
}

Result<value> read_scalar(value const& given, Attribute const& attribute, Limits const& limits,
                          Notes& notes) {
    if (given.is_null()) return nullptr;
    switch (attribute.type) {
        case Type::boolean:
            return read_boolean(given, attribute, notes);
        case Type::decimal:
        case Type::integer:
            return read_number(given, attribute, notes);
        case Type::string:
        case Type::reference:
        case Type::binary:
        case Type::date_time:
        case Type::complex:
            return read_text(given, attribute, limits, notes);
    }
    return nullptr;
}

std::string comparison_key(Attribute const& attribute, std::string_view text) {
    if (attribute.case_exact) return std::string(text);
    return attribute.is_user_name ? fold_user_name(text) : fold(text);
}

bool equal_scalar(Attribute const& attribute, value const& a, value const& b) {
    auto const* left = a.if_string();
    auto const* right = b.if_string();
    if (left == nullptr || right == nullptr || attribute.case_exact) return a == b;
    return equal_folded(as_text(*left), as_text(*right));
}

}  // namespace rollcall::scim
