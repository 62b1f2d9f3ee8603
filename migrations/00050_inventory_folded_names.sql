-- expands: ingredients' names are unique whatever their case, in the same way in every database

-- +goose Up

-- What all spellings of the name have in common that differ in case alone (text.FoldName). Null in rows of versions that don't
-- know it, until the next ingredient is added: theirs are compared by the database's lower(), as they always were.
ALTER TABLE public.ingredients ADD COLUMN name_folded text;

-- A name is given once. The index takes the place of the one on lower(name), which folds what the database's locale says: Ü in
-- one, and not in another; I to ı in a Turkish one. It keeps that one's name, by which every version tells that a name is taken.
DROP INDEX public.ingredients_name_key;
CREATE UNIQUE INDEX ingredients_name_key ON public.ingredients ((coalesce(name_folded, lower(name))));
