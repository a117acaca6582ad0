// PATCH on single-valued attributes, and on the parts of complex values.
#include "scim/link.hpp"
#include "scim/names.hpp"
#include "scim/notes.hpp"
#include "scim/patch_edit.hpp"
#include "scim/resource.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

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

Status unassign(boost::json::object& holder, Attribute const& attribute, Attribute const* sub) {
    if (sub == nullptr || attribute.is_link) {
        holder.stable_erase(attribute.name);
        return {};
    }
    if (auto* found = holder.if_contains(attribute.name); found != nullptr && found->is_object()) {
        found->get_object().stable_erase(sub->name);
    }
    return {};
}

// `manager` is its id, whichever part of it is written (checklist I-16).
value link_value(value const& given, Attribute const* sub) {
    if (sub == nullptr) return given;
    return boost::json::object{{sub->name, unwrap_named(unwrap_single(given), *sub)}};
}

Status edit_link(boost::json::object& holder, Attribute const& attribute, Attribute const* sub,
                 Edit const& edit) {
    TRY(auto read, read_value(link_value(*edit.value, sub), attribute, edit.limits, edit.notes));
    assign(holder, attribute, std::move(read));
    return {};
}

value const& unwrap_noted(value const& given, Attribute const& attribute, Notes& notes) {
    auto const& inner = unwrap_named(given, attribute);
    if (&inner != &given) add_note(notes, attribute.name, "an object around a value was taken off");
    return inner;
}

Status edit_part(boost::json::object& holder, Attribute const& attribute, Attribute const& sub,
                 Edit const& edit) {
    auto const& given = unwrap_noted(*edit.value, sub, edit.notes);
    TRY(auto read, read_value(given, sub, edit.limits, edit.notes));
    if (read.is_null() && edit.op == PatchOp::add && is_empty_list(given)) return {};
    return set_part(open_object(holder, attribute), sub, std::move(read));
}

Status edit_complex(boost::json::object& holder, Attribute const& attribute, Edit const& edit) {
    auto const& given = unwrap_single(*edit.value);
    if (&given != edit.value) {
        add_note(edit.notes, attribute.name, "a list of one was read as its element");
    }
    if (is_empty_list(given)) {
        if (edit.op == PatchOp::replace) holder.stable_erase(attribute.name);
        return {};
    }
    auto const* parts = given.if_object();
    if (parts == nullptr) return fail(value_error(attribute.name, "must be an object"));
    return merge_parts(open_object(holder, attribute), *parts, attribute, edit);
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

// Null stands for whatever is there.
Status remove_equal(boost::json::object& holder, Attribute const& attribute, value const& given,
                    Edit const& edit, std::string_view shown) {
    TRY(auto const read,
        read_value(unwrap_named(given, attribute), attribute, edit.limits, edit.notes));
    auto const* stored = holder.if_contains(attribute.name);
    auto const equal =
        stored != nullptr &&
        (given.is_null() || (!read.is_null() && equal_scalar(attribute, *stored, read)));
    if (equal) {
        holder.stable_erase(attribute.name);
    } else {
        // Checklist P-36: a success, but of an operation that did nothing.
        add_note(edit.notes, shown, "does not have the value, so nothing was removed");
    }
    return {};
}

Status remove_equal_parts(boost::json::object& holder, Attribute const& attribute,
                          Attribute const* sub, Edit const& edit) {
    boost::json::object nothing;
    auto* stored = holder.if_contains(attribute.name);
    auto& target = stored != nullptr && stored->is_object() ? stored->get_object() : nothing;
    auto const remove = [&](Attribute const& part, value const& given) {
        return remove_equal(target, part, given, edit,
                            fmt::format("{}.{}", attribute.name, part.name));
    };
    if (sub != nullptr) return remove(*sub, *edit.value);
    auto const& given = unwrap_single(*edit.value);
    if (is_empty_list(given)) return {};
    auto const* parts = given.if_object();
    if (parts == nullptr) return fail(value_error(attribute.name, "must be an object"));
    for (auto const& part : *parts) {
        auto const* named =
            find_writable(attribute, {part.key().data(), part.key().size()}, edit.notes);
        if (named != nullptr) CHECK(remove(*named, part.value()));
    }
    return {};
}

// Checklist I-25: the named values of the named attributes.
Status remove_named(boost::json::object& holder, Attribute const& attribute, Attribute const* sub,
                    Edit const& edit) {
    if (attribute.type == Type::complex && !attribute.is_link) {
        return remove_equal_parts(holder, attribute, sub, edit);
    }
    auto const given = attribute.is_link ? link_value(*edit.value, sub) : *edit.value;
    return remove_equal(holder, attribute, given, edit, attribute.name);
}

Status edit_simple(boost::json::object& holder, Attribute const& attribute, Edit const& edit) {
    auto const& given = unwrap_noted(*edit.value, attribute, edit.notes);
    if (edit.op == PatchOp::add && (given.is_null() || is_empty_list(given))) return {};
    TRY(auto read, read_value(given, attribute, edit.limits, edit.notes));
    assign(holder, attribute, std::move(read));
    return {};
}

}  // namespace

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

Status set_part(boost::json::object& target, Attribute const& sub, value read) {
    auto const* stored = target.if_contains(sub.name);
    if (sub.mutability == Mutability::immutable && stored != nullptr) {
        if (!read.is_null() && equal_scalar(sub, *stored, read)) return {};
        return fail(mutability_error(sub.name, "cannot be changed once it is set"));
    }
    assign(target, sub, std::move(read));
    return {};
}

Status merge_parts(boost::json::object& target, boost::json::object const& given,
                   Attribute const& attribute, Edit const& edit) {
    for (auto const& part : given) {
        auto const name = std::string_view(part.key().data(), part.key().size());
        auto const* sub = find_writable(attribute, name, edit.notes);
        if (sub == nullptr) continue;
        if (part.value().is_null() && edit.op == PatchOp::add) continue;
        TRY(auto read, read_value(part.value(), *sub, edit.limits, edit.notes));
        CHECK(set_part(target, *sub, std::move(read)));
    }
    return {};
}

Status edit_single(boost::json::object& holder, Attribute const& attribute, Attribute const* sub,
                   Edit const& edit) {
    auto done = [&]() -> Status {
        if (edit.removes_equal()) return remove_named(holder, attribute, sub, edit);
        if (edit.unassigns()) return unassign(holder, attribute, sub);
        if (edit.is_null()) return {};
        if (attribute.is_link) return edit_link(holder, attribute, sub, edit);
        if (sub != nullptr) return edit_part(holder, attribute, *sub, edit);
        if (attribute.type == Type::complex) return edit_complex(holder, attribute, edit);
        return edit_simple(holder, attribute, edit);
    }();
    drop_if_empty(holder, attribute);
    return done;
}

}  // namespace rollcall::scim
