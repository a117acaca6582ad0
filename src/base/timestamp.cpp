// RFC 3339 printing and xsd:dateTime reading.
#include "base/timestamp.hpp"

#include <fmt/format.h>

#include <charconv>

namespace rollcall {
namespace {

struct Broken {
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<std::chrono::microseconds> time;
};

Broken break_down(Timestamp instant) {
    auto const day = std::chrono::floor<std::chrono::days>(instant);
    return {std::chrono::year_month_day{day},
            std::chrono::hh_mm_ss<std::chrono::microseconds>{instant - day}};
}

// Takes exactly `digits` digits from the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return std::nullopt;
    int value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + digits, value);
    if (error != std::errc{} || end != text.data() + digits || text[0] == '-') return std::nullopt;
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, char expected) {
    if (text.empty() || text.front() != expected) return false;
    text.remove_prefix(1);
    return true;
}

std::chrono::microseconds take_fraction(std::string_view& text) {
    int value = 0;
    int digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (digits < 6) value = value * 10 + (text.front() - '0');
        ++digits;
        text.remove_prefix(1);
    }
    for (; digits < 6; ++digits) value *= 10;
    return std::chrono::microseconds{value};
}

// "Z", "+hh:mm", "-hh:mm" or nothing.
std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
    if (text.empty() || take(text, 'Z') || take(text, 'z')) return std::chrono::minutes{0};
    int sign = 0;
    if (take(text, '+'))
        sign = 1;
    else if (take(text, '-'))
        sign = -1;
    else
        return std::nullopt;
    auto const hours = take_number(text, 2);
    if (!hours || *hours > 14 || !take(text, ':')) return std::nullopt;
    auto const minutes = take_number(text, 2);
    if (!minutes || *minutes > 59) return std::nullopt;
    return std::chrono::minutes{sign * (*hours * 60 + *minutes)};
}

}  // namespace

std::string format_seconds(Timestamp instant) {
    auto const [date, time] = break_down(instant);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", int{date.year()},
                       unsigned{date.month()}, unsigned{date.day()}, time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

std::string format_milliseconds(Timestamp instant) {
    auto const [date, time] = break_down(instant);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", int{date.year()},
                       unsigned{date.month()}, unsigned{date.day()}, time.hours().count(),
                       time.minutes().count(), time.seconds().count(),
                       time.subseconds().count() / 1000);
}

std::optional<Timestamp> parse_timestamp(std::string_view text) noexcept {
    auto const year = take_number(text, 4);
    if (!year || !take(text, '-')) return std::nullopt;
    auto const month = take_number(text, 2);
    if (!month || !take(text, '-')) return std::nullopt;
    auto const day = take_number(text, 2);
    if (!day || !(take(text, 'T') || take(text, 't'))) return std::nullopt;
    auto const hour = take_number(text, 2);
    if (!hour || *hour > 24 || !take(text, ':')) return std::nullopt;
    auto const minute = take_number(text, 2);
    if (!minute || *minute > 59 || !take(text, ':')) return std::nullopt;
    auto const second = take_number(text, 2);
    if (!second || *second > 60) return std::nullopt;
    std::chrono::microseconds fraction{0};
    if (take(text, '.')) {
        if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
        fraction = take_fraction(text);
    }
    auto const offset = take_offset(text);
    if (!offset || !text.empty()) return std::nullopt;

    std::chrono::year_month_day const date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return Timestamp{std::chrono::sys_days{date}} + std::chrono::hours{*hour} +
           std::chrono::minutes{*minute} + std::chrono::seconds{*second} + fraction - *offset;
}

}  // namespace rollcall
