-- expands: which version of the program brought definitions and functions of read models

-- +goose Up

-- The version of the program that brought them in, null if that has none: so a program whose own were never here, because other
-- versions were before and after it, can tell whether it is the older one.
ALTER TABLE readmodel.mechanisms ADD COLUMN version text;
ALTER TABLE readmodel.generations ADD COLUMN version text;
