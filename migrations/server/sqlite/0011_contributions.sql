-- What members add to places of the catalogue, by the place's id, which a newer catalogue keeps.
CREATE TABLE correction (
    -- The same for all who say the same.
    id BLOB NOT NULL,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    place BLOB NOT NULL,
    fact TEXT NOT NULL,
    value TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    hidden INTEGER NOT NULL,
    PRIMARY KEY (id, person)
) STRICT;

CREATE INDEX correction_place ON correction (place);
CREATE INDEX correction_person ON correction (person);

CREATE TABLE review (
    id BLOB PRIMARY KEY,
    author BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    place BLOB NOT NULL,
    eaten TEXT NOT NULL,
    understood TEXT,
    body TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    hidden INTEGER NOT NULL,
    UNIQUE (author, place)
) STRICT;

CREATE INDEX review_place ON review (place, at_ms);
