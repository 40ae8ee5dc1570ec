-- People, their sessions, and what is theirs. Ids are UUIDs, times ms UTC, JSON is text.
CREATE TABLE person (
    id BLOB PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    email_verified INTEGER NOT NULL,
    -- A PHC string.
    password TEXT NOT NULL,
    role TEXT NOT NULL,
    -- The name to show, taken from the profile.
    name TEXT NOT NULL,
    picture BLOB,
    profile TEXT NOT NULL,
    profile_version INTEGER NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;

-- An address is one account's only once it is proven.
CREATE UNIQUE INDEX person_email ON person (email) WHERE email_verified;

CREATE TABLE session (
    id BLOB PRIMARY KEY,
    -- SHA-256 of the token.
    token BLOB NOT NULL UNIQUE,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    device TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX session_person ON session (person);

-- Links that were mailed, good for one use.
CREATE TABLE mailed_token (
    -- SHA-256 of the token.
    token BLOB PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    email TEXT NOT NULL,
    expires_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE block (
    blocker BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    blocked BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (blocker, blocked)
) STRICT;

CREATE INDEX block_blocked ON block (blocked);

CREATE TABLE favourite (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    item BLOB NOT NULL,
    kept_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX favourite_person ON favourite (person);

CREATE TABLE own_recipe (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX own_recipe_person ON own_recipe (person);

CREATE TABLE photo (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    created_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX photo_person ON photo (person);
