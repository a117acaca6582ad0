// One function for each level: schema, attribute, characteristic.
#include "scim/schema_json.hpp"

#include "scim/characteristics.hpp"
#include "scim/names.hpp"
#include "scim/notes.hpp"
#include "scim/scalar.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <utility>

namespace rollcall::scim {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

array strings(std::vector<std::string> const& texts) {
    array list;
    for (auto const& text : texts) list.emplace_back(text);
    return list;
}

array attributes_to_json(std::vector<Attribute> const& attributes);

object to_json(Attribute const& attribute) {
    object json;
    json["name"] = attribute.name;
    json["type"] = to_string(attribute.type);
    json["multiValued"] = attribute.multi_valued;
    json["description"] = attribute.description;
    json["required"] = attribute.required;
    if (!attribute.canonical_values.empty()) {
        json["canonicalValues"] = strings(attribute.canonical_values);
    }
    json["caseExact"] = attribute.case_exact;
    json["mutability"] = to_string(attribute.mutability);
    json["returned"] = to_string(attribute.returned);
    json["uniqueness"] = to_string(attribute.uniqueness);
    if (attribute.type == Type::reference) {
        json["referenceTypes"] = strings(attribute.reference_types);
    }
    if (attribute.type == Type::complex) {
        json["subAttributes"] = attributes_to_json(attribute.sub_attributes);
    }
    return json;
}

array attributes_to_json(std::vector<Attribute> const& attributes) {
    array list;
    for (auto const& attribute : attributes) list.push_back(to_json(attribute));
    return list;
}

std::string_view key_of(boost::json::key_value_pair const& part) {
    return {part.key().data(), part.key().size()};
}

Status read_text(value const& given, std::string const& field, std::string& text) {
    if (!given.is_string()) return fail(value_error(field, "must be a string"));
    text = as_text(given.get_string());
    return {};
}

Status read_flag(value const& given, std::string const& field, bool& flag) {
    if (!given.is_bool()) return fail(value_error(field, "must be true or false"));
    flag = given.get_bool();
    return {};
}

Status read_texts(value const& given, std::string const& field, std::vector<std::string>& texts) {
    auto const* list = given.if_array();
    if (list == nullptr) return fail(value_error(field, "must be a list of strings"));
    for (auto const& element : *list) {
        if (!element.is_string()) return fail(value_error(field, "must be a list of strings"));
        texts.emplace_back(as_text(element.get_string()));
    }
    return {};
}

template <class Enum>
Status read_enum(value const& given, std::string const& field, Enum& target) {
    auto const* word = given.if_string();
    if (word != nullptr && read_word(as_text(*word), target)) return {};
    return fail(value_error(field, "must be one of the words of RFC 7643, section 7"));
}

Status read_attributes(value const& given, std::string const& field,
                       std::vector<Attribute>& attributes);

Status read_characteristic(std::string_view name, value const& given, std::string const& field,
                           Attribute& attribute) {
    if (same_name(name, "type")) return read_enum(given, field, attribute.type);
    if (same_name(name, "multiValued")) return read_flag(given, field, attribute.multi_valued);
    if (same_name(name, "description")) return read_text(given, field, attribute.description);
    if (same_name(name, "required")) return read_flag(given, field, attribute.required);
    if (same_name(name, "canonicalValues")) {
        return read_texts(given, field, attribute.canonical_values);
    }
    if (same_name(name, "caseExact")) return read_flag(given, field, attribute.case_exact);
    if (same_name(name, "mutability")) return read_enum(given, field, attribute.mutability);
    if (same_name(name, "returned")) return read_enum(given, field, attribute.returned);
    if (same_name(name, "uniqueness")) return read_enum(given, field, attribute.uniqueness);
    if (same_name(name, "referenceTypes")) {
        return read_texts(given, field, attribute.reference_types);
    }
    if (same_name(name, "subAttributes")) {
        return read_attributes(given, field, attribute.sub_attributes);
    }
    return fail(value_error(field, "is not a characteristic of attributes"));
}

Result<Attribute> read_attribute(object const& json, std::string const& place) {
    Attribute attribute;
    for (auto const& part : json) {
        if (!same_name(key_of(part), "name")) continue;
        CHECK(read_text(part.value(), place + ".name", attribute.name));
    }
    if (attribute.name.empty()) return fail(value_error(place + ".name", "is required"));
    auto const named = shown_name(attribute.name);
    bool says_returned = false;
    for (auto const& part : json) {
        auto const name = key_of(part);
        if (same_name(name, "name") || part.value().is_null()) continue;
        says_returned = says_returned || same_name(name, "returned");
        CHECK(read_characteristic(name, part.value(), fmt::format("{}.{}", named, shown_name(name)),
                                  attribute));
    }
    if (attribute.type == Type::reference || attribute.type == Type::binary) {
        attribute.case_exact = true;
    }
    if (attribute.mutability == Mutability::write_only && !says_returned) {
        attribute.returned = Returned::never;
    }
    return attribute;
}

Status read_attributes(value const& given, std::string const& field,
                       std::vector<Attribute>& attributes) {
    auto const* list = given.if_array();
    if (list == nullptr) return fail(value_error(field, "must be a list of attributes"));
    attributes.reserve(list->size());
    for (auto const& element : *list) {
        auto const place = fmt::format("{}[{}]", field, attributes.size());
        auto const* json = element.if_object();
        if (json == nullptr) return fail(value_error(place, "must be an object"));
        TRY(auto attribute, read_attribute(*json, place));
        attributes.push_back(std::move(attribute));
    }
    return {};
}

}  // namespace

object schema_to_json(Schema const& schema) {
    object json;
    json["id"] = schema.urn;
    json["name"] = schema.name;
    json["description"] = schema.description;
    json["attributes"] = attributes_to_json(schema.attributes);
    return json;
}

Result<Schema> schema_from_json(object const& json) {
    Schema schema;
    for (auto const& part : json) {
        auto const name = key_of(part);
        auto const& given = part.value();
        if (given.is_null() || same_name(name, "schemas") || same_name(name, "meta")) continue;
        if (same_name(name, "id")) {
            CHECK(read_text(given, "id", schema.urn));
        } else if (same_name(name, "name")) {
            CHECK(read_text(given, "name", schema.name));
        } else if (same_name(name, "description")) {
            CHECK(read_text(given, "description", schema.description));
        } else if (same_name(name, "attributes")) {
            CHECK(read_attributes(given, "attributes", schema.attributes));
        } else {
            return fail(value_error(shown_name(name), "is not a field of schemas"));
        }
    }
    return schema;
}

}  // namespace rollcall::scim
