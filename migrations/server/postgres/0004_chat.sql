-- Rooms and messages.
CREATE TABLE room (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    post UUID,
    created_ms BIGINT NOT NULL
);

CREATE TABLE room_person (
    room UUID NOT NULL REFERENCES room (id) ON DELETE CASCADE,
    person UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    inside BOOLEAN NOT NULL,
    muted BOOLEAN NOT NULL,
    -- The number of the last message read.
    read_to BIGINT NOT NULL,
    PRIMARY KEY (room, person)
);

CREATE INDEX room_person_person ON room_person (person);

CREATE TABLE message (
    id UUID PRIMARY KEY,
    room UUID NOT NULL REFERENCES room (id) ON DELETE CASCADE,
    -- Its place in the room's order: its first entry's number, taken when the transaction ends.
    number BIGINT,
    author UUID REFERENCES person (id) ON DELETE SET NULL,
    body TEXT NOT NULL,
    photo UUID,
    -- A place or recipe, as JSON.
    card TEXT,
    reply_to UUID,
    version BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    edited_ms BIGINT,
    deleted BOOLEAN NOT NULL,
    UNIQUE (room, number)
);

CREATE INDEX message_author ON message (author);

-- Where the browser's own notifications go.
CREATE TABLE push_subscription (
    endpoint TEXT PRIMARY KEY,
    session UUID NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    person UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    p256dh TEXT NOT NULL,
    auth TEXT NOT NULL
);

CREATE INDEX push_subscription_person ON push_subscription (person);
