-- Step 3: schemas that connections declare, and the data of groups under them. Tables of their own,
-- so that what is read for every request stays as it is. Comments are in ../schema.sql.

CREATE TABLE IF NOT EXISTS declared_schemas (
    key INTEGER PRIMARY KEY,
    connection INTEGER NOT NULL REFERENCES connections,
    urn_key TEXT NOT NULL,
    resource_kind INTEGER NOT NULL,
    required INTEGER NOT NULL,
    definition TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (connection, urn_key)
) STRICT;

CREATE TABLE IF NOT EXISTS schema_versions (
    connection INTEGER PRIMARY KEY REFERENCES connections,
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS group_extensions (
    group_key INTEGER PRIMARY KEY REFERENCES groups,
    extensions TEXT NOT NULL
) STRICT;
