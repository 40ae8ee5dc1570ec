-- Photos that the server does not have yet; a change that shows one waits for it.
CREATE TABLE photo (
    id TEXT PRIMARY KEY,
    bytes BLOB NOT NULL,
    -- Milliseconds since 1970, UTC, by the device's clock.
    made_ms INTEGER NOT NULL
) STRICT;
