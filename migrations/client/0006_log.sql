-- Which log of the server has what this person sent: after a restore it is another one, and what is theirs alone is sent again.
CREATE TABLE sent_to (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    epoch TEXT NOT NULL
) STRICT;
