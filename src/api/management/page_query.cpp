// limit and cursor, from a query string or a body.
#include "api/management/page_query.hpp"

#include "api/management/body.hpp"
#include "http/message.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace rollcall::api::management {
namespace {

std::string decode(std::string_view text) {
    if (text.find_first_of("%+") == std::string_view::npos) return std::string(text);
    return http::percent_decode(text, true);
}

Error invalid_limit(Limits const& limits) {
    return Error(ErrorCode::invalid_value,
                 fmt::format("limit must be a whole number from 0 to {}.", limits.groups_page_max))
        .with_kind("user_search_invalid_limit");
}

Result<std::size_t> read_limit(std::string_view text, Limits const& limits) {
    auto const point = text.find('.');
    auto const whole = text.substr(0, point);
    if (point != std::string_view::npos) {
        auto const decimals = text.substr(point + 1);
        if (decimals.empty() || decimals.find_first_not_of('0') != std::string_view::npos) {
            return fail(invalid_limit(limits));
        }
    }
    if (whole.empty() || whole.find_first_not_of("0123456789") != std::string_view::npos) {
        return fail(invalid_limit(limits));
    }
    std::size_t value = 0;
    auto const [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), value);
    if (error != std::errc{} || value > limits.groups_page_max) return fail(invalid_limit(limits));
    return value == 0 ? limits.groups_page_default : value;
}

}  // namespace

Result<PageQuery> read_page_query(std::string_view query, Limits const& limits) {
    PageQuery page;
    while (!query.empty()) {
        auto const piece = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), piece.size() + 1));
        auto const equals = piece.find('=');
        if (equals == std::string_view::npos) continue;
        auto const name = decode(piece.substr(0, equals));
        auto value = decode(piece.substr(equals + 1));
        if (value.empty()) continue;
        if (name == "limit" && page.limit == 0) {
            TRY(page.limit, read_limit(value, limits));
        } else if (name == "cursor" && !page.cursor) {
            page.cursor = std::move(value);
        }
    }
    if (page.limit == 0) page.limit = limits.groups_page_default;
    return page;
}

Result<PageQuery> read_page_body(boost::json::object const& body, Limits const& limits) {
    PageQuery page;
    TRY(page.cursor, read_text(body, "cursor"));
    if (page.cursor && page.cursor->empty()) page.cursor.reset();
    page.limit = limits.groups_page_default;
    auto const* limit = body.if_contains("limit");
    if (limit == nullptr || limit->is_null()) return page;
    if (!limit->is_number()) return fail(invalid_limit(limits));
    auto const number = limit->to_number<double>();
    auto const whole = std::trunc(number) == number;
    if (!whole || number < 0 || number > static_cast<double>(limits.groups_page_max)) {
        return fail(invalid_limit(limits));
    }
    if (number > 0) page.limit = static_cast<std::size_t>(number);
    return page;
}

}  // namespace rollcall::api::management
