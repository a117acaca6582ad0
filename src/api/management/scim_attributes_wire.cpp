// Attributes of RFC 7643 in the contract's spelling.
#include "api/management/scim_attributes_wire.hpp"

#include "api/management/json.hpp"

#include <boost/json/array.hpp>

#include <array>
#include <string_view>
#include <utility>

namespace rollcall::api::management {
namespace {

using boost::json::object;

/// A field of the contract, and the attribute it shows.
using Field = std::pair<std::string_view, std::string_view>;

constexpr std::array text_fields{
    Field{"user_name", "userName"},
    Field{"external_id", "externalId"},
    Field{"display_name", "displayName"},
    Field{"nick_name", "nickName"},
    Field{"profile_url", "profileUrl"},
    Field{"user_type", "userType"},
    Field{"title", "title"},
    Field{"preferred_language", "preferredLanguage"},
    Field{"locale", "locale"},
    Field{"timezone", "timezone"},
};
constexpr std::array value_fields{
    Field{"emails", "emails"},
    Field{"phone_numbers", "phoneNumbers"},
    Field{"ims", "ims"},
    Field{"photos", "photos"},
    Field{"entitlements", "entitlements"},
    Field{"roles", "roles"},
    Field{"x509certificates", "x509Certificates"},
};
constexpr std::array address_fields{
    Field{"formatted", "formatted"},    Field{"street_address", "streetAddress"},
    Field{"locality", "locality"},      Field{"region", "region"},
    Field{"postal_code", "postalCode"}, Field{"country", "country"},
};
constexpr std::array name_fields{
    Field{"formatted", "formatted"},
    Field{"family_name", "familyName"},
    Field{"given_name", "givenName"},
    Field{"middle_name", "middleName"},
    Field{"honorific_prefix", "honorificPrefix"},
    Field{"honorific_suffix", "honorificSuffix"},
};
constexpr std::array enterprise_fields{
    Field{"employee_number", "employeeNumber"},
    Field{"cost_center", "costCenter"},
    Field{"division", "division"},
    Field{"department", "department"},
    Field{"organization", "organization"},
};
constexpr std::array manager_fields{
    Field{"value", "value"},
    Field{"ref", "$ref"},
    Field{"display_name", "displayName"},
};
constexpr std::string_view enterprise_urn =
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

object const* object_at(object const& from, std::string_view attribute) {
    auto const* value = from.if_contains(attribute);
    return value == nullptr ? nullptr : value->if_object();
}

std::string_view text_at(object const& from, std::string_view attribute) {
    auto const* value = from.if_contains(attribute);
    if (value == nullptr || !value->is_string()) return {};
    return value->get_string();
}

bool flag_at(object const& from, std::string_view attribute, bool otherwise) {
    auto const* value = from.if_contains(attribute);
    return value == nullptr || !value->is_bool() ? otherwise : value->get_bool();
}

template <class Fields>
void put_texts(JsonObject& out, object const& from, Fields const& fields) {
    for (auto const& [name, attribute] : fields) out.text(name, text_at(from, attribute));
}

// The elements of a list attribute, each with the texts `fields`, its type and whether it is the
// primary one.
template <class Fields>
void put_list(JsonObject& out, std::string_view name, object const& from,
              std::string_view attribute, Fields const& fields) {
    auto& list = out.value(name);
    auto const* value = from.if_contains(attribute);
    auto const* elements = value == nullptr ? nullptr : value->if_array();
    list += '[';
    bool first = true;
    if (elements != nullptr) {
        for (auto const& element : *elements) {
            auto const* given = element.if_object();
            if (given == nullptr) continue;
            if (!std::exchange(first, false)) list += ',';
            JsonObject one(list);
            put_texts(one, *given, fields);
            one.text("type", text_at(*given, "type"));
            one.boolean("primary", flag_at(*given, "primary", false));
            one.close();
        }
    }
    list += ']';
}

template <class Fields>
void put_object_or_null(JsonObject& out, std::string_view name, object const* from,
                        Fields const& fields) {
    if (from == nullptr) {
        out.null(name);
        return;
    }
    JsonObject one(out.value(name));
    put_texts(one, *from, fields);
    one.close();
}

void put_enterprise(JsonObject& out, object const& attributes) {
    auto const* from = object_at(attributes, enterprise_urn);
    if (from == nullptr) {
        out.null("enterprise_extension");
        return;
    }
    JsonObject extension(out.value("enterprise_extension"));
    put_texts(extension, *from, enterprise_fields);
    put_object_or_null(extension, "manager", object_at(*from, "manager"), manager_fields);
    extension.close();
}

void group_to_json(std::string& out, directory::GroupOfUser const& group) {
    JsonObject object(out);
    object.text("value", to_string(group.group));
    object.text("display", group.display_name);
    object.close();
}

}  // namespace

void scim_attributes_to_json(std::string& out, directory::User const& user) {
    constexpr std::array value_field{Field{"value", "value"}};
    auto const& attributes = user.attributes;
    JsonObject object(out);
    object.text("id", to_string(user.id));
    put_texts(object, attributes, text_fields);
    object.boolean("active", flag_at(attributes, "active", true));
    append_list(object.value("groups"), user.groups, group_to_json);
    for (auto const& [name, attribute] : value_fields) {
        put_list(object, name, attributes, attribute, value_field);
    }
    put_list(object, "addresses", attributes, "addresses", address_fields);
    put_object_or_null(object, "name", object_at(attributes, "name"), name_fields);
    put_enterprise(object, attributes);
    object.close();
}

}  // namespace rollcall::api::management
