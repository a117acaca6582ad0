// PATCH on single-valued attributes, and on the parts of complex values.
#include "scim/link.hpp"
#include "scim/names.hpp"
#include "scim/notes.hpp"
#include "scim/patch_edit.hpp"
#include "scim/resource.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace rollcall::scim {
namespace {

using boost::json::value;

bool is_empty_list(value const& given) {
    auto const* list = given.if_array();
    return list != nullptr && list->empty();
}

void drop_if_empty(boost::json::object& holder, Attribute const& attribute) {
    auto const* found = holder.if_contains(attribute.name);
    auto const* object = found != nullptr ? found->if_object() : nullptr;
    if (object != nullptr && object->empty()) holder.stable_erase(attribute.name);
}

boost::json::object& open_object(boost::json::object& holder, Attribute const& attribute) {
    auto& found = holder[attribute.name];
    return found.is_object() ? found.get_object() : found.emplace_object();
}

void assign(boost::json::object& holder, Attribute const& attribute, value read) {
    if (read.is_null()) {
        holder.stable_erase(attribute.name);
    } else {
        holder[attribute.name] = std::move(read);
    }
}

// False if there was nothing to take away.
bool erase(boost::json::object& holder, Attribute const& attribute, Attribute const* sub) {
    if (sub == nullptr || attribute.is_link) return holder.stable_erase(attribute.name) > 0;
    auto* found = holder.if_contains(attribute.name);
    auto* parts = found != nullptr ? found->if_object() : nullptr;
    return parts != nullptr && parts->stable_erase(sub->name) > 0;
}

Status unassign(boost::json::object& holder, Attribute const& attribute, Attribute const* sub,
                Edit const& edit) {
    if (!erase(holder, attribute, sub) && edit.op == PatchOp::remove) {
        add_note(edit.notes, name_of(attribute, sub), nothing_to_do);
    }
    return {};
}

// `manager` is its id, whichever part of it is written (checklist I-16).
value link_value(value const& given, Attribute const& attribute, Attribute const* sub,
                 Notes& notes) {
    if (sub == nullptr) return given;
    auto const& inner = unwrap_noted(given, *sub, name_of(attribute, sub), notes);
    return boost::json::object{{sub->name, inner}};
}

// True for an object that says something, but not who the target is. Only an empty one says that
// there is none (checklist I-16).
bool names_no_target(value const& given) {
    auto const* parts = unwrap_single(given).if_object();
    if (parts == nullptr || parts->empty()) return false;
    return std::ranges::none_of(*parts, [](auto const& part) {
        auto const name = std::string_view(part.key().data(), part.key().size());
        return same_name(name, "value") || same_name(name, "$ref");
    });
}

Status edit_link(boost::json::object& holder, Attribute const& attribute, Attribute const* sub,
                 Edit const& edit) {
    auto const given = link_value(*edit.value, attribute, sub, edit.notes);
    TRY(auto read, read_value(given, attribute, edit.limits, edit.notes));
    if (read.is_null() && edit.op == PatchOp::add && holder.contains(attribute.name)) {
        add_note(edit.notes, attribute.name, "adding an empty value removed what was there");
    }
    assign(holder, attribute, std::move(read));
    return {};
}

Status edit_part(boost::json::object& holder, Attribute const& attribute, Attribute const& sub,
                 Edit const& edit) {
    auto const shown = name_of(attribute, &sub);
    auto const& given = unwrap_noted(*edit.value, sub, shown, edit.notes);
    if (edit.op == PatchOp::add && is_nothing(given)) {
        add_note(edit.notes, shown, adding_nothing);
        return {};
    }
    TRY(auto read, read_part(given, attribute, sub, edit.limits, edit.notes));
    PartValues parts;
    parts.emplace_back(&sub, std::move(read));
    return set_parts(open_object(holder, attribute), attribute, parts);
}

Status edit_complex(boost::json::object& holder, Attribute const& attribute, Edit const& edit) {
    auto const& given = unwrap_single(*edit.value);
    if (&given != edit.value) {
        add_note(edit.notes, attribute.name, "a list of one was read as its element");
    }
    if (is_empty_list(given)) {
        holder.stable_erase(attribute.name);
        return {};
    }
    auto const* object = given.if_object();
    if (object == nullptr) return fail(value_error(attribute.name, "must be an object"));
    if (object->empty()) add_note(edit.notes, attribute.name, nothing_to_do);
    TRY(auto const parts, read_parts(*object, attribute, edit));
    return set_parts(open_object(holder, attribute), attribute, parts);
}

// The part of a complex attribute that a client may write; nullptr, and a note, if it is none.
Attribute const* find_writable(Attribute const& attribute, std::string_view name, Notes& notes) {
    auto const* sub = attribute.find(name);
    auto const writable = sub != nullptr && sub->mutability != Mutability::read_only;
    if (writable) return sub;
    add_note(notes, fmt::format("{}.{}", attribute.name, shown_name(name)),
             sub == nullptr ? "an unknown attribute was left out"
                            : "a read-only attribute was left out");
    return nullptr;
}

// @param wanted  nullopt stands for whatever is there, null for a value that nothing has.
void remove_equal(boost::json::object& holder, Attribute const& attribute,
                  std::optional<value> const& wanted, std::string_view shown, Notes& notes) {
    auto const* stored = holder.if_contains(attribute.name);
    auto const is_equal =
        stored != nullptr &&
        (!wanted || (!wanted->is_null() && equal_scalar(attribute, *stored, *wanted)));
    if (is_equal) {
        holder.stable_erase(attribute.name);
    } else {
        // Checklist P-36: a success, but of an operation that did nothing.
        add_note(notes, shown, "does not have the value, so nothing was removed");
    }
}

Status remove_equal_part(boost::json::object& target, Attribute const& attribute,
                         Attribute const& sub, value const& given, Edit const& edit) {
    auto const shown = name_of(attribute, &sub);
    std::optional<value> wanted;
    if (!given.is_null()) {
        auto const& inner = unwrap_noted(given, sub, shown, edit.notes);
        TRY(wanted, read_part(inner, attribute, sub, edit.limits, edit.notes));
    }
    remove_equal(target, sub, wanted, shown, edit.notes);
    return {};
}

Status remove_equal_parts(boost::json::object& holder, Attribute const& attribute,
                          Attribute const* sub, Edit const& edit) {
    boost::json::object nothing;
    auto* stored = holder.if_contains(attribute.name);
    auto& target = stored != nullptr && stored->is_object() ? stored->get_object() : nothing;
    if (sub != nullptr) return remove_equal_part(target, attribute, *sub, *edit.value, edit);
    auto const& given = unwrap_single(*edit.value);
    auto const* parts = given.if_object();
    if (parts == nullptr && !is_empty_list(given)) {
        return fail(value_error(attribute.name, "must be an object"));
    }
    if (parts == nullptr || parts->empty()) {
        add_note(edit.notes, attribute.name, nothing_to_do);
        return {};
    }
    for (auto const& part : *parts) {
        auto const* named =
            find_writable(attribute, {part.key().data(), part.key().size()}, edit.notes);
        if (named == nullptr) continue;
        CHECK(remove_equal_part(target, attribute, *named, part.value(), edit));
    }
    return {};
}

// Checklist P-38, I-25: the named values of the named attributes.
Status remove_named(boost::json::object& holder, Attribute const& attribute, Attribute const* sub,
                    Edit const& edit) {
    if (attribute.type == Type::complex && !attribute.is_link) {
        return remove_equal_parts(holder, attribute, sub, edit);
    }
    auto const given = attribute.is_link
                           ? link_value(*edit.value, attribute, sub, edit.notes)
                           : unwrap_noted(*edit.value, attribute, attribute.name, edit.notes);
    TRY(auto read, read_value(given, attribute, edit.limits, edit.notes));
    auto wanted = std::optional(std::move(read));
    // Checklist I-16: every empty value stands for the manager there is.
    if (attribute.is_link && wanted->is_null()) wanted.reset();
    if (given.is_null()) wanted.reset();
    remove_equal(holder, attribute, wanted, attribute.name, edit.notes);
    return {};
}

Status edit_simple(boost::json::object& holder, Attribute const& attribute, Edit const& edit) {
    auto const& given = unwrap_noted(*edit.value, attribute, attribute.name, edit.notes);
    if (edit.op == PatchOp::add && is_nothing(given)) {
        add_note(edit.notes, attribute.name, adding_nothing);
        return {};
    }
    TRY(auto read, read_value(given, attribute, edit.limits, edit.notes));
    assign(holder, attribute, std::move(read));
    return {};
}

// A member's `$ref` is the server's and immutable; in any spelling that leads to the member it is
// the same one (checklist R-03, G-12).
Status check_reference(boost::json::object const& target, Attribute const& attribute,
                       Attribute const& sub, value const& reference) {
    if (reference.is_null()) return {};
    auto const* id = target.if_contains("value");
    auto const leads_here =
        id != nullptr && link_target(as_text(reference.as_string())).id == as_text(id->as_string());
    if (leads_here) return {};
    return fail(mutability_error(name_of(attribute, &sub), "cannot be changed once it is set"));
}

Status set_part(boost::json::object& target, Attribute const& attribute, Attribute const& sub,
                value const& read) {
    if (attribute.is_link && sub.name == "$ref") {
        return check_reference(target, attribute, sub, read);
    }
    auto const* stored = target.if_contains(sub.name);
    if (sub.mutability == Mutability::immutable && stored != nullptr) {
        if (!read.is_null() && equal_scalar(sub, *stored, read)) return {};
        return fail(mutability_error(name_of(attribute, &sub), "cannot be changed once it is set"));
    }
    assign(target, sub, read);
    return {};
}

}  // namespace

bool is_nothing(value const& given) noexcept {
    return is_empty_list(given) || unwrap_single(given).is_null();
}

std::string name_of(Attribute const& attribute, Attribute const* sub) {
    return sub == nullptr ? attribute.name : fmt::format("{}.{}", attribute.name, sub->name);
}

Error mutability_error(std::string_view attribute, std::string_view rule) {
    return {ErrorCode::mutability, fmt::format("{}: {}.", attribute, rule)};
}

value const& unwrap_named(value const& given, Attribute const& attribute) noexcept {
    auto const* object = given.if_object();
    if (attribute.type == Type::complex || object == nullptr || object->size() != 1) return given;
    auto const& part = *object->begin();
    auto const name = std::string_view(part.key().data(), part.key().size());
    return same_name(name, "value") || same_name(name, attribute.name) ? part.value() : given;
}

value const& unwrap_noted(value const& given, Attribute const& attribute, std::string_view shown,
                          Notes& notes) {
    auto const& inner = unwrap_named(given, attribute);
    if (&inner != &given) add_note(notes, shown, "an object around a value was taken off");
    return inner;
}

Result<PartValues> read_parts(boost::json::object const& given, Attribute const& attribute,
                              Edit const& edit) {
    PartValues parts;
    for (auto const& part : given) {
        auto const name = std::string_view(part.key().data(), part.key().size());
        auto const* sub = find_writable(attribute, name, edit.notes);
        if (sub == nullptr) continue;
        if (edit.op == PatchOp::add && is_nothing(part.value())) {
            add_note(edit.notes, name_of(attribute, sub), adding_nothing);
            continue;
        }
        TRY(auto read, read_part(part.value(), attribute, *sub, edit.limits, edit.notes));
        parts.emplace_back(sub, std::move(read));
    }
    return parts;
}

Status set_parts(boost::json::object& target, Attribute const& attribute, PartValues const& parts) {
    for (auto const& [sub, read] : parts) CHECK(set_part(target, attribute, *sub, read));
    return {};
}

Status edit_single(boost::json::object& holder, Attribute const& attribute, Attribute const* sub,
                   Edit const& edit) {
    if (attribute.is_link && sub == nullptr && !edit.is_null() && names_no_target(*edit.value)) {
        add_note(edit.notes, attribute.name, "has neither value nor $ref, so nothing was changed");
        return {};
    }
    auto done = [&]() -> Status {
        if (edit.removes_equal()) return remove_named(holder, attribute, sub, edit);
        if (edit.unassigns()) return unassign(holder, attribute, sub, edit);
        if (attribute.is_link) return edit_link(holder, attribute, sub, edit);
        if (sub != nullptr) return edit_part(holder, attribute, *sub, edit);
        if (attribute.type == Type::complex) return edit_complex(holder, attribute, edit);
        return edit_simple(holder, attribute, edit);
    }();
    drop_if_empty(holder, attribute);
    return done;
}

}  // namespace rollcall::scim
