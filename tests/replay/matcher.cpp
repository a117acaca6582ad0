// Substitution and comparison.
#include "replay/matcher.hpp"

#include "base/text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <regex>
#include <stdexcept>

namespace rollcall::replay {
namespace {

namespace json = boost::json;

json::value const& bound(std::string_view name, Variables const& variables) {
    auto const found = variables.find(name);
    if (found == variables.end()) {
        throw std::runtime_error("variable {{" + std::string(name) + "}} is not bound");
    }
    return found->second;
}

bool is_absent(json::value const* actual) {
    return actual == nullptr || actual->is_null() ||
           (actual->is_array() && actual->get_array().empty());
}

bool contains(json::value const& actual, json::value const& wanted) {
    if (actual.is_string() && wanted.is_string()) {
        std::string_view const text = actual.get_string();
        return text.find(std::string_view(wanted.get_string())) != std::string_view::npos;
    }
    auto const* list = actual.if_array();
    if (list == nullptr) return false;
    auto const has = [&](json::value const& element) {
        return std::ranges::any_of(
            *list, [&](auto const& candidate) { return covers(candidate, element); });
    };
    if (auto const* several = wanted.if_array()) return std::ranges::all_of(*several, has);
    return has(wanted);
}

bool has_length(json::value const& actual, std::int64_t length) {
    auto const wanted = static_cast<std::size_t>(length);
    if (auto const* list = actual.if_array()) return list->size() == wanted;
    return actual.is_string() && count_code_points(actual.get_string()) == wanted;
}

bool holds(std::string_view name, json::value const& operand, json::value const* actual) {
    if (name == "$absent") return is_absent(actual) == operand.as_bool();
    auto const exists = actual != nullptr && !actual->is_null();
    if (name == "$exists") return exists == operand.as_bool();
    if (!exists) return false;
    if (name == "$contains") return contains(*actual, operand);
    if (name == "$length") return has_length(*actual, operand.to_number<std::int64_t>());
    if (name == "$regex") {
        return actual->is_string() &&
               std::regex_search(std::string(actual->get_string()),
                                 std::regex(std::string(operand.as_string())));
    }
    throw std::runtime_error("unknown matcher " + std::string(name));
}

}  // namespace

std::optional<std::string_view> lone_variable(std::string_view text) {
    if (!text.starts_with("{{") || !text.ends_with("}}") || text.size() < 5) return std::nullopt;
    auto const name = text.substr(2, text.size() - 4);
    if (name.find('{') != std::string_view::npos) return std::nullopt;
    return name;
}

bool is_matcher(json::value const& expected) {
    auto const* object = expected.if_object();
    return object != nullptr && !object->empty() &&
           std::ranges::all_of(*object, [](auto const& member) {
               return std::string_view(member.key()).starts_with('$');
           });
}

std::string substitute_text(std::string_view text, Variables const& variables) {
    std::string result;
    while (true) {
        auto const open = text.find("{{");
        auto const close = open == std::string_view::npos ? open : text.find("}}", open);
        if (close == std::string_view::npos) return result.append(text);
        result += text.substr(0, open);
        auto const& value = bound(text.substr(open + 2, close - open - 2), variables);
        result += value.is_string() ? std::string(value.get_string()) : json::serialize(value);
        text.remove_prefix(close + 2);
    }
}

json::value substitute(json::value const& document, Variables const& variables) {
    if (auto const* object = document.if_object()) {
        json::object result;
        for (auto const& [key, value] : *object) result.emplace(key, substitute(value, variables));
        return result;
    }
    if (auto const* list = document.if_array()) {
        json::array result;
        for (auto const& value : *list) result.push_back(substitute(value, variables));
        return result;
    }
    if (!document.is_string()) return document;
    std::string_view const text = document.get_string();
    if (auto const name = lone_variable(text)) return bound(*name, variables);
    return json::value(substitute_text(text, variables));
}

bool covers(json::value const& actual, json::value const& wanted) {
    if (auto const* members = wanted.if_object()) {
        auto const* object = actual.if_object();
        return object != nullptr && std::ranges::all_of(*members, [&](auto const& member) {
                   auto const* value = object->if_contains(member.key());
                   return value != nullptr && covers(*value, member.value());
               });
    }
    if (auto const* elements = wanted.if_array()) {
        auto const* list = actual.if_array();
        return list != nullptr && std::ranges::all_of(*elements, [&](auto const& element) {
                   return std::ranges::any_of(
                       *list, [&](auto const& candidate) { return covers(candidate, element); });
               });
    }
    return actual == wanted;
}

std::optional<std::string> mismatch(json::value const* actual, json::value const& expected) {
    auto const got = actual == nullptr ? std::string("nothing") : json::serialize(*actual);
    if (!is_matcher(expected)) {
        if (actual != nullptr && *actual == expected) return std::nullopt;
        return "expected " + json::serialize(expected) + ", got " + got;
    }
    for (auto const& [name, operand] : expected.get_object()) {
        if (holds(name, operand, actual)) continue;
        return "expected " + std::string(name) + " " + json::serialize(operand) + ", got " + got;
    }
    return std::nullopt;
}

}  // namespace rollcall::replay
