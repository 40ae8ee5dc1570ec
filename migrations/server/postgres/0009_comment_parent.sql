-- Answers to a comment are looked for when it is deleted.
CREATE INDEX comment_parent ON comment (parent);
