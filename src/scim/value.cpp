// Values of attributes made canonical: lists, complex values, elements (RFC 7643 §2.3.8, §2.4).
#include "scim/link.hpp"
#include "scim/members.hpp"
#include "scim/names.hpp"
#include "scim/notes.hpp"
#include "scim/read_only.hpp"
#include "scim/resource.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

namespace rollcall::scim {
namespace {

using boost::json::value;

std::string_view key_of(boost::json::key_value_pair const& part) {
    return {part.key().data(), part.key().size()};
}

// Null and lists of nothing but empties are unassigned (checklist G-18, G-20).
bool is_unassigned(value const& candidate) {
    if (auto const* object = candidate.if_object()) return object->empty();
    return candidate.is_null();
}

Result<value> read_parts(boost::json::object const& given, Attribute const& attribute,
                         Limits const& limits, Notes& notes) {
    boost::json::object parts;
    parts.reserve(given.size());
    for (auto const& part : given) {
        auto const* sub = attribute.find(key_of(part));
        if (sub == nullptr) {
            add_note(notes, fmt::format("{}.{}", attribute.name, shown_name(key_of(part))),
                     "an unknown attribute was left out");
            continue;
        }
        if (part.value().is_null()) continue;
        if (sub->mutability == Mutability::read_only) {
            if (says_nothing(part.value())) continue;
            add_note(notes, fmt::format("{}.{}", attribute.name, sub->name),
                     "a read-only attribute was left out");
            continue;
        }
        TRY(auto read, read_part(part.value(), attribute, *sub, limits, notes));
        if (!is_unassigned(read)) parts[sub->name] = std::move(read);
    }
    return parts.empty() ? value(nullptr) : value(std::move(parts));
}

// A bare string stands for the element or object with that `value` (checklist I-16, I-17).
Result<value> read_bare(value const& given, Attribute const& attribute, Limits const& limits,
                        Notes& notes) {
    auto const* sub = attribute.find("value");
    if (sub == nullptr || given.is_array()) {
        return fail(value_error(attribute.name, "must be an object"));
    }
    TRY(auto read, read_part(given, attribute, *sub, limits, notes));
    if (read.is_null()) return nullptr;
    add_note(notes, attribute.name, "a bare value was read as an object with that value");
    return value(boost::json::object{{sub->name, std::move(read)}});
}

// `manager`: what is stored is the id alone, the rest is the server's (checklist E-03, I-16).
Result<value> keep_link_value(value read, Attribute const& attribute, Notes& notes) {
    auto* parts = read.if_object();
    if (parts == nullptr) return read;
    auto const* id = parts->if_contains("value");
    std::string target;
    auto const* reference = parts->if_contains("$ref");
    auto const referred =
        reference != nullptr ? link_target(as_text(reference->as_string())).id : std::string();
    if (id != nullptr) {
        target = as_text(id->as_string());
        if (reference != nullptr && referred != target) {
            add_note(notes, attribute.name, "a reference to somebody else was left out");
        }
    } else if (reference != nullptr) {
        target = referred;
        add_note(notes, attribute.name, "the id was taken from a reference");
    }
    if (target.empty()) return nullptr;
    return value(boost::json::object{{attribute.find("value")->name, std::move(target)}});
}

Result<value> read_complex(value const& given, Attribute const& attribute, Limits const& limits,
                           Notes& notes) {
    if (given.is_null()) return nullptr;
    auto const* object = given.if_object();
    TRY(auto read, object != nullptr ? read_parts(*object, attribute, limits, notes)
                                     : read_bare(given, attribute, limits, notes));
    return attribute.is_link && !attribute.multi_valued
               ? keep_link_value(std::move(read), attribute, notes)
               : Result<value>(std::move(read));
}

Result<value> read_one(value const& given, Attribute const& attribute, Limits const& limits,
                       Notes& notes) {
    return attribute.type == Type::complex ? read_complex(given, attribute, limits, notes)
                                           : read_scalar(given, attribute, limits, notes);
}

Result<value> read_single(value const& given, Attribute const& attribute, Limits const& limits,
                          Notes& notes) {
    auto const* list = given.if_array();
    if (list == nullptr) return read_one(given, attribute, limits, notes);
    if (list->empty()) return nullptr;
    if (list->size() > 1) return fail(value_error(attribute.name, "must be a single value"));
    add_note(notes, attribute.name, "a list of one was read as its element");
    return read_one(list->front(), attribute, limits, notes);
}

Result<value> read_list(value const& given, Attribute const& attribute, Limits const& limits,
                        Notes& notes) {
    boost::json::array elements;
    auto const append = [&](value const& element) -> Status {
        TRY(auto read, read_one(element, attribute, limits, notes));
        if (!is_unassigned(read)) {
            elements.push_back(std::move(read));
        } else {
            add_note(notes, attribute.name, "an empty element was left out");
        }
        return {};
    };
    if (auto const* list = given.if_array()) {
        if (list->size() > limits.attribute_values_max) {
            return fail(
                {ErrorCode::too_many, fmt::format("{}: at most {} values can be kept.",
                                                  attribute.name, limits.attribute_values_max)});
        }
        elements.reserve(list->size());
        for (auto const& element : *list) CHECK(append(element));
    } else {
        auto const* text = given.if_string();
        if (text != nullptr && text->empty()) {
            add_note(notes, attribute.name, "an empty text was read as an empty list");
            return nullptr;
        }
        add_note(notes, attribute.name, "a single value was read as a list of one");
        CHECK(append(given));
    }
    return elements.empty() ? value(nullptr) : value(std::move(elements));
}

Result<value> read_member_list(value const& given, Limits const& limits, Notes& notes) {
    TRY(auto const members, read_members(given, limits, notes));
    boost::json::array elements;
    elements.reserve(members.size());
    for (auto const& member : members) {
        boost::json::object element{{"value", member.value}};
        if (member.type) element["type"] = *member.type;
        if (member.display) element["display"] = *member.display;
        elements.push_back(std::move(element));
    }
    return elements.empty() ? value(nullptr) : value(std::move(elements));
}

}  // namespace

LinkTarget link_target(std::string_view reference) {
    while (reference.ends_with('/')) reference.remove_suffix(1);
    auto const slash = reference.rfind('/');
    LinkTarget target;
    if (slash == std::string_view::npos) return target;
    target.id = reference.substr(slash + 1);
    reference = reference.substr(0, slash);
    auto const collection = reference.substr(reference.rfind('/') + 1);
    if (same_name(collection, "Users")) target.type = "User";
    if (same_name(collection, "Groups")) target.type = "Group";
    return target;
}

bool comes_from_target(AttributeRef const& ref) noexcept {
    return ref.attribute != nullptr && ref.attribute->is_link && !ref.attribute->multi_valued &&
           ref.sub_attribute != nullptr && ref.sub_attribute->name != "value";
}

value const& unwrap_single(value const& given) noexcept {
    auto const* list = given.if_array();
    return list != nullptr && list->size() == 1 ? list->front() : given;
}

Result<value> read_value(value const& given, Attribute const& attribute, Limits const& limits,
                         Notes& notes) {
    if (given.is_null()) return nullptr;
    if (!attribute.multi_valued) return read_single(given, attribute, limits, notes);
    if (attribute.is_link) return read_member_list(given, limits, notes);
    return read_list(given, attribute, limits, notes);
}

Result<value> read_part(value const& given, Attribute const& attribute, Attribute const& part,
                        Limits const& limits, Notes& notes) {
    Notes of_part;
    auto read = read_value(given, part, limits, of_part);
    add_notes_within(notes, attribute.name, of_part);
    if (read) return read;
    auto const& error = read.error();
    return fail({error.code(), fmt::format("{}.{}", attribute.name, error.message())});
}

}  // namespace rollcall::scim
