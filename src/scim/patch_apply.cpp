// Which attributes a PATCH operation addresses; the whole request (RFC 7644 §3.5.2).
#include "scim/link.hpp"
#include "scim/notes.hpp"
#include "scim/patch_edit.hpp"
#include "scim/patch_editor.hpp"
#include "scim/print_name.hpp"
#include "scim/read_only.hpp"
#include "scim/resource.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

namespace rollcall::scim {
namespace {

bool is_schemas(Attribute const& attribute) {
    return &attribute == common_attributes().find("schemas");
}

bool is_id(Attribute const& attribute) {
    return &attribute == common_attributes().find("id");
}

// True for an `add` that must not take away what is there (checklist P-05). An empty list is one of
// the spellings in which providers remove a manager (I-16).
bool adds_nothing(PatchOp op, Attribute const& attribute, Attribute const* sub,
                  boost::json::value const* value) {
    if (op != PatchOp::add || value == nullptr || !is_nothing(*value)) return false;
    auto const is_manager = attribute.is_link && !attribute.multi_valued && sub == nullptr;
    auto const* list = value->if_array();
    return !is_manager || list == nullptr || !list->empty();
}

// An extension may go as a whole, and its required attributes with it.
bool is_missing(boost::json::object const& resource, AttributeRef const& ref) {
    if (ref.extension == nullptr) return !resource.contains(ref.attribute->name);
    auto const* extension = resource.if_contains(ref.extension->urn);
    return extension != nullptr && !extension->as_object().contains(ref.attribute->name);
}

// About what the value takes as JSON.
std::size_t json_bytes(boost::json::value const& value) {
    if (auto const* text = value.if_string()) return text->size() + 2;
    std::size_t bytes = 2;
    if (auto const* list = value.if_array()) {
        for (auto const& element : *list) bytes += json_bytes(element) + 1;
    } else if (auto const* object = value.if_object()) {
        for (auto const& part : *object) bytes += part.key().size() + json_bytes(part.value()) + 4;
    } else {
        bytes = 8;
    }
    return bytes;
}

// What many patches make of a resource must fit into one body, or nobody could write it back. A
// group may have any number of members.
Status check_size(boost::json::object const& resource, ResourceType const& type,
                  Limits const& limits) {
    std::size_t bytes = 2;
    for (auto const& part : resource) {
        if (part.key() != "members") bytes += part.key().size() + json_bytes(part.value()) + 4;
    }
    if (bytes <= limits.body_bytes_max) return {};
    return fail({ErrorCode::too_many, fmt::format("the {} would hold more than {} bytes.",
                                                  type.name, limits.body_bytes_max)});
}

}  // namespace

bool PatchEditor::is_read_only(Path const& path) noexcept {
    auto const& ref = path.attribute.ref;
    if (!ref || ref->attribute == nullptr) return false;
    auto const* sub = ref->sub_attribute != nullptr ? ref->sub_attribute : path.sub_attribute;
    return scim::is_read_only({ref->extension, ref->attribute, sub});
}

Status PatchEditor::apply(PatchOperation const& operation) {
    if (!operation.path) return apply_without_path(operation);
    auto const& path = *operation.path;
    auto const& ref = path.attribute.ref;
    if (!ref) return leave_out(outline(path));
    auto const* value = operation.value ? &*operation.value : nullptr;
    if (ref->attribute == nullptr) return apply_to_schema(operation, ref->extension, value);
    if (is_schemas(*ref->attribute)) return apply_to_schemas(operation, value);
    if (is_read_only(path)) {
        return fail(mutability_error(outline(path), "is read-only"));
    }
    auto const* sub = ref->sub_attribute != nullptr ? ref->sub_attribute : path.sub_attribute;
    return edit(operation, *ref, path.filter ? &*path.filter : nullptr, sub, value);
}

Status PatchEditor::apply_without_path(PatchOperation const& operation) {
    auto const* parts = operation.value ? operation.value->if_object() : nullptr;
    if (parts == nullptr) {
        return fail(value_error("value", "must be an object when there is no path"));
    }
    return apply_parts(operation, nullptr, *parts);
}

Status PatchEditor::apply_parts(PatchOperation const& operation, Schema const* extension,
                                boost::json::object const& parts) {
    if (parts.empty()) {
        auto const& urn = extension != nullptr ? extension->urn : type_.core->urn;
        add_note(notes_, extension != nullptr || operation.path ? urn : "value", nothing_to_do);
    }
    for (auto const& part : parts) {
        auto const name = std::string_view(part.key().data(), part.key().size());
        if (extension != nullptr) {
            auto const qualified = fmt::format("{}:{}", extension->urn, name);
            CHECK(apply_named(operation, qualified, part.value()));
        } else {
            CHECK(apply_named(operation, name, part.value()));
        }
    }
    return {};
}

Status PatchEditor::apply_named(PatchOperation const& operation, std::string_view name,
                                Value const& value) {
    auto const ref = resolve(type_, name);
    if (!ref) return leave_out(outline_key(name));
    if (ref->attribute == nullptr) {
        // A URN as key: its object's attributes. The core schema's own must not be nested again.
        if (ref->extension != nullptr) return apply_to_schema(operation, ref->extension, &value);
        auto const* parts = value.if_object();
        if (parts == nullptr || parts->contains(type_.core->urn)) {
            return fail(value_error(type_.core->urn, "must be an object of attributes"));
        }
        return apply_parts(operation, nullptr, *parts);
    }
    if (is_id(*ref->attribute)) return check_id(value);
    if (is_schemas(*ref->attribute) && operation.op == PatchOp::remove) {
        return apply_to_schemas(operation, &value);
    }
    // Checklist P-44: in an object without path they are echoes, not wishes.
    if (scim::is_read_only(*ref)) {
        note_read_only(name, *ref, value, type_, notes_);
        return {};
    }
    return edit(operation, *ref, nullptr, ref->sub_attribute, &value);
}

// Checklist P-14: ignored, unless the connection is strict.
Status PatchEditor::leave_out(std::string_view name) {
    if (profile_.refuses_unknown_attributes) {
        return fail({ErrorCode::invalid_path,
                     fmt::format("{}: {} has no such attribute.", shown_name(name), type_.name)});
    }
    add_note(notes_, name, "an unknown attribute was left out");
    return {};
}

Status PatchEditor::check_id(Value const& value) const {
    auto const* given = value.if_string();
    if (id_.empty() || (given != nullptr && as_text(*given) == id_)) return {};
    return fail(mutability_error("id", "cannot be changed"));
}

Status PatchEditor::edit(PatchOperation const& operation, AttributeRef const& ref,
                         Filter const* filter, Attribute const* sub, Value const* value) {
    auto const& attribute = *ref.attribute;
    // No error, but nobody should wonder why nothing happened.
    if (adds_nothing(operation.op, attribute, sub, value)) {
        add_note(notes_, name_of(attribute, sub), adding_nothing);
        return {};
    }
    Edit const intent{
        .op = operation.op,
        .value = take_null_off(ref, filter, sub, value),
        .creates_missing = profile_.replace_creates_missing_element || operation.op_capitalised,
        .limits = limits_,
        .notes = notes_,
        .filter_cost = cost_.filters()};
    if (attribute.mutability == Mutability::write_only) return accept(attribute, intent);
    if (attribute.required && operation.op == PatchOp::remove) {
        removed_required_.push_back(ref);
    }
    auto& holder = ref.extension != nullptr ? open_extension(*ref.extension) : resource_;
    if (attribute.multi_valued) CHECK(cost_.add(holder, attribute, filter));
    auto done = attribute.multi_valued ? edit_list(holder, attribute, filter, sub, intent)
                                       : edit_single(holder, attribute, sub, intent);
    if (ref.extension != nullptr) drop_empty_extension(*ref.extension);
    return done;
}

// `[null]` for one value is null, as a list of one is its element (checklist I-18).
PatchEditor::Value const* PatchEditor::take_null_off(AttributeRef const& ref, Filter const* filter,
                                                     Attribute const* sub, Value const* value) {
    auto const is_whole_list = ref.attribute->multi_valued && filter == nullptr && sub == nullptr;
    if (value == nullptr || is_whole_list) return value;
    auto const& single = unwrap_single(*value);
    if (&single == value || !single.is_null()) return value;
    add_note(notes_, name_of(*ref.attribute, sub), "a list of one was read as its element");
    return &single;
}

// What is never returned is not kept either (checklist U-09).
Status PatchEditor::accept(Attribute const& attribute, Edit const& intent) {
    if (intent.op == PatchOp::remove) {
        add_note(notes_, attribute.name, nothing_to_do);
        return {};
    }
    if (intent.is_null()) return {};
    CHECK(read_value(unwrap_named(*intent.value, attribute), attribute, limits_, notes_));
    add_note(notes_, attribute.name, "accepted and not kept");
    return {};
}

boost::json::object& PatchEditor::open_extension(Schema const& extension) {
    auto& object = resource_[extension.urn];
    return object.is_object() ? object.get_object() : object.emplace_object();
}

void PatchEditor::drop_empty_extension(Schema const& extension) {
    auto const* object = resource_.if_contains(extension.urn);
    if (object != nullptr && object->get_object().empty()) resource_.stable_erase(extension.urn);
}

Error error_of_operation(std::optional<std::size_t> place, Error const& error) {
    if (!place) return error;
    return {error.code(), fmt::format("Operations[{}]: {}", *place, error.message()),
            error.cause()};
}

Result<boost::json::object> apply_patch(boost::json::object const& resource,
                                        PatchRequest const& request, ResourceType const& type,
                                        std::string_view id, Profile const& profile,
                                        Limits const& limits, Notes& notes) {
    auto result = resource;
    PatchEditor editor(result, type, id, profile, limits, notes);
    for (auto const& operation : request.operations) {
        auto const done = editor.apply(operation);
        if (!done) return fail(error_of_operation(operation.place, done.error()));
    }
    for (auto const& ref : editor.removed_required()) {
        if (is_missing(result, ref)) {
            return fail(mutability_error(print_name({ref.attribute->name, ref}),
                                         "is required and cannot be removed"));
        }
    }
    CHECK(finish_resource(result, type, notes, &resource));
    CHECK(check_size(result, type, limits));
    return result;
}

}  // namespace rollcall::scim
