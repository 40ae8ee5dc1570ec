-- Areas that the device keeps, and their places.
CREATE TABLE area (
    id TEXT PRIMARY KEY,
    -- The name in both languages as JSON; NULL for a circle around where the person was.
    name TEXT,
    lat REAL NOT NULL,
    lon REAL NOT NULL,
    radius_m INTEGER NOT NULL,
    total INTEGER NOT NULL,
    made_ms INTEGER NOT NULL,
    -- Grows each time that all of it is fetched; places of an earlier round go once a round is done.
    round INTEGER NOT NULL DEFAULT 1,
    -- The catalogue's version that this round is made from, and where its next page begins.
    version TEXT,
    next TEXT,
    fetched_ms INTEGER,
    paused INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE area_place (
    area TEXT NOT NULL,
    place TEXT NOT NULL,
    round INTEGER NOT NULL,
    -- As the server sent it.
    json TEXT NOT NULL,
    PRIMARY KEY (area, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX area_place_by_place ON area_place (place);
