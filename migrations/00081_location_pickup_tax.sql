-- expands: another tax on what is picked up

-- +goose Up

ALTER TABLE public.location_tax_rates
    -- NULL: as on what is delivered.
    ADD COLUMN pickup_rate_basis_points integer CHECK (pickup_rate_basis_points BETWEEN 0 AND 10000);
