-- Ordered logs, and the changes that clients sent.
CREATE TABLE feed (
    name TEXT PRIMARY KEY,
    -- The newest number; taken in the transaction that writes the entry, so that numbers commit in order.
    head BIGINT NOT NULL
);

CREATE TABLE entry (
    feed TEXT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    item UUID NOT NULL,
    PRIMARY KEY (feed, number)
);

CREATE TABLE client (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    -- The number of the last mutation that was decided.
    last BIGINT NOT NULL
);

CREATE INDEX client_person ON client (person);

CREATE TABLE mutation (
    client UUID NOT NULL REFERENCES client (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    -- The problem it was refused with, as JSON; NULL when it was done.
    refused TEXT,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (client, number)
);

CREATE TABLE notice (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    what TEXT NOT NULL,
    actor UUID REFERENCES person (id) ON DELETE CASCADE,
    post UUID,
    room UUID,
    words TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    seen BOOLEAN NOT NULL
);

CREATE INDEX notice_person ON notice (person, at_ms);
