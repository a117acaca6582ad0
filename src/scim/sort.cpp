// Sort keys from canonical representations (RFC 7644 §3.4.2.3).
#include "scim/sort.hpp"

#include "base/text.hpp"
#include "base/timestamp.hpp"
#include "scim/link.hpp"
#include "scim/notes.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rollcall::scim {
namespace {

using boost::json::value;

value const* member(value const* holder, std::string_view name) {
    auto const* object = holder == nullptr ? nullptr : holder->if_object();
    return object == nullptr ? nullptr : object->if_contains(name);
}

bool is_primary(value const& element) {
    auto const* primary = member(&element, "primary");
    return primary != nullptr && primary->is_bool() && primary->get_bool();
}

// The element that stands for a list; a value that is no list stands for itself.
value const* representative(value const* found) {
    auto const* list = found == nullptr ? nullptr : found->if_array();
    if (list == nullptr) return found;
    if (list->empty()) return nullptr;
    auto const primary = std::ranges::find_if(*list, is_primary);
    return primary == list->end() ? list->data() : &*primary;
}

value const* find_value(AttributeRef const& ref, boost::json::object const& resource) {
    auto const* found = ref.extension == nullptr
                            ? resource.if_contains(ref.attribute->name)
                            : member(resource.if_contains(ref.extension->urn), ref.attribute->name);
    found = representative(found);
    return ref.sub_attribute == nullptr ? found : member(found, ref.sub_attribute->name);
}

// The first `bytes` of a text, or a little less: whole characters.
std::string_view beginning(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    auto const continues = [&] { return (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80; };
    while (bytes > 0 && continues()) --bytes;
    return text.substr(0, bytes);
}

SortKey text_key(Attribute const& leaf, std::string_view text, std::size_t bytes_max) {
    if (text.empty()) return {};
    if (leaf.type == Type::date_time) {
        auto const instant = parse_timestamp(text);
        if (!instant) return {};
        return std::int64_t{instant->time_since_epoch().count()};
    }
    // Folded, a text has more than a fourth of its bytes: nothing is left out that belongs to the
    // key.
    constexpr std::size_t shrinks_less_than = 4;
    auto const start = beginning(text, shrinks_less_than * bytes_max);
    auto key = comparison_key(leaf, start);
    if (key.size() > bytes_max) key.resize(bytes_max);
    return key;
}

SortKey number_key(Attribute const& leaf, value const& number) {
    if (leaf.type == Type::integer && number.is_int64()) return number.get_int64();
    auto const real = number.to_number<double>();
    if (leaf.type != Type::integer) return real;
    constexpr double limit = 9e18;  // what is beyond is all the same
    return static_cast<std::int64_t>(std::clamp(real, -limit, limit));
}

}  // namespace

bool precedes(SortKey const& a, SortKey const& b) {
    if (std::holds_alternative<std::monostate>(a)) return false;
    if (std::holds_alternative<std::monostate>(b)) return true;
    return a < b;
}

Result<std::optional<AttributeRef>> parse_sort_by(std::string_view name, ResourceType const& type) {
    auto ref = resolve(type, name);
    if (!ref) return std::nullopt;
    auto const* leaf = ref->sub_attribute != nullptr ? ref->sub_attribute : ref->attribute;
    if (leaf != nullptr && leaf->type == Type::complex) {
        leaf = ref->sub_attribute = ref->attribute->find("value");
    }
    if (leaf == nullptr) {
        return fail({ErrorCode::invalid_path,
                     fmt::format("sortBy: {} has parts; name one of them, as in name.familyName",
                                 shown_name(name))});
    }
    if (comes_from_target(*ref)) {
        return fail({ErrorCode::invalid_path,
                     fmt::format("sortBy: {0}.{1} comes from the resource that {0}.value names; "
                                 "sort by {0}.value",
                                 ref->attribute->name, ref->sub_attribute->name)});
    }
    // What no answer shows could otherwise be found out by its place (RFC 7643 §9.2).
    auto const is_secret =
        ref->attribute->returned == Returned::never || leaf->returned == Returned::never;
    if (is_secret) return std::nullopt;
    return ref;
}

SortKey sort_key(AttributeRef const& ref, boost::json::object const& resource,
                 std::size_t text_bytes_max) {
    auto const* found = find_value(ref, resource);
    if (found == nullptr) return {};
    auto const& leaf = ref.sub_attribute != nullptr ? *ref.sub_attribute : *ref.attribute;
    if (found->is_string()) return text_key(leaf, as_text(found->get_string()), text_bytes_max);
    if (found->is_bool()) return std::int64_t{found->get_bool() ? 1 : 0};
    if (found->is_number()) return number_key(leaf, *found);
    return {};
}

}  // namespace rollcall::scim
