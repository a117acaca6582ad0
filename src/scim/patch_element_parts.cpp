// Parts of elements, from values and from filters.
#include "scim/patch_element_parts.hpp"

#include "scim/notes.hpp"
#include "scim/resource.hpp"
#include "scim/scalar.hpp"

#include <variant>

namespace rollcall::scim {
namespace {

using boost::json::object;
using boost::json::value;

Result<PartValues> read_one_part(value const& given, Attribute const& attribute,
                                 Attribute const& sub, Edit const& edit) {
    TRY(auto read, read_part(given, attribute, sub, edit.limits, edit.notes));
    PartValues parts;
    parts.emplace_back(&sub, std::move(read));
    return parts;
}

object without_ignored(object const& given, Attribute const& attribute, Notes& notes) {
    object rest;
    for (auto const& part : given) {
        auto const* sub = attribute.find({part.key().data(), part.key().size()});
        if (is_ignored_part(attribute, sub)) {
            add_note(notes, name_of(attribute, sub), "cannot be changed and was left out");
        } else {
            rest[part.key()] = part.value();
        }
    }
    return rest;
}

}  // namespace

bool is_ignored_part(Attribute const& attribute, Attribute const* sub) noexcept {
    return sub != nullptr && attribute.is_link && sub->name == "display";
}

Result<PartValues> read_written(value const& given, Attribute const& attribute,
                                Attribute const* sub, Edit const& edit) {
    if (sub != nullptr) {
        auto const& inner = unwrap_noted(given, *sub, name_of(attribute, sub), edit.notes);
        return read_one_part(inner, attribute, *sub, edit);
    }
    if (auto const* parts = given.if_object()) {
        return read_parts(without_ignored(*parts, attribute, edit.notes), attribute, edit);
    }
    auto const* content = attribute.find("value");
    if (content == nullptr || given.is_array()) {
        return fail(value_error(attribute.name, "must be an object"));
    }
    add_note(edit.notes, attribute.name, "a bare value was read as an object with that value");
    return read_one_part(given, attribute, *content, edit);
}

Result<bool> describe(Filter const& filter, Attribute const& attribute, object& element,
                      Edit const& edit) {
    if (auto const* all = std::get_if<And>(&filter.node)) {
        for (auto const& operand : all->operands) {
            TRY(auto const described, describe(*operand, attribute, element, edit));
            if (!described) return false;
        }
        return true;
    }
    auto const* test = std::get_if<Comparison>(&filter.node);
    if (test == nullptr || test->op != Operator::eq) return false;
    auto const& ref = test->attribute.ref;
    auto const* sub = ref ? ref->sub_attribute : nullptr;
    if (sub == nullptr || sub->mutability == Mutability::read_only) return false;
    // Checklist C-07.
    TRY(auto content, read_part(test->operand, attribute, *sub, edit.limits, edit.notes));
    if (!content.is_null()) element[sub->name] = std::move(content);
    return true;
}

}  // namespace rollcall::scim
