// The JSON of keys and token headers: one object, whose members are mostly texts.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/system/error_code.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace rollcall::crypto {

/// The object that `text` is; nullopt for other JSON and for what is none. Of members with the same
/// name the last counts, as RFC 7515 §4 and RFC 7517 §4 allow.
[[nodiscard]] inline std::optional<boost::json::object> parse_json_object(std::string_view text) {
    boost::system::error_code error;
    auto value = boost::json::parse(text, error);
    if (error || !value.is_object()) return std::nullopt;
    return std::move(value).as_object();
}

/// The text that member `name` is; nullopt if it is absent or something else.
[[nodiscard]] inline std::optional<std::string> find_text(boost::json::object const& object,
                                                          std::string_view name) {
    auto const* value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return std::string(value->get_string());
}

}  // namespace rollcall::crypto
