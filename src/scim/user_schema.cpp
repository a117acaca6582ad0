// Attributes of every resource, of users, and of the enterprise extension (RFC 7643 §3.1, §4.1,
// §4.3; characteristics of checklist U-19).
#include "scim/tables.hpp"

namespace rollcall::scim::tables {
namespace {

Attribute user_name_attribute() {
    auto name =
        required(unique(text("userName", "The name the provider knows the user by; unique.")));
    name.is_user_name = true;
    return name;
}

Attribute name_attribute() {
    return complex("name", "The parts of the user's real name.",
                   {text("formatted", "The whole name, ready for display."),
                    text("familyName", "The family name, or last name."),
                    text("givenName", "The given name, or first name."),
                    text("middleName", "The middle names."),
                    text("honorificPrefix", "A title in front of the name."),
                    text("honorificSuffix", "A suffix behind the name.")});
}

Attribute addresses_attribute() {
    return list(
        complex("addresses", "Postal addresses of the user.",
                {text("formatted", "The whole address, ready for display or a mailing label."),
                 text("streetAddress", "Street, house number, post box and the like."),
                 text("locality", "The city or locality."), text("region", "The state or region."),
                 text("postalCode", "The postal code."), text("country", "The country."),
                 suggest({"work", "home", "other"}, text("type", "What this address is used for.")),
                 boolean("primary", "Whether this is the preferred address; one at most.")}));
}

Attribute groups_attribute() {
    return read_only(link(list(complex(
        "groups", "The groups the user belongs to; changed through the groups only.",
        {text("value", "The id of the group."),
         reference("$ref", {"Group"}, "The URI of the group."),
         text("display", "The group's displayName."),
         suggest(
             {"direct", "indirect"},
             text("type", "Whether the user is a member itself or through another group."))}))));
}

Attribute password_attribute() {
    auto password = text("password", "Accepted and not kept; no one can sign in with it.");
    password.mutability = Mutability::write_only;
    password.returned = Returned::never;
    return password;
}

Attribute photo_value() {
    return reference("value", {"external"}, "The URI of a picture of the user.");
}

Attribute certificate_value() {
    return exact(make("value", Type::binary, "An X.509 certificate, DER, in base64."));
}

void append_singular(std::vector<Attribute>& attributes) {
    attributes.push_back(user_name_attribute());
    attributes.push_back(name_attribute());
    attributes.push_back(text("displayName", "The name shown to other people."));
    attributes.push_back(text("nickName", "The casual name."));
    attributes.push_back(reference("profileUrl", {"external"}, "The URI of the user's profile."));
    attributes.push_back(text("title", "The job title."));
    attributes.push_back(text("userType", "The relationship with the organization."));
    attributes.push_back(text("preferredLanguage", "Languages the user prefers."));
    attributes.push_back(text("locale", "The locale for numbers, dates and currency."));
    attributes.push_back(text("timezone", "The time zone."));
    attributes.push_back(boolean("active", "Whether the user may use the service."));
    attributes.push_back(password_attribute());
}

void append_plural(std::vector<Attribute>& attributes) {
    attributes.push_back(plural("emails", "E-mail addresses of the user.",
                                text("value", "An e-mail address."), {"work", "home", "other"}));
    attributes.push_back(plural("phoneNumbers", "Phone numbers of the user.",
                                text("value", "A phone number."),
                                {"work", "home", "mobile", "fax", "pager", "other"}));
    attributes.push_back(plural("ims", "Instant messaging addresses of the user.",
                                text("value", "An address."),
                                {"aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"}));
    attributes.push_back(
        plural("photos", "Pictures of the user.", photo_value(), {"photo", "thumbnail"}));
    attributes.push_back(addresses_attribute());
    attributes.push_back(groups_attribute());
    attributes.push_back(plural("entitlements", "Things the user is entitled to.",
                                text("value", "An entitlement."), {}));
    attributes.push_back(plural("roles", "Roles of the user.", text("value", "A role."), {}));
    attributes.push_back(
        plural("x509Certificates", "Certificates of the user.", certificate_value(), {}));
}

}  // namespace

Schema make_common_attributes() {
    Schema common{"", "Common", "Attributes of every resource.", {}};
    common.attributes = {
        // URNs are compared without case (checklist F-22), so not exact. PATCH treats the
        // attribute on its own terms (checklist P-55).
        read_only(always(list(text("schemas", "The schemas of the resource.")))),
        read_only(always(unique(exact(text("id", "The resource's id, given by the server."))))),
        exact(text("externalId", "The resource's id at the provider.")),
        read_only(complex("meta", "Data about the resource.",
                          {exact(text("resourceType", "The name of the resource type.")),
                           date_time("created", "When the resource was created."),
                           date_time("lastModified", "When the resource last changed."),
                           reference("location", {"uri"}, "The URI of the resource."),
                           exact(text("version", "The version, equal to the ETag."))}))};
    return common;
}

Schema make_user_schema() {
    Schema user{std::string(user_urn), "User", "A user account", {}};
    append_singular(user.attributes);
    append_plural(user.attributes);
    return user;
}

Schema make_enterprise_user_schema() {
    Schema enterprise{
        std::string(enterprise_user_urn), "EnterpriseUser", "A user's place in an enterprise", {}};
    enterprise.attributes = {
        text("employeeNumber", "The number given by the employer."),
        text("costCenter", "The cost center."),
        text("organization", "The organization."),
        text("division", "The division."),
        text("department", "The department."),
        link(complex("manager", "The user's manager.",
                     {text("value", "The id of the manager's user."),
                      reference("$ref", {"User"}, "The URI of the manager's user."),
                      read_only(text("displayName", "The manager's displayName."))}))};
    return enterprise;
}

}  // namespace rollcall::scim::tables
