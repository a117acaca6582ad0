// Looks through the parameters in order.
#include "api/management/query_value.hpp"

#include "http/message.hpp"

#include <fmt/format.h>

#include <utility>

namespace rollcall::api::management {

std::string query_value(std::string_view query, std::string_view name) {
    for (auto& [key, value] : http::parse_query(query)) {
        if (key == name && !value.empty()) return std::move(value);
    }
    return {};
}

Result<std::string> required_query_value(std::string_view query, std::string_view name) {
    auto value = query_value(query, name);
    if (value.empty()) {
        return fail(Error(ErrorCode::invalid_value, fmt::format("{} is required.", name))
                        .with_kind("invalid_argument"));
    }
    return value;
}

}  // namespace rollcall::api::management
