-- Who is signed in, what they changed that is not on the server yet, and what they follow.
CREATE TABLE me (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    -- The account as the server sent it.
    account TEXT NOT NULL,
    -- This sign-in's id among the clients of the server.
    client TEXT NOT NULL,
    -- The session's token where no browser keeps a cookie.
    token TEXT,
    -- The last number given to a change.
    sent INTEGER NOT NULL
) STRICT;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    change TEXT NOT NULL,
    -- Milliseconds since 1970, UTC, by the device's clock.
    made_ms INTEGER NOT NULL,
    -- Given before it is first sent and kept since: a repeat is known by it.
    number INTEGER UNIQUE,
    -- Why it waits for the person, as JSON; NULL when it goes by itself.
    stuck TEXT
) STRICT;

CREATE TABLE feed (
    name TEXT PRIMARY KEY,
    -- Everything up to this number was applied.
    cursor INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE item (
    id TEXT PRIMARY KEY,
    feed TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- Of its last entry.
    number INTEGER NOT NULL,
    json TEXT NOT NULL
) STRICT;

CREATE INDEX item_kind ON item (kind, feed);
