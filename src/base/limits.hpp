// Every bound on what one request may ask for, in one place. docs/limits.md lists them for users.
#pragma once

#include <chrono>
#include <cstddef>

namespace rollcall {

struct Limits {
    // Bytes on the wire.
    std::size_t header_bytes_max = 16 * 1024;
    std::size_t body_bytes_max = 1024 * 1024;
    std::size_t group_body_bytes_max = 10 * 1024 * 1024;
    std::size_t bulk_body_bytes_max = 1024 * 1024;    ///< announced as maxPayloadSize
    std::size_t anonymous_body_bytes_max = 4 * 1024;  ///< of a request that shows no credentials

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

    // Values.
    std::size_t attribute_bytes_max = 64 * 1024;  ///< one string attribute of a resource
    std::size_t attribute_values_max = 10'000;    ///< elements of one list attribute but members
    std::size_t name_code_points_max = 128;       ///< display names of connections, organizations

    // Schemas that connections declare.
    std::size_t schemas_per_connection_max = 16;
    std::size_t schema_attributes_max = 100;   ///< of one schema, sub-attributes included
    std::size_t schema_bytes_max = 64 * 1024;  ///< of one schema as JSON

    // Projects.
    std::size_t project_secrets_max = 20;  ///< live ones of a project; each is compared

    // Policies of roles (docs/rbac.md).
    std::size_t policy_roles_max = 100;      ///< custom ones of a project; own of an organization
    std::size_t policy_resources_max = 100;  ///< custom ones of a project
    std::size_t resource_actions_max = 100;  ///< of one custom resource
    std::size_t policy_text_bytes_max = 128 * 1024;  ///< ids, actions, descriptions of one policy

    // Pages.
    std::size_t groups_page_default = 100;
    std::size_t groups_page_max = 1000;
    std::size_t scim_page_default = 100;
    std::size_t scim_page_max = 1000;
    std::size_t scan_rows_max = 10'000;          ///< rows an unindexed filter or order may look at
    std::size_t sort_text_bytes_max = 1024;      ///< of a text that decide its place in an order
    std::size_t echoed_members_max = 1000;       ///< beyond it a group PATCH answers 204
    std::size_t response_members_max = 250'000;  ///< of groups, or groups of users, in one response

    // Searches among organizations and members.
    std::size_t organizations_examined_max = 10'000;  ///< looked at for one page
    std::size_t addresses_examined_max = 100'000;     ///< of their members, if those are asked for
    std::size_t search_organizations_max = 1000;      ///< named in one request
    std::size_t members_examined_max = 100'000;       ///< looked at for one page
    std::size_t members_roles_examined_max = 10'000;  ///< the same, with a filter by role

    // Logging in.
    std::size_t sessions_per_member_max = 100;  ///< beyond it the oldest ends
    std::size_t token_profiles_per_project_max = 100;
    std::size_t token_profile_keys_max = 20;     ///< of one profile; each may be tried on a token
    std::size_t custom_claims_bytes_max = 4096;  ///< of a session, as JSON
    /// Of a session JWT: it must fit into a request's header (header_bytes_max).
    std::size_t session_jwt_bytes_max = 14 * 1024;

    // Request notes.
    std::size_t request_notes_max = 1000;          ///< kept of each connection, the newest
    std::size_t request_notes_waiting_max = 2000;  ///< not yet written

    // Memory.
    std::size_t held_bodies_bytes_max =
        512 * 1024 * 1024;  ///< bodies of all requests under way, but for their first 16 KiB each
    std::size_t kept_pages_bytes_max =
        32 * 1024 * 1024;  ///< ready pages, for each io thread; 0: none

    // Time.
    std::chrono::seconds idle_timeout{75};  ///< keep-alive without a request
    std::chrono::seconds read_timeout{30};  ///< from first byte to complete request
    std::chrono::seconds write_timeout{30};
    std::chrono::seconds shutdown_grace{10};    ///< for requests in flight at SIGTERM
    std::chrono::seconds cursor_timeout{3600};  ///< from one SCIM page to the next

    // Concurrency.
    std::size_t connections_max = 10'000;
    std::size_t write_queue_max = 10'000;  ///< transactions waiting for the writer
};

}  // namespace rollcall
