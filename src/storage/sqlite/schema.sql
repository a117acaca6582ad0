-- The complete schema of rollcall.db: what all steps under migrations/ together produce. New
-- databases are made from this file, older ones by the steps; a test proves the two equal.
--
-- Identity: `key` is the row's integer identity, `uuid` the 16 bytes of its public id; the
-- environment of every id is the project's. Times are microseconds since 1970 UTC. Texts named
-- *_key are case-folded and only compared.
--
-- Removed rows stay until they are purged. Where a unique index has to tell one live row from any
-- number of removed ones, a column holds 0 while the row is live and the row's own key afterwards.

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projects (
    key INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    environment INTEGER NOT NULL,  -- 0 test, 1 live
    name TEXT NOT NULL,
    public_token BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE project_secrets (
    key INTEGER PRIMARY KEY,
    project INTEGER NOT NULL REFERENCES projects,
    uuid BLOB NOT NULL,
    digest BLOB NOT NULL,          -- SHA-256
    last_four TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER,
    UNIQUE (project, uuid)
) STRICT;

-- AUTOINCREMENT here and below: keys are held by requests, so a purged row's key must never name
-- another tenant's row.
CREATE TABLE organizations (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    project INTEGER NOT NULL REFERENCES projects,
    uuid BLOB NOT NULL,
    name TEXT NOT NULL,
    slug TEXT NOT NULL,
    logo_url TEXT NOT NULL,
    external_id TEXT,
    trusted_metadata TEXT NOT NULL,
    settings TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    UNIQUE (project, uuid)
) STRICT;
CREATE UNIQUE INDEX organizations_by_slug ON organizations (project, slug) WHERE removed = 0;
CREATE UNIQUE INDEX organizations_by_external_id ON organizations (project, external_id)
    WHERE removed = 0 AND external_id IS NOT NULL;
CREATE INDEX organizations_removed ON organizations (key) WHERE removed = 1;

-- What projects add to the default policy of roles; only of those that once did.
CREATE TABLE project_policies (
    project INTEGER PRIMARY KEY REFERENCES projects,
    policy TEXT NOT NULL           -- JSON
) STRICT;

-- Roles of organizations alone, likewise.
CREATE TABLE organization_policies (
    organization INTEGER PRIMARY KEY REFERENCES organizations,
    policy TEXT NOT NULL           -- JSON
) STRICT;

CREATE TABLE connections (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    organization INTEGER NOT NULL REFERENCES organizations,
    uuid BLOB NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    identity_provider TEXT NOT NULL,
    token BLOB NOT NULL,           -- SHA-256
    token_last_four TEXT NOT NULL,
    token_expires_at INTEGER NOT NULL,
    next_token BLOB,               -- with its two columns: while a rotation is under way
    next_token_last_four TEXT,
    next_token_expires_at INTEGER,
    users_count INTEGER NOT NULL DEFAULT 0,
    groups_count INTEGER NOT NULL DEFAULT 0,
    state INTEGER NOT NULL DEFAULT 0,  -- 0 active, 1 deleted, 2 deleted and purged
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX connections_by_organization ON connections (organization);
CREATE UNIQUE INDEX connections_active ON connections (organization) WHERE state = 0;
CREATE INDEX connections_deleted ON connections (key) WHERE state = 1;

-- Only of connections that once set any.
CREATE TABLE connection_options (
    connection INTEGER PRIMARY KEY REFERENCES connections,
    options TEXT NOT NULL          -- name=value, joined by commas
) STRICT;

-- Extension schemas that a connection declares, in order of declaration.
CREATE TABLE declared_schemas (
    key INTEGER PRIMARY KEY,
    connection INTEGER NOT NULL REFERENCES connections,
    urn_key TEXT NOT NULL,
    resource_kind INTEGER NOT NULL,  -- 0 user, 1 group
    required INTEGER NOT NULL,
    definition TEXT NOT NULL,      -- JSON of RFC 7643 section 7
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (connection, urn_key)
) STRICT;

-- Moves with every change of declared_schemas; no row: never declared anything.
CREATE TABLE schema_versions (
    connection INTEGER PRIMARY KEY REFERENCES connections,
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE role_assignments (
    connection INTEGER NOT NULL REFERENCES connections,
    group_key INTEGER NOT NULL,
    role_id TEXT NOT NULL,
    PRIMARY KEY (connection, group_key, role_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE members (
    key INTEGER PRIMARY KEY,
    organization INTEGER NOT NULL REFERENCES organizations,
    uuid BLOB NOT NULL,
    email_address TEXT NOT NULL,
    email_key TEXT,                -- null while there is no address
    name TEXT NOT NULL,
    status INTEGER NOT NULL,       -- 0 active, 1 pending, 2 invited, 3 deleted
    deleted_key INTEGER NOT NULL,  -- 0, or `key` when the status is deleted
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (organization, uuid)
) STRICT;
CREATE UNIQUE INDEX members_by_email ON members (organization, email_key, deleted_key)
    WHERE email_key IS NOT NULL;
CREATE INDEX members_without_email ON members (organization, deleted_key, email_key)
    WHERE email_key IS NULL;

CREATE TABLE retired_emails (
    organization INTEGER NOT NULL,
    email_key TEXT NOT NULL,
    member INTEGER NOT NULL,
    PRIMARY KEY (organization, email_key, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX retired_emails_by_member ON retired_emails (organization, member);

-- Only of members that have something no provider pushes.
CREATE TABLE member_details (
    organization INTEGER NOT NULL,
    member INTEGER NOT NULL,
    external_id TEXT,
    trusted_metadata TEXT NOT NULL,
    untrusted_metadata TEXT NOT NULL,
    email_verified INTEGER NOT NULL,
    breakglass INTEGER NOT NULL,
    mfa_phone_number TEXT NOT NULL,
    mfa_phone_verified INTEGER NOT NULL,
    mfa_enrolled INTEGER NOT NULL,
    default_mfa_method TEXT NOT NULL,
    PRIMARY KEY (organization, member)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX member_details_by_external_id ON member_details (organization, external_id)
    WHERE external_id IS NOT NULL;

-- Roles assigned explicitly; a deleted member has none. All others are computed when they are read.
CREATE TABLE member_roles (
    organization INTEGER NOT NULL,
    member INTEGER NOT NULL,
    role_id TEXT NOT NULL,
    PRIMARY KEY (organization, member, role_id)
) STRICT, WITHOUT ROWID;

-- Registrations of members with connections. A removed one keeps its external id, for linking.
CREATE TABLE users (
    key INTEGER PRIMARY KEY,
    connection INTEGER NOT NULL REFERENCES connections,
    member INTEGER NOT NULL,
    uuid BLOB NOT NULL,            -- the member's
    registration BLOB NOT NULL,
    user_name_key TEXT NOT NULL,
    external_id TEXT,
    emails BLOB NOT NULL,          -- the rows of user_emails, so that an update finds them
    attributes TEXT NOT NULL,      -- canonical JSON; empty once removed
    version INTEGER NOT NULL,
    removed INTEGER NOT NULL,      -- 0, or `key`
    created_at INTEGER NOT NULL,
    last_modified INTEGER NOT NULL,
    display_name_key TEXT          -- null without a displayName
) STRICT;
CREATE UNIQUE INDEX users_by_id ON users (connection, uuid, removed);
CREATE UNIQUE INDEX users_by_user_name ON users (connection, user_name_key) WHERE removed = 0;
CREATE INDEX users_by_external_id ON users (connection, external_id)
    WHERE external_id IS NOT NULL;
CREATE INDEX users_in_order ON users (connection, removed) WHERE removed = 0;
CREATE INDEX users_by_created ON users (connection, removed, created_at) WHERE removed = 0;
CREATE INDEX users_by_modified ON users (connection, removed, last_modified) WHERE removed = 0;
CREATE INDEX users_by_display_name ON users (connection, display_name_key)
    WHERE removed = 0 AND display_name_key IS NOT NULL;

CREATE TABLE user_emails (
    connection INTEGER NOT NULL,
    value_key TEXT NOT NULL,
    type_key TEXT NOT NULL,
    user INTEGER NOT NULL,
    PRIMARY KEY (connection, value_key, type_key, user)
) STRICT, WITHOUT ROWID;

CREATE TABLE groups (
    key INTEGER PRIMARY KEY,
    connection INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    display_name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    external_id TEXT,
    member_count INTEGER NOT NULL,
    members_unset INTEGER NOT NULL,
    nested INTEGER NOT NULL,       -- 1 once it was a member of a group
    version INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_modified INTEGER NOT NULL
) STRICT;
-- Covers the page of summaries; a covering index has to hold the columns of its own condition.
CREATE INDEX groups_by_id ON groups (connection, uuid, display_name, removed) WHERE removed = 0;
-- Not unique: a connection may allow groups of one name. Where it does not, the writer looks here
-- before it gives a group a name.
CREATE INDEX groups_by_name ON groups (connection, name_key) WHERE removed = 0;
CREATE INDEX groups_by_external_id ON groups (connection, external_id)
    WHERE removed = 0 AND external_id IS NOT NULL;
CREATE INDEX groups_in_order ON groups (connection, removed) WHERE removed = 0;
CREATE INDEX groups_by_created ON groups (connection, removed, created_at) WHERE removed = 0;
CREATE INDEX groups_by_modified ON groups (connection, removed, last_modified) WHERE removed = 0;
CREATE INDEX groups_removed ON groups (key) WHERE removed = 1;

-- Only groups that have data of extensions.
CREATE TABLE group_extensions (
    group_key INTEGER PRIMARY KEY REFERENCES groups,
    extensions TEXT NOT NULL       -- canonical JSON, by URN
) STRICT;

-- Positions give the order of insertion. member_key is a key of users (kind 0) or groups (kind 1).
CREATE TABLE memberships (
    group_key INTEGER NOT NULL REFERENCES groups,
    position INTEGER NOT NULL,
    member_kind INTEGER NOT NULL,
    member_key INTEGER NOT NULL,
    display TEXT,
    PRIMARY KEY (group_key, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX memberships_by_member ON memberships (member_kind, member_key, group_key);

-- Requests that failed or that tolerance changed: of each connection the newest few.
CREATE TABLE request_notes (
    connection INTEGER NOT NULL REFERENCES connections,
    position INTEGER NOT NULL,
    request BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    status INTEGER NOT NULL,
    scim_type TEXT NOT NULL,
    detail TEXT NOT NULL,
    notes TEXT NOT NULL,           -- JSON array of texts
    PRIMARY KEY (connection, position)
) STRICT, WITHOUT ROWID;

-- What ended early is deleted, what expired is forgotten.
CREATE TABLE sessions (
    key INTEGER PRIMARY KEY,
    organization INTEGER NOT NULL REFERENCES organizations,
    member INTEGER NOT NULL,
    uuid BLOB NOT NULL UNIQUE,
    token BLOB NOT NULL UNIQUE,    -- SHA-256
    factors TEXT NOT NULL,         -- JSON array
    custom_claims TEXT NOT NULL,   -- JSON object
    version INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    last_accessed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_organization ON sessions (organization);
CREATE INDEX sessions_by_member ON sessions (member, expires_at);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE signing_keys (
    key INTEGER PRIMARY KEY,
    project INTEGER NOT NULL REFERENCES projects,
    uuid BLOB NOT NULL,
    sealed_private BLOB NOT NULL,
    modulus TEXT NOT NULL,
    exponent TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    retired_at INTEGER,
    UNIQUE (project, uuid)
) STRICT;

CREATE TABLE token_profiles (
    key INTEGER PRIMARY KEY,
    project INTEGER NOT NULL REFERENCES projects,
    uuid BLOB NOT NULL,
    profile TEXT NOT NULL,         -- JSON object
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (project, uuid)
) STRICT;

-- Tokens of profiles that accept each only once, until they expire.
CREATE TABLE used_tokens (
    project INTEGER NOT NULL REFERENCES projects,
    profile BLOB NOT NULL,
    token_id BLOB NOT NULL,        -- SHA-256
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (project, profile, token_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX used_tokens_by_expiry ON used_tokens (expires_at);

CREATE TABLE member_passwords (
    member INTEGER PRIMARY KEY,
    organization INTEGER NOT NULL REFERENCES organizations,
    uuid BLOB NOT NULL,
    hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX member_passwords_by_organization ON member_passwords (organization);

CREATE TABLE impersonation_tokens (
    digest BLOB PRIMARY KEY,       -- SHA-256
    organization INTEGER NOT NULL REFERENCES organizations,
    member INTEGER NOT NULL,
    impersonator_id TEXT NOT NULL,
    impersonator_address TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX impersonation_tokens_by_organization
    ON impersonation_tokens (organization);
CREATE INDEX impersonation_tokens_by_expiry ON impersonation_tokens (expires_at);

-- Events outlive what they speak about, so nothing is referenced; they go with their organization, and when
-- they are old. The row with the highest position
-- is never deleted: positions must grow.
CREATE TABLE outbox (
    position INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    organization INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    source INTEGER NOT NULL,       -- 0 direct, 1 dashboard, 2 scim
    object INTEGER NOT NULL,       -- 0 organization, 1 member, 2 scim_connection, 3 scim_group,
                                   -- 4 scim_member_group
    action INTEGER NOT NULL,       -- 0 create, 1 update, 2 remove
    object_id TEXT NOT NULL,
    related_id TEXT NOT NULL,
    label TEXT NOT NULL,
    occurred_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_by_organization ON outbox (organization);
