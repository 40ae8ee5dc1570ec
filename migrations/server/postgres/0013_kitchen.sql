-- Whether whoever has its link may read an own recipe.
ALTER TABLE own_recipe ADD COLUMN shared BOOLEAN NOT NULL DEFAULT FALSE;

-- What a person means to eat on which day.
CREATE TABLE planned_meal (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    -- As the device wrote it, in JSON.
    body TEXT NOT NULL
);

CREATE INDEX planned_meal_person ON planned_meal (person, day);

CREATE TABLE shopping_list (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    created_ms BIGINT NOT NULL
);

CREATE TABLE shopping_person (
    list UUID NOT NULL REFERENCES shopping_list (id) ON DELETE CASCADE,
    person UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    -- Who left stays, so that their devices learn it.
    inside BOOLEAN NOT NULL,
    PRIMARY KEY (list, person)
);

CREATE INDEX shopping_person_person ON shopping_person (person);

CREATE TABLE shopping_item (
    id UUID PRIMARY KEY,
    list UUID NOT NULL REFERENCES shopping_list (id) ON DELETE CASCADE,
    -- What to buy, in JSON.
    body TEXT NOT NULL,
    ticked BOOLEAN NOT NULL,
    created_ms BIGINT NOT NULL
);

CREATE INDEX shopping_item_list ON shopping_item (list);
