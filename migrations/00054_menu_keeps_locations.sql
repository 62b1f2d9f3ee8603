-- expands: no location is added while somebody changes what one does otherwise than the menu

-- +goose Up

-- Whether a dish is offered anywhere depends on all locations, and on what each of them does otherwise. So whoever changes the
-- latter keeps the former as they are: of two transactions that did both at once, neither would see the other.
-- +goose StatementBegin
CREATE FUNCTION public.menu_item_locations_keep_locations() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.keep_locations();
    RETURN NULL;
END
$$;
-- +goose StatementEnd

CREATE TRIGGER menu_item_locations_keep_locations BEFORE INSERT OR UPDATE OR DELETE ON public.menu_item_locations
    FOR EACH STATEMENT EXECUTE FUNCTION public.menu_item_locations_keep_locations();
