// Every bound on what one request may ask for, in one place. docs/limits.md lists them for users.
//
// A member that is not static may be set, for tests or by a setting. The static ones hold for
// everybody: the contract or an RFC names them, or nothing is gained by another number.
#pragma once

#include <chrono>
#include <cstddef>

namespace rollcall {

struct Limits {
    // Bytes on the wire.
    std::size_t header_bytes_max = 16 * 1024;
    std::size_t target_bytes_max = 12 * 1024;  ///< of a request line; part of header_bytes_max
    std::size_t body_bytes_max = 1024 * 1024;
    std::size_t group_body_bytes_max = 10 * 1024 * 1024;
    std::size_t bulk_body_bytes_max = 1024 * 1024;    ///< announced as maxPayloadSize
    std::size_t anonymous_body_bytes_max = 4 * 1024;  ///< of a request that shows no credentials
    static constexpr std::size_t credentials_bytes_max = 1024;  ///< Basic ones, in base64
    /// What a refused sender may still send before it is cut off, within linger_timeout.
    static constexpr std::size_t linger_bytes_max = 16 * 1024 * 1024;

    // Shape of JSON and of expressions.
    std::size_t json_depth_max = 64;
    std::size_t filter_bytes_max = 8 * 1024;
    std::size_t search_filter_bytes_max = 64 * 1024;  ///< a filter in the body of a search
    std::size_t filter_depth_max = 50;
    std::size_t filter_tested_bytes_max = 100'000'000;  ///< of text, by the tests of one request
    std::size_t projection_names_max = 1000;            ///< in attributes or excludedAttributes
    std::size_t patch_operations_max = 1000;
    std::size_t patch_tests_max = 1'000'000;  ///< list elements, and tests of them, in one PATCH
    std::size_t bulk_operations_max = 1000;   ///< announced as maxOperations
    std::size_t group_members_max = 100'000;  ///< members named in one request

    // Values of SCIM resources.
    std::size_t attribute_bytes_max = 64 * 1024;  ///< one string attribute of a resource
    std::size_t attribute_values_max = 10'000;    ///< elements of one list attribute but members
    /// Members of the organization that may be whom a new user means.
    static constexpr std::size_t link_candidates_max = 16;

    // Values of the management API.
    std::size_t name_code_points_max = 128;  ///< names for people, of everything that has one
    static constexpr std::size_t slug_characters_min = 2;
    static constexpr std::size_t slug_characters_max = 128;
    static constexpr std::size_t logo_url_bytes_max = 2048;
    static constexpr std::size_t setting_values_max = 1000;  ///< of one list of an organization
    static constexpr std::size_t foreign_id_characters_max = 128;  ///< in such a list
    static constexpr std::size_t external_id_characters_max = 128;
    static constexpr std::size_t metadata_keys_max = 20;
    static constexpr std::size_t metadata_bytes_max = 4096;    ///< as JSON
    static constexpr std::size_t email_bytes_max = 254;        ///< RFC 5321 §4.5.3.1.3, without <>
    static constexpr std::size_t email_local_bytes_max = 64;   ///< before the @: §4.5.3.1.1
    static constexpr std::size_t explicit_roles_max = 100;     ///< of a member
    static constexpr std::size_t role_assignments_max = 1000;  ///< of a connection's groups

    // Schemas that connections declare.
    std::size_t schemas_per_connection_max = 16;
    std::size_t schema_attributes_max = 100;   ///< of one schema, sub-attributes included
    std::size_t schema_bytes_max = 64 * 1024;  ///< of one schema as JSON
    static constexpr std::size_t schema_urn_bytes_max = 256;
    static constexpr std::size_t schema_namespace_bytes_max = 32;  ///< "acme" of urn:acme:...

    // Policies of roles (docs/rbac.md).
    std::size_t policy_roles_max = 100;      ///< custom ones of a project; own of an organization
    std::size_t policy_resources_max = 100;  ///< custom ones of a project
    std::size_t resource_actions_max = 100;  ///< of one custom resource
    std::size_t policy_text_bytes_max = 128 * 1024;  ///< ids, actions, descriptions of one policy
    static constexpr std::size_t rbac_id_characters_max = 128;  ///< of an action too
    static constexpr std::size_t rbac_description_characters_max = 1000;

    // Projects and their trusted-token profiles.
    std::size_t project_secrets_max = 20;  ///< live ones of a project; each is compared
    static constexpr std::size_t project_secret_characters_max = 128;  ///< behind its prefix
    std::size_t token_profiles_per_project_max = 100;
    std::size_t token_profile_keys_max = 20;  ///< of one profile; each may be tried on a token
    static constexpr std::size_t profile_keys_bytes_max = 64 * 1024;  ///< all of one profile
    static constexpr std::size_t issuer_characters_max = 1024;        ///< of an audience too
    static constexpr std::size_t claim_name_characters_max = 128;

    // Logging in.
    std::size_t sessions_per_member_max = 100;  ///< beyond it the oldest ends
    static constexpr std::chrono::minutes session_duration_min{5};
    static constexpr std::chrono::minutes session_duration_max{366 * 24 * 60};
    /// Beyond it a new factor drops the one proved longest ago.
    static constexpr std::size_t session_factors_max = 10;
    std::size_t custom_claims_bytes_max = 4096;  ///< of a session, as JSON
    /// Of a session JWT: it must fit into a request's header (header_bytes_max).
    std::size_t session_jwt_bytes_max = 14 * 1024;
    /// Sessions and their JWTs keep the id.
    static constexpr std::size_t trusted_token_id_bytes_max = 255;
    static constexpr std::chrono::hours trusted_token_lifetime_max{1};  ///< how far exp is ahead
    static constexpr std::chrono::minutes impersonation_token_lifetime{5};
    /// Wrong passwords for one address of one organization: so many at once, then one for each
    /// interval; counted for so many addresses.
    static constexpr int wrong_passwords_at_once = 10;
    static constexpr std::chrono::seconds wrong_password_interval{60};
    static constexpr std::size_t wrong_password_addresses_max = 100'000;

    // Pages.
    std::size_t groups_page_default = 100;
    std::size_t groups_page_max = 1000;
    std::size_t scim_page_default = 100;
    std::size_t scim_page_max = 1000;
    std::size_t scan_rows_max = 10'000;          ///< rows an unindexed filter or order may look at
    std::size_t sort_text_bytes_max = 1024;      ///< of a text that decide its place in an order
    std::size_t echoed_members_max = 1000;       ///< beyond it a group PATCH answers 204
    std::size_t response_members_max = 250'000;  ///< of groups, or groups of users, in one response
    std::size_t response_bytes_max = 32 * 1024 * 1024;     ///< of stored resources in one response
    static constexpr std::size_t cursor_bytes_max = 8192;  ///< a longer text is none

    // Searches among organizations and members.
    static constexpr std::size_t search_operands_max = 20;
    static constexpr std::size_t search_values_max = 1000;   ///< of all operands together
    static constexpr std::size_t search_characters_min = 3;  ///< of a text to look for
    std::size_t organizations_examined_max = 10'000;         ///< looked at for one page
    std::size_t addresses_examined_max = 100'000;     ///< of their members, if those are asked for
    std::size_t search_organizations_max = 1000;      ///< named in one request
    std::size_t members_examined_max = 100'000;       ///< looked at for one page
    std::size_t members_roles_examined_max = 10'000;  ///< the same, with a filter by role

    // Request notes.
    std::size_t request_notes_max = 1000;          ///< kept of each connection, the newest
    std::size_t request_notes_waiting_max = 2000;  ///< not yet written
    static constexpr std::size_t notes_per_request_max = 50;
    static constexpr std::size_t noted_name_bytes_max = 100;  ///< longer names are cut

    // Memory.
    std::size_t held_bodies_bytes_max =
        512 * 1024 * 1024;  ///< bodies of all requests under way, but for their first 16 KiB each
    std::size_t kept_pages_bytes_max =
        32 * 1024 * 1024;  ///< ready pages, for each io thread; 0: none

    // Time.
    std::chrono::seconds idle_timeout{75};  ///< keep-alive without a request
    std::chrono::seconds read_timeout{30};  ///< from first byte to complete request
    std::chrono::seconds write_timeout{30};
    static constexpr std::chrono::seconds linger_timeout{5};  ///< see linger_bytes_max
    std::chrono::seconds shutdown_grace{10};                  ///< for requests in flight at SIGTERM
    std::chrono::seconds cursor_timeout{3600};                ///< from one SCIM page to the next

    // Concurrency.
    std::size_t connections_max = 10'000;
    static constexpr std::size_t turned_away_max = 256;  ///< being told that they are too many
    std::size_t write_queue_max = 10'000;                ///< transactions waiting for the writer
    std::size_t work_waiting_max = 1000;      ///< session JWTs to sign or check, keys to make
    std::size_t passwords_waiting_max = 200;  ///< to be checked, or being checked
};

}  // namespace rollcall
