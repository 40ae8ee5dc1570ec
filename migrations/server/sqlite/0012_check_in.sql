-- Who is told if somebody does not say that they are home after a meal.
CREATE TABLE check_in (
    post BLOB NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    friend BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    done INTEGER NOT NULL,
    -- Whether the person was asked, and whether the friend was told.
    asked INTEGER NOT NULL,
    told INTEGER NOT NULL,
    PRIMARY KEY (post, person)
) STRICT;

CREATE INDEX check_in_open ON check_in (post) WHERE NOT done AND NOT told;
CREATE INDEX check_in_person ON check_in (person);
CREATE INDEX check_in_friend ON check_in (friend);
