// Notes about what was left out since it is the server's.
#include "scim/read_only.hpp"

#include "scim/notes.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>

namespace rollcall::scim {
namespace {

using boost::json::value;

// Names of schemas the type does not have; data that came with one is noted by its own name.
void note_unknown_schemas(value const& given, ResourceType const& type, Notes& notes) {
    auto const* list = given.if_array();
    if (list == nullptr || !std::ranges::all_of(*list, &value::is_string)) {
        add_note(notes, "schemas", "what is no list of URNs was left out");
        return;
    }
    auto const is_unknown = [&](value const& urn) {
        return type.find_schema(as_text(urn.get_string())) == nullptr;
    };
    if (std::ranges::any_of(*list, is_unknown)) {
        add_note(notes, "schemas", "a schema that the type does not have was left out");
    }
}

}  // namespace

bool is_read_only(AttributeRef const& ref) noexcept {
    auto const* sub = ref.sub_attribute;
    return ref.attribute->mutability == Mutability::read_only ||
           (sub != nullptr && sub->mutability == Mutability::read_only);
}

bool says_nothing(value const& given) noexcept {
    if (auto const* text = given.if_string()) return text->empty();
    if (auto const* list = given.if_array()) return list->empty();
    if (auto const* object = given.if_object()) return object->empty();
    return given.is_null();
}

void note_read_only(std::string_view name, AttributeRef const& ref, value const& given,
                    ResourceType const& type, Notes& notes) {
    if (ref.attribute == common_attributes().find("schemas")) {
        if (!given.is_null()) note_unknown_schemas(given, type, notes);
        return;
    }
    auto const is_common = common_attributes().find(ref.attribute->name) == ref.attribute;
    if (is_common || says_nothing(given)) return;
    add_note(notes, name, "a read-only attribute was left out");
}

}  // namespace rollcall::scim
