// The first project, and the commands to try with it.
#include "server/welcome.hpp"

#include "server/standard_output.hpp"

#include <fmt/format.h>

namespace rollcall::server {
namespace {

// Needs nothing but a POSIX shell, curl, grep and cut.
constexpr std::string_view steps = R"(BASE='{url}'
AUTH='{project}:{secret}'
JSON='Content-Type: application/json'
pick() {{ grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }}

# A customer, and a SCIM connection for it. The bearer token is shown only by this answer.
curl -s -u "$AUTH" -H "$JSON" "$BASE/v1/b2b/organizations" \
  -d '{{"organization_name": "Acme", "organization_slug": "acme"}}'; echo
CONNECTION=$(curl -s -u "$AUTH" -H "$JSON" "$BASE/v1/b2b/scim/acme/connection" \
  -d '{{"display_name": "Acme Okta", "identity_provider": "okta"}}'); echo "$CONNECTION"
SCIM=$(echo "$CONNECTION" | pick base_url)
TOKEN=$(echo "$CONNECTION" | pick bearer_token)
CONNECTION_ID=$(echo "$CONNECTION" | pick connection_id)

# What the customer's identity provider does: a user, and a group with that user in it.
USER_ID=$(curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/scim+json' \
  "$SCIM/Users" -d '{{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
    "userName": "ann.lee@acme.example", "name": {{"givenName": "Ann", "familyName": "Lee"}},
    "emails": [{{"value": "ann.lee@acme.example", "primary": true}}], "active": true}}' | pick id)
curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/scim+json' \
  "$SCIM/Groups" -d '{{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    "displayName": "Engineering", "members": [{{"value": "'"$USER_ID"'"}}]}}'; echo

# What your backend reads.
curl -s -u "$AUTH" "$BASE/v1/b2b/scim/acme/connection/$CONNECTION_ID?limit=100"; echo
)";

}  // namespace

std::string first_steps(std::string const& url, service::NewProject const& project) {
    return fmt::format(steps, fmt::arg("url", url),
                       fmt::arg("project", to_string(project.project.id)),
                       fmt::arg("secret", project.secret.value.reveal()));
}

Status welcome(App& app, std::FILE* out) {
    TRY(auto const projects, app.list_projects());
    if (!projects.empty()) {
        fmt::print(
            out,
            "The database has {} project{}; 'rollcall project --help' tells how to make more "
            "and how to get a new secret.\n",
            projects.size(), projects.size() == 1 ? "" : "s");
        return flush_output(out);
    }
    TRY(auto const created, app.create_project("My first project", Environment::test));
    fmt::print(out,
               "\nThis is the first start, so here is a project. Its secret is shown only now.\n\n"
               "  project id    {}\n"
               "  secret        {}\n"
               "  public token  {}\n\n"
               "To see the whole job, paste this into another shell:\n\n{}\n",
               to_string(created.project.id), created.secret.value.reveal(),
               to_string(created.project.public_token), first_steps(app.url(), created));
    return flush_output(out);
}

}  // namespace rollcall::server
