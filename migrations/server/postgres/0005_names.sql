-- The field's terms for columns that had their own.

ALTER TABLE seat RENAME COLUMN turn TO queue_position;
ALTER TABLE moderation RENAME COLUMN deed TO decision;
