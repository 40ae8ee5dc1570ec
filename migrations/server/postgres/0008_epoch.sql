-- Which log the feeds' numbers are of: another one after a restore, so that devices begin anew.
CREATE TABLE epoch (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    id UUID NOT NULL
);
