// Requests taken apart: header lookup, percent-encoding and query strings (RFC 3986 §2.1, §3.4).
#include "http/message.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <optional>

namespace rollcall::http {
namespace {

std::optional<unsigned> hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10U;
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10U;
    return std::nullopt;
}

/// The byte written as the three characters at the start of `text` ("%2F"), if they are one.
std::optional<char> escaped_byte(std::string_view text) noexcept {
    if (text.size() < 3 || text[0] != '%') return std::nullopt;
    auto const high = hex_digit(text[1]);
    auto const low = hex_digit(text[2]);
    if (!high || !low) return std::nullopt;
    return static_cast<char>(static_cast<unsigned char>(*high << 4U | *low));
}

/// Cuts `text` at its first `separator`: returns what is before, leaves what is after.
std::string_view take_until(std::string_view& text, char separator) noexcept {
    auto const at = text.find(separator);
    auto const piece = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    return piece;
}

HeaderView const* find_header(Request const& request, std::string_view name) noexcept {
    auto const found = std::ranges::find_if(request.headers, [&](HeaderView const& header) {
        return equal_ascii_case(header.name, name);
    });
    return found == request.headers.end() ? nullptr : &*found;
}

}  // namespace

std::string_view to_string(Method method) noexcept {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::delete_:
            return "DELETE";
        case Method::options:
            return "OPTIONS";
        case Method::other:
            return "OTHER";
    }
    return "OTHER";
}

std::string_view Request::header(std::string_view name) const noexcept {
    auto const* found = find_header(*this, name);
    return found == nullptr ? std::string_view{} : found->value;
}

bool Request::has_header(std::string_view name) const noexcept {
    return find_header(*this, name) != nullptr;
}

std::string percent_decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (auto const byte = escaped_byte(text.substr(i))) {
            out.push_back(*byte);
            i += 2;
        } else {
            out.push_back(plus_is_space && text[i] == '+' ? ' ' : text[i]);
        }
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> parameters;
    while (!query.empty()) {
        auto value = take_until(query, '&');
        if (value.empty()) continue;
        auto const name = take_until(value, '=');
        parameters.emplace_back(percent_decode(name, true), percent_decode(value, true));
    }
    return parameters;
}

}  // namespace rollcall::http
