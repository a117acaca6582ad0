// Which attributes a response carries (RFC 7644 §3.9).
#include "scim/projection.hpp"

#include "base/text.hpp"
#include "scim/elements.hpp"
#include "scim/names.hpp"
#include "scim/notes.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace rollcall::scim {
namespace {

using boost::json::object;
using boost::json::value;

Error too_many_names(Limits const& limits) {
    return {ErrorCode::too_many,
            fmt::format("attributes, excludedAttributes: at most {} names can be given.",
                        limits.projection_names_max)};
}

// The next name of a comma-separated list. Commas inside brackets or quotes separate nothing
// (checklist A-10).
std::string_view take_name(std::string_view& list) {
    bool quoted = false;
    std::size_t brackets = 0;
    std::size_t end = 0;
    for (; end < list.size(); ++end) {
        auto const c = list[end];
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '[') ++brackets;
        if (c == ']' && brackets > 0) --brackets;
        if (c == ',' && brackets == 0) break;
    }
    auto const name = trim(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
    return name;
}

// `emails[type eq "work"].value` asks for `emails.value`.
std::string without_brackets(std::string_view name) {
    auto const open = name.find('[');
    if (open == std::string_view::npos) return std::string(name);
    auto const close = name.rfind(']');
    std::string plain(name.substr(0, open));
    if (close != std::string_view::npos && close > open) plain += name.substr(close + 1);
    return plain;
}

// Each attribute once, however often it is named.
Result<std::vector<AttributeRef>> parse_names(std::string_view list, ResourceType const& type,
                                              Limits const& limits) {
    std::vector<AttributeRef> refs;
    std::size_t names = 0;
    while (!list.empty()) {
        auto const name = take_name(list);
        if (name.empty()) continue;
        if (++names > limits.projection_names_max) return fail(too_many_names(limits));
        auto const ref = resolve(type, without_brackets(name));
        // Unknown names are ignored (checklist A-09), and so is the core schema's own URN.
        if (!ref || (ref->attribute == nullptr && ref->extension == nullptr)) continue;
        // `returned: never` stays so, asked for or not (checklist A-08).
        if (ref->attribute != nullptr && ref->attribute->returned == Returned::never) continue;
        if (std::ranges::find(refs, *ref) == refs.end()) refs.push_back(*ref);
    }
    return refs;
}

void note_unread(std::string_view parameter, std::string_view list,
                 std::initializer_list<ResourceType const*> types, Notes& notes) {
    while (!list.empty()) {
        auto const name = take_name(list);
        if (name.empty()) continue;
        auto const plain = without_brackets(name);
        auto const is_known = std::ranges::any_of(
            types, [&](ResourceType const* type) { return resolve(*type, plain).has_value(); });
        if (!is_known) {
            add_note(notes, plain,
                     fmt::format("an unknown attribute in {}; nothing has it", parameter));
        } else if (name.find('[') != std::string_view::npos) {
            add_note(notes, plain, fmt::format("the filter in {} was ignored", parameter));
        }
    }
}

bool stays_always(std::string_view name) {
    return name == "id" || name == "schemas";
}

std::string_view key_of(boost::json::key_value_pair const& part) {
    return {part.key().data(), part.key().size()};
}

// What the refs say about one attribute: all of it, some sub-attributes, or nothing.
struct Selection {
    bool whole = false;
    std::vector<std::string_view> subs;

    [[nodiscard]] bool has(std::string_view sub) const {
        return std::ranges::find(subs, sub) != subs.end();
    }
    [[nodiscard]] bool is_empty() const { return !whole && subs.empty(); }
};

Selection select(std::vector<AttributeRef> const& refs, Schema const* extension,
                 std::string_view name) {
    Selection selection;
    for (auto const& ref : refs) {
        if (ref.extension != extension) continue;
        if (ref.attribute == nullptr) {
            selection.whole = true;
        } else if (ref.attribute->name == name) {
            if (ref.sub_attribute == nullptr) selection.whole = true;
            if (ref.sub_attribute != nullptr) selection.subs.push_back(ref.sub_attribute->name);
        }
    }
    return selection;
}

template <class Drop>
void drop_parts(object& parts, Drop drop) {
    for (auto part = parts.begin(); part != parts.end();) {
        part = drop(*part) ? parts.stable_erase(part) : part + 1;
    }
}

// Drops sub-attributes of a value or of each of its elements; true if nothing is left.
template <class Drop>
bool drop_inner(value& found, Drop drop) {
    if (auto* list = found.if_array()) {
        if (list->empty()) return false;
        erase_elements(*list, [&](value& element) { return drop_inner(element, drop); });
        return list->empty();
    }
    auto* parts = found.if_object();
    if (parts == nullptr) return false;
    drop_parts(*parts, drop);
    return parts->empty();
}

// Keeps (or drops) the selected sub-attributes; true if nothing is left.
bool drops(value& found, Selection const& selection, bool keep) {
    if (selection.whole) return !keep;
    if (selection.subs.empty()) return keep;
    return drop_inner(found, [&](auto const& part) { return selection.has(key_of(part)) != keep; });
}

// What a client wishes for an attribute by naming it, or by naming others only.
enum class Wish : std::uint8_t { none, in_favour, against };

// RFC 7643 §7, `returned`.
bool is_shown(Returned returned, Wish wish) {
    switch (returned) {
        case Returned::always:
            return true;
        case Returned::never:
            return false;
        case Returned::request:
            return wish == Wish::in_favour;
        case Returned::standard:
            return wish != Wish::against;
    }
    return false;
}

bool limits_returned(ResourceType const& type, std::string_view urn) {
    return std::ranges::any_of(type.extensions, [&](Extension const& extension) {
        return extension.limits_returned && extension.schema->urn == urn;
    });
}

Schema const* extension_with_urn(std::vector<AttributeRef> const& refs, std::string_view urn) {
    for (auto const& ref : refs) {
        if (ref.extension != nullptr && ref.extension->urn == urn) return ref.extension;
    }
    return nullptr;
}

}  // namespace

Result<Projection> Projection::parse(std::string_view attributes, std::string_view excluded,
                                     ResourceType const& type, Limits const& limits) {
    Projection projection;
    if (std::ranges::any_of(type.extensions, &Extension::limits_returned)) projection.type_ = &type;
    auto const only = !trim(attributes).empty();
    auto const except = !trim(excluded).empty();
    if (only && except) {
        return fail({ErrorCode::invalid_value,
                     "attributes and excludedAttributes cannot be given together."});
    }
    if (only || except) {
        projection.is_default_ = false;
        projection.mode_ = only ? Mode::only : Mode::except;
        TRY(projection.refs_, parse_names(only ? attributes : excluded, type, limits));
    }
    return projection;
}

void Projection::hide(AttributeRef const& attribute) {
    if (mode_ == Mode::only) return;
    mode_ = Mode::except;
    refs_.push_back(attribute);
}

bool Projection::is_default() const noexcept {
    return is_default_;
}

bool Projection::wants(std::string_view attribute) const noexcept {
    if (mode_ == Mode::standard || stays_always(attribute)) return true;
    auto const covers = [&](AttributeRef const& ref) {
        if (ref.attribute == nullptr) return same_name(ref.extension->urn, attribute);
        auto const partly = mode_ == Mode::except && ref.sub_attribute != nullptr;
        auto const is_builtin =
            ref.extension == nullptr || ref.extension->urn == enterprise_user_urn;
        return is_builtin && !partly && same_name(ref.attribute->name, attribute);
    };
    return std::ranges::any_of(refs_, covers) == (mode_ == Mode::only);
}

void Projection::apply(object& resource) const {
    if (type_ != nullptr) apply_returned(resource);
    if (mode_ != Mode::standard) apply_requested(resource);
}

void Projection::apply_requested(object& resource) const {
    auto const keep = mode_ == Mode::only;
    drop_parts(resource, [&](auto& part) {
        auto const name = key_of(part);
        if (stays_always(name)) return false;
        if (name.find(':') == std::string_view::npos) {
            return drops(part.value(), select(refs_, nullptr, name), keep);
        }
        // What `returned` has a say in is reduced already.
        if (type_ != nullptr && limits_returned(*type_, name)) return false;
        auto const* extension = extension_with_urn(refs_, name);
        auto* parts = part.value().if_object();
        if (extension == nullptr || parts == nullptr) return keep;
        drop_parts(*parts, [&](auto& inner) {
            return drops(inner.value(), select(refs_, extension, key_of(inner)), keep);
        });
        return parts->empty();
    });
}

void Projection::apply_returned(object& resource) const {
    for (auto const& extension : type_->extensions) {
        if (!extension.limits_returned) continue;
        auto* found = resource.if_contains(extension.schema->urn);
        if (found == nullptr) continue;
        apply_returned(found->get_object(), *extension.schema);
        if (found->get_object().empty()) resource.stable_erase(extension.schema->urn);
    }
}

void Projection::apply_returned(object& parts, Schema const& extension) const {
    auto const only = mode_ == Mode::only;
    auto const except = mode_ == Mode::except;
    drop_parts(parts, [&](auto& part) {
        auto const* attribute = extension.find(key_of(part));
        if (attribute == nullptr) return true;
        auto const named = select(refs_, &extension, attribute->name);
        auto const wish = only ? (named.is_empty() ? Wish::against : Wish::in_favour)
                               : (except && named.whole ? Wish::against : Wish::none);
        if (!is_shown(attribute->returned, wish)) return true;
        if (attribute->type != Type::complex) return false;
        auto const wish_for = [&](Attribute const& sub) {
            if (except && named.has(sub.name)) return Wish::against;
            // Shown although nobody asked: with its usual parts.
            if (!only || named.is_empty()) return Wish::none;
            return named.whole || named.has(sub.name) ? Wish::in_favour : Wish::against;
        };
        return drop_inner(part.value(), [&](auto const& inner) {
            auto const* sub = attribute->find(key_of(inner));
            return sub == nullptr || !is_shown(sub->returned, wish_for(*sub));
        });
    });
}

void note_unread_names(std::string_view attributes, std::string_view excluded,
                       std::initializer_list<ResourceType const*> types, Notes& notes) {
    note_unread("attributes", attributes, types, notes);
    note_unread("excludedAttributes", excluded, types, notes);
}

}  // namespace rollcall::scim
