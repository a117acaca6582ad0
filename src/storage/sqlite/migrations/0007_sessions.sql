-- Step 7: logging in. Sessions, the keys that sign their JWTs, whose tokens are trusted, and what
-- members log in with. Comments are in ../schema.sql.

CREATE TABLE IF NOT EXISTS sessions (
    key INTEGER PRIMARY KEY,
    organization INTEGER NOT NULL REFERENCES organizations,
    member INTEGER NOT NULL,
    uuid BLOB NOT NULL UNIQUE,
    token BLOB NOT NULL UNIQUE,
    factors TEXT NOT NULL,
    custom_claims TEXT NOT NULL,
    version INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    last_accessed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS sessions_by_organization ON sessions (organization);
CREATE INDEX IF NOT EXISTS sessions_by_member ON sessions (member, expires_at);
CREATE INDEX IF NOT EXISTS sessions_by_expiry ON sessions (expires_at);

CREATE TABLE IF NOT EXISTS signing_keys (
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

CREATE TABLE IF NOT EXISTS token_profiles (
    key INTEGER PRIMARY KEY,
    project INTEGER NOT NULL REFERENCES projects,
    uuid BLOB NOT NULL,
    profile TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (project, uuid)
) STRICT;

CREATE TABLE IF NOT EXISTS used_tokens (
    project INTEGER NOT NULL REFERENCES projects,
    profile BLOB NOT NULL,
    token_id BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (project, profile, token_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS used_tokens_by_expiry ON used_tokens (expires_at);

CREATE TABLE IF NOT EXISTS member_passwords (
    member INTEGER PRIMARY KEY,
    organization INTEGER NOT NULL REFERENCES organizations,
    uuid BLOB NOT NULL,
    hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS member_passwords_by_organization ON member_passwords (organization);

CREATE TABLE IF NOT EXISTS impersonation_tokens (
    digest BLOB PRIMARY KEY,
    organization INTEGER NOT NULL REFERENCES organizations,
    member INTEGER NOT NULL,
    impersonator_id TEXT NOT NULL,
    impersonator_address TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS impersonation_tokens_by_organization
    ON impersonation_tokens (organization);
CREATE INDEX IF NOT EXISTS impersonation_tokens_by_expiry ON impersonation_tokens (expires_at);
