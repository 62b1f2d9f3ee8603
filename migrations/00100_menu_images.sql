-- expands: pictures of menu items

-- +goose Up

-- Pictures that were uploaded. The id is the beginning of the SHA-256 of the files.
CREATE TABLE public.images (
    id           uuid        PRIMARY KEY,
    -- When it was uploaded, or was taken from the last item that had it; NULL: some item has it.
    unused_since timestamptz
);

-- Those that no item has are forgotten after a day.
CREATE INDEX images_unused_since_idx ON public.images (unused_since) WHERE unused_since IS NOT NULL;

-- An image in each of its sizes, square, in JPEG.
CREATE TABLE public.image_files (
    image_id uuid    NOT NULL REFERENCES public.images (id) ON DELETE CASCADE,
    side     integer NOT NULL CHECK (side > 0),
    body     bytea   NOT NULL,
    PRIMARY KEY (image_id, side)
);

-- A JPEG can't be made smaller.
ALTER TABLE public.image_files ALTER COLUMN body SET STORAGE EXTERNAL;

ALTER TABLE public.menu_items
    -- Few items look for few images: no index.
    ADD COLUMN image_id uuid REFERENCES public.images (id);
