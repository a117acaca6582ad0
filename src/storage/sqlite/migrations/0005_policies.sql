-- Step 5: policies of roles.

CREATE TABLE IF NOT EXISTS project_policies (
    project INTEGER PRIMARY KEY REFERENCES projects,
    policy TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS organization_policies (
    organization INTEGER PRIMARY KEY REFERENCES organizations,
    policy TEXT NOT NULL
) STRICT;
