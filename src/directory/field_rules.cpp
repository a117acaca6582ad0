// Names, external ids and metadata.
#include "directory/field_rules.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace rollcall::directory {

Error invalid_field(std::string_view kind, std::string message) {
    return Error(ErrorCode::invalid_value, std::move(message)).with_kind(std::string(kind));
}

Status check_name(std::string_view name, std::string_view field, std::string_view kind,
                  std::size_t code_points_max) {
    if (name.contains("\u200b")) {
        return fail(
            invalid_field("forbidden_character_zero_width_space",
                          fmt::format("{} must not contain a zero-width space (U+200B).", field)));
    }
    if (count_code_points(name) > code_points_max || has_control_character(name)) {
        return fail(invalid_field(
            kind, fmt::format("{} must have at most {} characters, none of them a control "
                              "character.",
                              field, code_points_max)));
    }
    return {};
}

bool is_external_id_text(std::string_view text) noexcept {
    constexpr std::string_view punctuation = "-._|";
    auto const is_legal = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               punctuation.contains(c);
    };
    return !text.empty() && text.size() <= Limits::external_id_characters_max &&
           std::ranges::all_of(text, is_legal);
}

void merge_metadata(boost::json::object& target, boost::json::object const& given) {
    for (auto const& [key, value] : given) {
        if (value.is_null()) {
            target.erase(key);
        } else {
            target.insert_or_assign(key, value);
        }
    }
}

Status check_metadata(boost::json::object const& metadata, std::string_view field) {
    if (metadata.size() > Limits::metadata_keys_max) {
        return fail(invalid_field(
            "metadata_too_many_keys",
            fmt::format("{} must not have more than {} keys.", field, Limits::metadata_keys_max)));
    }
    if (boost::json::serialize(metadata).size() > Limits::metadata_bytes_max) {
        return fail(invalid_field(
            "metadata_too_large",
            fmt::format("{} must not exceed {} bytes.", field, Limits::metadata_bytes_max)));
    }
    return {};
}

}  // namespace rollcall::directory
