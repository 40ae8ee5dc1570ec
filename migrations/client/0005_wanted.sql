-- Records that were made favourites on another device and are still to be fetched.
CREATE TABLE wanted (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
