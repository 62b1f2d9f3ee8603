-- expands: what is built of each read model

-- +goose Up

-- The read models: what is built of each, and how far. Definitions are the files of migrations/readmodels; the functions
-- that build and follow them are files of internal/platform/readmodel/mechanism, applied by the program when they change.
CREATE SCHEMA readmodel;

-- Which text of the mechanism's functions was applied when. The last row is in force.
CREATE TABLE readmodel.mechanisms (
    number     bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    hash       text        NOT NULL UNIQUE,
    applied_at timestamptz NOT NULL
);

-- Every definition that a model has had, numbered; those dropped stay, so that a server of an older version can tell that
-- what is in use is newer than its own.
CREATE TABLE readmodel.generations (
    model   text    NOT NULL CHECK (model ~ '^[a-z]+(_[a-z]+)*$'),
    number  integer NOT NULL CHECK (number > 0),
    -- 'row': one row a key, recomputed when it changes. 'sum': groups of added-up contributions. 'plain': only a view.
    kind    text    NOT NULL CHECK (kind IN ('row', 'sum', 'plain')),
    hash    text    NOT NULL,
    state   text    NOT NULL CHECK (
        state IN ('prepared', 'followed', 'filled', 'verified', 'in_use', 'retired', 'dropping', 'dropped')
    ),
    -- The last transaction that may have changed a table before the triggers were in force; then that of the filling.
    barrier xid8,
    -- Its views took away columns that those of before had, or changed their type: earlier definitions can't be read any more.
    breaks  boolean NOT NULL DEFAULT false,
    made_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (model, number)
);

-- The program's queries read one generation of each model.
CREATE UNIQUE INDEX generations_in_use_key ON readmodel.generations (model) WHERE state = 'in_use';

-- What the materialized view of a generation contains; contributions visible in it no longer count. It is apart from the
-- state, which may change while a refresh, in one view of the database, is under way.
CREATE TABLE readmodel.snapshots (
    model        text        NOT NULL,
    generation   integer     NOT NULL,
    snapshot     pg_snapshot NOT NULL,
    refreshed_at timestamptz NOT NULL,
    PRIMARY KEY (model, generation),
    FOREIGN KEY (model, generation) REFERENCES readmodel.generations (model, number)
);

-- The tables that a generation of a sum joins. The root is the one that the others refer to.
CREATE TABLE readmodel.sum_tables (
    model        text    NOT NULL,
    generation   integer NOT NULL,
    source_table text    NOT NULL,
    is_root      boolean NOT NULL,
    PRIMARY KEY (model, generation, source_table),
    FOREIGN KEY (model, generation) REFERENCES readmodel.generations (model, number)
);
