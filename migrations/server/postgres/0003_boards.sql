-- Posts, comments, gatherings, and what moderators do.
CREATE TABLE post (
    id UUID PRIMARY KEY,
    board TEXT NOT NULL,
    author UUID REFERENCES person (id) ON DELETE SET NULL,
    -- What was written, as JSON, and as HTML that is safe to show.
    draft TEXT NOT NULL,
    html TEXT NOT NULL,
    -- Title, body and tags in small letters, to be searched.
    words TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    edited_ms BIGINT,
    comments BIGINT NOT NULL,
    hidden BOOLEAN NOT NULL,
    -- Of a gathering.
    starts_ms BIGINT,
    ends_ms BIGINT,
    seats BIGINT,
    cancelled TEXT,
    room UUID,
    reminded BOOLEAN NOT NULL
);

CREATE INDEX post_board ON post (board, created_ms);
CREATE INDEX post_author ON post (author);
CREATE INDEX post_starts ON post (starts_ms) WHERE starts_ms IS NOT NULL;

CREATE TABLE tag (
    post UUID NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (tag, post)
);

CREATE INDEX tag_post ON tag (post);

CREATE TABLE revision (
    post UUID NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    draft TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (post, version)
);

CREATE TABLE comment (
    id UUID PRIMARY KEY,
    post UUID NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    parent UUID,
    author UUID REFERENCES person (id) ON DELETE SET NULL,
    body TEXT NOT NULL,
    html TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    edited_ms BIGINT,
    hidden BOOLEAN NOT NULL,
    deleted BOOLEAN NOT NULL
);

CREATE INDEX comment_post ON comment (post, created_ms);
CREATE INDEX comment_author ON comment (author);

CREATE TABLE reaction (
    subject UUID NOT NULL,
    person UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    reaction TEXT NOT NULL,
    PRIMARY KEY (subject, person, reaction)
);

CREATE TABLE seat (
    post UUID NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    person UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    -- The order of requests.
    turn BIGINT NOT NULL,
    PRIMARY KEY (post, person)
);

CREATE INDEX seat_person ON seat (person);

CREATE TABLE meal_reference (
    post UUID NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    author UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    about UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (post, author, about)
);

CREATE INDEX meal_reference_about ON meal_reference (about);

CREATE TABLE report (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    subject UUID NOT NULL,
    reporter UUID REFERENCES person (id) ON DELETE SET NULL,
    reason TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    closed BOOLEAN NOT NULL
);

CREATE INDEX report_open ON report (at_ms) WHERE NOT closed;

CREATE TABLE moderation (
    id UUID PRIMARY KEY,
    moderator UUID REFERENCES person (id) ON DELETE SET NULL,
    deed TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject UUID NOT NULL,
    reason TEXT NOT NULL,
    at_ms BIGINT NOT NULL
);
