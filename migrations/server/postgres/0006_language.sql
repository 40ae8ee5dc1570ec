-- The language in which a person is written to.

ALTER TABLE person ADD COLUMN lang TEXT NOT NULL DEFAULT 'ko';
