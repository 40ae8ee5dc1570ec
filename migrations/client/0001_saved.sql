-- What the device keeps: records seen or kept, the last answers, and the interface's settings.
CREATE TABLE record (
    kind TEXT NOT NULL CHECK (kind IN ('place', 'recipe', 'food')),
    id TEXT NOT NULL,
    -- The record as the server sent it.
    json TEXT NOT NULL,
    -- Milliseconds since 1970, UTC, by the device's clock.
    seen_ms INTEGER NOT NULL,
    -- When it became a favourite; NULL when it is none.
    kept_ms INTEGER,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_kept ON record (kind, kept_ms DESC) WHERE kept_ms IS NOT NULL;
CREATE INDEX record_seen ON record (seen_ms) WHERE kept_ms IS NULL;

CREATE TABLE answer (
    -- Path and query asked.
    request TEXT PRIMARY KEY,
    json TEXT NOT NULL,
    seen_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX answer_seen ON answer (seen_ms);

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
