-- Rooms and messages.
CREATE TABLE room (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    post BLOB,
    created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE room_person (
    room BLOB NOT NULL REFERENCES room (id) ON DELETE CASCADE,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    inside INTEGER NOT NULL,
    muted INTEGER NOT NULL,
    -- The number of the last message read.
    read_to INTEGER NOT NULL,
    PRIMARY KEY (room, person)
) STRICT;

CREATE INDEX room_person_person ON room_person (person);

CREATE TABLE message (
    id BLOB PRIMARY KEY,
    room BLOB NOT NULL REFERENCES room (id) ON DELETE CASCADE,
    -- Its place in the room's order: its first entry's number, taken when the transaction ends.
    number INTEGER,
    author BLOB REFERENCES person (id) ON DELETE SET NULL,
    body TEXT NOT NULL,
    photo BLOB,
    -- A place or recipe, as JSON.
    card TEXT,
    reply_to BLOB,
    version INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    edited_ms INTEGER,
    deleted INTEGER NOT NULL,
    UNIQUE (room, number)
) STRICT;

CREATE INDEX message_author ON message (author);

-- Where the browser's own notifications go.
CREATE TABLE push_subscription (
    endpoint TEXT PRIMARY KEY,
    session BLOB NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    p256dh TEXT NOT NULL,
    auth TEXT NOT NULL
) STRICT;

CREATE INDEX push_subscription_person ON push_subscription (person);
