// From the whole to its parts: URN, counts, attributes, sub-attributes.
#include "scim/schema_rules.hpp"

#include "base/text.hpp"
#include "scim/names.hpp"
#include "scim/notes.hpp"
#include "scim/resource_types.hpp"
#include "scim/scalar.hpp"
#include "scim/schema_json.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>

namespace rollcall::scim {
namespace {

bool is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

bool is_letter_or_digit(char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
}

// RFC 8141 §2, with the characters that filters and paths can hold.
bool is_urn(std::string_view text) {
    constexpr std::string_view scheme = "urn:";
    if (!starts_with_name(text, scheme) || text.size() > Limits::schema_urn_bytes_max) return false;
    auto const rest = text.substr(scheme.size());
    auto const colon = rest.find(':');
    if (colon == std::string_view::npos) return false;
    auto const name_space = rest.substr(0, colon);
    auto const specific = rest.substr(colon + 1);
    auto const in_namespace = [](char c) { return is_letter_or_digit(c) || c == '-'; };
    auto const in_specific = [](char c) {
        return is_letter_or_digit(c) || std::string_view("-._:").find(c) != std::string_view::npos;
    };
    return name_space.size() >= 2 && name_space.size() <= Limits::schema_namespace_bytes_max &&
           is_letter_or_digit(name_space.front()) && is_letter_or_digit(name_space.back()) &&
           std::ranges::all_of(name_space, in_namespace) && !specific.empty() &&
           is_letter_or_digit(specific.back()) && std::ranges::all_of(specific, in_specific) &&
           specific.find("..") == std::string_view::npos;
}

Status check_urn(std::string_view urn) {
    if (!is_urn(urn)) {
        return fail(value_error(
            "id",
            "must be a URN such as urn:acme:scim:schemas:1.0:User: letters, digits, '-', "
            "'.', '_' and ':', at most 256 bytes, with a letter or digit at the end"));
    }
    auto const is_taken = [&](std::string_view known) { return urns_overlap(urn, known); };
    auto const& announced = builtin_types().announced();
    auto const& legacy = legacy_spellings();
    if (std::ranges::any_of(announced, is_taken, &Schema::urn) ||
        std::ranges::any_of(legacy, is_taken)) {
        return fail(
            value_error("id", "must not be the URN of a built-in schema or begin like one"));
    }
    return {};
}

bool is_declared_name(std::string_view name, bool is_sub) {
    // RFC 7643 §2.1; `$ref` is the one name in use that does not follow its grammar (G-01).
    if (is_sub && name == "$ref") return true;
    return !name.empty() && is_letter(name.front()) && std::ranges::all_of(name, [](char c) {
        return is_letter_or_digit(c) || c == '$' || c == '-' || c == '_';
    });
}

Status check_promises(Attribute const& attribute, std::string const& place) {
    if (attribute.uniqueness != Uniqueness::none) {
        return fail(value_error(place + ".uniqueness",
                                "must be none; nothing else is enforced for declared attributes"));
    }
    auto const not_kept = attribute.mutability == Mutability::write_only;
    if (attribute.required && (not_kept || attribute.mutability == Mutability::read_only)) {
        return fail(value_error(place + ".required",
                                "must be false for an attribute that is readOnly or writeOnly"));
    }
    if (not_kept && attribute.returned != Returned::never) {
        return fail(value_error(place + ".returned", "must be never for a writeOnly attribute"));
    }
    return {};
}

Status check_attributes(std::vector<Attribute> const& attributes, std::string const& prefix);

Status check_attribute(Attribute const& attribute, std::string const& place, bool is_sub) {
    if (!is_declared_name(attribute.name, is_sub)) {
        return fail(value_error(place, "a name is a letter, then letters, digits, '$', '-', '_'"));
    }
    CHECK(check_promises(attribute, place));
    if (attribute.type != Type::reference && !attribute.reference_types.empty()) {
        return fail(value_error(place + ".referenceTypes", "is for the type reference only"));
    }
    if (attribute.type != Type::complex) {
        if (attribute.sub_attributes.empty()) return {};
        return fail(value_error(place + ".subAttributes", "is for the type complex only"));
    }
    if (is_sub) return fail(value_error(place, "a sub-attribute must not be complex"));
    if (attribute.sub_attributes.empty()) {
        return fail(value_error(place + ".subAttributes", "is required for the type complex"));
    }
    return check_attributes(attribute.sub_attributes, place + ".");
}

// `prefix` is empty for the attributes of a schema, else "attribute.".
Status check_attributes(std::vector<Attribute> const& attributes, std::string const& prefix) {
    std::set<std::string> names;
    for (auto const& attribute : attributes) {
        auto const place = prefix + shown_name(attribute.name);
        CHECK(check_attribute(attribute, place, !prefix.empty()));
        if (!names.insert(ascii_lower(attribute.name)).second) {
            return fail(value_error(place, "two attributes have this name"));
        }
    }
    return {};
}

std::size_t count(std::vector<Attribute> const& attributes) {
    auto total = attributes.size();
    for (auto const& attribute : attributes) total += attribute.sub_attributes.size();
    return total;
}

Status check_size(Schema const& schema, Limits const& limits) {
    if (schema.attributes.empty()) return fail(value_error("attributes", "must not be empty"));
    if (count(schema.attributes) > limits.schema_attributes_max) {
        return fail(
            {ErrorCode::too_many, fmt::format("attributes: at most {}, sub-attributes included.",
                                              limits.schema_attributes_max)});
    }
    if (boost::json::serialize(schema_to_json(schema)).size() > limits.schema_bytes_max) {
        return fail({ErrorCode::too_many,
                     fmt::format("schema: at most {} bytes as JSON.", limits.schema_bytes_max)});
    }
    return {};
}

}  // namespace

bool urns_overlap(std::string_view a, std::string_view b) noexcept {
    auto const continues = [](std::string_view longer, std::string_view shorter) {
        if (!starts_with_name(longer, shorter)) return false;
        return longer.size() == shorter.size() || longer[shorter.size()] == ':' ||
               longer[shorter.size()] == '.';
    };
    return continues(a, b) || continues(b, a);
}

Status check_declared_schema(Schema const& schema, Limits const& limits) {
    CHECK(check_urn(schema.urn));
    if (trim(schema.name).empty()) return fail(value_error("name", "is required"));
    if (has_control_character(schema.name) ||
        count_code_points(schema.name) > limits.name_code_points_max) {
        return fail(value_error("name", fmt::format("has at most {} characters, none of them a "
                                                    "control character",
                                                    limits.name_code_points_max)));
    }
    CHECK(check_size(schema, limits));
    return check_attributes(schema.attributes, {});
}

}  // namespace rollcall::scim
