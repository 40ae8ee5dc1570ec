-- What members add to places of the catalogue, by the place's id, which a newer catalogue keeps.
CREATE TABLE correction (
    -- The same for all who say the same.
    id UUID NOT NULL,
    person UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    place UUID NOT NULL,
    fact TEXT NOT NULL,
    value TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    hidden BOOLEAN NOT NULL,
    PRIMARY KEY (id, person)
);

CREATE INDEX correction_place ON correction (place);
CREATE INDEX correction_person ON correction (person);

CREATE TABLE review (
    id UUID PRIMARY KEY,
    author UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    place UUID NOT NULL,
    eaten TEXT NOT NULL,
    understood TEXT,
    body TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    hidden BOOLEAN NOT NULL,
    UNIQUE (author, place)
);

CREATE INDEX review_place ON review (place, at_ms);
