// Looks through the parameters in order.
#include "api/management/query_value.hpp"

#include "http/message.hpp"

#include <utility>

namespace rollcall::api::management {

std::string query_value(std::string_view query, std::string_view name) {
    for (auto& [key, value] : http::parse_query(query)) {
        if (key == name && !value.empty()) return std::move(value);
    }
    return {};
}

}  // namespace rollcall::api::management
