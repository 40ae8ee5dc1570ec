-- Whether whoever has its link may read an own recipe.
ALTER TABLE own_recipe ADD COLUMN shared INTEGER NOT NULL DEFAULT FALSE;

-- What a person means to eat on which day.
CREATE TABLE planned_meal (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    -- As the device wrote it, in JSON.
    body TEXT NOT NULL
) STRICT;

CREATE INDEX planned_meal_person ON planned_meal (person, day);

CREATE TABLE shopping_list (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE shopping_person (
    list BLOB NOT NULL REFERENCES shopping_list (id) ON DELETE CASCADE,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    -- Who left stays, so that their devices learn it.
    inside INTEGER NOT NULL,
    PRIMARY KEY (list, person)
) STRICT;

CREATE INDEX shopping_person_person ON shopping_person (person);

CREATE TABLE shopping_item (
    id BLOB PRIMARY KEY,
    list BLOB NOT NULL REFERENCES shopping_list (id) ON DELETE CASCADE,
    -- What to buy, in JSON.
    body TEXT NOT NULL,
    ticked INTEGER NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX shopping_item_list ON shopping_item (list);
