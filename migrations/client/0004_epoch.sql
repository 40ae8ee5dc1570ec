-- Which log of the server the cursor is of; NULL while it is not known. Made anew, since the browser's SQLite cannot add a column to
-- a strict table: it lacks the check that this runs.
CREATE TABLE cursor_before AS SELECT name, cursor FROM feed;
DROP TABLE feed;
CREATE TABLE feed (
    name TEXT PRIMARY KEY,
    -- Everything up to this number was applied.
    cursor INTEGER NOT NULL,
    epoch TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO feed (name, cursor, epoch) SELECT name, cursor, NULL FROM cursor_before;
DROP TABLE cursor_before;
