// PATCH on schemas: an extension as a whole, and the list `schemas` (checklist E-07, P-55).
#include "scim/notes.hpp"
#include "scim/patch_edit.hpp"
#include "scim/patch_editor.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace rollcall::scim {
namespace {

constexpr std::string_view follows_from_data = "the list follows from the resource's data";

// True if the value, a URN or a list of them, has the schema's in any spelling.
bool lists(boost::json::value const& value, Schema const& schema, ResourceType const& type) {
    auto const is_schema = [&](boost::json::value const& named) {
        auto const* urn = named.if_string();
        return urn != nullptr && type.find_schema(as_text(*urn)) == &schema;
    };
    auto const* list = value.if_array();
    return list != nullptr ? std::ranges::any_of(*list, is_schema) : is_schema(value);
}

// True if the operation leaves `schemas` without this one: a removal that names it, by value or by
// filter, or names none; a `replace` that does not name it.
bool drops(PatchOperation const& operation, boost::json::value const* value, Schema const& schema,
           ResourceType const& type) {
    if (operation.path && operation.path->filter) {
        return matches_element(*operation.path->filter, boost::json::value(schema.urn));
    }
    auto const is_null = value == nullptr || value->is_null();
    if (operation.op == PatchOp::remove) return is_null || lists(*value, schema, type);
    return is_null || !lists(*value, schema, type);
}

// A list among other attributes, or among keys, is an echo (checklist P-44).
bool replaces_list(PatchOperation const& operation) {
    return operation.op == PatchOp::replace && operation.path && !operation.path->filter &&
           !operation.path_was_key;
}

}  // namespace

Status PatchEditor::apply_to_schema(PatchOperation const& operation, Schema const* extension,
                                    Value const* value) {
    auto const& urn = extension != nullptr ? extension->urn : type_.core->urn;
    if (value != nullptr && !value->is_null()) {
        auto const* parts = value->if_object();
        if (parts == nullptr) return fail(value_error(urn, "must be an object"));
        return apply_parts(operation, extension, *parts);
    }
    if (operation.op == PatchOp::add) {
        add_note(notes_, urn, adding_nothing);
        return {};
    }
    if (extension == nullptr) {
        return fail(mutability_error(urn, "the core schema cannot be removed"));
    }
    auto const was_there = resource_.stable_erase(urn) > 0;
    if (!was_there && operation.op == PatchOp::remove) add_note(notes_, urn, nothing_to_do);
    return {};
}

// Checklist P-55: the list follows from the data; only what leaves it takes data away.
Status PatchEditor::apply_to_schemas(PatchOperation const& operation, Value const* value) {
    auto const removes = operation.op == PatchOp::remove;
    if (!removes && !replaces_list(operation)) {
        add_note(notes_, "schemas", follows_from_data);
        return {};
    }
    if (drops(operation, value, *type_.core, type_)) {
        return fail(mutability_error("schemas", "the core schema cannot be removed"));
    }
    bool idle = true;
    for (auto const& extension : type_.extensions) {
        if (!drops(operation, value, *extension.schema, type_)) continue;
        idle = resource_.stable_erase(extension.schema->urn) == 0 && idle;
    }
    if (idle) add_note(notes_, "schemas", removes ? nothing_to_do : follows_from_data);
    return {};
}

}  // namespace rollcall::scim
