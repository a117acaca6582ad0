// Keys and schemas of messages.
#include "scim/message.hpp"

#include "scim/names.hpp"
#include "scim/notes.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

namespace rollcall::scim {
namespace {

using boost::json::value;

constexpr std::string_view message_urns = "urn:ietf:params:scim:api:messages:2.0:";

enum class Urn { own, foreign, of_other_message };

Urn judge(std::string_view urn, std::string_view name) {
    if (!starts_with_name(urn, message_urns)) return Urn::foreign;
    return same_name(urn.substr(message_urns.size()), name) ? Urn::own : Urn::of_other_message;
}

template <class Object>
auto find_in(Object& message, std::string_view name) noexcept -> decltype(message.if_contains("")) {
    if (auto* exact = message.if_contains({name.data(), name.size()})) return exact;
    for (auto& part : message) {
        if (same_name({part.key().data(), part.key().size()}, name)) return &part.value();
    }
    return nullptr;
}

}  // namespace

value const* find_key(boost::json::object const& message, std::string_view name) noexcept {
    return find_in(message, name);
}

value* find_key(boost::json::object& message, std::string_view name) noexcept {
    return find_in(message, name);
}

Status check_message_schemas(boost::json::object const& message, std::string_view name,
                             Notes& notes) {
    auto const* schemas = find_key(message, "schemas");
    if (schemas == nullptr || schemas->is_null()) return {};
    auto const kind_of = [&](value const& urn) {
        auto const* text = urn.if_string();
        return text != nullptr ? judge(as_text(*text), name) : Urn::of_other_message;
    };
    std::vector<Urn> kinds;
    if (auto const* list = schemas->if_array()) {
        std::ranges::transform(*list, std::back_inserter(kinds), kind_of);
    } else {
        kinds.push_back(kind_of(*schemas));
        add_note(notes, "schemas", "a single value was read as a list of one");
    }
    if (std::ranges::find(kinds, Urn::of_other_message) != kinds.end()) {
        return fail({ErrorCode::invalid_syntax,
                     fmt::format("schemas: must be [\"{}{}\"].", message_urns, name)});
    }
    if (std::ranges::find(kinds, Urn::foreign) != kinds.end()) {
        add_note(notes, "schemas", "a URN that is no message's was left out");
    }
    return {};
}

void note_unknown_keys(boost::json::object const& object,
                       std::initializer_list<std::string_view> known, std::string_view what,
                       Notes& notes) {
    for (auto const& part : object) {
        auto const name = std::string_view(part.key().data(), part.key().size());
        auto const is_known =
            std::ranges::any_of(known, [&](auto key) { return same_name(key, name); });
        if (!is_known) add_note(notes, name, what);
    }
}

}  // namespace rollcall::scim
