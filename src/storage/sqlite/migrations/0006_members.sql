-- Step 6: what the developer writes of members. Tables of their own, so that a pushed user costs what
-- it did. Comments are in ../schema.sql.

CREATE INDEX IF NOT EXISTS retired_emails_by_member ON retired_emails (organization, member);

CREATE TABLE IF NOT EXISTS member_details (
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
CREATE UNIQUE INDEX IF NOT EXISTS member_details_by_external_id
    ON member_details (organization, external_id) WHERE external_id IS NOT NULL;

CREATE TABLE IF NOT EXISTS member_roles (
    organization INTEGER NOT NULL,
    member INTEGER NOT NULL,
    role_id TEXT NOT NULL,
    PRIMARY KEY (organization, member, role_id)
) STRICT, WITHOUT ROWID;
