-- Ordered logs, and the changes that clients sent.
CREATE TABLE feed (
    name TEXT PRIMARY KEY,
    -- The newest number; taken in the transaction that writes the entry, so that numbers commit in order.
    head INTEGER NOT NULL
) STRICT;

CREATE TABLE entry (
    feed TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    item BLOB NOT NULL,
    PRIMARY KEY (feed, number)
) STRICT;

CREATE TABLE client (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    -- The number of the last mutation that was decided.
    last INTEGER NOT NULL
) STRICT;

CREATE INDEX client_person ON client (person);

CREATE TABLE mutation (
    client BLOB NOT NULL REFERENCES client (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    -- The problem it was refused with, as JSON; NULL when it was done.
    refused TEXT,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (client, number)
) STRICT;

CREATE TABLE notice (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    what TEXT NOT NULL,
    actor BLOB REFERENCES person (id) ON DELETE CASCADE,
    post BLOB,
    room BLOB,
    words TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    seen INTEGER NOT NULL
) STRICT;

CREATE INDEX notice_person ON notice (person, at_ms);
