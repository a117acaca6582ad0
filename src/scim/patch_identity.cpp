// Elements compared by value and type, under the case rules of their attributes.
#include "scim/patch_identity.hpp"

#include "base/text.hpp"
#include "scim/elements.hpp"
#include "scim/scalar.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace rollcall::scim {
namespace {

using boost::json::value;

// What is compared of a value: its text under the attribute's case rule, else its JSON.
std::string comparable(Attribute const* attribute, value const& content) {
    auto const* text = content.if_string();
    if (text == nullptr) return boost::json::serialize(content);
    auto const exact = attribute == nullptr || attribute->case_exact;
    return exact ? std::string(as_text(*text)) : fold(as_text(*text));
}

std::string content_key(Attribute const& attribute, value const& element) {
    auto const* content = element.is_object() ? part_of(element, "value") : &element;
    if (content == nullptr) return whole_key(element);
    return comparable(element.is_object() ? attribute.find("value") : &attribute, *content);
}

}  // namespace

value const* part_of(value const& element, std::string_view name) {
    auto const* parts = element.if_object();
    return parts != nullptr ? parts->if_contains({name.data(), name.size()}) : nullptr;
}

std::string element_key(Attribute const& attribute, value const& element) {
    auto key = content_key(attribute, element);
    auto const* type = part_of(element, "type");
    auto const has_content = !element.is_object() || part_of(element, "value") != nullptr;
    if (type == nullptr || !has_content || is_member_list(attribute)) return key;
    key += '\0';
    return key + comparable(attribute.find("type"), *type);
}

bool names_member(boost::json::array const& members, value const& element) {
    auto const* id = part_of(element, "value");
    return std::ranges::any_of(members, [&](value const& candidate) {
        auto const* other = part_of(candidate, "value");
        return id != nullptr && other != nullptr && *id == *other;
    });
}

NamedElements::NamedElements(Attribute const& attribute, boost::json::array const& named)
    : attribute_(attribute) {
    for (auto const& element : named) named_.emplace(content_key(attribute, element), &element);
}

bool NamedElements::contains(value const& element) const {
    auto const [first, last] = named_.equal_range(content_key(attribute_, element));
    return std::any_of(first, last, [&](auto const& candidate) {
        return is_member_list(attribute_) || has_type_of(element, *candidate.second);
    });
}

bool NamedElements::has_type_of(value const& element, value const& named) const {
    auto const* wanted = part_of(named, "type");
    if (wanted == nullptr) return true;
    auto const* type = part_of(element, "type");
    return type != nullptr && equal_scalar(*attribute_.find("type"), *wanted, *type);
}

}  // namespace rollcall::scim
