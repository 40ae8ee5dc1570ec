-- People, their sessions, and what is theirs. Ids are UUIDs, times ms UTC, JSON is text.
CREATE TABLE person (
    id UUID PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    email_verified BOOLEAN NOT NULL,
    -- A PHC string.
    password TEXT NOT NULL,
    role TEXT NOT NULL,
    -- The name to show, taken from the profile.
    name TEXT NOT NULL,
    picture UUID,
    profile TEXT NOT NULL,
    profile_version BIGINT NOT NULL,
    created_ms BIGINT NOT NULL
);

-- An address is one account's only once it is proven.
CREATE UNIQUE INDEX person_email ON person (email) WHERE email_verified;

CREATE TABLE session (
    id UUID PRIMARY KEY,
    -- SHA-256 of the token.
    token BYTEA NOT NULL UNIQUE,
    person UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    device TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    seen_ms BIGINT NOT NULL
);

CREATE INDEX session_person ON session (person);

-- Links that were mailed, good for one use.
CREATE TABLE mailed_token (
    -- SHA-256 of the token.
    token BYTEA PRIMARY KEY,
    person UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    email TEXT NOT NULL,
    expires_ms BIGINT NOT NULL
);

CREATE TABLE block (
    blocker UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    blocked UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (blocker, blocked)
);

CREATE INDEX block_blocked ON block (blocked);

CREATE TABLE favourite (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    item UUID NOT NULL,
    kept_ms BIGINT NOT NULL
);

CREATE INDEX favourite_person ON favourite (person);

CREATE TABLE own_recipe (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    version BIGINT NOT NULL,
    changed_ms BIGINT NOT NULL
);

CREATE INDEX own_recipe_person ON own_recipe (person);

CREATE TABLE photo (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    created_ms BIGINT NOT NULL
);

CREATE INDEX photo_person ON photo (person);
