// Finding attributes by the names clients write.
#include "scim/schema.hpp"

#include "scim/names.hpp"
#include "scim/tables.hpp"

#include <algorithm>
#include <array>

namespace rollcall::scim {
namespace {

// Spellings of URNs seen in the wild (checklist I-11) and the schema they mean; an empty meaning
// is the core schema of whatever type is addressed.
struct LegacyUrn {
    std::string_view spelling;
    std::string_view meaning;
};
constexpr std::array legacy_urns{
    LegacyUrn{"urn:ietf:params:scim:schemas:extension:enterprise:2.0User", enterprise_user_urn},
    LegacyUrn{"urn:scim:schemas:extension:enterprise:2.0", enterprise_user_urn},
    LegacyUrn{"urn:scim:schemas:extension:enterprise:1.0", enterprise_user_urn},
    LegacyUrn{"urn:scim:schemas:core:2.0", ""},
    LegacyUrn{"urn:scim:schemas:core:1.0", ""},
    LegacyUrn{"http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group",
              group_urn},
};

Schema const* schema_with_urn(ResourceType const& type, std::string_view urn) noexcept {
    if (urn.empty() || same_name(urn, type.core->urn)) return type.core;
    for (auto const& extension : type.extensions) {
        if (same_name(urn, extension.schema->urn)) return extension.schema;
    }
    return nullptr;
}

Attribute const* find_in(std::vector<Attribute> const& attributes, std::string_view name) noexcept {
    auto const found = std::ranges::find_if(
        attributes, [&](Attribute const& candidate) { return same_name(candidate.name, name); });
    return found == attributes.end() ? nullptr : &*found;
}

// A name split behind the URN it starts with: on the known URN, never on a dot or colon by guess
// (checklist E-04).
struct QualifiedName {
    Schema const* schema = nullptr;
    std::string_view rest;  ///< without the separator
};

void try_urn(std::string_view name, std::string_view urn, Schema const* schema,
             QualifiedName& best) {
    if (schema == nullptr || !starts_with_name(name, urn)) return;
    auto const rest = name.substr(urn.size());
    if (!rest.empty() && rest.front() != ':' && rest.front() != '.') return;
    if (best.schema != nullptr && best.rest.size() <= rest.size()) return;
    best = {schema, rest.empty() ? rest : rest.substr(1)};
}

std::optional<QualifiedName> split_urn(ResourceType const& type, std::string_view name) {
    if (name.find(':') == std::string_view::npos) return std::nullopt;
    QualifiedName best;
    try_urn(name, type.core->urn, type.core, best);
    for (auto const& extension : type.extensions) {
        try_urn(name, extension.schema->urn, extension.schema, best);
    }
    for (auto const& [spelling, meaning] : legacy_urns) {
        try_urn(name, spelling, schema_with_urn(type, meaning), best);
    }
    if (best.schema == nullptr) return std::nullopt;
    return best;
}

// By bare name, an extension's attribute counts if no other extension has one of that name
// (checklist I-15).
std::optional<AttributeRef> find_unqualified(ResourceType const& type, std::string_view name) {
    if (auto const* attribute = type.core->find(name)) return AttributeRef{nullptr, attribute};
    if (auto const* attribute = common_attributes().find(name)) {
        return AttributeRef{nullptr, attribute};
    }
    std::optional<AttributeRef> found;
    for (auto const& extension : type.extensions) {
        auto const* attribute = extension.schema->find(name);
        if (attribute == nullptr) continue;
        if (found) return std::nullopt;
        found = AttributeRef{extension.schema, attribute};
    }
    return found;
}

std::optional<AttributeRef> find_qualified(ResourceType const& type, Schema const& schema,
                                           std::string_view name) {
    auto const* attribute = schema.find(name);
    if (&schema != type.core) {
        if (attribute == nullptr) return std::nullopt;
        return AttributeRef{&schema, attribute};
    }
    if (attribute == nullptr) attribute = common_attributes().find(name);
    if (attribute == nullptr) return std::nullopt;
    return AttributeRef{nullptr, attribute};
}

}  // namespace

Attribute const* Attribute::find(std::string_view sub_name) const noexcept {
    return find_in(sub_attributes, sub_name);
}

Attribute const* Schema::find(std::string_view attribute_name) const noexcept {
    return find_in(attributes, attribute_name);
}

Schema const* ResourceType::find_schema(std::string_view urn) const noexcept {
    if (urn.empty()) return nullptr;
    if (auto const* schema = schema_with_urn(*this, urn)) return schema;
    for (auto const& [spelling, meaning] : legacy_urns) {
        if (same_name(urn, spelling)) return schema_with_urn(*this, meaning);
    }
    return nullptr;
}

bool ResourceType::has_immutable() const noexcept {
    return std::ranges::any_of(extensions, &Extension::has_immutable);
}

Schema const& common_attributes() {
    static Schema const schema = tables::make_common_attributes();
    return schema;
}

std::vector<std::string_view> const& legacy_spellings() {
    static auto const all = [] {
        std::vector<std::string_view> spellings;
        for (auto const& legacy : legacy_urns) spellings.push_back(legacy.spelling);
        return spellings;
    }();
    return all;
}

std::optional<AttributeRef> resolve(ResourceType const& type, std::string_view name) {
    auto const qualified = split_urn(type, name);
    if (qualified && qualified->rest.empty()) {
        return AttributeRef{qualified->schema == type.core ? nullptr : qualified->schema};
    }
    auto const rest = qualified ? qualified->rest : name;
    auto const dot = rest.find('.');
    auto const attribute_name = rest.substr(0, dot);
    auto ref = qualified ? find_qualified(type, *qualified->schema, attribute_name)
                         : find_unqualified(type, attribute_name);
    if (!ref || dot == std::string_view::npos) return ref;
    ref->sub_attribute = ref->attribute->find(rest.substr(dot + 1));
    if (ref->sub_attribute == nullptr) return std::nullopt;
    return ref;
}

}  // namespace rollcall::scim
