// Rules on the final state of a resource, whichever way it came about (checklist P-09).
#include "base/text.hpp"
#include "scim/declared.hpp"
#include "scim/elements.hpp"
#include "scim/notes.hpp"
#include "scim/resource.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <unordered_map>

namespace rollcall::scim {
namespace {

using boost::json::value;

Status check_required(boost::json::object const& attributes, Attribute const& attribute) {
    auto const* found = attributes.if_contains(attribute.name);
    if (found == nullptr) return fail(value_error(attribute.name, "is required"));
    auto const* text = found->if_string();
    if (text != nullptr && is_blank(as_text(*text))) {
        return fail(value_error(attribute.name, "must not be blank"));
    }
    return {};
}

// A string stands for itself; it cannot hold the NUL that separates it from the type.
std::string print_exact(value const& content) {
    auto const* text = content.if_string();
    return text != nullptr ? std::string(as_text(*text)) : boost::json::serialize(content);
}

bool is_primary(value const& element) {
    auto const* object = element.if_object();
    auto const* primary = object != nullptr ? object->if_contains("primary") : nullptr;
    return primary != nullptr && primary->is_bool() && primary->get_bool();
}

// Merges elements that are equal in type and value, spelling included (checklist G-17).
void collapse_duplicates(boost::json::array& list, Attribute const& attribute, Notes& notes) {
    if (list.size() < 2 || is_member_list(attribute)) return;
    std::unordered_map<std::string, std::size_t> first;
    boost::json::array kept;
    kept.reserve(list.size());
    for (auto& element : list) {
        auto const [entry, is_new] = first.try_emplace(exact_key(element), kept.size());
        if (is_new) {
            kept.push_back(std::move(element));
        } else if (auto* object = element.if_object()) {
            auto& target = kept[entry->second].get_object();
            for (auto& part : *object) target[part.key()] = std::move(part.value());
        }
    }
    if (kept.size() < list.size()) {
        add_note(notes, attribute.name, "elements with the same type and value were merged");
        list = std::move(kept);
        return;
    }
    // Nothing merged, so every element moved over once.
    list.swap(kept);
}

void finish_list(value& found, Attribute const& attribute, Notes& notes) {
    auto* list = found.if_array();
    if (list == nullptr) return;
    collapse_duplicates(*list, attribute, notes);
    std::optional<std::size_t> last;
    bool several = false;
    for (std::size_t i = 0; i < list->size(); ++i) {
        if (!is_primary((*list)[i])) continue;
        several = last.has_value();
        last = i;
    }
    if (!several) return;
    keep_one_primary(*list, *last);
    add_note(notes, attribute.name, "of several primary elements only the last one stays primary");
}

void finish_lists(boost::json::object& holder, Schema const& schema, Notes& notes) {
    for (auto const& attribute : schema.attributes) {
        if (!attribute.multi_valued) continue;
        if (auto* found = holder.if_contains(attribute.name)) finish_list(*found, attribute, notes);
    }
}

}  // namespace

bool is_member_list(Attribute const& attribute) noexcept {
    return attribute.is_link && attribute.multi_valued && attribute.name == "members";
}

std::string whole_key(value const& element) {
    auto const* object = element.if_object();
    if (object == nullptr) return boost::json::serialize(element);
    std::vector<std::string> parts;
    for (auto const& part : *object) {
        auto text = std::string(part.key().data(), part.key().size());
        text += ':';
        parts.push_back(text + boost::json::serialize(part.value()));
    }
    std::ranges::sort(parts);
    std::string key;
    for (auto const& part : parts) key += part + ',';
    return key;
}

std::string exact_key(value const& element) {
    auto const* object = element.if_object();
    auto const* content = object != nullptr ? object->if_contains("value") : nullptr;
    if (content == nullptr) return whole_key(element);
    auto const* type = object->if_contains("type");
    auto key = print_exact(*content);
    key += '\0';
    if (type != nullptr) key += print_exact(*type);
    return key;
}

void keep_one_primary(boost::json::array& list, std::size_t index) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i != index && is_primary(list[i])) list[i].get_object()["primary"] = false;
    }
}

Status finish_resource(boost::json::object& attributes, ResourceType const& type, Notes& notes,
                       boost::json::object const* before) {
    for (auto const& attribute : type.core->attributes) {
        if (attribute.required) CHECK(check_required(attributes, attribute));
    }
    finish_lists(attributes, *type.core, notes);
    for (auto const& extension : type.extensions) {
        auto* found = attributes.if_contains(extension.schema->urn);
        if (found == nullptr || !found->is_object()) continue;
        finish_lists(found->get_object(), *extension.schema, notes);
    }
    return check_declared(attributes, type, before);
}

std::vector<std::string_view> schemas_of(boost::json::object const& attributes,
                                         ResourceType const& type) {
    std::vector<std::string_view> urns{type.core->urn};
    for (auto const& extension : type.extensions) {
        auto const* found = attributes.if_contains(extension.schema->urn);
        auto const* object = found != nullptr ? found->if_object() : nullptr;
        if (object != nullptr && !object->empty()) urns.push_back(extension.schema->urn);
    }
    return urns;
}

}  // namespace rollcall::scim
