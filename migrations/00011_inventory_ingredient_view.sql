-- +goose Up

-- Stock is always asked for as it is now: a plain view, nothing to keep fresh.
CREATE VIEW public.ingredient_view AS
SELECT
    g.id,
    g.name,
    g.on_hand,
    g.reserved,
    g.on_hand - g.reserved AS available,
    g.low_threshold
FROM public.ingredients AS g;
