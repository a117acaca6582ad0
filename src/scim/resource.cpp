// Resource bodies of POST and PUT (RFC 7644 §3.3, §3.5.1).
#include "scim/resource.hpp"

#include "scim/declared.hpp"
#include "scim/given_once.hpp"
#include "scim/names.hpp"
#include "scim/notes.hpp"
#include "scim/patch_editor.hpp"
#include "scim/print_name.hpp"
#include "scim/read_only.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace rollcall::scim {
namespace {

using boost::json::value;

// Reads one body; paths among the keys wait until the plain attributes are there.
class BodyReader {
public:
    BodyReader(ResourceType const& type, Profile const& profile, Limits const& limits, Notes& notes)
        : type_(type), profile_(profile), limits_(limits), notes_(notes) {}

    Status read_core(boost::json::object const& object) {
        body_.attributes.reserve(object.size());
        for (auto const& part : object) {
            auto const name = std::string_view(part.key().data(), part.key().size());
            CHECK(looks_like_path(name) ? read_path_key(name, part.value())
                                        : read_named(resolve(type_, name), name, part.value()));
        }
        return {};
    }

    Result<ResourceBody> finish() && {
        PatchEditor editor(body_.attributes, type_, {}, profile_, limits_, notes_);
        for (auto const& operation : paths_) CHECK(editor.apply(operation));
        CHECK(finish_resource(body_.attributes, type_, notes_));
        return std::move(body_);
    }

private:
    Status read_named(std::optional<AttributeRef> const& ref, std::string_view name,
                      value const& given) {
        if (!ref) return leave_out(outline_key(name));
        return read_attribute(*ref, given);
    }

    // An attribute that the type does not have (checklist G-21).
    Status leave_out(std::string_view name) {
        if (profile_.refuses_unknown_attributes) {
            return fail({ErrorCode::invalid_syntax, fmt::format("{}: {} has no such attribute.",
                                                                shown_name(name), type_.name)});
        }
        add_note(notes_, name, "an unknown attribute was left out");
        return {};
    }

    // A key with dots, colons or brackets: a schema's URN over an object, or a path (I-14).
    Status read_path_key(std::string_view name, value const& given) {
        if (auto const* schema = type_.find_schema(name)) return read_schema(*schema, given);
        TRY(auto path, parse_path_key(name, type_, limits_));
        if (!path) return leave_out(outline_key(name));
        if (!path->attribute.ref) return leave_out(outline(*path));
        if (PatchEditor::is_read_only(*path)) {
            add_note(notes_, outline(*path), "a read-only attribute was left out");
            return {};
        }
        if (paths_.size() == limits_.patch_operations_max) {
            return fail({ErrorCode::too_many, "Too many keys of the body are paths."});
        }
        paths_.push_back({PatchOp::add, false, *std::move(path), given});
        return {};
    }

    Status read_schema(Schema const& schema, value const& given) {
        if (given.is_null()) return {};
        auto const* object = given.if_object();
        if (object == nullptr) return fail(value_error(schema.urn, "must be an object"));
        // Attributes wrapped into the core schema's URN are the resource's own.
        if (&schema == type_.core) {
            if (std::exchange(inside_core_, true)) {
                add_note(notes_, schema.urn, "a second object of core attributes was left out");
                return {};
            }
            return read_core(*object);
        }
        for (auto const& part : *object) {
            auto const name = std::string_view(part.key().data(), part.key().size());
            auto const qualified = fmt::format("{}:{}", schema.urn, name);
            if (name.find('.') != std::string_view::npos) {
                CHECK(read_path_key(qualified, part.value()));
                continue;
            }
            auto const* attribute = schema.find(name);
            CHECK(read_named(attribute != nullptr
                                 ? std::optional(AttributeRef{&schema, attribute, nullptr})
                                 : std::nullopt,
                             qualified, part.value()));
        }
        return {};
    }

    Status read_attribute(AttributeRef const& ref, value const& given) {
        auto const& attribute = *ref.attribute;
        if (attribute.mutability == Mutability::read_only) {
            note_read_only(print_name({attribute.name, ref}), ref, given, type_, notes_);
            return {};
        }
        TRY(auto read, read_value(given, attribute, limits_, notes_));
        if (read.is_null()) {
            body_.cleared.push_back(print_name({attribute.name, ref}));
            return {};
        }
        if (attribute.mutability == Mutability::write_only) {
            add_note(notes_, attribute.name, "accepted and not kept");
            return {};
        }
        holder(ref)[attribute.name] = std::move(read);
        return {};
    }

    boost::json::object& holder(AttributeRef const& ref) {
        if (ref.extension == nullptr) return body_.attributes;
        auto& extension = body_.attributes[ref.extension->urn];
        if (!extension.is_object()) extension.emplace_object();
        return extension.get_object();
    }

    ResourceType const& type_;
    Profile const& profile_;
    Limits const& limits_;
    Notes& notes_;
    ResourceBody body_;
    std::vector<PatchOperation> paths_;
    bool inside_core_ = false;
};

}  // namespace

Result<ResourceBody> read_resource(value const& body, ResourceType const& type,
                                   Profile const& profile, Limits const& limits, Notes& notes) {
    auto const* object = body.if_object();
    if (object == nullptr) {
        return fail({ErrorCode::invalid_syntax, "The body must be a JSON object."});
    }
    CHECK(check_given_once(*object, type, limits));
    BodyReader reader(type, profile, limits, notes);
    CHECK(reader.read_core(*object));
    return std::move(reader).finish();
}

void note_foreign_id(value const& body, std::string_view id, Notes& notes) {
    auto const* object = body.if_object();
    if (object == nullptr) return;
    for (auto const& part : *object) {
        if (!same_name({part.key().data(), part.key().size()}, "id")) continue;
        auto const* given = part.value().if_string();
        auto const is_own = given != nullptr && !id.empty() && as_text(*given) == id;
        if (!is_own && !part.value().is_null()) {
            add_note(notes, "id", "a read-only attribute was left out");
        }
    }
}

Result<boost::json::object> replace_resource(boost::json::object const& stored, ResourceBody body,
                                             ResourceType const& type) {
    // Checklist W-04: an omission must neither enable anybody nor break the provider's matching.
    static constexpr std::array<std::string_view, 2> kept{"active", "externalId"};
    for (auto const name : kept) {
        auto const* value = stored.if_contains(name);
        auto const mentioned = body.attributes.contains(name) ||
                               std::ranges::find(body.cleared, name) != body.cleared.end();
        if (value != nullptr && !mentioned) body.attributes[name] = *value;
    }
    keep_immutable(body.attributes, body.cleared, stored, type);
    CHECK(check_declared(body.attributes, type, &stored));
    return std::move(body.attributes);
}

}  // namespace rollcall::scim
