// Bodies and filters as the two providers document and send them.
#include "cli/dialect.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace rollcall::cli {
namespace {

namespace json = boost::json;

constexpr std::string_view user_schema = "urn:ietf:params:scim:schemas:core:2.0:User";
constexpr std::string_view group_schema = "urn:ietf:params:scim:schemas:core:2.0:Group";
constexpr std::string_view enterprise_schema =
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
constexpr std::string_view patch_schema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
constexpr std::string_view entra_group_schema =
    "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group";

/// Percent-encodes all but unreserved characters; a space becomes `space`.
std::string encode(std::string_view text, std::string_view space) {
    std::string out;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
        } else if (c == ' ') {
            out += space;
        } else {
            out += fmt::format("%{:02X}", byte);
        }
    }
    return out;
}

/// `attribute eq "value"`; the samples contain neither quotes nor backslashes.
std::string equals(std::string_view attribute, std::string_view value) {
    return fmt::format("{} eq \"{}\"", attribute, value);
}

json::array emails_of(SamplePerson const& person) {
    return {json::object{{"primary", true}, {"type", "work"}, {"value", person.user_name}}};
}

std::string okta_person(SamplePerson const& person) {
    return json::serialize(json::object{
        {"schemas", json::array{user_schema, enterprise_schema}},
        {"userName", person.user_name},
        {"name",
         json::object{{"givenName", person.given_name}, {"familyName", person.family_name}}},
        {"emails", emails_of(person)},
        {"title", person.title},
        {"displayName", person.display_name},
        {"locale", "en-US"},
        {"externalId", person.external_id},
        {"groups", json::array{}},
        {"active", true},
        {enterprise_schema, json::object{{"employeeNumber", person.employee_number},
                                         {"department", person.department}}},
    });
}

std::string entra_person(SamplePerson const& person) {
    return json::serialize(json::object{
        {"schemas", json::array{user_schema, enterprise_schema}},
        {"externalId", person.external_id},
        {"userName", person.user_name},
        {"active", true},
        {"addresses", nullptr},
        {"displayName", person.display_name},
        {"emails", emails_of(person)},
        {"meta", json::object{{"resourceType", "User"}}},
        {"name", json::object{{"formatted", person.display_name},
                              {"familyName", person.family_name},
                              {"givenName", person.given_name}}},
        {"roles", json::array{}},
        {"title", person.title},
        {enterprise_schema, json::object{{"employeeNumber", person.employee_number},
                                         {"department", person.department}}},
    });
}

}  // namespace

std::vector<std::pair<std::string, std::string>> Dialect::headers() const {
    std::vector<std::pair<std::string, std::string>> headers{
        {"Accept", "application/scim+json"},
        {"Content-Type", "application/scim+json; charset=utf-8"}};
    if (provider_ == Provider::okta) headers.emplace_back("Accept-Charset", "utf-8");
    return headers;
}

std::string Dialect::find_person(SamplePerson const& person) const {
    auto const filter = equals("userName", person.user_name);
    if (provider_ == Provider::okta) {
        return "/Users?filter=" + encode(filter, "%20") + "&startIndex=1&count=100";
    }
    return "/Users?filter=" + encode(filter, "+");
}

std::string Dialect::create_person(SamplePerson const& person) const {
    return provider_ == Provider::okta ? okta_person(person) : entra_person(person);
}

std::string Dialect::find_group(SampleGroup const& group) const {
    auto const filter = equals("displayName", group.display_name);
    if (provider_ == Provider::okta) {
        return "/Groups?filter=" + encode(filter, "%20") + "&startIndex=1&count=100";
    }
    return "/Groups?excludedAttributes=members&filter=" + encode(filter, "+");
}

std::string Dialect::create_group(SampleGroup const& group) const {
    if (provider_ == Provider::okta) {
        return json::serialize(json::object{{"schemas", json::array{group_schema}},
                                            {"displayName", group.display_name},
                                            {"members", json::array{}}});
    }
    return json::serialize(json::object{{"schemas", json::array{group_schema, entra_group_schema}},
                                        {"externalId", group.external_id},
                                        {"displayName", group.display_name},
                                        {"meta", json::object{{"resourceType", "Group"}}}});
}

std::string Dialect::add_members(std::span<KnownPerson const> members) const {
    json::array values;
    for (auto const& member : members) {
        if (provider_ == Provider::okta) {
            values.push_back(json::object{{"value", member.id}, {"display", member.user_name}});
        } else {
            values.push_back(json::object{{"$ref", nullptr}, {"value", member.id}});
        }
    }
    auto const lower_case = provider_ == Provider::okta || standard_patch_;
    return json::serialize(
        json::object{{"schemas", json::array{patch_schema}},
                     {"Operations", json::array{json::object{{"op", lower_case ? "add" : "Add"},
                                                             {"path", "members"},
                                                             {"value", std::move(values)}}}}});
}

std::size_t Dialect::members_per_patch() const noexcept {
    return 100;
}

}  // namespace rollcall::cli
