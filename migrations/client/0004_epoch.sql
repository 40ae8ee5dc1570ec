-- Which log of the server the cursor is of; NULL while it is not known.
ALTER TABLE feed ADD COLUMN epoch TEXT;
