// Values of declared extensions: whether they still fit, what must be there, what must stay.
#include "scim/declared.hpp"

#include "base/text.hpp"
#include "base/timestamp.hpp"
#include "scim/elements.hpp"
#include "scim/names.hpp"
#include "scim/patch_edit.hpp"
#include "scim/print_name.hpp"
#include "scim/resource.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace rollcall::scim {
namespace {

using boost::json::object;
using boost::json::value;

std::string_view key_of(boost::json::key_value_pair const& part) {
    return {part.key().data(), part.key().size()};
}

object const* object_at(object const* holder, std::string_view name) {
    auto const* found = holder != nullptr ? holder->if_contains(name) : nullptr;
    return found != nullptr ? found->if_object() : nullptr;
}

bool fits_scalar(value const& stored, Attribute const& attribute) {
    auto const* text = stored.if_string();
    switch (attribute.type) {
        case Type::boolean:
            return stored.is_bool();
        case Type::integer:
            return stored.is_int64() || stored.is_uint64();
        case Type::decimal:
            return stored.is_number();
        case Type::string:
        case Type::reference:
            return text != nullptr;
        case Type::date_time:
            return text != nullptr && parse_timestamp(as_text(*text)).has_value();
        case Type::binary:
            return text != nullptr && is_base64(as_text(*text));
        case Type::complex:
            return false;
    }
    return false;
}

// Drops the parts that the attributes do not define, or define otherwise; true if some are left.
bool prune_parts(object& parts, std::vector<Attribute> const& attributes);

bool prune_one(value& stored, Attribute const& attribute) {
    if (attribute.type != Type::complex) return fits_scalar(stored, attribute);
    auto* parts = stored.if_object();
    return parts != nullptr && prune_parts(*parts, attribute.sub_attributes);
}

bool prune(value& stored, Attribute const& attribute) {
    auto* list = stored.if_array();
    if ((list != nullptr) != attribute.multi_valued) return false;
    if (list == nullptr) return prune_one(stored, attribute);
    erase_elements(*list, [&](value& element) { return !prune_one(element, attribute); });
    return !list->empty();
}

bool prune_parts(object& parts, std::vector<Attribute> const& attributes) {
    for (auto part = parts.begin(); part != parts.end();) {
        auto const found = std::ranges::find(attributes, key_of(*part), &Attribute::name);
        auto const fits = found != attributes.end() && prune(part->value(), *found);
        part = fits ? part + 1 : parts.stable_erase(part);
    }
    return !parts.empty();
}

bool is_missing(value const* found) {
    if (found == nullptr) return true;
    auto const* text = found->if_string();
    return text != nullptr && is_blank(as_text(*text));
}

Status check_required(object const& parts, std::vector<Attribute> const& attributes,
                      std::string const& prefix) {
    for (auto const& attribute : attributes) {
        auto const* found = parts.if_contains(attribute.name);
        if (attribute.required && is_missing(found)) {
            return fail(value_error(prefix + attribute.name, "is required"));
        }
        if (found == nullptr || attribute.type != Type::complex) continue;
        auto const inner = fmt::format("{}{}.", prefix, attribute.name);
        if (auto const* one = found->if_object()) {
            CHECK(check_required(*one, attribute.sub_attributes, inner));
        } else if (auto const* list = found->if_array()) {
            for (auto const& element : *list) {
                CHECK(check_required(element.as_object(), attribute.sub_attributes, inner));
            }
        }
    }
    return {};
}

bool is_same(Attribute const& attribute, value const& a, value const* b) {
    return b != nullptr && equal_scalar(attribute, a, *b);
}

// Single-valued complex attributes are looked into; an element of a list has no identity that would
// tell which one it was before.
Status check_immutable(object const& before, object const* after,
                       std::vector<Attribute> const& attributes, std::string const& prefix) {
    for (auto const& attribute : attributes) {
        auto const* old = before.if_contains(attribute.name);
        if (old == nullptr) continue;
        auto const* now = after != nullptr ? after->if_contains(attribute.name) : nullptr;
        if (attribute.mutability == Mutability::immutable && !is_same(attribute, *old, now)) {
            return fail(
                mutability_error(prefix + attribute.name, "cannot be changed once it is set"));
        }
        auto const* parts = old->if_object();
        if (parts == nullptr || now == nullptr) continue;
        CHECK(check_immutable(*parts, now->if_object(), attribute.sub_attributes,
                              fmt::format("{}{}.", prefix, attribute.name)));
    }
    return {};
}

}  // namespace

void drop_unfitting(object& resource, ResourceType const& type) {
    for (auto part = resource.begin(); part != resource.end();) {
        auto const urn = key_of(*part);
        if (urn.find(':') == std::string_view::npos) {
            ++part;
            continue;
        }
        auto const found = std::ranges::find_if(
            type.extensions, [&](Extension const& known) { return known.schema->urn == urn; });
        auto* parts = part->value().if_object();
        auto const fits = found != type.extensions.end() && parts != nullptr &&
                          (!found->declared || prune_parts(*parts, found->schema->attributes));
        part = fits ? part + 1 : resource.stable_erase(part);
    }
}

Status check_declared(object const& attributes, ResourceType const& type, object const* before) {
    for (auto const& extension : type.extensions) {
        if (!extension.declared) continue;
        auto const& [urn, name, description, defined] = *extension.schema;
        auto const* now = object_at(&attributes, urn);
        auto const* old = object_at(before, urn);
        auto const unchanged =
            now != nullptr ? old != nullptr && *old == *now : before != nullptr && old == nullptr;
        if (unchanged) continue;
        auto const prefix = urn + ":";
        if (old != nullptr) CHECK(check_immutable(*old, now, defined, prefix));
        if (now != nullptr) CHECK(check_required(*now, defined, prefix));
        if (now == nullptr && extension.required) {
            return fail(value_error(urn, "this extension is required"));
        }
    }
    return {};
}

void keep_immutable(object& next, std::vector<std::string> const& cleared, object const& stored,
                    ResourceType const& type) {
    for (auto const& extension : type.extensions) {
        auto const* old = extension.declared ? object_at(&stored, extension.schema->urn) : nullptr;
        if (old == nullptr) continue;
        for (auto const& attribute : extension.schema->attributes) {
            auto const* kept = old->if_contains(attribute.name);
            if (kept == nullptr || attribute.mutability != Mutability::immutable) continue;
            AttributeRef const ref{extension.schema, &attribute, nullptr};
            auto const name = print_name({attribute.name, ref});
            if (std::ranges::find(cleared, name) != cleared.end()) continue;
            auto& holder = next[extension.schema->urn];
            if (!holder.is_object()) holder.emplace_object();
            if (!holder.get_object().contains(attribute.name)) {
                holder.get_object()[attribute.name] = *kept;
            }
        }
    }
}

}  // namespace rollcall::scim
