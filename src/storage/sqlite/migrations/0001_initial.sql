-- Step 1: everything the first release stores. Comments are in ../schema.sql.
--
-- A step must be harmless when run again, and is never edited once released.

CREATE TABLE IF NOT EXISTS settings (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS projects (
    key INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    environment INTEGER NOT NULL,
    name TEXT NOT NULL,
    public_token BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS project_secrets (
    key INTEGER PRIMARY KEY,
    project INTEGER NOT NULL REFERENCES projects,
    uuid BLOB NOT NULL,
    digest BLOB NOT NULL,
    last_four TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER,
    UNIQUE (project, uuid)
) STRICT;

CREATE TABLE IF NOT EXISTS organizations (
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
CREATE UNIQUE INDEX IF NOT EXISTS organizations_by_slug ON organizations (project, slug) WHERE removed = 0;
CREATE UNIQUE INDEX IF NOT EXISTS organizations_by_external_id ON organizations (project, external_id)
    WHERE removed = 0 AND external_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS organizations_removed ON organizations (key) WHERE removed = 1;

CREATE TABLE IF NOT EXISTS connections (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    organization INTEGER NOT NULL REFERENCES organizations,
    uuid BLOB NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    identity_provider TEXT NOT NULL,
    token BLOB NOT NULL,
    token_last_four TEXT NOT NULL,
    token_expires_at INTEGER NOT NULL,
    next_token BLOB,
    next_token_last_four TEXT,
    next_token_expires_at INTEGER,
    users_count INTEGER NOT NULL DEFAULT 0,
    groups_count INTEGER NOT NULL DEFAULT 0,
    state INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS connections_by_organization ON connections (organization);
CREATE UNIQUE INDEX IF NOT EXISTS connections_active ON connections (organization) WHERE state = 0;
CREATE INDEX IF NOT EXISTS connections_deleted ON connections (key) WHERE state = 1;

CREATE TABLE IF NOT EXISTS role_assignments (
    connection INTEGER NOT NULL REFERENCES connections,
    group_key INTEGER NOT NULL,
    role_id TEXT NOT NULL,
    PRIMARY KEY (connection, group_key, role_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS members (
    key INTEGER PRIMARY KEY,
    organization INTEGER NOT NULL REFERENCES organizations,
    uuid BLOB NOT NULL,
    email_address TEXT NOT NULL,
    email_key TEXT,
    name TEXT NOT NULL,
    status INTEGER NOT NULL,
    deleted_key INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (organization, uuid)
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS members_by_email ON members (organization, email_key, deleted_key)
    WHERE email_key IS NOT NULL;

CREATE TABLE IF NOT EXISTS retired_emails (
    organization INTEGER NOT NULL,
    email_key TEXT NOT NULL,
    member INTEGER NOT NULL,
    PRIMARY KEY (organization, email_key, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS users (
    key INTEGER PRIMARY KEY,
    connection INTEGER NOT NULL REFERENCES connections,
    member INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    registration BLOB NOT NULL,
    user_name_key TEXT NOT NULL,
    external_id TEXT,
    emails BLOB NOT NULL,
    attributes TEXT NOT NULL,
    version INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_modified INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS users_by_id ON users (connection, uuid, removed);
CREATE UNIQUE INDEX IF NOT EXISTS users_by_user_name ON users (connection, user_name_key) WHERE removed = 0;
CREATE INDEX IF NOT EXISTS users_by_external_id ON users (connection, external_id)
    WHERE external_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS users_in_order ON users (connection, removed) WHERE removed = 0;

CREATE TABLE IF NOT EXISTS user_emails (
    connection INTEGER NOT NULL,
    value_key TEXT NOT NULL,
    type_key TEXT NOT NULL,
    user INTEGER NOT NULL,
    PRIMARY KEY (connection, value_key, type_key, user)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS groups (
    key INTEGER PRIMARY KEY,
    connection INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    display_name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    external_id TEXT,
    member_count INTEGER NOT NULL,
    members_unset INTEGER NOT NULL,
    nested INTEGER NOT NULL,
    version INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_modified INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS groups_by_id ON groups (connection, uuid, display_name, removed) WHERE removed = 0;
CREATE UNIQUE INDEX IF NOT EXISTS groups_by_name ON groups (connection, name_key) WHERE removed = 0;
CREATE INDEX IF NOT EXISTS groups_by_external_id ON groups (connection, external_id)
    WHERE removed = 0 AND external_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS groups_in_order ON groups (connection, removed) WHERE removed = 0;
CREATE INDEX IF NOT EXISTS groups_removed ON groups (key) WHERE removed = 1;

CREATE TABLE IF NOT EXISTS memberships (
    group_key INTEGER NOT NULL REFERENCES groups,
    position INTEGER NOT NULL,
    member_kind INTEGER NOT NULL,
    member_key INTEGER NOT NULL,
    display TEXT,
    PRIMARY KEY (group_key, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS memberships_by_member ON memberships (member_kind, member_key, group_key);

CREATE TABLE IF NOT EXISTS outbox (
    position INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    organization INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    source INTEGER NOT NULL,
    object INTEGER NOT NULL,
    action INTEGER NOT NULL,
    object_id TEXT NOT NULL,
    related_id TEXT NOT NULL,
    label TEXT NOT NULL,
    occurred_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS outbox_by_organization ON outbox (organization);
