// The connection object in its three forms. Bearer tokens appear in two of them, once each.
#include "api/management/connection_wire.hpp"

#include "api/management/body.hpp"
#include "api/management/json.hpp"
#include "directory/provider_profiles.hpp"

namespace rollcall::api::management {
namespace {

constexpr std::string_view role_field = "scim_group_implicit_role_assignments";
constexpr std::string_view bad_assignment = "invalid_rbac_role_assignment";

Result<std::optional<std::vector<directory::RoleAssignmentFields>>> read_assignments(
    boost::json::object const& body) {
    TRY(auto const objects, read_objects(body, role_field, bad_assignment));
    if (!objects) return std::nullopt;
    std::vector<directory::RoleAssignmentFields> assignments;
    assignments.reserve(objects->size());
    for (auto const* object : *objects) {
        TRY(auto role_id, read_element_text(*object, "role_id", role_field, bad_assignment));
        TRY(auto group_id, read_element_text(*object, "group_id", role_field, bad_assignment));
        assignments.push_back({std::move(role_id), std::move(group_id)});
    }
    return assignments;
}

std::string base_url(directory::Connection const& connection, std::string_view public_url) {
    std::string url(public_url);
    url += "/v1/b2b/scim/";
    append_id(url, connection.id);
    url += directory::profile_of(connection.identity_provider).base_url_query;
    return url;
}

void append_common(JsonObject& object, directory::Connection const& connection,
                   std::string_view public_url) {
    object.text("organization_id", to_string(connection.organization));
    object.text("connection_id", to_string(connection.id));
    object.text("status", "active");
    object.text("display_name", connection.display_name);
    object.text("identity_provider", to_string(connection.identity_provider));
    object.text("base_url", base_url(connection, public_url));
    object.text("bearer_token_last_four", connection.token.last_four);
    object.time("bearer_token_expires_at", connection.token.expires_at);
}

void assignment_to_json(std::string& out, directory::NamedRoleAssignment const& assignment) {
    JsonObject object(out);
    object.text("role_id", assignment.role_id);
    object.text("group_id", to_string(assignment.group));
    object.text("group_name", assignment.group_name);
    object.close();
}

void append_assignments(JsonObject& object, service::ConnectionView const& view) {
    append_list(object.value(role_field), view.role_assignments, assignment_to_json);
}

}  // namespace

Result<directory::ConnectionFields> connection_creation_from_json(boost::json::object const& body) {
    directory::ConnectionFields fields;
    TRY(fields.display_name, read_text(body, "display_name"));
    TRY(fields.identity_provider, read_text(body, "identity_provider"));
    return fields;
}

Result<directory::ConnectionFields> connection_update_from_json(boost::json::object const& body) {
    TRY(auto fields, connection_creation_from_json(body));
    TRY(fields.role_assignments, read_assignments(body));
    return fields;
}

void connection_to_json(std::string& out, service::ConnectionView const& view,
                        std::string_view public_url) {
    JsonObject object(out);
    append_common(object, view.connection, public_url);
    if (auto const& next = view.connection.next_token) {
        object.text("next_bearer_token_last_four", next->last_four);
        object.time("next_bearer_token_expires_at", next->expires_at);
    } else {
        object.text("next_bearer_token_last_four", "");
        object.null("next_bearer_token_expires_at");
    }
    append_assignments(object, view);
    object.close();
}

void connection_with_token_to_json(std::string& out, service::ConnectionWithToken const& created,
                                   std::string_view public_url) {
    JsonObject object(out);
    append_common(object, created.view.connection, public_url);
    object.text("bearer_token", created.token.reveal());
    append_assignments(object, created.view);
    object.close();
}

void connection_with_next_token_to_json(std::string& out,
                                        service::ConnectionWithToken const& rotating,
                                        std::string_view public_url) {
    JsonObject object(out);
    append_common(object, rotating.view.connection, public_url);
    object.text("next_bearer_token", rotating.token.reveal());
    if (auto const& next = rotating.view.connection.next_token) {
        object.time("next_bearer_token_expires_at", next->expires_at);
    }
    append_assignments(object, rotating.view);
    object.close();
}

}  // namespace rollcall::api::management
