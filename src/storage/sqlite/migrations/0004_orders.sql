-- Step 4: users by displayName; users and groups by creation and by last change.
--
-- The table is made anew, since a column cannot be added harmlessly twice. fold_text() is the
-- server's own (database.cpp).

CREATE TABLE users_before AS SELECT * FROM users;
DROP TABLE users;
CREATE TABLE users (
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
    last_modified INTEGER NOT NULL,
    display_name_key TEXT
) STRICT;
INSERT INTO users
    SELECT key, connection, member, uuid, registration, user_name_key, external_id, emails,
           attributes, version, removed, created_at, last_modified,
           CASE removed WHEN 0
               THEN nullif(fold_text(json_extract(attributes, '$.displayName')), '') END
    FROM users_before ORDER BY key;
DROP TABLE users_before;

CREATE UNIQUE INDEX users_by_id ON users (connection, uuid, removed);
CREATE UNIQUE INDEX users_by_user_name ON users (connection, user_name_key) WHERE removed = 0;
CREATE INDEX users_by_external_id ON users (connection, external_id)
    WHERE external_id IS NOT NULL;
CREATE INDEX users_in_order ON users (connection, removed) WHERE removed = 0;
CREATE INDEX users_by_created ON users (connection, removed, created_at) WHERE removed = 0;
CREATE INDEX users_by_modified ON users (connection, removed, last_modified) WHERE removed = 0;
CREATE INDEX users_by_display_name ON users (connection, display_name_key)
    WHERE removed = 0 AND display_name_key IS NOT NULL;

CREATE INDEX IF NOT EXISTS groups_by_created ON groups (connection, removed, created_at)
    WHERE removed = 0;
CREATE INDEX IF NOT EXISTS groups_by_modified ON groups (connection, removed, last_modified)
    WHERE removed = 0;
