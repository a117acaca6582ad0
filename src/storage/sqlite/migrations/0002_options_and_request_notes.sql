-- Options of connections, one of which allows groups of one name: their index is no longer unique.
-- It keeps its name, so that running step 1 again does not bring the old one back. Notes of requests.

CREATE TABLE IF NOT EXISTS connection_options (
    connection INTEGER PRIMARY KEY REFERENCES connections,
    options TEXT NOT NULL
) STRICT;

DROP INDEX IF EXISTS groups_by_name;
CREATE INDEX groups_by_name ON groups (connection, name_key) WHERE removed = 0;

CREATE TABLE IF NOT EXISTS request_notes (
    connection INTEGER NOT NULL REFERENCES connections,
    position INTEGER NOT NULL,
    request BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    status INTEGER NOT NULL,
    scim_type TEXT NOT NULL,
    detail TEXT NOT NULL,
    notes TEXT NOT NULL,
    PRIMARY KEY (connection, position)
) STRICT, WITHOUT ROWID;
