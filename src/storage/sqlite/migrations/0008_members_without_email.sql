-- Step 8: members without an address are counted from an index too. Comments are in ../schema.sql.

CREATE INDEX IF NOT EXISTS members_without_email ON members (organization, deleted_key, email_key)
    WHERE email_key IS NULL;
