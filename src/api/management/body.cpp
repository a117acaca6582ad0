// Types of body fields.
#include "api/management/body.hpp"

#include "base/text.hpp"
#include "scim/json.hpp"

#include <fmt/format.h>

namespace rollcall::api::management {
namespace {

constexpr std::string_view wrong_type = "invalid_request_value";

Error must_be(std::string_view field, std::string_view type, std::string_view kind) {
    return Error(ErrorCode::invalid_value, fmt::format("{} must be {}.", field, type))
        .with_kind(std::string(kind));
}

// nullptr if absent or null.
boost::json::value const* find(boost::json::object const& body, std::string_view field) {
    auto const* value = body.if_contains({field.data(), field.size()});
    return value == nullptr || value->is_null() ? nullptr : value;
}

}  // namespace

Result<boost::json::object> read_body(std::string_view body, Limits const& limits) {
    if (trim(body).empty()) return boost::json::object{};
    TRY(auto value, scim::parse_json(body, scim::Keys::exact, limits));
    if (value.is_array() && value.get_array().empty()) return boost::json::object{};
    if (!value.is_object()) return fail(must_be("The body", "a JSON object", wrong_type));
    return std::move(value.get_object());
}

Result<std::optional<std::string>> read_text(boost::json::object const& body,
                                             std::string_view field) {
    auto const* value = find(body, field);
    if (value == nullptr) return std::nullopt;
    if (!value->is_string()) return fail(must_be(field, "a string", wrong_type));
    return std::string(value->get_string());
}

Result<std::string> read_required_text(boost::json::object const& body, std::string_view field) {
    TRY(auto text, read_text(body, field));
    if (!text || text->empty()) {
        return fail(Error(ErrorCode::invalid_value, fmt::format("{} is required.", field))
                        .with_kind("invalid_argument"));
    }
    return *std::move(text);
}

Result<std::optional<std::string>> read_element_text(boost::json::object const& element,
                                                     std::string_view field, std::string_view list,
                                                     std::string_view kind) {
    auto text = read_text(element, field);
    if (text) return text;
    return fail(Error(ErrorCode::invalid_value, fmt::format("{}: {}", list, text.error().message()))
                    .with_kind(std::string(kind)));
}

Result<std::optional<bool>> read_flag(boost::json::object const& body, std::string_view field) {
    auto const* value = find(body, field);
    if (value == nullptr) return std::nullopt;
    if (!value->is_bool()) return fail(must_be(field, "true or false", wrong_type));
    return value->get_bool();
}

Result<std::optional<std::int64_t>> read_integer(boost::json::object const& body,
                                                 std::string_view field) {
    auto const* value = find(body, field);
    if (value == nullptr) return std::nullopt;
    boost::json::error_code inexact;
    auto const number = value->is_number() ? value->to_number<std::int64_t>(inexact) : 0;
    if (!value->is_number() || inexact) return fail(must_be(field, "a whole number", wrong_type));
    return number;
}

Result<std::optional<std::vector<std::string>>> read_texts(boost::json::object const& body,
                                                           std::string_view field) {
    auto const* value = find(body, field);
    if (value == nullptr) return std::nullopt;
    auto const error = [&] { return fail(must_be(field, "an array of strings", wrong_type)); };
    if (!value->is_array()) return error();
    std::vector<std::string> texts;
    texts.reserve(value->get_array().size());
    for (auto const& element : value->get_array()) {
        if (!element.is_string()) return error();
        texts.emplace_back(element.get_string());
    }
    return texts;
}

Result<std::optional<boost::json::object>> read_object(boost::json::object const& body,
                                                       std::string_view field,
                                                       std::string_view kind) {
    auto const* value = find(body, field);
    if (value == nullptr) return std::nullopt;
    if (value->is_array() && value->get_array().empty()) return boost::json::object{};
    if (!value->is_object()) return fail(must_be(field, "an object", kind));
    return value->get_object();
}

Result<std::optional<std::vector<boost::json::object const*>>> read_objects(
    boost::json::object const& body, std::string_view field, std::string_view kind) {
    auto const* value = find(body, field);
    if (value == nullptr) return std::nullopt;
    auto const error = [&] { return fail(must_be(field, "an array of objects", kind)); };
    if (!value->is_array()) return error();
    std::vector<boost::json::object const*> objects;
    objects.reserve(value->get_array().size());
    for (auto const& element : value->get_array()) {
        if (!element.is_object()) return error();
        objects.push_back(&element.get_object());
    }
    return objects;
}

}  // namespace rollcall::api::management
