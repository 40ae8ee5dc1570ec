-- What a notice tells the words of, so that it goes with them.
ALTER TABLE notice ADD COLUMN told BLOB;
CREATE INDEX notice_told ON notice (told) WHERE told IS NOT NULL;
CREATE INDEX notice_at ON notice (at_ms);

-- An entry for each item: a newer one says all that an older one did.
CREATE INDEX entry_item ON entry (feed, item, kind);
DELETE FROM entry WHERE EXISTS (SELECT 1 FROM entry e WHERE e.feed = entry.feed AND e.item = entry.item
    AND e.kind = entry.kind AND e.number > entry.number);

CREATE INDEX mutation_at ON mutation (at_ms);
CREATE INDEX photo_created ON photo (created_ms);

-- post.comments is no longer read: what a person may see is counted. It goes when no older program runs any more.
