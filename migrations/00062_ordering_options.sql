-- expands: options and halves of what is ordered, and its allergens as configured

-- +goose Up

ALTER TABLE public.order_items
    -- What was chosen, as the API names it: optionId, groupName, name, portion, amount, isDefault.
    ADD COLUMN options jsonb NOT NULL DEFAULT '[]',
    -- The item on the second half: menuItemId, name, options. Null: there is one item.
    ADD COLUMN second_half jsonb,
    ADD COLUMN allergens text[] NOT NULL DEFAULT '{}';
