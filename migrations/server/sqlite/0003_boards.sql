-- Posts, comments, gatherings, and what moderators do.
CREATE TABLE post (
    id BLOB PRIMARY KEY,
    board TEXT NOT NULL,
    author BLOB REFERENCES person (id) ON DELETE SET NULL,
    -- What was written, as JSON, and as HTML that is safe to show.
    draft TEXT NOT NULL,
    html TEXT NOT NULL,
    -- Title, body and tags in small letters, to be searched.
    words TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    edited_ms INTEGER,
    comments INTEGER NOT NULL,
    hidden INTEGER NOT NULL,
    -- Of a gathering.
    starts_ms INTEGER,
    ends_ms INTEGER,
    seats INTEGER,
    cancelled TEXT,
    room BLOB,
    reminded INTEGER NOT NULL
) STRICT;

CREATE INDEX post_board ON post (board, created_ms);
CREATE INDEX post_author ON post (author);
CREATE INDEX post_starts ON post (starts_ms) WHERE starts_ms IS NOT NULL;

CREATE TABLE tag (
    post BLOB NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (tag, post)
) STRICT;

CREATE INDEX tag_post ON tag (post);

CREATE TABLE revision (
    post BLOB NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    draft TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (post, version)
) STRICT;

CREATE TABLE comment (
    id BLOB PRIMARY KEY,
    post BLOB NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    parent BLOB,
    author BLOB REFERENCES person (id) ON DELETE SET NULL,
    body TEXT NOT NULL,
    html TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    edited_ms INTEGER,
    hidden INTEGER NOT NULL,
    deleted INTEGER NOT NULL
) STRICT;

CREATE INDEX comment_post ON comment (post, created_ms);
CREATE INDEX comment_author ON comment (author);

CREATE TABLE reaction (
    subject BLOB NOT NULL,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    reaction TEXT NOT NULL,
    PRIMARY KEY (subject, person, reaction)
) STRICT;

CREATE TABLE seat (
    post BLOB NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    -- The order of requests.
    turn INTEGER NOT NULL,
    PRIMARY KEY (post, person)
) STRICT;

CREATE INDEX seat_person ON seat (person);

CREATE TABLE meal_reference (
    post BLOB NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    author BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    about BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (post, author, about)
) STRICT;

CREATE INDEX meal_reference_about ON meal_reference (about);

CREATE TABLE report (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    subject BLOB NOT NULL,
    reporter BLOB REFERENCES person (id) ON DELETE SET NULL,
    reason TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    closed INTEGER NOT NULL
) STRICT;

CREATE INDEX report_open ON report (at_ms) WHERE NOT closed;

CREATE TABLE moderation (
    id BLOB PRIMARY KEY,
    moderator BLOB REFERENCES person (id) ON DELETE SET NULL,
    deed TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject BLOB NOT NULL,
    reason TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;
