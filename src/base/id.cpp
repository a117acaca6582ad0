// Reading of typed identifiers.
#include "base/id.hpp"

namespace rollcall::detail {

std::optional<ParsedId> parse_id(std::string_view prefix, std::string_view text) noexcept {
    if (!text.starts_with(prefix)) return std::nullopt;
    text.remove_prefix(prefix.size());
    Environment environment{};
    if (text.starts_with("-test-")) {
        environment = Environment::test;
    } else if (text.starts_with("-live-")) {
        environment = Environment::live;
    } else {
        return std::nullopt;
    }
    auto const uuid = parse_uuid(text.substr(6));
    if (!uuid) return std::nullopt;
    return ParsedId{environment, *uuid};
}

}  // namespace rollcall::detail
