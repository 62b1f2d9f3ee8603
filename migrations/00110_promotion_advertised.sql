-- expands: promotions that customers are told of

-- +goose Up

-- Nobody was told of those that are there: some of their codes are for few.
ALTER TABLE public.promotions ADD COLUMN advertised boolean NOT NULL DEFAULT false;
