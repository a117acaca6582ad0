// One function for each rule of the checklist that it obeys.
#include "naive_patch.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cctype>
#include <utility>

namespace rollcall::tests::naive {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

struct Refused {
    std::string scim_type;
};

bool is_list(std::string const& attribute) {
    return attribute == "emails" || attribute == "addresses" || attribute == "roles" ||
           attribute == "members";
}
bool is_required(std::string const& attribute) {
    return attribute == "userName" || attribute == "displayName";
}
bool is_extension(std::string const& attribute) {
    return attribute.starts_with("urn:") && attribute.ends_with(":User");
}

bool same(value const& a, value const& b) {
    if (!a.is_string() || !b.is_string()) return a == b;
    return std::ranges::equal(a.get_string(), b.get_string(), [](char left, char right) {
        return std::tolower(static_cast<unsigned char>(left)) ==
               std::tolower(static_cast<unsigned char>(right));
    });
}

/// Null for what is not there.
value part_of(value const& element, std::string const& part) {
    auto const* found = element.as_object().if_contains(part);
    return found == nullptr ? value() : *found;
}

bool is_primary(value const& element) {
    return part_of(element, "primary") == value(true);
}

bool holds(Test const& test, value const& element) {
    auto found = part_of(element, test.part);
    if (test.part == "primary" && found.is_null()) found = false;  // G-15, F-41
    return same(found, test.operand) != test.negated;              // F-26: absent is not equal
}

bool is_selected(Operation const& operation, value const& element) {
    return std::ranges::all_of(operation.filter,
                               [&](Test const& test) { return holds(test, element); });
}

void drop_nulls(object& parts) {
    object kept;
    for (auto const& [name, content] : parts) {
        if (!content.is_null()) kept[name] = content;
    }
    parts = kept;
}

/// G-18, G-20, I-17: a list of objects without nulls, from a list or a single object.
array elements_of(value const& given, std::string const& attribute) {
    array elements = given.is_array() ? given.as_array() : array{given};
    array kept;
    for (auto& element : elements) {
        auto& parts = element.as_object();
        drop_nulls(parts);
        if (parts.empty()) continue;
        if (attribute == "members" && !parts.contains("type")) parts["type"] = "User";
        kept.push_back(element);
    }
    return kept;
}

/// P-24: members are one when their values are, others when type and value are; without a value
/// only as a whole.
bool is_same_element(std::string const& attribute, value const& a, value const& b) {
    if (part_of(a, "value").is_null() || part_of(b, "value").is_null()) return a == b;
    if (!same(part_of(a, "value"), part_of(b, "value"))) return false;
    return attribute == "members" || same(part_of(a, "type"), part_of(b, "type"));
}

void make_only_primary(array& list, std::size_t index) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i != index && is_primary(list[i])) list[i].as_object()["primary"] = false;
    }
}

/// P-27: of the elements that were written, the last primary one is the primary one.
void settle_primary(array& list, std::vector<std::size_t> const& written) {
    std::optional<std::size_t> last;
    for (auto const index : written) {
        if (is_primary(list[index])) last = index;
    }
    if (last) make_only_primary(list, *last);
}

/// P-24: what is there already only takes the parts that are new.
void add_elements(array& list, array const& elements, std::string const& attribute) {
    std::vector<std::size_t> made_primary;
    for (auto const& element : elements) {
        std::size_t at = 0;
        while (at < list.size() && !is_same_element(attribute, list[at], element)) ++at;
        if (at == list.size()) {
            list.push_back(element);
        } else if (attribute != "members") {
            for (auto const& [name, content] : element.as_object()) {
                if (name != "value" && name != "type") list[at].as_object()[name] = content;
            }
        }
        if (is_primary(element)) made_primary.push_back(at);
    }
    settle_primary(list, made_primary);
}

/// P-37, P-38: by value, and by type where one is given.
void remove_elements(array& list, array const& given, std::string const& attribute) {
    array kept;
    for (auto const& element : list) {
        auto const is_given = std::ranges::any_of(given, [&](value const& named) {
            if (part_of(named, "value").is_null()) return named == element;
            if (!same(part_of(named, "value"), part_of(element, "value"))) return false;
            auto const type = part_of(named, "type");
            return attribute == "members" || type.is_null() || same(type, part_of(element, "type"));
        });
        if (!is_given) kept.push_back(element);
    }
    list = kept;
}

/// P-22, P-42: the parts that are given; null unassigns on replace and does nothing on add.
void merge(object& target, object const& given, std::string const& op) {
    for (auto const& [name, content] : given) {
        if (!content.is_null()) {
            target[name] = content;
        } else if (op == "replace") {
            target.stable_erase(name);
        }
    }
}

/// P-26: what the filter says, if it says nothing but what is equal.
value create_from(std::vector<Test> const& filter) {
    object element;
    for (auto const& test : filter) {
        if (test.negated) throw Refused{"noTarget"};
        element[test.part] = test.operand;
    }
    return element;
}

void write_selected(array& list, Operation const& operation) {
    auto const& given = *operation.value;
    if (given.is_null()) return;
    std::vector<std::size_t> selected;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (is_selected(operation, list[i])) selected.push_back(i);
    }
    if (selected.empty()) {
        if (operation.op == "replace") throw Refused{"noTarget"};  // P-46
        list.push_back(create_from(operation.filter));
        selected.push_back(list.size() - 1);
    }
    for (auto const index : selected) {
        auto& element = list[index].as_object();
        if (operation.part.empty()) {
            merge(element, given.as_object(), operation.op);
        } else {
            element[operation.part] = given;
        }
    }
    settle_primary(list, selected);
}

/// P-33, P-34.
void remove_selected(array& list, Operation const& operation) {
    array kept;
    for (auto element : list) {
        if (is_selected(operation, element)) {
            if (operation.part.empty()) continue;
            element.as_object().stable_erase(operation.part);
        }
        kept.push_back(element);
    }
    list = kept;
}

void edit_list(object& holder, Operation const& operation) {
    auto const& attribute = operation.attribute;
    auto const is_null = !operation.value || operation.value->is_null();
    auto list = holder.contains(attribute) ? holder[attribute].as_array() : array();
    if (!operation.filter.empty()) {
        if (operation.op == "remove" || (operation.op == "replace" && is_null)) {
            remove_selected(list, operation);
        } else {
            write_selected(list, operation);
        }
    } else if (operation.op == "add") {
        if (!is_null) add_elements(list, elements_of(*operation.value, attribute), attribute);
    } else if (operation.op == "remove" && !is_null) {
        remove_elements(list, elements_of(*operation.value, attribute), attribute);
    } else {
        list = is_null ? array() : elements_of(*operation.value, attribute);  // P-32, P-43
    }
    holder[attribute] = elements_of(list, attribute);
    if (holder[attribute].as_array().empty()) holder.stable_erase(attribute);
}

/// I-25: what has the value that is named; null names any.
void remove_equal(object& holder, std::string const& name, value const& named) {
    auto const* found = holder.if_contains(name);
    if (found != nullptr && (named.is_null() || same(*found, named))) holder.stable_erase(name);
}

void remove_named(object& holder, Operation const& operation) {
    auto const& attribute = operation.attribute;
    if (attribute != "name") return remove_equal(holder, attribute, *operation.value);
    object name = holder.contains(attribute) ? holder[attribute].as_object() : object();
    for (auto const& [part, named] : operation.value->as_object()) remove_equal(name, part, named);
    holder[attribute] = name;
    if (name.empty()) holder.stable_erase(attribute);
}

/// P-20, P-32, P-41, P-42.
void edit_single(object& holder, Operation const& operation) {
    auto const& attribute = operation.attribute;
    auto const is_null = !operation.value || operation.value->is_null();
    auto const unassigns = operation.op == "remove" || (operation.op == "replace" && is_null);
    if (operation.was_part && operation.op == "remove" && !is_null) {
        return remove_named(holder, operation);
    }
    if (attribute != "name") {
        if (unassigns) holder.stable_erase(attribute);
        if (!unassigns && !is_null) holder[attribute] = *operation.value;
        return;
    }
    object name = holder.contains(attribute) ? holder[attribute].as_object() : object();
    if (unassigns && operation.part.empty()) name.clear();
    if (unassigns && !operation.part.empty()) name.stable_erase(operation.part);
    if (!unassigns && !is_null) {
        if (operation.part.empty()) {
            merge(name, operation.value->as_object(), operation.op);
        } else {
            name[operation.part] = *operation.value;
        }
    }
    holder[attribute] = name;
    if (name.empty()) holder.stable_erase(attribute);
}

void edit(object& resource, Operation const& operation);

/// P-20, P-40: each attribute as if it were an operation of its own.
void edit_each(object& resource, Operation const& operation, std::string const& prefix) {
    for (auto const& [name, content] : operation.value->as_object()) {
        edit(resource, {operation.op, prefix + std::string(name), {}, "", content, true});
    }
}

/// E-05, E-07.
void edit_extension(object& resource, Operation const& operation) {
    auto const& urn = operation.attribute;
    if (operation.value && operation.value->is_object()) {
        edit_each(resource, operation, urn + ":");
    } else if (operation.op != "add") {
        resource.stable_erase(urn);
    }
}

void edit(object& resource, Operation const& operation) {
    auto const& attribute = operation.attribute;
    if (attribute.empty()) return edit_each(resource, operation, "");
    if (is_extension(attribute)) return edit_extension(resource, operation);
    if (is_list(attribute)) return edit_list(resource, operation);
    if (!attribute.starts_with("urn:")) return edit_single(resource, operation);
    auto const colon = attribute.rfind(':');
    auto const urn = attribute.substr(0, colon);
    object extension = resource.contains(urn) ? resource[urn].as_object() : object();
    auto inner = operation;
    inner.attribute = attribute.substr(colon + 1);
    edit_single(extension, inner);
    resource[urn] = extension;
    if (extension.empty()) resource.stable_erase(urn);
}

/// G-16, G-17, R-06: equal to the letter is one; the last primary counts.
void finish_list(array& list, std::string const& attribute) {
    array kept;
    for (auto const& element : list) {
        auto const is_twin = [&](value const& other) {
            auto const is_whole = part_of(element, "value").is_null();
            if (is_whole || part_of(other, "value").is_null()) return other == element;
            if (part_of(other, "value") != part_of(element, "value")) return false;
            return attribute == "members" || part_of(other, "type") == part_of(element, "type");
        };
        auto const twin = std::find_if(kept.begin(), kept.end(), is_twin);
        if (twin == kept.end()) {
            kept.push_back(element);
        } else {
            merge(twin->as_object(), element.as_object(), "add");
        }
    }
    list = kept;
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < list.size(); ++i) all.push_back(i);
    settle_primary(list, all);
}

}  // namespace

Outcome patch(object resource, std::vector<Operation> const& operations) {
    auto const before = resource;
    std::string removed;
    try {
        for (auto const& operation : operations) {
            if (operation.op == "remove" && is_required(operation.attribute)) {
                removed = operation.attribute;
            }
            edit(resource, operation);
        }
        for (std::string const required : {"userName", "displayName"}) {
            if (!before.contains(required) || resource.contains(required)) continue;
            throw Refused{removed == required ? "mutability" : "invalidValue"};  // P-09, P-35
        }
    } catch (Refused const& refused) {
        return {refused.scim_type, before};
    }
    for (auto& [name, content] : resource) {
        if (is_list(name)) finish_list(content.as_array(), name);
    }
    return {"", resource};
}

object write(Operation const& operation) {
    object written{{"op", operation.op}};
    std::string path = operation.attribute;
    std::string filter;
    for (auto const& test : operation.filter) {
        if (!filter.empty()) filter += " and ";
        filter += test.part + (test.negated ? " ne " : " eq ") + serialize(test.operand);
    }
    if (!filter.empty()) path += "[" + filter + "]";
    if (!operation.part.empty()) path += "." + operation.part;
    if (!path.empty()) written["path"] = path;
    if (operation.value) written["value"] = *operation.value;
    return written;
}

}  // namespace rollcall::tests::naive
