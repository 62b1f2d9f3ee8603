-- What is in force in the database of a new shop: tables, views with their columns, indexes, triggers and functions.
-- Written by make generate, for readers; it is not run. Sources: migrations, internal/platform/readmodel/mechanism.

TABLE public.accounts (
    customer_id uuid NOT NULL,
    email text NOT NULL,
    password_hash text NOT NULL,
    roles text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    location_ids uuid[],
    suspended_at timestamp with time zone,
    email_folded text,
    CONSTRAINT accounts_pkey PRIMARY KEY (customer_id),
    CONSTRAINT accounts_email_check CHECK (((length(email) >= 3) AND (length(email) <= 320))),
    CONSTRAINT accounts_roles_check CHECK (((cardinality(roles) > 0) AND (roles <@ ARRAY['CUSTOMER'::text, 'COOK'::text, 'DRIVER'::text, 'MANAGER'::text]))),
    CONSTRAINT accounts_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES public.customers(id),
    CONSTRAINT accounts_location_ids_check CHECK ((cardinality(location_ids) > 0))
);
CREATE UNIQUE INDEX accounts_email_key ON public.accounts USING btree (COALESCE(email_folded, lower(email)));

VIEW public.archived_menu_item_source (
    id uuid,
    name text,
    description text,
    category text,
    is_pizza boolean,
    tax_category text,
    prices json,
    allergens json,
    declared_allergens json,
    diet text,
    is_hidden boolean,
    preparation_minutes integer,
    version integer,
    image json,
    archived_at timestamp with time zone
);

VIEW public.archived_menu_item_view (
    id uuid,
    name text,
    description text,
    category text,
    is_pizza boolean,
    tax_category text,
    prices json,
    allergens json,
    declared_allergens json,
    diet text,
    is_hidden boolean,
    preparation_minutes integer,
    version integer,
    image json,
    archived_at timestamp with time zone
);

TABLE public.customer_addresses (
    customer_id uuid NOT NULL,
    "position" integer NOT NULL,
    street text NOT NULL,
    city text NOT NULL,
    postal_code text NOT NULL,
    notes text,
    CONSTRAINT customer_addresses_pkey PRIMARY KEY (customer_id, "position"),
    CONSTRAINT customer_addresses_city_check CHECK (((length(city) >= 1) AND (length(city) <= 500))),
    CONSTRAINT customer_addresses_notes_check CHECK (((length(notes) >= 1) AND (length(notes) <= 500))),
    CONSTRAINT customer_addresses_street_check CHECK (((length(street) >= 1) AND (length(street) <= 500))),
    CONSTRAINT customer_addresses_position_check CHECK ((("position" >= 1) AND ("position" <= 20))),
    CONSTRAINT customer_addresses_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES public.customers(id),
    CONSTRAINT customer_addresses_postal_code_check CHECK (((length(postal_code) >= 1) AND (length(postal_code) <= 500)))
);

VIEW public.customer_history_fresh (
    customer_id uuid,
    currency text,
    menu_item_id uuid,
    name text,
    is_pizza boolean,
    location_id uuid,
    lines bigint,
    quantity bigint,
    orders bigint,
    spent_cents bigint,
    xid xid8
);

VIEW public.customer_history_snapshot (
    customer_id uuid,
    currency text,
    menu_item_id uuid,
    name text,
    is_pizza boolean,
    location_id uuid,
    lines bigint,
    quantity bigint,
    orders bigint,
    spent_cents bigint
);

VIEW public.customer_history_source (
    customer_id uuid,
    currency text,
    menu_item_id uuid,
    name text,
    is_pizza boolean,
    location_id uuid,
    lines bigint,
    quantity bigint,
    orders bigint,
    spent_cents bigint
);

VIEW public.customer_history_view (
    customer_id uuid,
    currency text,
    menu_item_id uuid,
    name text,
    is_pizza boolean,
    location_id uuid,
    lines bigint,
    quantity bigint,
    orders bigint,
    spent_cents bigint
);

TABLE public.customers (
    id uuid NOT NULL,
    name text NOT NULL,
    phone text,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT customers_pkey PRIMARY KEY (id),
    CONSTRAINT customers_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT customers_phone_check CHECK (((length(phone) >= 1) AND (length(phone) <= 40)))
);

VIEW public.deal_source (
    id uuid,
    location_id uuid,
    name text,
    code text,
    priority integer,
    reward json,
    conditions json,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    max_uses integer,
    max_uses_by_customer integer,
    created_at timestamp with time zone
);

VIEW public.deal_view (
    id uuid,
    location_id uuid,
    name text,
    code text,
    priority integer,
    reward json,
    conditions json,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    max_uses integer,
    max_uses_by_customer integer,
    created_at timestamp with time zone
);

VIEW public.delivery_zone_source (
    id uuid,
    location_id uuid,
    "position" integer,
    name text,
    postal_codes text[],
    fee bigint,
    minimum_order bigint,
    minutes integer
);

VIEW public.delivery_zone_view (
    id uuid,
    location_id uuid,
    "position" integer,
    name text,
    postal_codes text[],
    fee bigint,
    minimum_order bigint,
    minutes integer
);

TABLE public.delivery_zones (
    id uuid NOT NULL,
    location_id uuid NOT NULL,
    "position" integer NOT NULL,
    name text NOT NULL,
    postal_codes text[] NOT NULL,
    fee bigint NOT NULL,
    minimum_order bigint NOT NULL,
    minutes integer NOT NULL,
    CONSTRAINT delivery_zones_pkey PRIMARY KEY (id),
    CONSTRAINT delivery_zones_fee_check CHECK (((fee >= 0) AND (fee <= 100000000))),
    CONSTRAINT delivery_zones_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
    CONSTRAINT delivery_zones_position_key UNIQUE (location_id, "position"),
    CONSTRAINT delivery_zones_minutes_check CHECK (((minutes >= 0) AND (minutes <= 240))),
    CONSTRAINT delivery_zones_position_check CHECK (("position" > 0)),
    CONSTRAINT delivery_zones_location_id_fkey FOREIGN KEY (location_id) REFERENCES public.locations(id) ON DELETE CASCADE,
    CONSTRAINT delivery_zones_postal_codes_check CHECK (((cardinality(postal_codes) >= 1) AND (cardinality(postal_codes) <= 1000))),
    CONSTRAINT delivery_zones_minimum_order_check CHECK (((minimum_order >= 0) AND (minimum_order <= 100000000)))
);

TABLE public.devices (
    token_sha256 bytea NOT NULL,
    account_id uuid NOT NULL,
    added_at timestamp with time zone NOT NULL,
    CONSTRAINT devices_pkey PRIMARY KEY (token_sha256),
    CONSTRAINT devices_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(customer_id) ON DELETE CASCADE,
    CONSTRAINT devices_token_sha256_check CHECK ((length(token_sha256) = 32))
);
CREATE INDEX devices_account_id_idx ON public.devices USING btree (account_id);
CREATE INDEX devices_added_at_idx ON public.devices USING btree (added_at);

TABLE public.erasures (
    customer_id uuid NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    erased_at timestamp with time zone,
    finished_at timestamp with time zone,
    CONSTRAINT erasures_pkey PRIMARY KEY (customer_id),
    CONSTRAINT erasures_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES public.customers(id),
    CONSTRAINT erasures_due_until_finished CHECK (((due_at IS NULL) = (finished_at IS NOT NULL)))
);
CREATE INDEX erasures_due_at_idx ON public.erasures USING btree (due_at) WHERE (due_at IS NOT NULL);

TABLE public.events (
    "position" bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamp with time zone NOT NULL,
    stream text NOT NULL,
    stream_id uuid NOT NULL,
    version integer NOT NULL,
    type text NOT NULL,
    from_state text,
    to_state text,
    payload jsonb NOT NULL,
    actor_role text NOT NULL,
    actor_id uuid,
    actor_name text,
    reason text,
    location_id uuid,
    CONSTRAINT events_pkey PRIMARY KEY ("position"),
    CONSTRAINT events_version_key UNIQUE (stream_id, version),
    CONSTRAINT events_version_check CHECK ((version > 0)),
    CONSTRAINT events_actor_role_check CHECK ((actor_role = ANY (ARRAY['CUSTOMER'::text, 'GUEST'::text, 'COOK'::text, 'DRIVER'::text, 'MANAGER'::text, 'SYSTEM'::text])))
);
CREATE INDEX events_audited_actor_idx ON public.events USING btree (actor_id, at, "position") WHERE ((stream <> 'TICKET'::text) AND ((actor_role = ANY (ARRAY['COOK'::text, 'DRIVER'::text, 'MANAGER'::text])) OR ((actor_role = 'SYSTEM'::text) AND (stream <> 'ORDER'::text) AND (type <> ALL (ARRAY['SOLD_OUT'::text, 'BACK_IN_STOCK'::text])))));
CREATE INDEX events_audited_idx ON public.events USING btree (at, "position") WHERE ((stream <> 'TICKET'::text) AND ((actor_role = ANY (ARRAY['COOK'::text, 'DRIVER'::text, 'MANAGER'::text])) OR ((actor_role = 'SYSTEM'::text) AND (stream <> 'ORDER'::text) AND (type <> ALL (ARRAY['SOLD_OUT'::text, 'BACK_IN_STOCK'::text])))));
CREATE INDEX events_audited_location_idx ON public.events USING btree (location_id, at, "position") WHERE ((stream <> 'TICKET'::text) AND ((actor_role = ANY (ARRAY['COOK'::text, 'DRIVER'::text, 'MANAGER'::text])) OR ((actor_role = 'SYSTEM'::text) AND (stream <> 'ORDER'::text) AND (type <> ALL (ARRAY['SOLD_OUT'::text, 'BACK_IN_STOCK'::text])))));
CREATE INDEX events_audited_stream_idx ON public.events USING btree (stream, at, "position") WHERE ((stream <> 'TICKET'::text) AND ((actor_role = ANY (ARRAY['COOK'::text, 'DRIVER'::text, 'MANAGER'::text])) OR ((actor_role = 'SYSTEM'::text) AND (stream <> 'ORDER'::text) AND (type <> ALL (ARRAY['SOLD_OUT'::text, 'BACK_IN_STOCK'::text])))));
CREATE INDEX events_but_orders_xid_idx ON public.events USING btree (xid) WHERE (stream <> 'ORDER'::text);
CREATE INDEX events_ready_idx ON public.events USING btree (location_id, at, "position") WHERE ((stream = 'ORDER'::text) AND (type = 'READY'::text));
CREATE INDEX events_ticket_actor_idx ON public.events USING btree (actor_id, at, "position") WHERE ((stream = 'TICKET'::text) AND (actor_id IS NOT NULL));
CREATE INDEX events_xid_idx ON public.events USING btree (xid);
CREATE TRIGGER events_are_final BEFORE DELETE OR TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION public.events_are_final();
CREATE TRIGGER events_only_forget BEFORE UPDATE ON public.events FOR EACH ROW EXECUTE FUNCTION public.events_only_forget();
CREATE CONSTRAINT TRIGGER order_1_follows_events AFTER INSERT OR DELETE OR UPDATE ON public.events DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.order_1_follows_events();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();

TABLE public.guest_networks (
    order_id uuid NOT NULL,
    network text NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    CONSTRAINT guest_networks_pkey PRIMARY KEY (order_id),
    CONSTRAINT guest_networks_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id)
);
CREATE INDEX guest_networks_network_idx ON public.guest_networks USING btree (network);
CREATE INDEX guest_networks_placed_at_idx ON public.guest_networks USING btree (placed_at);

TABLE public.guest_orders (
    order_id uuid NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT guest_orders_pkey PRIMARY KEY (order_id),
    CONSTRAINT guest_orders_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id)
);
CREATE INDEX guest_orders_person_idx ON public.guest_orders USING btree (person_id);

TABLE public.idempotency_keys (
    actor_id uuid NOT NULL,
    command text NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    subject_id uuid NOT NULL,
    answer json,
    locked_until timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (actor_id, command, key),
    CONSTRAINT idempotency_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255))),
    CONSTRAINT idempotency_keys_request_hash_check CHECK ((length(request_hash) = 32))
);
CREATE INDEX idempotency_keys_created_at_idx ON public.idempotency_keys USING btree (created_at);

TABLE public.identities (
    purpose text NOT NULL,
    identity text NOT NULL,
    since timestamp with time zone NOT NULL,
    CONSTRAINT identities_pkey PRIMARY KEY (purpose),
    CONSTRAINT identities_purpose_check CHECK ((purpose = ANY (ARRAY['transactions'::text, 'shop'::text])))
);

TABLE public.image_files (
    image_id uuid NOT NULL,
    side integer NOT NULL,
    body bytea NOT NULL,
    CONSTRAINT image_files_pkey PRIMARY KEY (image_id, side),
    CONSTRAINT image_files_side_check CHECK ((side > 0)),
    CONSTRAINT image_files_image_id_fkey FOREIGN KEY (image_id) REFERENCES public.images(id) ON DELETE CASCADE
);

TABLE public.images (
    id uuid NOT NULL,
    unused_since timestamp with time zone,
    CONSTRAINT images_pkey PRIMARY KEY (id)
);
CREATE INDEX images_unused_since_idx ON public.images USING btree (unused_since) WHERE (unused_since IS NOT NULL);

VIEW public.ingredient_source (
    id uuid,
    name text,
    on_hand bigint,
    reserved bigint,
    available bigint,
    low_threshold bigint,
    allergens json,
    diet text,
    version integer,
    is_sold_out boolean,
    sold_out_until timestamp with time zone,
    sold_out_reason text
);

VIEW public.ingredient_view (
    id uuid,
    name text,
    on_hand bigint,
    reserved bigint,
    available bigint,
    low_threshold bigint,
    allergens json,
    diet text,
    version integer,
    is_sold_out boolean,
    sold_out_until timestamp with time zone,
    sold_out_reason text
);

TABLE public.ingredients (
    id uuid NOT NULL,
    name text NOT NULL,
    low_threshold bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name_folded text,
    allergens text[] NOT NULL DEFAULT '{}'::text[],
    diet text,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT ingredients_pkey PRIMARY KEY (id),
    CONSTRAINT ingredients_diet_check CHECK ((diet = ANY (ARRAY['VEGAN'::text, 'VEGETARIAN'::text]))),
    CONSTRAINT ingredients_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
    CONSTRAINT ingredients_version_check CHECK ((version > 0)),
    CONSTRAINT ingredients_allergens_known CHECK ((allergens <@ ARRAY['CELERY'::text, 'CRUSTACEANS'::text, 'EGGS'::text, 'FISH'::text, 'GLUTEN'::text, 'LUPIN'::text, 'MILK'::text, 'MOLLUSCS'::text, 'MUSTARD'::text, 'NUTS'::text, 'PEANUTS'::text, 'SESAME'::text, 'SOYA'::text, 'SULPHITES'::text])),
    CONSTRAINT ingredients_low_threshold_check CHECK (((low_threshold >= 0) AND (low_threshold <= 2147483647)))
);
CREATE UNIQUE INDEX ingredients_name_key ON public.ingredients USING btree (COALESCE(name_folded, lower(name)));
CREATE CONSTRAINT TRIGGER menu_1_follows_ingredients AFTER INSERT OR DELETE OR UPDATE ON public.ingredients DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.menu_1_follows_ingredients();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.ingredients FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.ingredients FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();
CREATE TRIGGER stock_levels_add AFTER INSERT ON public.ingredients FOR EACH ROW EXECUTE FUNCTION public.add_stock_level();

TABLE public.invites (
    account_id uuid NOT NULL,
    token_sha256 bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT invites_pkey PRIMARY KEY (account_id),
    CONSTRAINT invites_token_key UNIQUE (token_sha256),
    CONSTRAINT invites_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(customer_id) ON DELETE CASCADE,
    CONSTRAINT invites_token_sha256_check CHECK ((length(token_sha256) = 32))
);
CREATE INDEX invites_expires_at_idx ON public.invites USING btree (expires_at);

TABLE public.kitchen_actions (
    id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    kind text NOT NULL,
    outcome text NOT NULL,
    reason text,
    told_at timestamp with time zone NOT NULL,
    CONSTRAINT kitchen_actions_pkey PRIMARY KEY (id),
    CONSTRAINT kitchen_actions_outcome_check CHECK ((outcome = ANY (ARRAY['APPLIED'::text, 'ALREADY'::text, 'CONFLICT'::text, 'REFUSED'::text]))),
    CONSTRAINT kitchen_actions_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.tickets(id) ON DELETE CASCADE
);
CREATE INDEX kitchen_actions_told_idx ON public.kitchen_actions USING btree (told_at);

VIEW public.kitchen_load_source (
    order_id uuid,
    location_id uuid,
    status text,
    placed_at timestamp with time zone,
    baking jsonb
);

VIEW public.kitchen_load_view (
    order_id uuid,
    location_id uuid,
    status text,
    placed_at timestamp with time zone,
    baking jsonb
);

VIEW public.kitchen_ticket_fresh (
    id uuid,
    order_id uuid,
    location_id uuid,
    version integer,
    status text,
    opened_at timestamp with time zone,
    due_at timestamp with time zone,
    closed_at timestamp with time zone,
    is_rush boolean,
    rush_reason text,
    is_recalled boolean,
    recall_reason text,
    changed_version integer,
    items json[],
    xid xid8,
    tombstone boolean
);

VIEW public.kitchen_ticket_snapshot (
    id uuid,
    order_id uuid,
    location_id uuid,
    version integer,
    status text,
    opened_at timestamp with time zone,
    due_at timestamp with time zone,
    closed_at timestamp with time zone,
    is_rush boolean,
    rush_reason text,
    is_recalled boolean,
    recall_reason text,
    changed_version integer,
    items json[],
    paced boolean
);

VIEW public.kitchen_ticket_source (
    id uuid,
    order_id uuid,
    location_id uuid,
    version integer,
    status text,
    opened_at timestamp with time zone,
    due_at timestamp with time zone,
    closed_at timestamp with time zone,
    is_rush boolean,
    rush_reason text,
    is_recalled boolean,
    recall_reason text,
    changed_version integer,
    items json[]
);

VIEW public.kitchen_ticket_view (
    id uuid,
    order_id uuid,
    location_id uuid,
    version integer,
    status text,
    opened_at timestamp with time zone,
    due_at timestamp with time zone,
    closed_at timestamp with time zone,
    is_rush boolean,
    rush_reason text,
    is_recalled boolean,
    recall_reason text,
    changed_version integer,
    items json[]
);

VIEW public.learned_time_source (
    location_id uuid,
    menu_item_id uuid,
    size text,
    is_pizza boolean,
    preparation_minutes integer,
    bake_seconds integer,
    learn_times boolean,
    likely_seconds integer,
    latest_seconds integer,
    samples integer,
    left_out integer,
    by_hour jsonb
);

VIEW public.learned_time_view (
    location_id uuid,
    menu_item_id uuid,
    size text,
    is_pizza boolean,
    preparation_minutes integer,
    bake_seconds integer,
    learn_times boolean,
    likely_seconds integer,
    latest_seconds integer,
    samples integer,
    left_out integer,
    by_hour jsonb
);

TABLE public.learned_times (
    location_id uuid NOT NULL,
    menu_item_id uuid NOT NULL,
    size text NOT NULL,
    likely_seconds integer NOT NULL,
    latest_seconds integer NOT NULL,
    samples integer NOT NULL,
    left_out integer NOT NULL,
    by_hour jsonb NOT NULL,
    learned_at timestamp with time zone NOT NULL,
    CONSTRAINT learned_times_pkey PRIMARY KEY (location_id, menu_item_id, size),
    CONSTRAINT learned_times_check CHECK ((latest_seconds >= likely_seconds)),
    CONSTRAINT learned_times_size_check CHECK ((size = ANY (ARRAY['SMALL'::text, 'MEDIUM'::text, 'LARGE'::text, 'ONE_SIZE'::text]))),
    CONSTRAINT learned_times_samples_check CHECK ((samples >= 0)),
    CONSTRAINT learned_times_left_out_check CHECK ((left_out >= 0)),
    CONSTRAINT learned_times_location_id_fkey FOREIGN KEY (location_id) REFERENCES public.locations(id) ON DELETE CASCADE,
    CONSTRAINT learned_times_menu_item_id_fkey FOREIGN KEY (menu_item_id) REFERENCES public.menu_items(id),
    CONSTRAINT learned_times_likely_seconds_check CHECK ((likely_seconds >= 0))
);

TABLE public.learning_due (
    location_id uuid NOT NULL,
    due_at timestamp with time zone NOT NULL,
    CONSTRAINT learning_due_pkey PRIMARY KEY (location_id),
    CONSTRAINT learning_due_location_id_fkey FOREIGN KEY (location_id) REFERENCES public.locations(id) ON DELETE CASCADE
);

VIEW public.location_service_source (
    location_id uuid,
    fulfillment text,
    hours jsonb,
    special_days jsonb,
    last_order_before integer,
    lead_minutes integer,
    slot_minutes integer,
    max_days_ahead integer,
    paused_until timestamp with time zone,
    pause_reason text
);

VIEW public.location_service_view (
    location_id uuid,
    fulfillment text,
    hours jsonb,
    special_days jsonb,
    last_order_before integer,
    lead_minutes integer,
    slot_minutes integer,
    max_days_ahead integer,
    paused_until timestamp with time zone,
    pause_reason text
);

TABLE public.location_services (
    location_id uuid NOT NULL,
    fulfillment text NOT NULL,
    hours jsonb NOT NULL,
    special_days jsonb NOT NULL,
    last_order_before integer NOT NULL,
    lead_minutes integer NOT NULL,
    slot_minutes integer NOT NULL,
    max_days_ahead integer NOT NULL,
    paused_until timestamp with time zone,
    pause_reason text,
    CONSTRAINT location_services_pkey PRIMARY KEY (location_id, fulfillment),
    CONSTRAINT location_services_pause_has_reason CHECK (((paused_until IS NULL) = (pause_reason IS NULL))),
    CONSTRAINT location_services_location_id_fkey FOREIGN KEY (location_id) REFERENCES public.locations(id) ON DELETE CASCADE,
    CONSTRAINT location_services_fulfillment_check CHECK ((fulfillment = ANY (ARRAY['DELIVERY'::text, 'PICKUP'::text]))),
    CONSTRAINT location_services_lead_minutes_check CHECK (((lead_minutes >= 0) AND (lead_minutes <= 10080))),
    CONSTRAINT location_services_pause_reason_check CHECK (((length(pause_reason) >= 1) AND (length(pause_reason) <= 200))),
    CONSTRAINT location_services_slot_minutes_check CHECK (((slot_minutes >= 5) AND (slot_minutes <= 240))),
    CONSTRAINT location_services_max_days_ahead_check CHECK (((max_days_ahead >= 0) AND (max_days_ahead <= 30))),
    CONSTRAINT location_services_last_order_before_check CHECK (((last_order_before >= 0) AND (last_order_before <= 1440)))
);

VIEW public.location_source (
    id uuid,
    name text,
    slug text,
    phone text,
    street text,
    city text,
    postal_code text,
    address_notes text,
    time_zone text,
    day_ends_at integer,
    currency text,
    prices_include_tax boolean,
    delivery_fee bigint,
    tax_rates json,
    version integer,
    minimum_order bigint,
    open_orders_limit integer,
    open_portions_limit integer,
    new_customer_cash_orders_limit integer,
    oven_places integer,
    bake_seconds integer,
    cooks integer,
    make_seconds integer,
    delivery_minutes integer,
    learn_times boolean
);

VIEW public.location_stock_source (
    location_id uuid,
    id uuid,
    name text,
    on_hand bigint,
    reserved bigint,
    available bigint,
    low_threshold bigint,
    allergens json,
    diet text,
    version integer,
    is_sold_out boolean,
    sold_out_until timestamp with time zone,
    sold_out_reason text
);

VIEW public.location_stock_view (
    location_id uuid,
    id uuid,
    name text,
    on_hand bigint,
    reserved bigint,
    available bigint,
    low_threshold bigint,
    allergens json,
    diet text,
    version integer,
    is_sold_out boolean,
    sold_out_until timestamp with time zone,
    sold_out_reason text
);

TABLE public.location_tax_rates (
    location_id uuid NOT NULL,
    category text NOT NULL,
    rate_basis_points integer NOT NULL,
    pickup_rate_basis_points integer,
    CONSTRAINT location_tax_rates_pkey PRIMARY KEY (location_id, category),
    CONSTRAINT location_tax_rates_category_check CHECK ((category = ANY (ARRAY['FOOD'::text, 'DRINK'::text, 'ALCOHOL'::text, 'OTHER'::text]))),
    CONSTRAINT location_tax_rates_location_id_fkey FOREIGN KEY (location_id) REFERENCES public.locations(id) ON DELETE CASCADE,
    CONSTRAINT location_tax_rates_rate_basis_points_check CHECK (((rate_basis_points >= 0) AND (rate_basis_points <= 10000))),
    CONSTRAINT location_tax_rates_pickup_rate_basis_points_check CHECK (((pickup_rate_basis_points >= 0) AND (pickup_rate_basis_points <= 10000)))
);

VIEW public.location_view (
    id uuid,
    name text,
    slug text,
    phone text,
    street text,
    city text,
    postal_code text,
    address_notes text,
    time_zone text,
    day_ends_at integer,
    currency text,
    prices_include_tax boolean,
    delivery_fee bigint,
    tax_rates json,
    version integer,
    minimum_order bigint,
    open_orders_limit integer,
    open_portions_limit integer,
    new_customer_cash_orders_limit integer,
    oven_places integer,
    bake_seconds integer,
    cooks integer,
    make_seconds integer,
    delivery_minutes integer,
    learn_times boolean
);

TABLE public.locations (
    id uuid NOT NULL,
    name text NOT NULL,
    slug text NOT NULL,
    phone text,
    street text NOT NULL,
    city text NOT NULL,
    postal_code text NOT NULL,
    address_notes text,
    time_zone text NOT NULL,
    day_ends_at integer NOT NULL,
    currency text NOT NULL,
    prices_include_tax boolean NOT NULL,
    delivery_fee bigint NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    minimum_order bigint NOT NULL DEFAULT 0,
    open_orders_limit integer DEFAULT 20,
    open_portions_limit integer DEFAULT 200,
    new_customer_cash_orders_limit integer DEFAULT 2,
    oven_places integer NOT NULL DEFAULT 6,
    bake_seconds integer NOT NULL DEFAULT 300,
    cooks integer NOT NULL DEFAULT 4,
    make_seconds integer NOT NULL DEFAULT 420,
    delivery_minutes integer NOT NULL DEFAULT 25,
    learn_times boolean NOT NULL DEFAULT true,
    CONSTRAINT locations_pkey PRIMARY KEY (id),
    CONSTRAINT locations_slug_key UNIQUE (slug),
    CONSTRAINT locations_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
    CONSTRAINT locations_slug_check CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 60))),
    CONSTRAINT locations_cooks_check CHECK (((cooks >= 1) AND (cooks <= 100))),
    CONSTRAINT locations_phone_check CHECK (((length(phone) >= 1) AND (length(phone) <= 40))),
    CONSTRAINT locations_currency_key UNIQUE (id, currency),
    CONSTRAINT locations_version_check CHECK ((version > 0)),
    CONSTRAINT locations_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT locations_day_ends_at_check CHECK (((day_ends_at >= 0) AND (day_ends_at <= 719))),
    CONSTRAINT locations_oven_places_check CHECK (((oven_places >= 1) AND (oven_places <= 200))),
    CONSTRAINT locations_bake_seconds_check CHECK (((bake_seconds >= 30) AND (bake_seconds <= 3600))),
    CONSTRAINT locations_delivery_fee_check CHECK (((delivery_fee >= 0) AND (delivery_fee <= 100000000))),
    CONSTRAINT locations_make_seconds_check CHECK (((make_seconds >= 0) AND (make_seconds <= 7200))),
    CONSTRAINT locations_minimum_order_check CHECK (((minimum_order >= 0) AND (minimum_order <= 100000000))),
    CONSTRAINT locations_delivery_minutes_check CHECK (((delivery_minutes >= 0) AND (delivery_minutes <= 240))),
    CONSTRAINT locations_open_orders_limit_check CHECK (((open_orders_limit >= 1) AND (open_orders_limit <= 1000000))),
    CONSTRAINT locations_open_portions_limit_check CHECK (((open_portions_limit >= 1) AND (open_portions_limit <= 1000000))),
    CONSTRAINT locations_new_customer_cash_orders_limit_check CHECK (((new_customer_cash_orders_limit >= 0) AND (new_customer_cash_orders_limit <= 1000000)))
);
CREATE CONSTRAINT TRIGGER menu_1_follows_locations AFTER INSERT OR DELETE OR UPDATE ON public.locations DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.menu_1_follows_locations();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.locations FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.locations FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();
CREATE TRIGGER stock_levels_add AFTER INSERT ON public.locations FOR EACH ROW EXECUTE FUNCTION public.add_stock_levels_of_location();

VIEW public.menu_fresh (
    id uuid,
    name text,
    description text,
    category text,
    is_pizza boolean,
    tax_category text,
    prices json,
    allergens json,
    declared_allergens json,
    fixed_allergens json,
    diet text,
    option_groups json,
    halves json,
    is_available boolean,
    is_hidden boolean,
    is_offered boolean,
    preparation_minutes integer,
    version integer,
    image json,
    locations json,
    sold_out json,
    sizes_left json,
    options_sold_out json,
    options_gone json,
    shows text,
    xid xid8,
    tombstone boolean
);

TABLE public.menu_item_location_prices (
    menu_item_id uuid NOT NULL,
    location_id uuid NOT NULL,
    size text NOT NULL,
    price_cents bigint NOT NULL,
    CONSTRAINT menu_item_location_prices_pkey PRIMARY KEY (menu_item_id, location_id, size),
    CONSTRAINT menu_item_location_prices_size_check CHECK ((size = ANY (ARRAY['SMALL'::text, 'MEDIUM'::text, 'LARGE'::text, 'ONE_SIZE'::text]))),
    CONSTRAINT menu_item_location_prices_price_cents_check CHECK (((price_cents >= 0) AND (price_cents <= 100000000))),
    CONSTRAINT menu_item_location_prices_menu_item_id_location_id_fkey FOREIGN KEY (menu_item_id, location_id) REFERENCES public.menu_item_locations(menu_item_id, location_id) ON DELETE CASCADE
);
CREATE CONSTRAINT TRIGGER menu_1_follows_menu_item_location_prices AFTER INSERT OR DELETE OR UPDATE ON public.menu_item_location_prices DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.menu_1_follows_menu_item_location_prices();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.menu_item_location_prices FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.menu_item_location_prices FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();

TABLE public.menu_item_locations (
    menu_item_id uuid NOT NULL,
    location_id uuid NOT NULL,
    is_available boolean,
    CONSTRAINT menu_item_locations_pkey PRIMARY KEY (menu_item_id, location_id),
    CONSTRAINT menu_item_locations_location_id_fkey FOREIGN KEY (location_id) REFERENCES public.locations(id) ON DELETE CASCADE,
    CONSTRAINT menu_item_locations_menu_item_id_fkey FOREIGN KEY (menu_item_id) REFERENCES public.menu_items(id) ON DELETE CASCADE
);
CREATE CONSTRAINT TRIGGER menu_1_follows_menu_item_locations AFTER INSERT OR DELETE OR UPDATE ON public.menu_item_locations DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.menu_1_follows_menu_item_locations();
CREATE TRIGGER menu_item_locations_keep_locations BEFORE INSERT OR DELETE OR UPDATE ON public.menu_item_locations FOR EACH STATEMENT EXECUTE FUNCTION public.menu_item_locations_keep_locations();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.menu_item_locations FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.menu_item_locations FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();

TABLE public.menu_item_option_groups (
    menu_item_id uuid NOT NULL,
    group_id uuid NOT NULL,
    "position" integer NOT NULL,
    min integer,
    max integer,
    free_up_to integer,
    option_ids uuid[],
    default_option_ids uuid[],
    CONSTRAINT menu_item_option_groups_pkey PRIMARY KEY (menu_item_id, group_id),
    CONSTRAINT menu_item_option_groups_max_check CHECK ((max >= 1)),
    CONSTRAINT menu_item_option_groups_min_check CHECK ((min >= 0)),
    CONSTRAINT menu_item_option_groups_group_id_fkey FOREIGN KEY (group_id) REFERENCES public.option_groups(id),
    CONSTRAINT menu_item_option_groups_position_check CHECK (("position" >= 0)),
    CONSTRAINT menu_item_option_groups_free_up_to_check CHECK ((free_up_to >= 0)),
    CONSTRAINT menu_item_option_groups_menu_item_id_fkey FOREIGN KEY (menu_item_id) REFERENCES public.menu_items(id) ON DELETE CASCADE
);
CREATE INDEX menu_item_option_groups_group_id_idx ON public.menu_item_option_groups USING btree (group_id);
CREATE CONSTRAINT TRIGGER menu_1_follows_menu_item_option_groups AFTER INSERT OR DELETE OR UPDATE ON public.menu_item_option_groups DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.menu_1_follows_menu_item_option_groups();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.menu_item_option_groups FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.menu_item_option_groups FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();

TABLE public.menu_item_prices (
    menu_item_id uuid NOT NULL,
    size text NOT NULL,
    price_cents bigint NOT NULL,
    CONSTRAINT menu_item_prices_pkey PRIMARY KEY (menu_item_id, size),
    CONSTRAINT menu_item_prices_size_check CHECK ((size = ANY (ARRAY['SMALL'::text, 'MEDIUM'::text, 'LARGE'::text, 'ONE_SIZE'::text]))),
    CONSTRAINT menu_item_prices_price_cents_check CHECK (((price_cents >= 0) AND (price_cents <= 100000000))),
    CONSTRAINT menu_item_prices_menu_item_id_fkey FOREIGN KEY (menu_item_id) REFERENCES public.menu_items(id) ON DELETE CASCADE
);
CREATE CONSTRAINT TRIGGER menu_1_follows_menu_item_prices AFTER INSERT OR DELETE OR UPDATE ON public.menu_item_prices DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.menu_1_follows_menu_item_prices();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.menu_item_prices FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.menu_item_prices FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();

TABLE public.menu_items (
    id uuid NOT NULL,
    name text NOT NULL,
    description text NOT NULL,
    category text NOT NULL,
    allergens text[] NOT NULL,
    is_available boolean NOT NULL,
    preparation_minutes integer NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    archived_at timestamp with time zone,
    is_pizza boolean NOT NULL DEFAULT false,
    tax_category text NOT NULL DEFAULT 'FOOD'::text,
    halves_base_price text NOT NULL DEFAULT 'HIGHER'::text,
    halves_topping_percent integer NOT NULL DEFAULT 50,
    halves_split_charge bigint NOT NULL DEFAULT 0,
    halves_sizes text[] NOT NULL DEFAULT '{}'::text[],
    image_id uuid,
    CONSTRAINT menu_items_pkey PRIMARY KEY (id),
    CONSTRAINT menu_items_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
    CONSTRAINT menu_items_version_check CHECK ((version > 0)),
    CONSTRAINT menu_items_image_id_fkey FOREIGN KEY (image_id) REFERENCES public.images(id),
    CONSTRAINT menu_items_category_check CHECK (((length(category) >= 1) AND (length(category) <= 60))),
    CONSTRAINT menu_items_allergens_known CHECK ((allergens <@ ARRAY['CELERY'::text, 'CRUSTACEANS'::text, 'EGGS'::text, 'FISH'::text, 'GLUTEN'::text, 'LUPIN'::text, 'MILK'::text, 'MOLLUSCS'::text, 'MUSTARD'::text, 'NUTS'::text, 'PEANUTS'::text, 'SESAME'::text, 'SOYA'::text, 'SULPHITES'::text])),
    CONSTRAINT menu_items_description_check CHECK ((length(description) <= 3500)),
    CONSTRAINT menu_items_halves_sizes_check CHECK ((halves_sizes <@ ARRAY['SMALL'::text, 'MEDIUM'::text, 'LARGE'::text, 'ONE_SIZE'::text])),
    CONSTRAINT menu_items_tax_category_check CHECK ((tax_category = ANY (ARRAY['FOOD'::text, 'DRINK'::text, 'ALCOHOL'::text, 'OTHER'::text]))),
    CONSTRAINT menu_items_halves_base_price_check CHECK ((halves_base_price = ANY (ARRAY['HIGHER'::text, 'AVERAGE'::text]))),
    CONSTRAINT menu_items_halves_split_charge_check CHECK (((halves_split_charge >= 0) AND (halves_split_charge <= 100000000))),
    CONSTRAINT menu_items_preparation_minutes_check CHECK (((preparation_minutes >= 0) AND (preparation_minutes <= 240))),
    CONSTRAINT menu_items_halves_topping_percent_check CHECK (((halves_topping_percent >= 0) AND (halves_topping_percent <= 100)))
);
CREATE CONSTRAINT TRIGGER menu_1_follows_menu_items AFTER INSERT OR DELETE OR UPDATE ON public.menu_items DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.menu_1_follows_menu_items();
CREATE TRIGGER menu_items_name_allergens BEFORE INSERT OR UPDATE OF allergens ON public.menu_items FOR EACH ROW EXECUTE FUNCTION public.name_allergens();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.menu_items FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.menu_items FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();

TABLE public.menu_option_prices (
    option_id uuid NOT NULL,
    size text NOT NULL,
    price_cents bigint NOT NULL,
    dose integer NOT NULL,
    CONSTRAINT menu_option_prices_pkey PRIMARY KEY (option_id, size),
    CONSTRAINT menu_option_prices_dose_check CHECK (((dose >= 0) AND (dose <= 1000000))),
    CONSTRAINT menu_option_prices_size_check CHECK ((size = ANY (ARRAY['SMALL'::text, 'MEDIUM'::text, 'LARGE'::text, 'ONE_SIZE'::text]))),
    CONSTRAINT menu_option_prices_option_id_fkey FOREIGN KEY (option_id) REFERENCES public.menu_options(id) ON DELETE CASCADE,
    CONSTRAINT menu_option_prices_price_cents_check CHECK (((price_cents >= 0) AND (price_cents <= 100000000)))
);
CREATE CONSTRAINT TRIGGER menu_1_follows_menu_option_prices AFTER INSERT OR DELETE OR UPDATE ON public.menu_option_prices DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.menu_1_follows_menu_option_prices();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.menu_option_prices FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.menu_option_prices FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();

VIEW public.menu_option_source (
    id uuid,
    group_id uuid
);

VIEW public.menu_option_view (
    id uuid,
    group_id uuid
);

TABLE public.menu_options (
    id uuid NOT NULL,
    group_id uuid NOT NULL,
    "position" integer NOT NULL,
    name text NOT NULL,
    is_default boolean NOT NULL,
    ingredient_id uuid,
    allergens text[] NOT NULL,
    CONSTRAINT menu_options_pkey PRIMARY KEY (id),
    CONSTRAINT menu_options_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
    CONSTRAINT menu_options_position_key UNIQUE (group_id, "position") DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT menu_options_group_id_fkey FOREIGN KEY (group_id) REFERENCES public.option_groups(id) ON DELETE CASCADE,
    CONSTRAINT menu_options_position_check CHECK (("position" >= 0)),
    CONSTRAINT menu_options_allergens_check CHECK ((allergens <@ ARRAY['CELERY'::text, 'CRUSTACEANS'::text, 'EGGS'::text, 'FISH'::text, 'GLUTEN'::text, 'LUPIN'::text, 'MILK'::text, 'MOLLUSCS'::text, 'MUSTARD'::text, 'NUTS'::text, 'PEANUTS'::text, 'SESAME'::text, 'SOYA'::text, 'SULPHITES'::text])),
    CONSTRAINT menu_options_ingredient_id_fkey FOREIGN KEY (ingredient_id) REFERENCES public.ingredients(id)
);
CREATE INDEX menu_options_ingredient_id_idx ON public.menu_options USING btree (ingredient_id) WHERE (ingredient_id IS NOT NULL);
CREATE CONSTRAINT TRIGGER menu_1_follows_menu_options AFTER INSERT OR DELETE OR UPDATE ON public.menu_options DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.menu_1_follows_menu_options();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.menu_options FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.menu_options FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();

VIEW public.menu_snapshot (
    id uuid,
    name text,
    description text,
    category text,
    is_pizza boolean,
    tax_category text,
    prices json,
    allergens json,
    declared_allergens json,
    fixed_allergens json,
    diet text,
    option_groups json,
    halves json,
    is_available boolean,
    is_hidden boolean,
    is_offered boolean,
    preparation_minutes integer,
    version integer,
    image json,
    locations json,
    sold_out json,
    sizes_left json,
    options_sold_out json,
    options_gone json,
    shows text,
    paced boolean
);

VIEW public.menu_source (
    id uuid,
    name text,
    description text,
    category text,
    is_pizza boolean,
    tax_category text,
    prices json,
    allergens json,
    declared_allergens json,
    fixed_allergens json,
    diet text,
    option_groups json,
    halves json,
    is_available boolean,
    is_hidden boolean,
    is_offered boolean,
    preparation_minutes integer,
    version integer,
    image json,
    locations json,
    sold_out json,
    sizes_left json,
    options_sold_out json,
    options_gone json,
    shows text
);

VIEW public.menu_view (
    id uuid,
    name text,
    description text,
    category text,
    is_pizza boolean,
    tax_category text,
    prices json,
    allergens json,
    declared_allergens json,
    fixed_allergens json,
    diet text,
    option_groups json,
    halves json,
    is_available boolean,
    is_hidden boolean,
    is_offered boolean,
    preparation_minutes integer,
    version integer,
    image json,
    locations json,
    sold_out json,
    sizes_left json,
    options_sold_out json,
    options_gone json,
    shows text
);

TABLE public.migrations (
    number bigint NOT NULL,
    file text NOT NULL,
    contracts text,
    CONSTRAINT migrations_pkey PRIMARY KEY (number)
);

VIEW public.option_group_source (
    id uuid,
    name text,
    min integer,
    max integer,
    free_up_to integer,
    halves boolean,
    light json,
    extra json,
    options json,
    version integer
);

VIEW public.option_group_view (
    id uuid,
    name text,
    min integer,
    max integer,
    free_up_to integer,
    halves boolean,
    light json,
    extra json,
    options json,
    version integer
);

TABLE public.option_groups (
    id uuid NOT NULL,
    name text NOT NULL,
    min integer NOT NULL,
    max integer,
    free_up_to integer NOT NULL,
    halves boolean NOT NULL,
    light_price integer,
    light_dose integer,
    extra_price integer,
    extra_dose integer,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    archived_at timestamp with time zone,
    CONSTRAINT option_groups_pkey PRIMARY KEY (id),
    CONSTRAINT option_groups_check CHECK ((max >= GREATEST(min, 1))),
    CONSTRAINT option_groups_amounts CHECK ((((light_price IS NULL) = (light_dose IS NULL)) AND ((extra_price IS NULL) = (extra_dose IS NULL)))),
    CONSTRAINT option_groups_min_check CHECK ((min >= 0)),
    CONSTRAINT option_groups_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
    CONSTRAINT option_groups_version_check CHECK ((version > 0)),
    CONSTRAINT option_groups_extra_dose_check CHECK (((extra_dose >= 10000) AND (extra_dose <= 100000))),
    CONSTRAINT option_groups_free_up_to_check CHECK ((free_up_to >= 0)),
    CONSTRAINT option_groups_light_dose_check CHECK (((light_dose >= 1) AND (light_dose <= 10000))),
    CONSTRAINT option_groups_extra_price_check CHECK (((extra_price >= 10000) AND (extra_price <= 100000))),
    CONSTRAINT option_groups_light_price_check CHECK (((light_price >= 0) AND (light_price <= 10000)))
);
CREATE CONSTRAINT TRIGGER menu_1_follows_option_groups AFTER INSERT OR DELETE OR UPDATE ON public.option_groups DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.menu_1_follows_option_groups();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.option_groups FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.option_groups FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();

VIEW public.order_fresh (
    id uuid,
    number bigint,
    version integer,
    status text,
    outcome text,
    fulfillment text,
    location_id uuid,
    customer_id uuid,
    customer_name text,
    items_count integer,
    currency text,
    total_cents bigint,
    placed_at timestamp with time zone,
    estimated_delivery_at timestamp with time zone,
    scheduled_for timestamp with time zone,
    document json,
    xid xid8,
    tombstone boolean
);

TABLE public.order_items (
    order_id uuid NOT NULL,
    line integer NOT NULL,
    id uuid NOT NULL,
    menu_item_id uuid NOT NULL,
    name text NOT NULL,
    category text NOT NULL,
    size text NOT NULL,
    quantity integer NOT NULL,
    unit_price_cents bigint NOT NULL,
    total_cents bigint NOT NULL,
    instructions text,
    is_pizza boolean,
    tax_category text NOT NULL DEFAULT 'FOOD'::text,
    ingredients json,
    refunded_quantity integer NOT NULL DEFAULT 0,
    refunded_cents bigint NOT NULL DEFAULT 0,
    tax_cents bigint NOT NULL DEFAULT 0,
    options jsonb NOT NULL DEFAULT '[]'::jsonb,
    second_half jsonb,
    allergens text[] NOT NULL DEFAULT '{}'::text[],
    discount_cents bigint NOT NULL DEFAULT 0,
    takes_seconds integer,
    CONSTRAINT order_items_pkey PRIMARY KEY (order_id, line),
    CONSTRAINT order_items_line_check CHECK (((line >= 1) AND (line <= 50))),
    CONSTRAINT order_items_size_check CHECK ((size = ANY (ARRAY['SMALL'::text, 'MEDIUM'::text, 'LARGE'::text, 'ONE_SIZE'::text]))),
    CONSTRAINT order_items_total_adds_up CHECK ((total_cents = (unit_price_cents * quantity))),
    CONSTRAINT order_items_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id),
    CONSTRAINT order_items_quantity_check CHECK (((quantity >= 1) AND (quantity <= 50))),
    CONSTRAINT order_items_tax_cents_check CHECK ((tax_cents >= 0)),
    CONSTRAINT order_items_menu_item_id_fkey FOREIGN KEY (menu_item_id) REFERENCES public.menu_items(id),
    CONSTRAINT order_items_refund_within_line CHECK ((((refunded_quantity >= 0) AND (refunded_quantity <= quantity)) AND ((refunded_cents >= 0) AND (refunded_cents <= total_cents)))),
    CONSTRAINT order_items_tax_category_check CHECK ((tax_category = ANY (ARRAY['FOOD'::text, 'DRINK'::text, 'ALCOHOL'::text, 'OTHER'::text]))),
    CONSTRAINT order_items_takes_seconds_check CHECK ((takes_seconds >= 0)),
    CONSTRAINT order_items_discount_within_line CHECK (((discount_cents >= 0) AND (discount_cents <= total_cents))),
    CONSTRAINT order_items_unit_price_cents_check CHECK ((unit_price_cents >= 0))
);
CREATE TRIGGER customer_history_1_follows_order_items_delete AFTER DELETE ON public.order_items FOR EACH ROW WHEN (true) EXECUTE FUNCTION readmodel.customer_history_1_follows_order_items();
CREATE TRIGGER customer_history_1_follows_order_items_insert AFTER INSERT ON public.order_items FOR EACH ROW WHEN (true) EXECUTE FUNCTION readmodel.customer_history_1_follows_order_items();
CREATE TRIGGER customer_history_1_follows_order_items_update AFTER UPDATE ON public.order_items FOR EACH ROW WHEN ((true OR true)) EXECUTE FUNCTION readmodel.customer_history_1_follows_order_items();
CREATE CONSTRAINT TRIGGER order_1_follows_order_items AFTER INSERT OR DELETE OR UPDATE ON public.order_items DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.order_1_follows_order_items();
CREATE TRIGGER pizza_sales_1_follows_order_items_delete AFTER DELETE ON public.order_items FOR EACH ROW WHEN (COALESCE(old.is_pizza, (old.category = 'Pizza'::text))) EXECUTE FUNCTION readmodel.pizza_sales_1_follows_order_items();
CREATE TRIGGER pizza_sales_1_follows_order_items_insert AFTER INSERT ON public.order_items FOR EACH ROW WHEN (COALESCE(new.is_pizza, (new.category = 'Pizza'::text))) EXECUTE FUNCTION readmodel.pizza_sales_1_follows_order_items();
CREATE TRIGGER pizza_sales_1_follows_order_items_update AFTER UPDATE ON public.order_items FOR EACH ROW WHEN ((COALESCE(old.is_pizza, (old.category = 'Pizza'::text)) OR COALESCE(new.is_pizza, (new.category = 'Pizza'::text)))) EXECUTE FUNCTION readmodel.pizza_sales_1_follows_order_items();
CREATE TRIGGER readmodel_begin_sums BEFORE INSERT OR DELETE OR UPDATE ON public.order_items FOR EACH STATEMENT EXECUTE FUNCTION readmodel.begin_sums('public.orders');
CREATE TRIGGER readmodel_end_sums AFTER INSERT OR DELETE OR UPDATE ON public.order_items FOR EACH STATEMENT EXECUTE FUNCTION readmodel.end_sums();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.order_items FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.order_items FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();

VIEW public.order_snapshot (
    id uuid,
    number bigint,
    version integer,
    status text,
    outcome text,
    fulfillment text,
    location_id uuid,
    customer_id uuid,
    customer_name text,
    items_count integer,
    currency text,
    total_cents bigint,
    placed_at timestamp with time zone,
    estimated_delivery_at timestamp with time zone,
    scheduled_for timestamp with time zone,
    document json,
    paced boolean
);

VIEW public.order_source (
    id uuid,
    number bigint,
    version integer,
    status text,
    outcome text,
    fulfillment text,
    location_id uuid,
    customer_id uuid,
    customer_name text,
    items_count integer,
    currency text,
    total_cents bigint,
    placed_at timestamp with time zone,
    estimated_delivery_at timestamp with time zone,
    scheduled_for timestamp with time zone,
    document json
);

TABLE public.order_tokens (
    token_sha256 bytea NOT NULL,
    order_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    guest_name text NOT NULL,
    scope text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT order_tokens_pkey PRIMARY KEY (token_sha256),
    CONSTRAINT order_tokens_scope_check CHECK ((scope = ANY (ARRAY['GUEST'::text, 'TRACKING'::text]))),
    CONSTRAINT order_tokens_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id),
    CONSTRAINT order_tokens_token_sha256_check CHECK ((length(token_sha256) = 32))
);
CREATE INDEX order_tokens_expires_at_idx ON public.order_tokens USING btree (expires_at);
CREATE INDEX order_tokens_order_idx ON public.order_tokens USING btree (order_id, scope, created_at);

VIEW public.order_view (
    id uuid,
    number bigint,
    version integer,
    status text,
    outcome text,
    fulfillment text,
    location_id uuid,
    customer_id uuid,
    customer_name text,
    items_count integer,
    currency text,
    total_cents bigint,
    placed_at timestamp with time zone,
    estimated_delivery_at timestamp with time zone,
    scheduled_for timestamp with time zone,
    document json
);

TABLE public.orders (
    id uuid NOT NULL,
    number bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY,
    version integer NOT NULL,
    status text NOT NULL,
    is_sale boolean NOT NULL GENERATED ALWAYS AS ((status = ANY (ARRAY['CONFIRMED'::text, 'PREPARING'::text, 'READY'::text, 'OUT_FOR_DELIVERY'::text, 'DELIVERED'::text, 'PICKED_UP'::text]))) STORED,
    fulfillment text NOT NULL,
    source text NOT NULL DEFAULT 'WEB'::text,
    customer_id uuid NOT NULL,
    customer_name text NOT NULL,
    customer_phone text,
    street text,
    city text,
    postal_code text,
    address_notes text,
    special_instructions text,
    subtotal_cents bigint NOT NULL,
    discount_cents bigint NOT NULL,
    delivery_fee_cents bigint NOT NULL,
    tax_cents bigint NOT NULL,
    tip_cents bigint NOT NULL,
    total_cents bigint NOT NULL,
    currency text NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    estimated_ready_at timestamp with time zone,
    estimated_delivery_at timestamp with time zone,
    location_id uuid NOT NULL,
    business_day date,
    tax_included boolean NOT NULL DEFAULT false,
    forgotten_at timestamp with time zone,
    refunded_cents bigint NOT NULL DEFAULT 0,
    scheduled_for timestamp with time zone,
    promised_likely timestamp with time zone,
    promised_latest timestamp with time zone,
    promise_reason text,
    kitchen_seconds integer,
    way_seconds integer,
    baking jsonb,
    price_lines json NOT NULL DEFAULT '[]'::json,
    taxes json NOT NULL DEFAULT '[]'::json,
    coupons json NOT NULL DEFAULT '[]'::json,
    customer_email text,
    CONSTRAINT orders_pkey PRIMARY KEY (id),
    CONSTRAINT orders_check CHECK (((discount_cents >= 0) AND (discount_cents <= subtotal_cents))),
    CONSTRAINT orders_number_key UNIQUE (number),
    CONSTRAINT orders_source_check CHECK ((source = ANY (ARRAY['WEB'::text, 'PHONE'::text, 'COUNTER'::text]))),
    CONSTRAINT orders_status_check CHECK ((status = ANY (ARRAY['PENDING'::text, 'CONFIRMED'::text, 'PREPARING'::text, 'READY'::text, 'OUT_FOR_DELIVERY'::text, 'DELIVERED'::text, 'PICKED_UP'::text, 'CANCELLED'::text, 'REJECTED'::text]))),
    CONSTRAINT orders_total_adds_up CHECK ((total_cents = ((((subtotal_cents - discount_cents) + delivery_fee_cents) +
CASE
    WHEN tax_included THEN (0)::bigint
    ELSE tax_cents
END) + tip_cents))),
    CONSTRAINT orders_version_check CHECK ((version > 0)),
    CONSTRAINT orders_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT orders_tax_cents_check CHECK ((tax_cents >= 0)),
    CONSTRAINT orders_tip_cents_check CHECK ((tip_cents >= 0)),
    CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES public.customers(id),
    CONSTRAINT orders_fulfillment_check CHECK ((fulfillment = ANY (ARRAY['DELIVERY'::text, 'PICKUP'::text]))),
    CONSTRAINT orders_way_seconds_check CHECK ((way_seconds >= 0)),
    CONSTRAINT orders_refund_within_total CHECK (((refunded_cents >= 0) AND (refunded_cents <= total_cents))),
    CONSTRAINT orders_delivery_has_address CHECK (((fulfillment = 'PICKUP'::text) OR (forgotten_at IS NOT NULL) OR ((street IS NOT NULL) AND (city IS NOT NULL) AND (postal_code IS NOT NULL)))) NOT VALID,
    CONSTRAINT orders_subtotal_cents_check CHECK ((subtotal_cents >= 0)),
    CONSTRAINT orders_kitchen_seconds_check CHECK ((kitchen_seconds >= 0)),
    CONSTRAINT orders_location_currency_fkey FOREIGN KEY (location_id, currency) REFERENCES public.locations(id, currency),
    CONSTRAINT orders_delivery_fee_cents_check CHECK ((delivery_fee_cents >= 0))
);
CREATE INDEX orders_customer_idx ON public.orders USING btree (customer_id, status);
CREATE INDEX orders_in_kitchen_idx ON public.orders USING btree (location_id, status, placed_at) WHERE (status = ANY (ARRAY['PENDING'::text, 'CONFIRMED'::text, 'PREPARING'::text]));
CREATE TRIGGER customer_history_1_follows_orders_update AFTER UPDATE ON public.orders FOR EACH ROW WHEN ((old.is_sale OR new.is_sale)) EXECUTE FUNCTION readmodel.customer_history_1_follows_orders();
CREATE CONSTRAINT TRIGGER order_1_follows_orders AFTER INSERT OR DELETE OR UPDATE ON public.orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.order_1_follows_orders();
CREATE TRIGGER pizza_sales_1_follows_orders_update AFTER UPDATE ON public.orders FOR EACH ROW WHEN ((old.is_sale OR new.is_sale)) EXECUTE FUNCTION readmodel.pizza_sales_1_follows_orders();
CREATE TRIGGER readmodel_begin_sums BEFORE DELETE OR UPDATE ON public.orders FOR EACH STATEMENT EXECUTE FUNCTION readmodel.begin_sums('public.order_items');
CREATE TRIGGER readmodel_end_sums AFTER DELETE OR UPDATE ON public.orders FOR EACH STATEMENT EXECUTE FUNCTION readmodel.end_sums();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.orders FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.orders FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();

TABLE public.payment_events (
    id text NOT NULL,
    order_id uuid NOT NULL,
    status text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    CONSTRAINT payment_events_pkey PRIMARY KEY (id),
    CONSTRAINT payment_events_id_check CHECK (((length(id) >= 1) AND (length(id) <= 255))),
    CONSTRAINT payment_events_status_check CHECK ((status = ANY (ARRAY['AUTHORIZED'::text, 'CAPTURED'::text, 'REFUNDED'::text, 'VOIDED'::text, 'FAILED'::text]))),
    CONSTRAINT payment_events_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id)
);
CREATE INDEX payment_events_received_at_idx ON public.payment_events USING btree (received_at);

TABLE public.payments (
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    method text NOT NULL,
    status text NOT NULL,
    amount_cents bigint NOT NULL,
    refunded_cents bigint NOT NULL DEFAULT 0,
    attempt integer NOT NULL DEFAULT 0,
    attempt_id uuid,
    attempted_at timestamp with time zone,
    token text,
    intent_id text,
    intent_attempt integer NOT NULL DEFAULT 0,
    decline_code text,
    due text,
    due_at timestamp with time zone,
    due_tries integer NOT NULL DEFAULT 0,
    burnt_keys integer NOT NULL DEFAULT 0,
    due_since timestamp with time zone,
    action_client_secret text,
    action_url text,
    refunds_due_at timestamp with time zone,
    refunds_due_tries integer NOT NULL DEFAULT 0,
    CONSTRAINT payments_pkey PRIMARY KEY (id),
    CONSTRAINT payments_check CHECK (((intent_attempt >= 0) AND (intent_attempt <= attempt))),
    CONSTRAINT payments_due_check CHECK ((due = ANY (ARRAY['AUTHORIZE'::text, 'CAPTURE'::text, 'RELEASE'::text]))),
    CONSTRAINT payments_due_has_time CHECK (((due IS NULL) = (due_at IS NULL))),
    CONSTRAINT payments_method_check CHECK ((method = ANY (ARRAY['CASH'::text, 'CARD'::text]))),
    CONSTRAINT payments_status_check CHECK ((status = ANY (ARRAY['PENDING'::text, 'REQUIRES_ACTION'::text, 'AUTHORIZED'::text, 'CAPTURED'::text, 'PARTIALLY_REFUNDED'::text, 'REFUNDED'::text, 'VOIDED'::text, 'FAILED'::text]))),
    CONSTRAINT payments_order_id_key UNIQUE (order_id),
    CONSTRAINT payments_attempt_check CHECK ((attempt >= 0)),
    CONSTRAINT payments_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id),
    CONSTRAINT payments_cash_never_due CHECK (((method = 'CARD'::text) OR (due IS NULL))),
    CONSTRAINT payments_due_tries_check CHECK ((due_tries >= 0)),
    CONSTRAINT payments_burnt_keys_check CHECK ((burnt_keys >= 0)),
    CONSTRAINT payments_amount_cents_check CHECK ((amount_cents >= 0)),
    CONSTRAINT payments_refund_within_amount CHECK (((refunded_cents >= 0) AND (refunded_cents <= amount_cents))),
    CONSTRAINT payments_refunds_due_tries_check CHECK ((refunds_due_tries >= 0))
);
CREATE INDEX payments_due_at_idx ON public.payments USING btree (due_at) WHERE (due IS NOT NULL);
CREATE INDEX payments_refunds_due_at_idx ON public.payments USING btree (refunds_due_at) WHERE (refunds_due_at IS NOT NULL);
CREATE CONSTRAINT TRIGGER order_1_follows_payments AFTER INSERT OR DELETE OR UPDATE ON public.payments DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.order_1_follows_payments();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.payments FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.payments FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();

VIEW public.pizza_sales_fresh (
    location_id uuid,
    day date,
    menu_item_id uuid,
    name text,
    lines bigint,
    quantity bigint,
    revenue_cents bigint,
    xid xid8
);

VIEW public.pizza_sales_snapshot (
    location_id uuid,
    day date,
    menu_item_id uuid,
    name text,
    lines bigint,
    quantity bigint,
    revenue_cents bigint
);

VIEW public.pizza_sales_source (
    location_id uuid,
    day date,
    menu_item_id uuid,
    name text,
    lines bigint,
    quantity bigint,
    revenue_cents bigint
);

VIEW public.pizza_sales_view (
    location_id uuid,
    day date,
    menu_item_id uuid,
    name text,
    lines bigint,
    quantity bigint,
    revenue_cents bigint
);

TABLE public.promotion_holds (
    quote_id uuid NOT NULL,
    promotion_id uuid NOT NULL,
    CONSTRAINT promotion_holds_pkey PRIMARY KEY (quote_id, promotion_id),
    CONSTRAINT promotion_holds_quote_id_fkey FOREIGN KEY (quote_id) REFERENCES public.quotes(id) ON DELETE CASCADE,
    CONSTRAINT promotion_holds_promotion_id_fkey FOREIGN KEY (promotion_id) REFERENCES public.promotions(id)
);
CREATE INDEX promotion_holds_promotion_idx ON public.promotion_holds USING btree (promotion_id);

TABLE public.promotion_redemptions (
    order_id uuid NOT NULL,
    promotion_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    amount_cents bigint NOT NULL,
    released_at timestamp with time zone,
    CONSTRAINT promotion_redemptions_pkey PRIMARY KEY (order_id, promotion_id),
    CONSTRAINT promotion_redemptions_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id),
    CONSTRAINT promotion_redemptions_promotion_id_fkey FOREIGN KEY (promotion_id) REFERENCES public.promotions(id),
    CONSTRAINT promotion_redemptions_amount_cents_check CHECK ((amount_cents > 0))
);
CREATE INDEX promotion_redemptions_customer_idx ON public.promotion_redemptions USING btree (promotion_id, customer_id) WHERE (released_at IS NULL);

VIEW public.promotion_source (
    id uuid,
    location_id uuid,
    name text,
    code text,
    priority integer,
    advertised boolean,
    reward json,
    conditions json,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    max_uses integer,
    max_uses_by_customer integer,
    version integer,
    created_at timestamp with time zone,
    uses bigint,
    saved_cents bigint
);

VIEW public.promotion_view (
    id uuid,
    location_id uuid,
    name text,
    code text,
    priority integer,
    advertised boolean,
    reward json,
    conditions json,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    max_uses integer,
    max_uses_by_customer integer,
    version integer,
    created_at timestamp with time zone,
    uses bigint,
    saved_cents bigint
);

TABLE public.promotions (
    id uuid NOT NULL,
    location_id uuid NOT NULL,
    name text NOT NULL,
    code text,
    code_folded text,
    priority integer NOT NULL,
    reward json NOT NULL,
    conditions json NOT NULL,
    menu_item_ids json NOT NULL,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    max_uses integer,
    max_uses_by_customer integer,
    uses integer NOT NULL DEFAULT 0,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    advertised boolean NOT NULL DEFAULT false,
    CONSTRAINT promotions_pkey PRIMARY KEY (id),
    CONSTRAINT promotions_code_key UNIQUE (location_id, code_folded),
    CONSTRAINT promotions_code_check CHECK (((length(code) >= 1) AND (length(code) <= 40))),
    CONSTRAINT promotions_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
    CONSTRAINT promotions_uses_check CHECK ((uses >= 0)),
    CONSTRAINT promotions_version_check CHECK ((version > 0)),
    CONSTRAINT promotions_code_is_folded CHECK (((code IS NULL) = (code_folded IS NULL))),
    CONSTRAINT promotions_max_uses_check CHECK ((max_uses > 0)),
    CONSTRAINT promotions_ends_after_start CHECK ((ends_at >= starts_at)),
    CONSTRAINT promotions_location_id_fkey FOREIGN KEY (location_id) REFERENCES public.locations(id),
    CONSTRAINT promotions_max_uses_by_customer_check CHECK ((max_uses_by_customer > 0))
);

VIEW public.quote_source (
    id uuid,
    location_id uuid,
    customer_id uuid,
    expires_at timestamp with time zone,
    baking jsonb,
    ordered json
);

VIEW public.quote_view (
    id uuid,
    location_id uuid,
    customer_id uuid,
    expires_at timestamp with time zone,
    baking jsonb,
    ordered json
);

TABLE public.quotes (
    id uuid NOT NULL,
    location_id uuid NOT NULL,
    customer_id uuid,
    network text NOT NULL,
    portions integer NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    baking jsonb,
    ordered json NOT NULL,
    CONSTRAINT quotes_pkey PRIMARY KEY (id),
    CONSTRAINT quotes_portions_check CHECK ((portions > 0)),
    CONSTRAINT quotes_location_id_fkey FOREIGN KEY (location_id) REFERENCES public.locations(id)
);
CREATE UNIQUE INDEX quotes_customer_key ON public.quotes USING btree (customer_id) WHERE (customer_id IS NOT NULL);
CREATE INDEX quotes_expires_at_idx ON public.quotes USING btree (expires_at);
CREATE INDEX quotes_location_idx ON public.quotes USING btree (location_id) WHERE (baking IS NOT NULL);
CREATE INDEX quotes_network_idx ON public.quotes USING btree (network);

VIEW public.recipe_line_source (
    menu_item_id uuid,
    ingredient_id uuid,
    name text,
    quantity integer
);

VIEW public.recipe_line_view (
    menu_item_id uuid,
    ingredient_id uuid,
    name text,
    quantity integer
);

TABLE public.recipes (
    menu_item_id uuid NOT NULL,
    ingredient_id uuid NOT NULL,
    quantity integer NOT NULL,
    CONSTRAINT recipes_pkey PRIMARY KEY (menu_item_id, ingredient_id),
    CONSTRAINT recipes_quantity_check CHECK (((quantity >= 1) AND (quantity <= 1000000))),
    CONSTRAINT recipes_menu_item_id_fkey FOREIGN KEY (menu_item_id) REFERENCES public.menu_items(id) ON DELETE CASCADE,
    CONSTRAINT recipes_ingredient_id_fkey FOREIGN KEY (ingredient_id) REFERENCES public.ingredients(id)
);
CREATE INDEX recipes_ingredient_id_idx ON public.recipes USING btree (ingredient_id);
CREATE CONSTRAINT TRIGGER menu_1_follows_recipes AFTER INSERT OR DELETE OR UPDATE ON public.recipes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.menu_1_follows_recipes();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.recipes FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.recipes FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();

TABLE public.refund_lines (
    refund_id uuid NOT NULL,
    line integer NOT NULL,
    quantity integer NOT NULL,
    value_cents bigint NOT NULL,
    CONSTRAINT refund_lines_pkey PRIMARY KEY (refund_id, line),
    CONSTRAINT refund_lines_line_check CHECK (((line >= 1) AND (line <= 50))),
    CONSTRAINT refund_lines_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT refund_lines_refund_id_fkey FOREIGN KEY (refund_id) REFERENCES public.refunds(id),
    CONSTRAINT refund_lines_value_cents_check CHECK ((value_cents >= 0))
);

TABLE public.refunds (
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    amount_cents bigint NOT NULL,
    goods_cents bigint NOT NULL,
    delivery_fee_cents bigint NOT NULL,
    tip_cents bigint NOT NULL,
    status text NOT NULL,
    reason text NOT NULL,
    actor_role text NOT NULL,
    actor_id uuid,
    actor_name text,
    at timestamp with time zone NOT NULL,
    gateway_id text,
    failure_code text,
    burnt_keys integer NOT NULL DEFAULT 0,
    CONSTRAINT refunds_pkey PRIMARY KEY (id),
    CONSTRAINT refunds_status_check CHECK ((status = ANY (ARRAY['REQUESTED'::text, 'SUCCEEDED'::text, 'FAILED'::text]))),
    CONSTRAINT refunds_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id),
    CONSTRAINT refunds_tip_cents_check CHECK ((tip_cents >= 0)),
    CONSTRAINT refunds_actor_role_check CHECK ((actor_role = ANY (ARRAY['CUSTOMER'::text, 'GUEST'::text, 'COOK'::text, 'DRIVER'::text, 'MANAGER'::text, 'SYSTEM'::text]))),
    CONSTRAINT refunds_burnt_keys_check CHECK ((burnt_keys >= 0)),
    CONSTRAINT refunds_goods_cents_check CHECK ((goods_cents >= 0)),
    CONSTRAINT refunds_amount_cents_check CHECK ((amount_cents > 0)),
    CONSTRAINT refunds_parts_within_amount CHECK ((((goods_cents + delivery_fee_cents) + tip_cents) <= amount_cents)),
    CONSTRAINT refunds_delivery_fee_cents_check CHECK ((delivery_fee_cents >= 0))
);
CREATE INDEX refunds_order_idx ON public.refunds USING btree (order_id, at, id);
CREATE CONSTRAINT TRIGGER order_1_follows_refunds AFTER INSERT OR DELETE OR UPDATE ON public.refunds DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.order_1_follows_refunds();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.refunds FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.refunds FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();

VIEW public.scheduled_menu_change_source (
    id uuid,
    at timestamp with time zone,
    created_at timestamp with time zone,
    menu_item_id uuid,
    option_group_id uuid,
    location_ids uuid[],
    changes jsonb,
    actor_role text,
    actor_name text,
    status text,
    ended_at timestamp with time zone,
    refusal jsonb
);

VIEW public.scheduled_menu_change_view (
    id uuid,
    at timestamp with time zone,
    created_at timestamp with time zone,
    menu_item_id uuid,
    option_group_id uuid,
    location_ids uuid[],
    changes jsonb,
    actor_role text,
    actor_name text,
    status text,
    ended_at timestamp with time zone,
    refusal jsonb
);

TABLE public.scheduled_menu_changes (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    menu_item_id uuid,
    option_group_id uuid,
    location_ids uuid[],
    image_id uuid,
    form integer NOT NULL,
    command json NOT NULL,
    changes jsonb NOT NULL,
    actor_role text NOT NULL,
    actor_id uuid NOT NULL,
    actor_name text,
    status text NOT NULL,
    ended_at timestamp with time zone,
    refusal jsonb,
    CONSTRAINT scheduled_menu_changes_pkey PRIMARY KEY (id),
    CONSTRAINT scheduled_menu_changes_ended CHECK (((status = 'SCHEDULED'::text) = (ended_at IS NULL))),
    CONSTRAINT scheduled_menu_changes_status CHECK ((status = ANY (ARRAY['SCHEDULED'::text, 'DONE'::text, 'REFUSED'::text, 'CANCELLED'::text]))),
    CONSTRAINT scheduled_menu_changes_refusal CHECK (((status = 'REFUSED'::text) = (refusal IS NOT NULL))),
    CONSTRAINT scheduled_menu_changes_subject CHECK ((num_nonnulls(menu_item_id, option_group_id) = 1)),
    CONSTRAINT scheduled_menu_changes_form_check CHECK ((form > 0)),
    CONSTRAINT scheduled_menu_changes_menu_item_id_fkey FOREIGN KEY (menu_item_id) REFERENCES public.menu_items(id),
    CONSTRAINT scheduled_menu_changes_option_group_id_fkey FOREIGN KEY (option_group_id) REFERENCES public.option_groups(id)
);
CREATE INDEX scheduled_menu_changes_due_idx ON public.scheduled_menu_changes USING btree (due_at) WHERE (status = 'SCHEDULED'::text);
CREATE INDEX scheduled_menu_changes_ended_idx ON public.scheduled_menu_changes USING btree (ended_at);

TABLE public.screen_keys (
    screen_id uuid NOT NULL,
    key text NOT NULL,
    action text NOT NULL,
    CONSTRAINT screen_keys_pkey PRIMARY KEY (screen_id, key),
    CONSTRAINT screen_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 32))),
    CONSTRAINT screen_keys_screen_id_fkey FOREIGN KEY (screen_id) REFERENCES public.screens(id)
);

TABLE public.screen_sightings (
    screen_id uuid NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    CONSTRAINT screen_sightings_pkey PRIMARY KEY (screen_id),
    CONSTRAINT screen_sightings_screen_id_fkey FOREIGN KEY (screen_id) REFERENCES public.screens(id)
);

VIEW public.screen_source (
    id uuid,
    location_id uuid,
    name text,
    station_ids uuid[],
    text_size integer,
    theme text,
    keys json,
    sound_volume integer,
    sound_events text[],
    code_expires_at timestamp with time zone,
    paired_at timestamp with time zone,
    claimed_at timestamp with time zone,
    last_seen_at timestamp with time zone,
    revoked_at timestamp with time zone,
    version integer
);

VIEW public.screen_view (
    id uuid,
    location_id uuid,
    name text,
    station_ids uuid[],
    text_size integer,
    theme text,
    keys json,
    sound_volume integer,
    sound_events text[],
    code_expires_at timestamp with time zone,
    paired_at timestamp with time zone,
    claimed_at timestamp with time zone,
    last_seen_at timestamp with time zone,
    revoked_at timestamp with time zone,
    version integer
);

TABLE public.screens (
    id uuid NOT NULL,
    location_id uuid NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL,
    station_ids uuid[] NOT NULL,
    text_size integer NOT NULL,
    theme text NOT NULL,
    sound_volume integer NOT NULL,
    sound_events text[] NOT NULL,
    code_sha256 bytea,
    code_expires_at timestamp with time zone,
    token_sha256 bytea,
    paired_at timestamp with time zone NOT NULL,
    claimed_at timestamp with time zone,
    revoked_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT screens_pkey PRIMARY KEY (id),
    CONSTRAINT screens_code_key UNIQUE (code_sha256),
    CONSTRAINT screens_token_key UNIQUE (token_sha256),
    CONSTRAINT screens_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
    CONSTRAINT screens_code_expires CHECK (((code_sha256 IS NULL) = (code_expires_at IS NULL))),
    CONSTRAINT screens_version_check CHECK ((version > 0)),
    CONSTRAINT screens_text_size_check CHECK (((text_size >= 80) AND (text_size <= 250))),
    CONSTRAINT screens_token_is_claimed CHECK (((token_sha256 IS NULL) = ((claimed_at IS NULL) OR (revoked_at IS NOT NULL)))),
    CONSTRAINT screens_location_id_fkey FOREIGN KEY (location_id) REFERENCES public.locations(id),
    CONSTRAINT screens_code_is_unclaimed CHECK (((code_sha256 IS NULL) OR ((claimed_at IS NULL) AND (revoked_at IS NULL)))),
    CONSTRAINT screens_code_sha256_check CHECK ((length(code_sha256) = 32)),
    CONSTRAINT screens_station_ids_check CHECK ((cardinality(station_ids) <= 50)),
    CONSTRAINT screens_sound_volume_check CHECK (((sound_volume >= 0) AND (sound_volume <= 100))),
    CONSTRAINT screens_token_sha256_check CHECK ((length(token_sha256) = 32))
);
CREATE UNIQUE INDEX screens_name_key ON public.screens USING btree (location_id, name_folded) WHERE (revoked_at IS NULL);

TABLE public.servers (
    id uuid NOT NULL,
    version text NOT NULL,
    definitions text[] NOT NULL,
    started_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    beats bigint NOT NULL,
    CONSTRAINT servers_pkey PRIMARY KEY (id)
);

TABLE public.sessions (
    token_sha256 bytea NOT NULL,
    account_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    address text,
    client text,
    CONSTRAINT sessions_pkey PRIMARY KEY (token_sha256),
    CONSTRAINT sessions_client_check CHECK ((length(client) <= 200)),
    CONSTRAINT sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(customer_id) ON DELETE CASCADE,
    CONSTRAINT sessions_token_sha256_check CHECK ((length(token_sha256) = 32))
);
CREATE INDEX sessions_account_id_idx ON public.sessions USING btree (account_id);
CREATE INDEX sessions_expires_at_idx ON public.sessions USING btree (expires_at);

VIEW public.staff_source (
    id uuid,
    name text,
    email text,
    roles text[],
    location_ids uuid[],
    suspended_at timestamp with time zone,
    invited_until timestamp with time zone
);

VIEW public.staff_view (
    id uuid,
    name text,
    email text,
    roles text[],
    location_ids uuid[],
    suspended_at timestamp with time zone,
    invited_until timestamp with time zone
);

VIEW public.station_route_source (
    location_id uuid,
    "position" integer,
    menu_item_id uuid,
    category text,
    size text,
    station_ids uuid[]
);

VIEW public.station_route_view (
    location_id uuid,
    "position" integer,
    menu_item_id uuid,
    category text,
    size text,
    station_ids uuid[]
);

TABLE public.station_routes (
    location_id uuid NOT NULL,
    "position" integer NOT NULL,
    menu_item_id uuid,
    category text,
    size text,
    station_ids uuid[] NOT NULL,
    CONSTRAINT station_routes_pkey PRIMARY KEY (location_id, "position"),
    CONSTRAINT station_routes_subject CHECK ((num_nonnulls(menu_item_id, category) < 2)),
    CONSTRAINT station_routes_size_check CHECK ((size = ANY (ARRAY['SMALL'::text, 'MEDIUM'::text, 'LARGE'::text, 'ONE_SIZE'::text]))),
    CONSTRAINT station_routes_location_id_fkey FOREIGN KEY (location_id) REFERENCES public.locations(id) ON DELETE CASCADE,
    CONSTRAINT station_routes_menu_item_id_fkey FOREIGN KEY (menu_item_id) REFERENCES public.menu_items(id)
);

VIEW public.station_source (
    id uuid,
    location_id uuid,
    name text,
    "position" integer,
    capacity integer,
    is_expo boolean
);

VIEW public.station_view (
    id uuid,
    location_id uuid,
    name text,
    "position" integer,
    capacity integer,
    is_expo boolean
);

TABLE public.stations (
    id uuid NOT NULL,
    location_id uuid NOT NULL,
    name text NOT NULL,
    "position" integer,
    capacity integer,
    is_expo boolean NOT NULL,
    CONSTRAINT stations_pkey PRIMARY KEY (id),
    CONSTRAINT stations_expo_stays CHECK (((NOT is_expo) OR ("position" IS NOT NULL))),
    CONSTRAINT stations_position_key UNIQUE (location_id, "position") DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT stations_capacity_check CHECK ((capacity > 0)),
    CONSTRAINT stations_position_check CHECK (("position" > 0)),
    CONSTRAINT stations_location_id_fkey FOREIGN KEY (location_id) REFERENCES public.locations(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX stations_expo_key ON public.stations USING btree (location_id) WHERE is_expo;

TABLE public.stock_levels (
    ingredient_id uuid NOT NULL,
    on_hand bigint NOT NULL DEFAULT 0,
    reserved bigint NOT NULL DEFAULT 0,
    changes bigint NOT NULL DEFAULT 0,
    generation bigint NOT NULL GENERATED ALWAYS AS ((changes / 32)) STORED,
    location_id uuid NOT NULL,
    sold_out_since timestamp with time zone,
    sold_out_until timestamp with time zone,
    sold_out_reason text,
    CONSTRAINT stock_levels_on_hand_check CHECK (((on_hand >= 0) AND (on_hand <= 2147483647))),
    CONSTRAINT stock_levels_sold_out_ends CHECK ((sold_out_until > sold_out_since)),
    CONSTRAINT stock_levels_location_fkey FOREIGN KEY (location_id) REFERENCES public.locations(id) ON DELETE CASCADE,
    CONSTRAINT stock_levels_never_oversold CHECK ((reserved <= on_hand)),
    CONSTRAINT stock_levels_reserved_check CHECK ((reserved >= 0)),
    CONSTRAINT stock_levels_sold_out_reason CHECK (((sold_out_reason IS NULL) OR (sold_out_since IS NOT NULL))),
    CONSTRAINT stock_levels_ingredient_id_fkey FOREIGN KEY (ingredient_id) REFERENCES public.ingredients(id) ON DELETE CASCADE
) WITH (fillfactor=50);
CREATE INDEX stock_levels_newest_idx ON public.stock_levels USING btree (ingredient_id, location_id, generation DESC);
CREATE INDEX stock_levels_sold_out_idx ON public.stock_levels USING btree (sold_out_until) WHERE (sold_out_since IS NOT NULL);
CREATE CONSTRAINT TRIGGER menu_1_follows_stock_levels AFTER INSERT OR DELETE OR UPDATE ON public.stock_levels DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.menu_1_follows_stock_levels();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.stock_levels FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.stock_levels FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();
CREATE TRIGGER stock_levels_by_ingredient BEFORE INSERT OR DELETE ON public.stock_levels FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION public.refuse_stock_level();
CREATE TRIGGER stock_levels_keep_ingredient BEFORE UPDATE OF ingredient_id ON public.stock_levels FOR EACH ROW WHEN ((old.ingredient_id <> new.ingredient_id)) EXECUTE FUNCTION public.refuse_stock_level();
CREATE TRIGGER stock_levels_keep_location BEFORE UPDATE OF location_id ON public.stock_levels FOR EACH ROW WHEN ((old.location_id <> new.location_id)) EXECUTE FUNCTION public.refuse_stock_level();

TABLE public.stock_movements (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    ingredient_id uuid NOT NULL,
    order_id uuid,
    kind text NOT NULL,
    on_hand bigint NOT NULL,
    reserved bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    location_id uuid NOT NULL DEFAULT public.unnamed_location(),
    refund_id uuid,
    quote_id uuid,
    CONSTRAINT stock_movements_pkey PRIMARY KEY (id),
    CONSTRAINT stock_movements_kind_check CHECK ((kind = ANY (ARRAY['COUNTED'::text, 'HELD'::text, 'RESERVED'::text, 'RELEASED'::text, 'CONSUMED'::text, 'RETURNED'::text]))),
    CONSTRAINT stock_movements_kind_moves CHECK ((((kind = 'HELD'::text) = (quote_id IS NOT NULL)) AND
CASE kind
    WHEN 'COUNTED'::text THEN ((reserved = 0) AND (order_id IS NULL))
    WHEN 'HELD'::text THEN ((on_hand = 0) AND (reserved > 0) AND (order_id IS NULL))
    WHEN 'RESERVED'::text THEN ((on_hand = 0) AND (reserved > 0) AND (order_id IS NOT NULL))
    WHEN 'RELEASED'::text THEN ((on_hand = 0) AND (reserved < 0) AND (order_id IS NOT NULL))
    WHEN 'CONSUMED'::text THEN ((on_hand < 0) AND (reserved = on_hand) AND (order_id IS NOT NULL))
    WHEN 'RETURNED'::text THEN ((on_hand > 0) AND (reserved = 0) AND (order_id IS NOT NULL) AND (refund_id IS NOT NULL))
    ELSE NULL::boolean
END)),
    CONSTRAINT stock_movements_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id),
    CONSTRAINT stock_movements_refund_id_fkey FOREIGN KEY (refund_id) REFERENCES public.refunds(id),
    CONSTRAINT stock_movements_ingredient_id_fkey FOREIGN KEY (ingredient_id) REFERENCES public.ingredients(id)
);
CREATE UNIQUE INDEX stock_movements_quote_key ON public.stock_movements USING btree (quote_id, ingredient_id) WHERE (quote_id IS NOT NULL);
CREATE UNIQUE INDEX stock_movements_refund_key ON public.stock_movements USING btree (refund_id, ingredient_id) WHERE (refund_id IS NOT NULL);
CREATE UNIQUE INDEX stock_movements_taken_key ON public.stock_movements USING btree (order_id, ingredient_id, kind) WHERE ((order_id IS NOT NULL) AND (kind <> 'RETURNED'::text));

VIEW public.stock_promise_source (
    location_id uuid,
    ingredient_id uuid,
    order_id uuid,
    quote_id uuid,
    status text,
    placed_at timestamp with time zone,
    scheduled_for timestamp with time zone,
    reserved bigint
);

VIEW public.stock_promise_view (
    location_id uuid,
    ingredient_id uuid,
    order_id uuid,
    quote_id uuid,
    status text,
    placed_at timestamp with time zone,
    scheduled_for timestamp with time zone,
    reserved bigint
);

TABLE public.ticket_items (
    ticket_id uuid NOT NULL,
    line integer NOT NULL,
    item_id uuid NOT NULL,
    fire_at timestamp with time zone NOT NULL,
    takes_seconds integer NOT NULL,
    least_seconds integer NOT NULL,
    CONSTRAINT ticket_items_pkey PRIMARY KEY (ticket_id, line),
    CONSTRAINT ticket_items_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.tickets(id) ON DELETE CASCADE,
    CONSTRAINT ticket_items_least_seconds_check CHECK ((least_seconds >= 0)),
    CONSTRAINT ticket_items_takes_seconds_check CHECK ((takes_seconds >= 0))
);
CREATE CONSTRAINT TRIGGER kitchen_ticket_1_follows_ticket_items AFTER INSERT OR DELETE OR UPDATE ON public.ticket_items DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.kitchen_ticket_1_follows_ticket_items();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.ticket_items FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.ticket_items FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();

TABLE public.ticket_tasks (
    id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    line integer NOT NULL,
    step integer NOT NULL,
    station_id uuid NOT NULL,
    status text NOT NULL,
    queued_at timestamp with time zone,
    started_at timestamp with time zone,
    done_at timestamp with time zone,
    done_by text,
    done_by_id uuid,
    too_fast boolean NOT NULL,
    CONSTRAINT ticket_tasks_pkey PRIMARY KEY (ticket_id, line, step),
    CONSTRAINT ticket_tasks_status_check CHECK ((status = ANY (ARRAY['WAITING'::text, 'QUEUED'::text, 'STARTED'::text, 'DONE'::text]))),
    CONSTRAINT ticket_tasks_station_id_fkey FOREIGN KEY (station_id) REFERENCES public.stations(id),
    CONSTRAINT ticket_tasks_ticket_id_line_fkey FOREIGN KEY (ticket_id, line) REFERENCES public.ticket_items(ticket_id, line) ON DELETE CASCADE
);
CREATE INDEX ticket_tasks_done_by_idx ON public.ticket_tasks USING btree (done_by_id) WHERE (done_by_id IS NOT NULL);
CREATE CONSTRAINT TRIGGER kitchen_ticket_1_follows_ticket_tasks AFTER INSERT OR DELETE OR UPDATE ON public.ticket_tasks DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.kitchen_ticket_1_follows_ticket_tasks();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.ticket_tasks FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.ticket_tasks FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();

TABLE public.tickets (
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    location_id uuid NOT NULL,
    version integer NOT NULL,
    status text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    next_fire_at timestamp with time zone,
    closed_at timestamp with time zone,
    is_rush boolean NOT NULL,
    rush_reason text,
    is_recalled boolean NOT NULL,
    recall_reason text,
    changed_version integer NOT NULL,
    CONSTRAINT tickets_pkey PRIMARY KEY (id),
    CONSTRAINT tickets_closed CHECK (((status = ANY (ARRAY['DONE'::text, 'CANCELLED'::text])) = (closed_at IS NOT NULL))),
    CONSTRAINT tickets_status_check CHECK ((status = ANY (ARRAY['HELD'::text, 'OPEN'::text, 'DONE'::text, 'CANCELLED'::text]))),
    CONSTRAINT tickets_order_id_key UNIQUE (order_id),
    CONSTRAINT tickets_version_check CHECK ((version > 0)),
    CONSTRAINT tickets_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id) ON DELETE CASCADE,
    CONSTRAINT tickets_location_id_fkey FOREIGN KEY (location_id) REFERENCES public.locations(id)
);
CREATE INDEX tickets_next_fire_idx ON public.tickets USING btree (next_fire_at) WHERE (next_fire_at IS NOT NULL);
CREATE CONSTRAINT TRIGGER kitchen_ticket_1_follows_tickets AFTER INSERT OR DELETE OR UPDATE ON public.tickets DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readmodel.kitchen_ticket_1_follows_tickets();
CREATE TRIGGER readmodel_forget_computed BEFORE INSERT OR DELETE OR UPDATE ON public.tickets FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed();
CREATE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON public.tickets FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate();

VIEW readmodel.archived_menu_item_1_source (
    id uuid,
    name text,
    description text,
    category text,
    is_pizza boolean,
    tax_category text,
    prices json,
    allergens json,
    declared_allergens json,
    diet text,
    is_hidden boolean,
    preparation_minutes integer,
    version integer,
    image json,
    archived_at timestamp with time zone
);

VIEW readmodel.archived_menu_item_1_view (
    id uuid,
    name text,
    description text,
    category text,
    is_pizza boolean,
    tax_category text,
    prices json,
    allergens json,
    declared_allergens json,
    diet text,
    is_hidden boolean,
    preparation_minutes integer,
    version integer,
    image json,
    archived_at timestamp with time zone
);

TABLE readmodel.customer_history_1_fresh (
    customer_id uuid,
    currency text,
    menu_item_id uuid,
    name text,
    is_pizza boolean,
    location_id uuid,
    lines bigint,
    quantity bigint,
    orders bigint,
    spent_cents bigint,
    xid xid8
);
CREATE INDEX customer_history_1_fresh_customer_idx ON readmodel.customer_history_1_fresh USING btree (customer_id);

MATERIALIZED VIEW readmodel.customer_history_1_snapshot (
    customer_id uuid,
    currency text,
    menu_item_id uuid,
    name text,
    is_pizza boolean,
    location_id uuid,
    lines bigint,
    quantity bigint,
    orders bigint,
    spent_cents bigint
);
CREATE UNIQUE INDEX customer_history_1_snapshot_key ON readmodel.customer_history_1_snapshot USING btree (customer_id, currency, menu_item_id, name, is_pizza, location_id);

VIEW readmodel.customer_history_1_source (
    customer_id uuid,
    currency text,
    menu_item_id uuid,
    name text,
    is_pizza boolean,
    location_id uuid,
    lines bigint,
    quantity bigint,
    orders bigint,
    spent_cents bigint
);

VIEW readmodel.customer_history_1_view (
    customer_id uuid,
    currency text,
    menu_item_id uuid,
    name text,
    is_pizza boolean,
    location_id uuid,
    lines bigint,
    quantity bigint,
    orders bigint,
    spent_cents bigint
);

VIEW readmodel.deal_1_source (
    id uuid,
    location_id uuid,
    name text,
    code text,
    priority integer,
    reward json,
    conditions json,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    max_uses integer,
    max_uses_by_customer integer,
    created_at timestamp with time zone
);

VIEW readmodel.deal_1_view (
    id uuid,
    location_id uuid,
    name text,
    code text,
    priority integer,
    reward json,
    conditions json,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    max_uses integer,
    max_uses_by_customer integer,
    created_at timestamp with time zone
);

VIEW readmodel.delivery_zone_1_source (
    id uuid,
    location_id uuid,
    "position" integer,
    name text,
    postal_codes text[],
    fee bigint,
    minimum_order bigint,
    minutes integer
);

VIEW readmodel.delivery_zone_1_view (
    id uuid,
    location_id uuid,
    "position" integer,
    name text,
    postal_codes text[],
    fee bigint,
    minimum_order bigint,
    minutes integer
);

TABLE readmodel.generations (
    model text NOT NULL,
    number integer NOT NULL,
    kind text NOT NULL,
    hash text NOT NULL,
    state text NOT NULL,
    barrier xid8,
    breaks boolean NOT NULL DEFAULT false,
    made_at timestamp with time zone NOT NULL DEFAULT now(),
    version text,
    CONSTRAINT generations_pkey PRIMARY KEY (model, number),
    CONSTRAINT generations_kind_check CHECK ((kind = ANY (ARRAY['row'::text, 'sum'::text, 'plain'::text]))),
    CONSTRAINT generations_model_check CHECK ((model ~ '^[a-z]+(_[a-z]+)*$'::text)),
    CONSTRAINT generations_state_check CHECK ((state = ANY (ARRAY['prepared'::text, 'followed'::text, 'filled'::text, 'verified'::text, 'in_use'::text, 'retired'::text, 'dropping'::text, 'dropped'::text]))),
    CONSTRAINT generations_number_check CHECK ((number > 0))
);
CREATE UNIQUE INDEX generations_in_use_key ON readmodel.generations USING btree (model) WHERE (state = 'in_use'::text);

VIEW readmodel.ingredient_1_source (
    id uuid,
    name text,
    on_hand bigint,
    reserved bigint,
    available bigint,
    low_threshold bigint,
    allergens json,
    diet text,
    version integer,
    is_sold_out boolean,
    sold_out_until timestamp with time zone,
    sold_out_reason text
);

VIEW readmodel.ingredient_1_view (
    id uuid,
    name text,
    on_hand bigint,
    reserved bigint,
    available bigint,
    low_threshold bigint,
    allergens json,
    diet text,
    version integer,
    is_sold_out boolean,
    sold_out_until timestamp with time zone,
    sold_out_reason text
);

VIEW readmodel.kitchen_load_1_source (
    order_id uuid,
    location_id uuid,
    status text,
    placed_at timestamp with time zone,
    baking jsonb
);

VIEW readmodel.kitchen_load_1_view (
    order_id uuid,
    location_id uuid,
    status text,
    placed_at timestamp with time zone,
    baking jsonb
);

TABLE readmodel.kitchen_ticket_1_fresh (
    id uuid NOT NULL,
    order_id uuid,
    location_id uuid,
    version integer,
    status text,
    opened_at timestamp with time zone,
    due_at timestamp with time zone,
    closed_at timestamp with time zone,
    is_rush boolean,
    rush_reason text,
    is_recalled boolean,
    recall_reason text,
    changed_version integer,
    items json[],
    xid xid8 NOT NULL,
    tombstone boolean NOT NULL,
    CONSTRAINT kitchen_ticket_1_fresh_pkey PRIMARY KEY (id)
) WITH (fillfactor=50, toast_tuple_target=8160);
CREATE INDEX kitchen_ticket_1_fresh_board_idx ON readmodel.kitchen_ticket_1_fresh USING btree (location_id, closed_at);
CREATE INDEX kitchen_ticket_1_fresh_open_idx ON readmodel.kitchen_ticket_1_fresh USING gist (tstzrange(opened_at, closed_at, '[]'::text));
CREATE INDEX kitchen_ticket_1_fresh_order_idx ON readmodel.kitchen_ticket_1_fresh USING btree (order_id);

MATERIALIZED VIEW readmodel.kitchen_ticket_1_snapshot (
    id uuid,
    order_id uuid,
    location_id uuid,
    version integer,
    status text,
    opened_at timestamp with time zone,
    due_at timestamp with time zone,
    closed_at timestamp with time zone,
    is_rush boolean,
    rush_reason text,
    is_recalled boolean,
    recall_reason text,
    changed_version integer,
    items json[],
    paced boolean
) WITH (toast_tuple_target=8160);
CREATE INDEX kitchen_ticket_1_snapshot_board_idx ON readmodel.kitchen_ticket_1_snapshot USING btree (location_id, closed_at);
CREATE UNIQUE INDEX kitchen_ticket_1_snapshot_key ON readmodel.kitchen_ticket_1_snapshot USING btree (id);
CREATE INDEX kitchen_ticket_1_snapshot_open_idx ON readmodel.kitchen_ticket_1_snapshot USING gist (tstzrange(opened_at, closed_at, '[]'::text));
CREATE INDEX kitchen_ticket_1_snapshot_order_idx ON readmodel.kitchen_ticket_1_snapshot USING btree (order_id);

VIEW readmodel.kitchen_ticket_1_source (
    id uuid,
    order_id uuid,
    location_id uuid,
    version integer,
    status text,
    opened_at timestamp with time zone,
    due_at timestamp with time zone,
    closed_at timestamp with time zone,
    is_rush boolean,
    rush_reason text,
    is_recalled boolean,
    recall_reason text,
    changed_version integer,
    items json[]
);

VIEW readmodel.kitchen_ticket_1_view (
    id uuid,
    order_id uuid,
    location_id uuid,
    version integer,
    status text,
    opened_at timestamp with time zone,
    due_at timestamp with time zone,
    closed_at timestamp with time zone,
    is_rush boolean,
    rush_reason text,
    is_recalled boolean,
    recall_reason text,
    changed_version integer,
    items json[]
);

VIEW readmodel.learned_time_1_source (
    location_id uuid,
    menu_item_id uuid,
    size text,
    is_pizza boolean,
    preparation_minutes integer,
    bake_seconds integer,
    learn_times boolean,
    likely_seconds integer,
    latest_seconds integer,
    samples integer,
    left_out integer,
    by_hour jsonb
);

VIEW readmodel.learned_time_1_view (
    location_id uuid,
    menu_item_id uuid,
    size text,
    is_pizza boolean,
    preparation_minutes integer,
    bake_seconds integer,
    learn_times boolean,
    likely_seconds integer,
    latest_seconds integer,
    samples integer,
    left_out integer,
    by_hour jsonb
);

VIEW readmodel.location_1_source (
    id uuid,
    name text,
    slug text,
    phone text,
    street text,
    city text,
    postal_code text,
    address_notes text,
    time_zone text,
    day_ends_at integer,
    currency text,
    prices_include_tax boolean,
    delivery_fee bigint,
    tax_rates json,
    version integer,
    minimum_order bigint,
    open_orders_limit integer,
    open_portions_limit integer,
    new_customer_cash_orders_limit integer,
    oven_places integer,
    bake_seconds integer,
    cooks integer,
    make_seconds integer,
    delivery_minutes integer,
    learn_times boolean
);

VIEW readmodel.location_1_view (
    id uuid,
    name text,
    slug text,
    phone text,
    street text,
    city text,
    postal_code text,
    address_notes text,
    time_zone text,
    day_ends_at integer,
    currency text,
    prices_include_tax boolean,
    delivery_fee bigint,
    tax_rates json,
    version integer,
    minimum_order bigint,
    open_orders_limit integer,
    open_portions_limit integer,
    new_customer_cash_orders_limit integer,
    oven_places integer,
    bake_seconds integer,
    cooks integer,
    make_seconds integer,
    delivery_minutes integer,
    learn_times boolean
);

VIEW readmodel.location_service_1_source (
    location_id uuid,
    fulfillment text,
    hours jsonb,
    special_days jsonb,
    last_order_before integer,
    lead_minutes integer,
    slot_minutes integer,
    max_days_ahead integer,
    paused_until timestamp with time zone,
    pause_reason text
);

VIEW readmodel.location_service_1_view (
    location_id uuid,
    fulfillment text,
    hours jsonb,
    special_days jsonb,
    last_order_before integer,
    lead_minutes integer,
    slot_minutes integer,
    max_days_ahead integer,
    paused_until timestamp with time zone,
    pause_reason text
);

VIEW readmodel.location_stock_1_source (
    location_id uuid,
    id uuid,
    name text,
    on_hand bigint,
    reserved bigint,
    available bigint,
    low_threshold bigint,
    allergens json,
    diet text,
    version integer,
    is_sold_out boolean,
    sold_out_until timestamp with time zone,
    sold_out_reason text
);

VIEW readmodel.location_stock_1_view (
    location_id uuid,
    id uuid,
    name text,
    on_hand bigint,
    reserved bigint,
    available bigint,
    low_threshold bigint,
    allergens json,
    diet text,
    version integer,
    is_sold_out boolean,
    sold_out_until timestamp with time zone,
    sold_out_reason text
);

TABLE readmodel.mechanisms (
    number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    hash text NOT NULL,
    applied_at timestamp with time zone NOT NULL,
    version text,
    CONSTRAINT mechanisms_pkey PRIMARY KEY (number),
    CONSTRAINT mechanisms_hash_key UNIQUE (hash)
);

TABLE readmodel.menu_1_fresh (
    id uuid NOT NULL,
    name text,
    description text,
    category text,
    is_pizza boolean,
    tax_category text,
    prices json,
    allergens json,
    declared_allergens json,
    fixed_allergens json,
    diet text,
    option_groups json,
    halves json,
    is_available boolean,
    is_hidden boolean,
    is_offered boolean,
    preparation_minutes integer,
    version integer,
    image json,
    locations json,
    sold_out json,
    sizes_left json,
    options_sold_out json,
    options_gone json,
    shows text,
    xid xid8 NOT NULL,
    tombstone boolean NOT NULL,
    CONSTRAINT menu_1_fresh_pkey PRIMARY KEY (id)
) WITH (fillfactor=50, toast_tuple_target=8160);

MATERIALIZED VIEW readmodel.menu_1_snapshot (
    id uuid,
    name text,
    description text,
    category text,
    is_pizza boolean,
    tax_category text,
    prices json,
    allergens json,
    declared_allergens json,
    fixed_allergens json,
    diet text,
    option_groups json,
    halves json,
    is_available boolean,
    is_hidden boolean,
    is_offered boolean,
    preparation_minutes integer,
    version integer,
    image json,
    locations json,
    sold_out json,
    sizes_left json,
    options_sold_out json,
    options_gone json,
    shows text,
    paced boolean
) WITH (toast_tuple_target=8160);
CREATE UNIQUE INDEX menu_1_snapshot_key ON readmodel.menu_1_snapshot USING btree (id);

VIEW readmodel.menu_1_source (
    id uuid,
    name text,
    description text,
    category text,
    is_pizza boolean,
    tax_category text,
    prices json,
    allergens json,
    declared_allergens json,
    fixed_allergens json,
    diet text,
    option_groups json,
    halves json,
    is_available boolean,
    is_hidden boolean,
    is_offered boolean,
    preparation_minutes integer,
    version integer,
    image json,
    locations json,
    sold_out json,
    sizes_left json,
    options_sold_out json,
    options_gone json,
    shows text
);

VIEW readmodel.menu_1_view (
    id uuid,
    name text,
    description text,
    category text,
    is_pizza boolean,
    tax_category text,
    prices json,
    allergens json,
    declared_allergens json,
    fixed_allergens json,
    diet text,
    option_groups json,
    halves json,
    is_available boolean,
    is_hidden boolean,
    is_offered boolean,
    preparation_minutes integer,
    version integer,
    image json,
    locations json,
    sold_out json,
    sizes_left json,
    options_sold_out json,
    options_gone json,
    shows text
);

VIEW readmodel.menu_option_1_source (
    id uuid,
    group_id uuid
);

VIEW readmodel.menu_option_1_view (
    id uuid,
    group_id uuid
);

VIEW readmodel.models (
    name text,
    kind text,
    generation integer,
    hash text,
    snapshot pg_snapshot,
    refreshed_at timestamp with time zone
);

VIEW readmodel.option_group_1_source (
    id uuid,
    name text,
    min integer,
    max integer,
    free_up_to integer,
    halves boolean,
    light json,
    extra json,
    options json,
    version integer
);

VIEW readmodel.option_group_1_view (
    id uuid,
    name text,
    min integer,
    max integer,
    free_up_to integer,
    halves boolean,
    light json,
    extra json,
    options json,
    version integer
);

TABLE readmodel.order_1_fresh (
    id uuid NOT NULL,
    number bigint,
    version integer,
    status text,
    outcome text,
    fulfillment text,
    location_id uuid,
    customer_id uuid,
    customer_name text,
    items_count integer,
    currency text,
    total_cents bigint,
    placed_at timestamp with time zone,
    estimated_delivery_at timestamp with time zone,
    scheduled_for timestamp with time zone,
    document json,
    xid xid8 NOT NULL,
    tombstone boolean NOT NULL,
    CONSTRAINT order_1_fresh_pkey PRIMARY KEY (id)
) WITH (fillfactor=50, toast_tuple_target=8160);
CREATE INDEX order_1_fresh_customer_idx ON readmodel.order_1_fresh USING btree (customer_id, placed_at DESC, id DESC);
CREATE INDEX order_1_fresh_location_idx ON readmodel.order_1_fresh USING btree (location_id, placed_at DESC, id DESC);
CREATE INDEX order_1_fresh_outcome_idx ON readmodel.order_1_fresh USING btree (location_id, outcome, placed_at DESC, id DESC);

MATERIALIZED VIEW readmodel.order_1_snapshot (
    id uuid,
    number bigint,
    version integer,
    status text,
    outcome text,
    fulfillment text,
    location_id uuid,
    customer_id uuid,
    customer_name text,
    items_count integer,
    currency text,
    total_cents bigint,
    placed_at timestamp with time zone,
    estimated_delivery_at timestamp with time zone,
    scheduled_for timestamp with time zone,
    document json,
    paced boolean
) WITH (toast_tuple_target=8160);
CREATE INDEX order_1_snapshot_customer_idx ON readmodel.order_1_snapshot USING btree (customer_id, placed_at DESC, id DESC);
CREATE UNIQUE INDEX order_1_snapshot_key ON readmodel.order_1_snapshot USING btree (id);
CREATE INDEX order_1_snapshot_location_idx ON readmodel.order_1_snapshot USING btree (location_id, placed_at DESC, id DESC);
CREATE INDEX order_1_snapshot_outcome_idx ON readmodel.order_1_snapshot USING btree (location_id, outcome, placed_at DESC, id DESC);

VIEW readmodel.order_1_source (
    id uuid,
    number bigint,
    version integer,
    status text,
    outcome text,
    fulfillment text,
    location_id uuid,
    customer_id uuid,
    customer_name text,
    items_count integer,
    currency text,
    total_cents bigint,
    placed_at timestamp with time zone,
    estimated_delivery_at timestamp with time zone,
    scheduled_for timestamp with time zone,
    document json
);

VIEW readmodel.order_1_view (
    id uuid,
    number bigint,
    version integer,
    status text,
    outcome text,
    fulfillment text,
    location_id uuid,
    customer_id uuid,
    customer_name text,
    items_count integer,
    currency text,
    total_cents bigint,
    placed_at timestamp with time zone,
    estimated_delivery_at timestamp with time zone,
    scheduled_for timestamp with time zone,
    document json
);

TABLE readmodel.pizza_sales_1_fresh (
    location_id uuid,
    day date,
    menu_item_id uuid,
    name text,
    lines bigint,
    quantity bigint,
    revenue_cents bigint,
    xid xid8
);

MATERIALIZED VIEW readmodel.pizza_sales_1_snapshot (
    location_id uuid,
    day date,
    menu_item_id uuid,
    name text,
    lines bigint,
    quantity bigint,
    revenue_cents bigint
);
CREATE UNIQUE INDEX pizza_sales_1_snapshot_key ON readmodel.pizza_sales_1_snapshot USING btree (location_id, day, menu_item_id, name);

VIEW readmodel.pizza_sales_1_source (
    location_id uuid,
    day date,
    menu_item_id uuid,
    name text,
    lines bigint,
    quantity bigint,
    revenue_cents bigint
);

VIEW readmodel.pizza_sales_1_view (
    location_id uuid,
    day date,
    menu_item_id uuid,
    name text,
    lines bigint,
    quantity bigint,
    revenue_cents bigint
);

VIEW readmodel.promotion_1_source (
    id uuid,
    location_id uuid,
    name text,
    code text,
    priority integer,
    advertised boolean,
    reward json,
    conditions json,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    max_uses integer,
    max_uses_by_customer integer,
    version integer,
    created_at timestamp with time zone,
    uses bigint,
    saved_cents bigint
);

VIEW readmodel.promotion_1_view (
    id uuid,
    location_id uuid,
    name text,
    code text,
    priority integer,
    advertised boolean,
    reward json,
    conditions json,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    max_uses integer,
    max_uses_by_customer integer,
    version integer,
    created_at timestamp with time zone,
    uses bigint,
    saved_cents bigint
);

VIEW readmodel.quote_1_source (
    id uuid,
    location_id uuid,
    customer_id uuid,
    expires_at timestamp with time zone,
    baking jsonb,
    ordered json
);

VIEW readmodel.quote_1_view (
    id uuid,
    location_id uuid,
    customer_id uuid,
    expires_at timestamp with time zone,
    baking jsonb,
    ordered json
);

VIEW readmodel.recipe_line_1_source (
    menu_item_id uuid,
    ingredient_id uuid,
    name text,
    quantity integer
);

VIEW readmodel.recipe_line_1_view (
    menu_item_id uuid,
    ingredient_id uuid,
    name text,
    quantity integer
);

VIEW readmodel.scheduled_menu_change_1_source (
    id uuid,
    at timestamp with time zone,
    created_at timestamp with time zone,
    menu_item_id uuid,
    option_group_id uuid,
    location_ids uuid[],
    changes jsonb,
    actor_role text,
    actor_name text,
    status text,
    ended_at timestamp with time zone,
    refusal jsonb
);

VIEW readmodel.scheduled_menu_change_1_view (
    id uuid,
    at timestamp with time zone,
    created_at timestamp with time zone,
    menu_item_id uuid,
    option_group_id uuid,
    location_ids uuid[],
    changes jsonb,
    actor_role text,
    actor_name text,
    status text,
    ended_at timestamp with time zone,
    refusal jsonb
);

VIEW readmodel.screen_1_source (
    id uuid,
    location_id uuid,
    name text,
    station_ids uuid[],
    text_size integer,
    theme text,
    keys json,
    sound_volume integer,
    sound_events text[],
    code_expires_at timestamp with time zone,
    paired_at timestamp with time zone,
    claimed_at timestamp with time zone,
    last_seen_at timestamp with time zone,
    revoked_at timestamp with time zone,
    version integer
);

VIEW readmodel.screen_1_view (
    id uuid,
    location_id uuid,
    name text,
    station_ids uuid[],
    text_size integer,
    theme text,
    keys json,
    sound_volume integer,
    sound_events text[],
    code_expires_at timestamp with time zone,
    paired_at timestamp with time zone,
    claimed_at timestamp with time zone,
    last_seen_at timestamp with time zone,
    revoked_at timestamp with time zone,
    version integer
);

TABLE readmodel.snapshots (
    model text NOT NULL,
    generation integer NOT NULL,
    snapshot pg_snapshot NOT NULL,
    refreshed_at timestamp with time zone NOT NULL,
    CONSTRAINT snapshots_pkey PRIMARY KEY (model, generation),
    CONSTRAINT snapshots_model_generation_fkey FOREIGN KEY (model, generation) REFERENCES readmodel.generations(model, number)
);

VIEW readmodel.staff_1_source (
    id uuid,
    name text,
    email text,
    roles text[],
    location_ids uuid[],
    suspended_at timestamp with time zone,
    invited_until timestamp with time zone
);

VIEW readmodel.staff_1_view (
    id uuid,
    name text,
    email text,
    roles text[],
    location_ids uuid[],
    suspended_at timestamp with time zone,
    invited_until timestamp with time zone
);

VIEW readmodel.station_1_source (
    id uuid,
    location_id uuid,
    name text,
    "position" integer,
    capacity integer,
    is_expo boolean
);

VIEW readmodel.station_1_view (
    id uuid,
    location_id uuid,
    name text,
    "position" integer,
    capacity integer,
    is_expo boolean
);

VIEW readmodel.station_route_1_source (
    location_id uuid,
    "position" integer,
    menu_item_id uuid,
    category text,
    size text,
    station_ids uuid[]
);

VIEW readmodel.station_route_1_view (
    location_id uuid,
    "position" integer,
    menu_item_id uuid,
    category text,
    size text,
    station_ids uuid[]
);

VIEW readmodel.stock_promise_1_source (
    location_id uuid,
    ingredient_id uuid,
    order_id uuid,
    quote_id uuid,
    status text,
    placed_at timestamp with time zone,
    scheduled_for timestamp with time zone,
    reserved bigint
);

VIEW readmodel.stock_promise_1_view (
    location_id uuid,
    ingredient_id uuid,
    order_id uuid,
    quote_id uuid,
    status text,
    placed_at timestamp with time zone,
    scheduled_for timestamp with time zone,
    reserved bigint
);

TABLE readmodel.sum_tables (
    model text NOT NULL,
    generation integer NOT NULL,
    source_table text NOT NULL,
    is_root boolean NOT NULL,
    CONSTRAINT sum_tables_pkey PRIMARY KEY (model, generation, source_table),
    CONSTRAINT sum_tables_model_generation_fkey FOREIGN KEY (model, generation) REFERENCES readmodel.generations(model, number)
);

TABLE simulated_gateway.answers (
    key text NOT NULL,
    fingerprint text NOT NULL,
    status integer,
    body bytea,
    given_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT answers_pkey PRIMARY KEY (key)
);
CREATE INDEX answers_given_at_idx ON simulated_gateway.answers USING btree (given_at);

TABLE simulated_gateway.intents (
    id text NOT NULL,
    order_id text NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    payment_method text NOT NULL,
    state text NOT NULL,
    captured bigint NOT NULL,
    refunded bigint NOT NULL,
    decline_code text NOT NULL,
    attempt text NOT NULL DEFAULT ''::text,
    created_at timestamp with time zone NOT NULL,
    action_url text NOT NULL DEFAULT ''::text,
    return_url text NOT NULL DEFAULT ''::text,
    refunds json NOT NULL DEFAULT '[]'::json,
    CONSTRAINT intents_pkey PRIMARY KEY (id),
    CONSTRAINT intents_check CHECK (((captured >= 0) AND (captured <= amount))),
    CONSTRAINT intents_check1 CHECK (((refunded >= 0) AND (refunded <= captured))),
    CONSTRAINT intents_state_check CHECK ((state = ANY (ARRAY['requires_payment_method'::text, 'requires_confirmation'::text, 'requires_action'::text, 'requires_capture'::text, 'succeeded'::text, 'canceled'::text]))),
    CONSTRAINT intents_amount_check CHECK ((amount > 0)),
    CONSTRAINT intents_currency_check CHECK ((currency ~ '^[a-z]{3}$'::text))
);
CREATE INDEX intents_attempt_idx ON simulated_gateway.intents USING btree (attempt);

TABLE simulated_gateway.ledger (
    "position" bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    intent_id text NOT NULL,
    order_id text NOT NULL,
    kind text NOT NULL,
    amount bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT ledger_pkey PRIMARY KEY ("position"),
    CONSTRAINT ledger_kind_check CHECK ((kind = ANY (ARRAY['authorize'::text, 'capture'::text, 'void'::text, 'refund'::text, 'refund_failed'::text]))),
    CONSTRAINT ledger_amount_check CHECK ((amount > 0)),
    CONSTRAINT ledger_intent_id_fkey FOREIGN KEY (intent_id) REFERENCES simulated_gateway.intents(id)
);
CREATE INDEX ledger_by_order ON simulated_gateway.ledger USING btree (order_id, "position");
CREATE UNIQUE INDEX ledger_once_per_intent ON simulated_gateway.ledger USING btree (intent_id, kind) WHERE (kind <> ALL (ARRAY['refund'::text, 'refund_failed'::text]));
CREATE TRIGGER ledger_is_append_only BEFORE DELETE OR UPDATE ON simulated_gateway.ledger FOR EACH STATEMENT EXECUTE FUNCTION simulated_gateway.ledger_is_append_only();

CREATE OR REPLACE FUNCTION public.add_stock_level()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    PERFORM public.keep_locations();
    INSERT INTO public.stock_levels (ingredient_id, location_id)
    SELECT new.id, l.id FROM public.locations AS l ORDER BY l.id;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.add_stock_levels_of_location()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('locations', 0));
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('what can be had', 0)); -- every dish is computed anew
    INSERT INTO public.stock_levels (ingredient_id, location_id)
    SELECT g.id, new.id FROM public.ingredients AS g ORDER BY g.id;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.allergens_meant(written text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
RETURN CASE upper((btrim(written) COLLATE "C")) WHEN 'CELERY'::text THEN ARRAY['CELERY'::text] WHEN 'CELERIAC'::text THEN ARRAY['CELERY'::text] WHEN 'CRUSTACEAN'::text THEN ARRAY['CRUSTACEANS'::text] WHEN 'CRUSTACEANS'::text THEN ARRAY['CRUSTACEANS'::text] WHEN 'PRAWNS'::text THEN ARRAY['CRUSTACEANS'::text] WHEN 'SHRIMP'::text THEN ARRAY['CRUSTACEANS'::text] WHEN 'SHELLFISH'::text THEN ARRAY['CRUSTACEANS'::text, 'MOLLUSCS'::text] WHEN 'EGG'::text THEN ARRAY['EGGS'::text] WHEN 'EGGS'::text THEN ARRAY['EGGS'::text] WHEN 'FISH'::text THEN ARRAY['FISH'::text] WHEN 'GLUTEN'::text THEN ARRAY['GLUTEN'::text] WHEN 'WHEAT'::text THEN ARRAY['GLUTEN'::text] WHEN 'RYE'::text THEN ARRAY['GLUTEN'::text] WHEN 'BARLEY'::text THEN ARRAY['GLUTEN'::text] WHEN 'OATS'::text THEN ARRAY['GLUTEN'::text] WHEN 'CEREALS CONTAINING GLUTEN'::text THEN ARRAY['GLUTEN'::text] WHEN 'LUPIN'::text THEN ARRAY['LUPIN'::text] WHEN 'LUPINS'::text THEN ARRAY['LUPIN'::text] WHEN 'LUPINE'::text THEN ARRAY['LUPIN'::text] WHEN 'MILK'::text THEN ARRAY['MILK'::text] WHEN 'DAIRY'::text THEN ARRAY['MILK'::text] WHEN 'LACTOSE'::text THEN ARRAY['MILK'::text] WHEN 'MOLLUSC'::text THEN ARRAY['MOLLUSCS'::text] WHEN 'MOLLUSCS'::text THEN ARRAY['MOLLUSCS'::text] WHEN 'MOLLUSKS'::text THEN ARRAY['MOLLUSCS'::text] WHEN 'MUSTARD'::text THEN ARRAY['MUSTARD'::text] WHEN 'NUT'::text THEN ARRAY['NUTS'::text] WHEN 'NUTS'::text THEN ARRAY['NUTS'::text] WHEN 'TREE NUTS'::text THEN ARRAY['NUTS'::text] WHEN 'ALMONDS'::text THEN ARRAY['NUTS'::text] WHEN 'HAZELNUTS'::text THEN ARRAY['NUTS'::text] WHEN 'WALNUTS'::text THEN ARRAY['NUTS'::text] WHEN 'PISTACHIOS'::text THEN ARRAY['NUTS'::text] WHEN 'PEANUT'::text THEN ARRAY['PEANUTS'::text] WHEN 'PEANUTS'::text THEN ARRAY['PEANUTS'::text] WHEN 'SESAME'::text THEN ARRAY['SESAME'::text] WHEN 'SESAME SEEDS'::text THEN ARRAY['SESAME'::text] WHEN 'SOY'::text THEN ARRAY['SOYA'::text] WHEN 'SOYA'::text THEN ARRAY['SOYA'::text] WHEN 'SOYBEANS'::text THEN ARRAY['SOYA'::text] WHEN 'SULPHITES'::text THEN ARRAY['SULPHITES'::text] WHEN 'SULFITES'::text THEN ARRAY['SULPHITES'::text] WHEN 'SULPHUR DIOXIDE'::text THEN ARRAY['SULPHITES'::text] WHEN 'SULFUR DIOXIDE'::text THEN ARRAY['SULPHITES'::text] ELSE '{}'::text[] END;

CREATE OR REPLACE FUNCTION public.available_units(on_hand bigint, reserved bigint, sold_out_since timestamp with time zone)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
RETURN CASE WHEN (sold_out_since IS NULL) THEN (on_hand - reserved) ELSE (0)::bigint END;

CREATE OR REPLACE FUNCTION readmodel.begin_sums()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
    changing CONSTANT text := coalesce(pg_catalog.current_setting('readmodel.changing', true), '');
    other    text;
    ignored  text;
BEGIN
    IF pg_catalog.current_setting('readmodel.claiming', true) = 'on' THEN
        RETURN NULL;
    END IF;
    IF changing <> '' THEN
        FOREACH other IN ARRAY TG_ARGV LOOP
            IF pg_catalog.strpos(changing, ';' || other || ';') > 0 THEN
                RAISE EXCEPTION 'one statement changes both % and %, which a read model adds up', other, TG_RELID::regclass
                    USING ERRCODE = 'feature_not_supported', HINT = 'Use one statement for each table.';
            END IF;
        END LOOP;
    END IF;
    ignored := pg_catalog.set_config(
        'readmodel.changing',
        CASE WHEN changing = '' THEN ';' ELSE changing END || TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME || ';', true
    );
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.change_stock(differences json)
 RETURNS TABLE(ingredient_id uuid, on_hand bigint, reserved bigint)
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
#variable_conflict use_column
DECLARE
    difference record;
    newest     record;
    level CURSOR (id uuid, place uuid) FOR
        SELECT l.on_hand, l.reserved, l.sold_out_since, l.sold_out_until
        FROM public.stock_levels AS l
        WHERE l.ingredient_id = id AND l.location_id = place
        ORDER BY l.generation DESC
        LIMIT 1
        FOR NO KEY UPDATE;
BEGIN
    FOR difference IN
        SELECT
            d.ingredient_id,
            coalesce(d.location_id, public.unnamed_location()) AS location_id,
            d.on_hand,
            d.reserved,
            coalesce(d.at, pg_catalog.clock_timestamp()) AS at
        FROM pg_catalog.json_to_recordset(differences) AS d (ingredient_id uuid, location_id uuid, on_hand bigint, reserved bigint, at timestamptz)
        ORDER BY location_id, d.ingredient_id
    LOOP
        OPEN level (difference.ingredient_id, difference.location_id);
        FETCH level INTO newest;
        IF newest.on_hand + difference.on_hand >= newest.reserved + difference.reserved
            AND (difference.reserved <= 0 OR public.sold_at(difference.at, newest.sold_out_since, newest.sold_out_until))
        THEN
            UPDATE public.stock_levels AS l
            SET on_hand = l.on_hand + difference.on_hand, reserved = l.reserved + difference.reserved, changes = l.changes + 1
            WHERE CURRENT OF level;
            ingredient_id := difference.ingredient_id;
            on_hand := difference.on_hand;
            reserved := difference.reserved;
            RETURN NEXT;
        END IF;
        CLOSE level;
    END LOOP;
END
$function$;

CREATE OR REPLACE FUNCTION public.changes_what_can_be_had(medium integer, before bigint, after bigint)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF (before < medium) = (after < medium)
        AND (before < public.portion(medium, 'SMALL')) = (after < public.portion(medium, 'SMALL'))
        AND (before < public.portion(medium, 'LARGE')) = (after < public.portion(medium, 'LARGE'))
    THEN
        RETURN false;
    END IF;
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('what can be had', 0));
    RETURN true;
END
$function$;

CREATE OR REPLACE FUNCTION readmodel.claim(claimed regclass, key text, value text)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
    SELECT format(
        $statements$
        IF pg_catalog.current_setting('readmodel.claimed', true) IS DISTINCT FROM '%1$s:' || %3$s THEN
            PERFORM FROM %1$s AS r WHERE r.%2$I = %3$s AND r.xmin <> pg_catalog.pg_current_xact_id()::xid;
            IF FOUND THEN
                ignored := pg_catalog.set_config('readmodel.claiming', 'on', true);
                UPDATE %1$s AS r SET %4$I = r.%4$I WHERE r.%2$I = %3$s;
                ignored := pg_catalog.set_config('readmodel.claiming', '', true);
                ignored := pg_catalog.set_config('readmodel.computed', '', true);
            END IF;
            ignored := pg_catalog.set_config('readmodel.claimed', '%1$s:' || %3$s, true);
        END IF;
        $statements$,
        claimed, key, value, readmodel.written_by_a_claim(claimed))
$function$;

CREATE OR REPLACE FUNCTION readmodel.columns(relation regclass, prefix text)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
    SELECT string_agg(prefix || quote_ident(a.attname), ', ' ORDER BY a.attnum)
    FROM pg_catalog.pg_attribute AS a
    WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped
$function$;

CREATE OR REPLACE FUNCTION readmodel.columns_read(source regclass, source_table regclass, prefix text)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
    SELECT CASE
        WHEN bool_or(r.ev_action::text LIKE '%:varattno 0 %') THEN prefix || '*'
        ELSE string_agg(DISTINCT prefix || quote_ident(a.attname), ', ')
    END
    FROM pg_catalog.pg_rewrite AS r
    JOIN pg_catalog.pg_depend AS d
        ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
        AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = source_table AND d.refobjsubid > 0
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE r.ev_class = source
$function$;

CREATE OR REPLACE FUNCTION readmodel.compact(model text, number integer)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
    generation CONSTANT text := model || '_' || number;
    source     CONSTANT regclass := format('readmodel.%I', generation || '_source')::regclass;
    dimensions CONSTANT text[] := (
        SELECT array_agg(a.attname)
        FROM pg_catalog.pg_index AS i
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
        WHERE i.indrelid = format('readmodel.%I', generation || '_snapshot')::regclass AND i.indisunique
    );
BEGIN
    EXECUTE format(
        'WITH gone AS (
            DELETE FROM %1$s AS f
            WHERE NOT pg_visible_in_snapshot(
                f.xid, (SELECT s.snapshot FROM readmodel.snapshots AS s WHERE s.model = %2$L AND s.generation = %3$s)
            )
            RETURNING f.*
        )
        INSERT INTO %1$s (%4$s, xid)
        SELECT %5$s, pg_current_xact_id()
        FROM gone AS c
        GROUP BY %6$s
        HAVING (%7$s) IS DISTINCT FROM (%8$s)',
        format('readmodel.%I', generation || '_fresh'), model, number, readmodel.columns(source, ''),
        readmodel.summed(source, dimensions),
        (SELECT string_agg(format('c.%I', d), ', ') FROM unnest(dimensions) AS d),
        (SELECT string_agg(format('sum(c.%I)', a.attname), ', ') FROM pg_catalog.pg_attribute AS a
            WHERE a.attrelid = source AND a.attnum > 0 AND a.attname <> ALL (dimensions)),
        (SELECT string_agg('0', ', ') FROM pg_catalog.pg_attribute AS a
            WHERE a.attrelid = source AND a.attnum > 0 AND a.attname <> ALL (dimensions)));
END
$function$;

CREATE OR REPLACE FUNCTION readmodel.compute_now()
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
END
$function$;

CREATE OR REPLACE FUNCTION readmodel.contribute(generation text, source_table regclass, sign text, claim text, lookup text)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
DECLARE
    source     CONSTANT regclass := format('readmodel.%I', generation || '_source')::regclass;
    definition CONSTANT text := rtrim(pg_catalog.pg_get_viewdef(source), '; ');
    named      CONSTANT text := source_table::text || ' ';
    signed     CONSTANT text := (
        SELECT string_agg(CASE WHEN a.attnum = ANY (i.indkey) THEN '' ELSE sign END || format('d.%I', a.attname), ', ' ORDER BY a.attnum)
        FROM pg_catalog.pg_index AS i
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum > 0
        WHERE i.indrelid = format('readmodel.%I', generation || '_snapshot')::regclass AND i.indisunique
    );
BEGIN
    IF length(definition) - length(replace(definition, named, '')) <> length(named) THEN
        RAISE EXCEPTION '% must read % once, under an alias', source, source_table;
    END IF;
    RETURN format(
        '%s IF %s THEN INSERT INTO readmodel.%I (%s, xid) SELECT %s, pg_catalog.pg_current_xact_id() FROM (%s) AS d; END IF;',
        claim, lookup, generation || '_fresh', readmodel.columns(source, ''), signed,
        replace(definition, named, '(SELECT row.*) '));
END
$function$;

CREATE OR REPLACE FUNCTION readmodel.create_rows(generation text, root regclass, key text, after text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $functionx$
DECLARE
    source   CONSTANT regclass := format('readmodel.%I', generation || '_source')::regclass;
    fresh    CONSTANT text := format('readmodel.%I', generation || '_fresh');
    snapshot CONSTANT text := format('readmodel.%I', generation || '_snapshot');
    cols     CONSTANT text := readmodel.columns(source, '');
    key_type CONSTANT text := (
        SELECT format_type(a.atttypid, a.atttypmod)
        FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = source AND a.attname = key
    );
BEGIN
    EXECUTE format(
        'CREATE MATERIALIZED VIEW %s WITH (toast_tuple_target = 8160) AS
            SELECT %s, readmodel.pace() AS paced FROM %s AS s WITH NO DATA',
        snapshot, readmodel.columns(source, 's.'), source);
    EXECUTE format('CREATE UNIQUE INDEX %I ON %s (%I)', generation || '_snapshot_key', snapshot, key);

    EXECUTE format('CREATE TABLE %s AS SELECT %s, pg_current_xact_id() AS xid, false AS tombstone FROM %s WITH NO DATA',
        fresh, cols, source);
    -- A row is mostly written again soon: with room on its page and no index on what changed, no index is touched.
    EXECUTE format('ALTER TABLE %s SET (fillfactor = 50, toast_tuple_target = 8160)', fresh);
    EXECUTE format('ALTER TABLE %s ADD PRIMARY KEY (%I), ALTER xid SET NOT NULL, ALTER tombstone SET NOT NULL',
        fresh, key);

    EXECUTE format(
        'CREATE VIEW %s AS
            SELECT %s FROM %s AS f WHERE NOT f.tombstone
            UNION ALL
            SELECT %s FROM %s AS s WHERE NOT EXISTS (SELECT FROM %s AS f WHERE f.%I = s.%I)',
        format('readmodel.%I', generation || '_view'),
        readmodel.columns(source, 'f.'), fresh, readmodel.columns(source, 's.'), snapshot, fresh, key, key);

    -- However many rows of however many tables point to a key, it is computed once, at commit: after the first time it
    -- stands in the list of what is computed already. (A list grown long is begun anew: that costs time, never truth.)
    -- Each mark in the list begins and ends with a semicolon, or one could be found in another's end.
    -- The turn is taken in a statement of its own: the next one then sees what the other writer committed.
    -- The list is written when `after` has been called: what that writes makes nobody compute anything again.
    -- A definition is planned once a session, not five times more for the keys themselves: all are found in the same way.
    EXECUTE format(
        $function$
        CREATE FUNCTION readmodel.%1$I(k %2$s) RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $body$
        DECLARE
            mark CONSTANT text := ';%3$s:' || k || ';';
            done CONSTANT text := coalesce(pg_catalog.current_setting('readmodel.computed', true), '');
            ignored text;
        BEGIN
            IF pg_catalog.strpos(done, mark) > 0 THEN
                RETURN;
            END IF;
            %4$s
            INSERT INTO %6$s (%7$s, xid, tombstone)
            SELECT %8$s, pg_catalog.pg_current_xact_id(), false FROM %9$s AS s WHERE s.%5$I = k
            ON CONFLICT (%5$I) DO UPDATE SET (%7$s, xid, tombstone) = ROW (%10$s, excluded.xid, false);
            IF NOT FOUND THEN
                INSERT INTO %6$s (%5$I, xid, tombstone) VALUES (k, pg_catalog.pg_current_xact_id(), true)
                ON CONFLICT (%5$I) DO UPDATE SET xid = excluded.xid, tombstone = true;
            END IF;
            %11$s
            ignored := pg_catalog.set_config(
                'readmodel.computed', CASE WHEN length(done) < 4000 THEN done ELSE '' END || mark, true
            );
        END
        $body$
        $function$,
        generation || '_compute', key_type, generation, readmodel.claim(root, key, 'k'), key,
        fresh, cols, readmodel.columns(source, 's.'), source, readmodel.columns(source, 'excluded.'),
        CASE WHEN after <> '' THEN format('ignored := %s(k);', after) END);
END
$functionx$;

CREATE OR REPLACE FUNCTION readmodel.create_sums(model text, number integer, dimensions text[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
    generation CONSTANT text := model || '_' || number;
    source     CONSTANT regclass := format('readmodel.%I', generation || '_source')::regclass;
    fresh      CONSTANT text := format('readmodel.%I', generation || '_fresh');
    snapshot   CONSTANT text := format('readmodel.%I', generation || '_snapshot');
    cols       CONSTANT text := readmodel.columns(source, '');
    keys       CONSTANT text := (SELECT string_agg(quote_ident(d), ', ') FROM unnest(dimensions) AS d);
BEGIN
    EXECUTE format('CREATE MATERIALIZED VIEW %s AS SELECT %s FROM %s WITH NO DATA', snapshot, cols, source);
    EXECUTE format('CREATE UNIQUE INDEX %I ON %s (%s)', generation || '_snapshot_key', snapshot, keys);
    EXECUTE format('CREATE TABLE %s AS SELECT %s, pg_current_xact_id() AS xid FROM %s WITH NO DATA', fresh, cols, source);

    -- A contribution that the snapshot contains no longer counts, from the very commit of the refresh on, whenever it is
    -- swept away.
    EXECUTE format(
        'CREATE VIEW readmodel.%I AS
            SELECT %s
            FROM (
                SELECT %s FROM %s
                UNION ALL
                SELECT %s FROM %s AS f
                WHERE NOT pg_visible_in_snapshot(
                    f.xid, (SELECT s.snapshot FROM readmodel.snapshots AS s WHERE s.model = %L AND s.generation = %s)
                )
            ) AS c
            GROUP BY %s
            HAVING sum(c.lines) <> 0',
        generation || '_view', readmodel.summed(source, dimensions), cols, snapshot, readmodel.columns(source, 'f.'), fresh,
        model, number, keys);
END
$function$;

CREATE OR REPLACE FUNCTION readmodel.customer_history_1_follows_order_items()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.category, old.is_pizza, old.line, old.menu_item_id, old.name, old.order_id, old.quantity, old.refunded_quantity)::record OPERATOR (pg_catalog.*=) ROW (new.category, new.is_pizza, new.line, new.menu_item_id, new.name, new.order_id, new.quantity, new.refunded_quantity)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            IF TG_OP <> 'INSERT' THEN
                IF true THEN 
        IF pg_catalog.current_setting('readmodel.claimed', true) IS DISTINCT FROM 'public.orders:' || old.order_id THEN
            PERFORM FROM public.orders AS r WHERE r.id = old.order_id AND r.xmin <> pg_catalog.pg_current_xact_id()::xid;
            IF FOUND THEN
                ignored := pg_catalog.set_config('readmodel.claiming', 'on', true);
                UPDATE public.orders AS r SET version = r.version WHERE r.id = old.order_id;
                ignored := pg_catalog.set_config('readmodel.claiming', '', true);
                ignored := pg_catalog.set_config('readmodel.computed', '', true);
            END IF;
            ignored := pg_catalog.set_config('readmodel.claimed', 'public.orders:' || old.order_id, true);
        END IF;
         IF EXISTS (SELECT FROM public.orders AS o WHERE o.id = old.order_id AND o.is_sale) THEN INSERT INTO readmodel.customer_history_1_fresh (customer_id, currency, menu_item_id, name, is_pizza, location_id, lines, quantity, orders, spent_cents, xid) SELECT d.customer_id, d.currency, d.menu_item_id, d.name, d.is_pizza, d.location_id, -d.lines, -d.quantity, -d.orders, -d.spent_cents, pg_catalog.pg_current_xact_id() FROM ( SELECT o.customer_id,
    o.currency,
    i.menu_item_id,
    i.name,
    COALESCE(i.is_pizza, (i.category = 'Pizza'::text)) AS is_pizza,
    o.location_id,
    count(*) AS lines,
    sum((i.quantity - i.refunded_quantity)) AS quantity,
    sum(
        CASE
            WHEN (i.line = 1) THEN 1
            ELSE 0
        END) AS orders,
    (sum(
        CASE
            WHEN (i.line = 1) THEN (o.total_cents - o.refunded_cents)
            ELSE (0)::bigint
        END))::bigint AS spent_cents
   FROM (public.orders o
     JOIN (SELECT old.*) i ON ((i.order_id = o.id)))
  WHERE o.is_sale
  GROUP BY o.customer_id, o.currency, i.menu_item_id, i.name, COALESCE(i.is_pizza, (i.category = 'Pizza'::text)), o.location_id) AS d; END IF; END IF;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                IF true THEN 
        IF pg_catalog.current_setting('readmodel.claimed', true) IS DISTINCT FROM 'public.orders:' || new.order_id THEN
            PERFORM FROM public.orders AS r WHERE r.id = new.order_id AND r.xmin <> pg_catalog.pg_current_xact_id()::xid;
            IF FOUND THEN
                ignored := pg_catalog.set_config('readmodel.claiming', 'on', true);
                UPDATE public.orders AS r SET version = r.version WHERE r.id = new.order_id;
                ignored := pg_catalog.set_config('readmodel.claiming', '', true);
                ignored := pg_catalog.set_config('readmodel.computed', '', true);
            END IF;
            ignored := pg_catalog.set_config('readmodel.claimed', 'public.orders:' || new.order_id, true);
        END IF;
         IF EXISTS (SELECT FROM public.orders AS o WHERE o.id = new.order_id AND o.is_sale) THEN INSERT INTO readmodel.customer_history_1_fresh (customer_id, currency, menu_item_id, name, is_pizza, location_id, lines, quantity, orders, spent_cents, xid) SELECT d.customer_id, d.currency, d.menu_item_id, d.name, d.is_pizza, d.location_id, d.lines, d.quantity, d.orders, d.spent_cents, pg_catalog.pg_current_xact_id() FROM ( SELECT o.customer_id,
    o.currency,
    i.menu_item_id,
    i.name,
    COALESCE(i.is_pizza, (i.category = 'Pizza'::text)) AS is_pizza,
    o.location_id,
    count(*) AS lines,
    sum((i.quantity - i.refunded_quantity)) AS quantity,
    sum(
        CASE
            WHEN (i.line = 1) THEN 1
            ELSE 0
        END) AS orders,
    (sum(
        CASE
            WHEN (i.line = 1) THEN (o.total_cents - o.refunded_cents)
            ELSE (0)::bigint
        END))::bigint AS spent_cents
   FROM (public.orders o
     JOIN (SELECT new.*) i ON ((i.order_id = o.id)))
  WHERE o.is_sale
  GROUP BY o.customer_id, o.currency, i.menu_item_id, i.name, COALESCE(i.is_pizza, (i.category = 'Pizza'::text)), o.location_id) AS d; END IF; END IF;
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.customer_history_1_follows_orders()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.currency, old.customer_id, old.id, old.is_sale, old.location_id, old.refunded_cents, old.total_cents)::record OPERATOR (pg_catalog.*=) ROW (new.currency, new.customer_id, new.id, new.is_sale, new.location_id, new.refunded_cents, new.total_cents)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            IF TG_OP <> 'INSERT' THEN
                IF old.is_sale THEN  IF true THEN INSERT INTO readmodel.customer_history_1_fresh (customer_id, currency, menu_item_id, name, is_pizza, location_id, lines, quantity, orders, spent_cents, xid) SELECT d.customer_id, d.currency, d.menu_item_id, d.name, d.is_pizza, d.location_id, -d.lines, -d.quantity, -d.orders, -d.spent_cents, pg_catalog.pg_current_xact_id() FROM ( SELECT o.customer_id,
    o.currency,
    i.menu_item_id,
    i.name,
    COALESCE(i.is_pizza, (i.category = 'Pizza'::text)) AS is_pizza,
    o.location_id,
    count(*) AS lines,
    sum((i.quantity - i.refunded_quantity)) AS quantity,
    sum(
        CASE
            WHEN (i.line = 1) THEN 1
            ELSE 0
        END) AS orders,
    (sum(
        CASE
            WHEN (i.line = 1) THEN (o.total_cents - o.refunded_cents)
            ELSE (0)::bigint
        END))::bigint AS spent_cents
   FROM ((SELECT old.*) o
     JOIN public.order_items i ON ((i.order_id = o.id)))
  WHERE o.is_sale
  GROUP BY o.customer_id, o.currency, i.menu_item_id, i.name, COALESCE(i.is_pizza, (i.category = 'Pizza'::text)), o.location_id) AS d; END IF; END IF;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                IF new.is_sale THEN  IF true THEN INSERT INTO readmodel.customer_history_1_fresh (customer_id, currency, menu_item_id, name, is_pizza, location_id, lines, quantity, orders, spent_cents, xid) SELECT d.customer_id, d.currency, d.menu_item_id, d.name, d.is_pizza, d.location_id, d.lines, d.quantity, d.orders, d.spent_cents, pg_catalog.pg_current_xact_id() FROM ( SELECT o.customer_id,
    o.currency,
    i.menu_item_id,
    i.name,
    COALESCE(i.is_pizza, (i.category = 'Pizza'::text)) AS is_pizza,
    o.location_id,
    count(*) AS lines,
    sum((i.quantity - i.refunded_quantity)) AS quantity,
    sum(
        CASE
            WHEN (i.line = 1) THEN 1
            ELSE 0
        END) AS orders,
    (sum(
        CASE
            WHEN (i.line = 1) THEN (o.total_cents - o.refunded_cents)
            ELSE (0)::bigint
        END))::bigint AS spent_cents
   FROM ((SELECT new.*) o
     JOIN public.order_items i ON ((i.order_id = o.id)))
  WHERE o.is_sale
  GROUP BY o.customer_id, o.currency, i.menu_item_id, i.name, COALESCE(i.is_pizza, (i.category = 'Pizza'::text)), o.location_id) AS d; END IF; END IF;
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.drop_relations(generation text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
    made regprocedure;
BEGIN
    FOR made IN
        SELECT p.oid
        FROM pg_catalog.pg_proc AS p
        WHERE p.pronamespace = 'readmodel'::regnamespace
            AND (starts_with(p.proname, generation || '_follows_') OR p.proname = generation || '_compute')
    LOOP
        EXECUTE format('DROP FUNCTION %s', made);
    END LOOP;
    EXECUTE format('DROP VIEW IF EXISTS readmodel.%I', generation || '_view');
    EXECUTE format('DROP TABLE IF EXISTS readmodel.%I', generation || '_fresh');
    EXECUTE format('DROP MATERIALIZED VIEW IF EXISTS readmodel.%I', generation || '_snapshot');
    EXECUTE format('DROP VIEW IF EXISTS readmodel.%I', generation || '_source');
    EXECUTE format('DROP SEQUENCE IF EXISTS readmodel.%I', generation || '_progress');
END
$function$;

CREATE OR REPLACE FUNCTION readmodel.drop_triggers(generation text, source_table regclass)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
    made name;
BEGIN
    FOR made IN
        SELECT t.tgname
        FROM pg_catalog.pg_trigger AS t
        JOIN pg_catalog.pg_proc AS p ON p.oid = t.tgfoid
        WHERE t.tgrelid = source_table AND p.pronamespace = 'readmodel'::regnamespace
            AND starts_with(p.proname, generation || '_follows_')
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', made, source_table);
    END LOOP;
    PERFORM readmodel.keep_statements_apart(source_table);
    IF NOT EXISTS (
        SELECT
        FROM pg_catalog.pg_trigger AS t
        JOIN pg_catalog.pg_proc AS p ON p.oid = t.tgfoid
        WHERE t.tgrelid = source_table AND p.pronamespace = 'readmodel'::regnamespace AND strpos(p.proname, '_follows_') > 0
    ) THEN
        EXECUTE format('DROP TRIGGER IF EXISTS readmodel_forget_computed ON %s', source_table);
        EXECUTE format('DROP TRIGGER IF EXISTS readmodel_refuse_truncate ON %s', source_table);
    END IF;
END
$function$;

CREATE OR REPLACE FUNCTION readmodel.end_sums()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
    ignored text;
BEGIN
    IF pg_catalog.current_setting('readmodel.claiming', true) IS DISTINCT FROM 'on' THEN
        ignored := pg_catalog.set_config('readmodel.changing', '', true);
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.events_are_final()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION 'events are never changed' USING ERRCODE = 'restrict_violation';
END
$function$;

CREATE OR REPLACE FUNCTION public.events_only_forget()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
    forgotten CONSTANT jsonb := '{"actor_name": null, "reason": null}';
BEGIN
    IF coalesce(new.actor_name, old.actor_name, '') <> coalesce(old.actor_name, '')
        OR coalesce(new.reason, old.reason, '') <> coalesce(old.reason, '')
        OR pg_catalog.to_jsonb(new) || forgotten <> pg_catalog.to_jsonb(old) || forgotten
    THEN
        RAISE EXCEPTION 'events are never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN new;
END
$function$;

CREATE OR REPLACE FUNCTION readmodel.follow_by_key(generation text, source_table regclass, keys text, keys_on_update text, condition text, claim text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $functionx$
DECLARE
    source     CONSTANT regclass := format('readmodel.%I', generation || '_source')::regclass;
    table_name CONSTANT name := (SELECT c.relname FROM pg_catalog.pg_class AS c WHERE c.oid = source_table);
    follow     CONSTANT text := generation || '_follows_' || table_name;
    of_one     CONSTANT text := format('ignored := readmodel.%I(%%s);', generation || '_compute');
    of_several CONSTANT text := format('PERFORM readmodel.%I(k) FROM (%%s) AS keys (k);', generation || '_compute');
    of_any     CONSTANT text := format(CASE WHEN keys ILIKE 'SELECT %' THEN of_several ELSE of_one END, keys);
    of_row     CONSTANT text := CASE WHEN condition <> '' THEN format('IF %s THEN %s END IF;', condition, of_any) ELSE of_any END;
    of_old     CONSTANT text := readmodel.over(of_row, 'old');
    of_new     CONSTANT text := readmodel.over(of_row, 'new');
    of_update  CONSTANT text := CASE WHEN keys_on_update <> '' THEN format(of_several, keys_on_update) ELSE of_old || ' ' || of_new END;
BEGIN
    -- The trigger has no WHEN for what it doesn't care about: Postgres parses that condition for each statement, the
    -- function's once a session. It compares bytes: 1.0 and 1.00 are equal, but not the same text.
    EXECUTE format(
        $function$
        CREATE FUNCTION readmodel.%1$I() RETURNS trigger LANGUAGE plpgsql AS $body$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (%7$s)::record OPERATOR (pg_catalog.*=) ROW (%8$s)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            %2$s
            %3$s
            IF TG_OP = 'DELETE' THEN
                %4$s
            ELSIF TG_OP = 'INSERT' THEN
                %5$s
            ELSE
                %6$s
            END IF;
            RETURN NULL;
        END
        $body$
        $function$,
        follow,
        CASE WHEN claim <> '' THEN format($claim$IF TG_OP <> 'INSERT' THEN %s END IF;$claim$, readmodel.over(claim, 'old')) END,
        CASE WHEN claim <> '' THEN format($claim$IF TG_OP <> 'DELETE' THEN %s END IF;$claim$, readmodel.over(claim, 'new')) END,
        of_old, of_new, of_update,
        readmodel.columns_read(source, source_table, 'old.'), readmodel.columns_read(source, source_table, 'new.'));

    EXECUTE format(
        'CREATE CONSTRAINT TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %s DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION readmodel.%I()',
        follow, source_table, follow);
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER readmodel_forget_computed BEFORE INSERT OR UPDATE OR DELETE ON %s
            FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed()',
        source_table);
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON %s
            FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate()',
        source_table);
END
$functionx$;

CREATE OR REPLACE FUNCTION readmodel.follow_by_sum(generation text, source_table regclass, claim text, condition text, lookup text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $functionx$
DECLARE
    source CONSTANT regclass := format('readmodel.%I', generation || '_source')::regclass;
    follow CONSTANT text := generation || '_follows_' || (SELECT c.relname FROM pg_catalog.pg_class AS c WHERE c.oid = source_table);
    alone  CONSTANT boolean := NOT EXISTS (SELECT FROM readmodel.relations_read(source) AS r WHERE r <> source_table);
    of_old CONSTANT text := readmodel.over(condition, 'old');
    of_new CONSTANT text := readmodel.over(condition, 'new');
BEGIN
    EXECUTE format(
        $function$
        CREATE FUNCTION readmodel.%1$I() RETURNS trigger LANGUAGE plpgsql AS $body$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (%6$s)::record OPERATOR (pg_catalog.*=) ROW (%7$s)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            IF TG_OP <> 'INSERT' THEN
                IF %2$s THEN %3$s END IF;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                IF %4$s THEN %5$s END IF;
            END IF;
            RETURN NULL;
        END
        $body$
        $function$,
        follow,
        of_old, readmodel.over(readmodel.contribute(generation, source_table, '-', claim, lookup), 'old'),
        of_new, readmodel.over(readmodel.contribute(generation, source_table, '', claim, lookup), 'new'),
        readmodel.columns_read(source, source_table, 'old.'), readmodel.columns_read(source, source_table, 'new.'));

    EXECUTE format(
        'CREATE TRIGGER %I AFTER UPDATE ON %s
            FOR EACH ROW WHEN (%s OR %s) EXECUTE FUNCTION readmodel.%I()',
        follow || '_update', source_table, of_old, of_new, follow);
    IF alone OR claim <> '' THEN
        EXECUTE format(
            'CREATE TRIGGER %I AFTER INSERT ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION readmodel.%I()',
            follow || '_insert', source_table, of_new, follow);
        EXECUTE format(
            'CREATE TRIGGER %I AFTER DELETE ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION readmodel.%I()',
            follow || '_delete', source_table, of_old, follow);
    END IF;
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON %s
            FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate()',
        source_table);
END
$functionx$;

CREATE OR REPLACE FUNCTION readmodel.forget_computed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
    -- Assigned to rather than performed: a plain expression costs a tenth of a query.
    ignored text;
BEGIN
    IF pg_catalog.current_setting('readmodel.computed', true) <> ''
        AND pg_catalog.current_setting('readmodel.claiming', true) IS DISTINCT FROM 'on'
    THEN
        ignored := pg_catalog.set_config('readmodel.computed', '', true);
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.items_offering(option uuid)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
AS $function$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('what can be had', 0));
    RETURN QUERY
        SELECT l.menu_item_id
        FROM public.menu_options AS o
        JOIN public.menu_item_option_groups AS l ON l.group_id = o.group_id
        WHERE o.id = option;
END
$function$;

CREATE OR REPLACE FUNCTION public.keep_locations()
 RETURNS void
 LANGUAGE sql
AS $function$ SELECT pg_catalog.pg_advisory_xact_lock_shared(pg_catalog.hashtextextended('locations', 0)) $function$;

CREATE OR REPLACE FUNCTION readmodel.keep_statements_apart(changed regclass)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
    others text;
    events text;
BEGIN
    SELECT
        string_agg(DISTINCT quote_literal(o.source_table), ', '),
        CASE WHEN bool_and(t.is_root) THEN 'UPDATE OR DELETE' ELSE 'INSERT OR UPDATE OR DELETE' END
    INTO others, events
    FROM readmodel.sum_tables AS t
    JOIN readmodel.sum_tables AS o
        ON o.model = t.model AND o.generation = t.generation AND o.source_table <> t.source_table
    WHERE t.source_table = changed::text;
    IF others IS NULL THEN
        EXECUTE format('DROP TRIGGER IF EXISTS readmodel_begin_sums ON %s', changed);
        EXECUTE format('DROP TRIGGER IF EXISTS readmodel_end_sums ON %s', changed);
        RETURN;
    END IF;
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER readmodel_begin_sums BEFORE %s ON %s
            FOR EACH STATEMENT EXECUTE FUNCTION readmodel.begin_sums(%s)',
        events, changed, others);
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER readmodel_end_sums AFTER %s ON %s FOR EACH STATEMENT EXECUTE FUNCTION readmodel.end_sums()',
        events, changed);
END
$function$;

CREATE OR REPLACE FUNCTION readmodel.kitchen_ticket_1_compute(k uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
        DECLARE
            mark CONSTANT text := ';kitchen_ticket_1:' || k || ';';
            done CONSTANT text := coalesce(pg_catalog.current_setting('readmodel.computed', true), '');
            ignored text;
        BEGIN
            IF pg_catalog.strpos(done, mark) > 0 THEN
                RETURN;
            END IF;
            
        IF pg_catalog.current_setting('readmodel.claimed', true) IS DISTINCT FROM 'public.tickets:' || k THEN
            PERFORM FROM public.tickets AS r WHERE r.id = k AND r.xmin <> pg_catalog.pg_current_xact_id()::xid;
            IF FOUND THEN
                ignored := pg_catalog.set_config('readmodel.claiming', 'on', true);
                UPDATE public.tickets AS r SET location_id = r.location_id WHERE r.id = k;
                ignored := pg_catalog.set_config('readmodel.claiming', '', true);
                ignored := pg_catalog.set_config('readmodel.computed', '', true);
            END IF;
            ignored := pg_catalog.set_config('readmodel.claimed', 'public.tickets:' || k, true);
        END IF;
        
            INSERT INTO readmodel.kitchen_ticket_1_fresh (id, order_id, location_id, version, status, opened_at, due_at, closed_at, is_rush, rush_reason, is_recalled, recall_reason, changed_version, items, xid, tombstone)
            SELECT s.id, s.order_id, s.location_id, s.version, s.status, s.opened_at, s.due_at, s.closed_at, s.is_rush, s.rush_reason, s.is_recalled, s.recall_reason, s.changed_version, s.items, pg_catalog.pg_current_xact_id(), false FROM readmodel.kitchen_ticket_1_source AS s WHERE s.id = k
            ON CONFLICT (id) DO UPDATE SET (id, order_id, location_id, version, status, opened_at, due_at, closed_at, is_rush, rush_reason, is_recalled, recall_reason, changed_version, items, xid, tombstone) = ROW (excluded.id, excluded.order_id, excluded.location_id, excluded.version, excluded.status, excluded.opened_at, excluded.due_at, excluded.closed_at, excluded.is_rush, excluded.rush_reason, excluded.is_recalled, excluded.recall_reason, excluded.changed_version, excluded.items, excluded.xid, false);
            IF NOT FOUND THEN
                INSERT INTO readmodel.kitchen_ticket_1_fresh (id, xid, tombstone) VALUES (k, pg_catalog.pg_current_xact_id(), true)
                ON CONFLICT (id) DO UPDATE SET xid = excluded.xid, tombstone = true;
            END IF;
            
            ignored := pg_catalog.set_config(
                'readmodel.computed', CASE WHEN length(done) < 4000 THEN done ELSE '' END || mark, true
            );
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.kitchen_ticket_1_follows_ticket_items()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.*)::record OPERATOR (pg_catalog.*=) ROW (new.*)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                ignored := readmodel.kitchen_ticket_1_compute(old.ticket_id);
            ELSIF TG_OP = 'INSERT' THEN
                ignored := readmodel.kitchen_ticket_1_compute(new.ticket_id);
            ELSE
                ignored := readmodel.kitchen_ticket_1_compute(old.ticket_id); ignored := readmodel.kitchen_ticket_1_compute(new.ticket_id);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.kitchen_ticket_1_follows_ticket_tasks()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.*)::record OPERATOR (pg_catalog.*=) ROW (new.*)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                ignored := readmodel.kitchen_ticket_1_compute(old.ticket_id);
            ELSIF TG_OP = 'INSERT' THEN
                ignored := readmodel.kitchen_ticket_1_compute(new.ticket_id);
            ELSE
                ignored := readmodel.kitchen_ticket_1_compute(old.ticket_id); ignored := readmodel.kitchen_ticket_1_compute(new.ticket_id);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.kitchen_ticket_1_follows_tickets()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.*)::record OPERATOR (pg_catalog.*=) ROW (new.*)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                ignored := readmodel.kitchen_ticket_1_compute(old.id);
            ELSIF TG_OP = 'INSERT' THEN
                ignored := readmodel.kitchen_ticket_1_compute(new.id);
            ELSE
                ignored := readmodel.kitchen_ticket_1_compute(old.id); ignored := readmodel.kitchen_ticket_1_compute(new.id);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION simulated_gateway.ledger_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only';
END
$function$;

CREATE OR REPLACE FUNCTION readmodel.menu_1_compute(k uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
        DECLARE
            mark CONSTANT text := ';menu_1:' || k || ';';
            done CONSTANT text := coalesce(pg_catalog.current_setting('readmodel.computed', true), '');
            ignored text;
        BEGIN
            IF pg_catalog.strpos(done, mark) > 0 THEN
                RETURN;
            END IF;
            
        IF pg_catalog.current_setting('readmodel.claimed', true) IS DISTINCT FROM 'public.menu_items:' || k THEN
            PERFORM FROM public.menu_items AS r WHERE r.id = k AND r.xmin <> pg_catalog.pg_current_xact_id()::xid;
            IF FOUND THEN
                ignored := pg_catalog.set_config('readmodel.claiming', 'on', true);
                UPDATE public.menu_items AS r SET name = r.name WHERE r.id = k;
                ignored := pg_catalog.set_config('readmodel.claiming', '', true);
                ignored := pg_catalog.set_config('readmodel.computed', '', true);
            END IF;
            ignored := pg_catalog.set_config('readmodel.claimed', 'public.menu_items:' || k, true);
        END IF;
        
            INSERT INTO readmodel.menu_1_fresh (id, name, description, category, is_pizza, tax_category, prices, allergens, declared_allergens, fixed_allergens, diet, option_groups, halves, is_available, is_hidden, is_offered, preparation_minutes, version, image, locations, sold_out, sizes_left, options_sold_out, options_gone, shows, xid, tombstone)
            SELECT s.id, s.name, s.description, s.category, s.is_pizza, s.tax_category, s.prices, s.allergens, s.declared_allergens, s.fixed_allergens, s.diet, s.option_groups, s.halves, s.is_available, s.is_hidden, s.is_offered, s.preparation_minutes, s.version, s.image, s.locations, s.sold_out, s.sizes_left, s.options_sold_out, s.options_gone, s.shows, pg_catalog.pg_current_xact_id(), false FROM readmodel.menu_1_source AS s WHERE s.id = k
            ON CONFLICT (id) DO UPDATE SET (id, name, description, category, is_pizza, tax_category, prices, allergens, declared_allergens, fixed_allergens, diet, option_groups, halves, is_available, is_hidden, is_offered, preparation_minutes, version, image, locations, sold_out, sizes_left, options_sold_out, options_gone, shows, xid, tombstone) = ROW (excluded.id, excluded.name, excluded.description, excluded.category, excluded.is_pizza, excluded.tax_category, excluded.prices, excluded.allergens, excluded.declared_allergens, excluded.fixed_allergens, excluded.diet, excluded.option_groups, excluded.halves, excluded.is_available, excluded.is_hidden, excluded.is_offered, excluded.preparation_minutes, excluded.version, excluded.image, excluded.locations, excluded.sold_out, excluded.sizes_left, excluded.options_sold_out, excluded.options_gone, excluded.shows, excluded.xid, false);
            IF NOT FOUND THEN
                INSERT INTO readmodel.menu_1_fresh (id, xid, tombstone) VALUES (k, pg_catalog.pg_current_xact_id(), true)
                ON CONFLICT (id) DO UPDATE SET xid = excluded.xid, tombstone = true;
            END IF;
            ignored := public.tell_availability(k);
            ignored := pg_catalog.set_config(
                'readmodel.computed', CASE WHEN length(done) < 4000 THEN done ELSE '' END || mark, true
            );
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.menu_1_follows_ingredients()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.allergens, old.diet, old.id)::record OPERATOR (pg_catalog.*=) ROW (new.allergens, new.diet, new.id)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT r.menu_item_id FROM public.recipes AS r WHERE r.ingredient_id = old.id
UNION
SELECT l.menu_item_id
FROM public.menu_options AS o
JOIN public.menu_item_option_groups AS l ON l.group_id = o.group_id
WHERE o.ingredient_id = old.id
ORDER BY menu_item_id
) AS keys (k);
            ELSIF TG_OP = 'INSERT' THEN
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT r.menu_item_id FROM public.recipes AS r WHERE r.ingredient_id = new.id
UNION
SELECT l.menu_item_id
FROM public.menu_options AS o
JOIN public.menu_item_option_groups AS l ON l.group_id = o.group_id
WHERE o.ingredient_id = new.id
ORDER BY menu_item_id
) AS keys (k);
            ELSE
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT r.menu_item_id FROM public.recipes AS r WHERE r.ingredient_id = old.id
UNION
SELECT l.menu_item_id
FROM public.menu_options AS o
JOIN public.menu_item_option_groups AS l ON l.group_id = o.group_id
WHERE o.ingredient_id = old.id
ORDER BY menu_item_id
) AS keys (k); PERFORM readmodel.menu_1_compute(k) FROM (SELECT r.menu_item_id FROM public.recipes AS r WHERE r.ingredient_id = new.id
UNION
SELECT l.menu_item_id
FROM public.menu_options AS o
JOIN public.menu_item_option_groups AS l ON l.group_id = o.group_id
WHERE o.ingredient_id = new.id
ORDER BY menu_item_id
) AS keys (k);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.menu_1_follows_locations()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.id)::record OPERATOR (pg_catalog.*=) ROW (new.id)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT DISTINCT o.menu_item_id FROM public.menu_item_locations AS o WHERE NOT o.is_available ORDER BY o.menu_item_id) AS keys (k);
            ELSIF TG_OP = 'INSERT' THEN
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT DISTINCT o.menu_item_id FROM public.menu_item_locations AS o WHERE NOT o.is_available ORDER BY o.menu_item_id) AS keys (k);
            ELSE
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT DISTINCT o.menu_item_id FROM public.menu_item_locations AS o WHERE NOT o.is_available ORDER BY o.menu_item_id) AS keys (k); PERFORM readmodel.menu_1_compute(k) FROM (SELECT DISTINCT o.menu_item_id FROM public.menu_item_locations AS o WHERE NOT o.is_available ORDER BY o.menu_item_id) AS keys (k);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.menu_1_follows_menu_item_location_prices()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.location_id, old.menu_item_id, old.price_cents, old.size)::record OPERATOR (pg_catalog.*=) ROW (new.location_id, new.menu_item_id, new.price_cents, new.size)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                ignored := readmodel.menu_1_compute(old.menu_item_id);
            ELSIF TG_OP = 'INSERT' THEN
                ignored := readmodel.menu_1_compute(new.menu_item_id);
            ELSE
                ignored := readmodel.menu_1_compute(old.menu_item_id); ignored := readmodel.menu_1_compute(new.menu_item_id);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.menu_1_follows_menu_item_locations()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.is_available, old.location_id, old.menu_item_id)::record OPERATOR (pg_catalog.*=) ROW (new.is_available, new.location_id, new.menu_item_id)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                ignored := readmodel.menu_1_compute(old.menu_item_id);
            ELSIF TG_OP = 'INSERT' THEN
                ignored := readmodel.menu_1_compute(new.menu_item_id);
            ELSE
                ignored := readmodel.menu_1_compute(old.menu_item_id); ignored := readmodel.menu_1_compute(new.menu_item_id);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.menu_1_follows_menu_item_option_groups()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old."position", old.default_option_ids, old.free_up_to, old.group_id, old.max, old.menu_item_id, old.min, old.option_ids)::record OPERATOR (pg_catalog.*=) ROW (new."position", new.default_option_ids, new.free_up_to, new.group_id, new.max, new.menu_item_id, new.min, new.option_ids)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                ignored := readmodel.menu_1_compute(old.menu_item_id);
            ELSIF TG_OP = 'INSERT' THEN
                ignored := readmodel.menu_1_compute(new.menu_item_id);
            ELSE
                ignored := readmodel.menu_1_compute(old.menu_item_id); ignored := readmodel.menu_1_compute(new.menu_item_id);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.menu_1_follows_menu_item_prices()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.menu_item_id, old.price_cents, old.size)::record OPERATOR (pg_catalog.*=) ROW (new.menu_item_id, new.price_cents, new.size)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                ignored := readmodel.menu_1_compute(old.menu_item_id);
            ELSIF TG_OP = 'INSERT' THEN
                ignored := readmodel.menu_1_compute(new.menu_item_id);
            ELSE
                ignored := readmodel.menu_1_compute(old.menu_item_id); ignored := readmodel.menu_1_compute(new.menu_item_id);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.menu_1_follows_menu_items()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.allergens, old.archived_at, old.category, old.description, old.halves_base_price, old.halves_sizes, old.halves_split_charge, old.halves_topping_percent, old.id, old.image_id, old.is_available, old.is_pizza, old.name, old.preparation_minutes, old.tax_category, old.version)::record OPERATOR (pg_catalog.*=) ROW (new.allergens, new.archived_at, new.category, new.description, new.halves_base_price, new.halves_sizes, new.halves_split_charge, new.halves_topping_percent, new.id, new.image_id, new.is_available, new.is_pizza, new.name, new.preparation_minutes, new.tax_category, new.version)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                ignored := readmodel.menu_1_compute(old.id);
            ELSIF TG_OP = 'INSERT' THEN
                ignored := readmodel.menu_1_compute(new.id);
            ELSE
                ignored := readmodel.menu_1_compute(old.id); ignored := readmodel.menu_1_compute(new.id);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.menu_1_follows_menu_option_prices()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.dose, old.option_id, old.price_cents, old.size)::record OPERATOR (pg_catalog.*=) ROW (new.dose, new.option_id, new.price_cents, new.size)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT l.menu_item_id
FROM public.menu_options AS o
JOIN public.menu_item_option_groups AS l ON l.group_id = o.group_id
WHERE o.id = old.option_id
ORDER BY l.menu_item_id
) AS keys (k);
            ELSIF TG_OP = 'INSERT' THEN
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT l.menu_item_id
FROM public.menu_options AS o
JOIN public.menu_item_option_groups AS l ON l.group_id = o.group_id
WHERE o.id = new.option_id
ORDER BY l.menu_item_id
) AS keys (k);
            ELSE
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT l.menu_item_id
FROM public.menu_options AS o
JOIN public.menu_item_option_groups AS l ON l.group_id = o.group_id
WHERE o.id = old.option_id
ORDER BY l.menu_item_id
) AS keys (k); PERFORM readmodel.menu_1_compute(k) FROM (SELECT l.menu_item_id
FROM public.menu_options AS o
JOIN public.menu_item_option_groups AS l ON l.group_id = o.group_id
WHERE o.id = new.option_id
ORDER BY l.menu_item_id
) AS keys (k);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.menu_1_follows_menu_options()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old."position", old.allergens, old.group_id, old.id, old.ingredient_id, old.is_default, old.name)::record OPERATOR (pg_catalog.*=) ROW (new."position", new.allergens, new.group_id, new.id, new.ingredient_id, new.is_default, new.name)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT l.menu_item_id FROM public.menu_item_option_groups AS l WHERE l.group_id = old.group_id ORDER BY l.menu_item_id) AS keys (k);
            ELSIF TG_OP = 'INSERT' THEN
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT l.menu_item_id FROM public.menu_item_option_groups AS l WHERE l.group_id = new.group_id ORDER BY l.menu_item_id) AS keys (k);
            ELSE
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT l.menu_item_id FROM public.menu_item_option_groups AS l WHERE l.group_id = old.group_id ORDER BY l.menu_item_id) AS keys (k); PERFORM readmodel.menu_1_compute(k) FROM (SELECT l.menu_item_id FROM public.menu_item_option_groups AS l WHERE l.group_id = new.group_id ORDER BY l.menu_item_id) AS keys (k);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.menu_1_follows_option_groups()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.archived_at, old.extra_dose, old.extra_price, old.free_up_to, old.halves, old.id, old.light_dose, old.light_price, old.max, old.min, old.name)::record OPERATOR (pg_catalog.*=) ROW (new.archived_at, new.extra_dose, new.extra_price, new.free_up_to, new.halves, new.id, new.light_dose, new.light_price, new.max, new.min, new.name)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT l.menu_item_id FROM public.menu_item_option_groups AS l WHERE l.group_id = old.id ORDER BY l.menu_item_id) AS keys (k);
            ELSIF TG_OP = 'INSERT' THEN
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT l.menu_item_id FROM public.menu_item_option_groups AS l WHERE l.group_id = new.id ORDER BY l.menu_item_id) AS keys (k);
            ELSE
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT l.menu_item_id FROM public.menu_item_option_groups AS l WHERE l.group_id = old.id ORDER BY l.menu_item_id) AS keys (k); PERFORM readmodel.menu_1_compute(k) FROM (SELECT l.menu_item_id FROM public.menu_item_option_groups AS l WHERE l.group_id = new.id ORDER BY l.menu_item_id) AS keys (k);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.menu_1_follows_recipes()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.ingredient_id, old.menu_item_id, old.quantity)::record OPERATOR (pg_catalog.*=) ROW (new.ingredient_id, new.menu_item_id, new.quantity)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            IF TG_OP <> 'INSERT' THEN 
        IF pg_catalog.current_setting('readmodel.claimed', true) IS DISTINCT FROM 'public.stock_levels:' || old.ingredient_id THEN
            PERFORM FROM public.stock_levels AS r WHERE r.ingredient_id = old.ingredient_id AND r.xmin <> pg_catalog.pg_current_xact_id()::xid;
            IF FOUND THEN
                ignored := pg_catalog.set_config('readmodel.claiming', 'on', true);
                UPDATE public.stock_levels AS r SET ingredient_id = r.ingredient_id WHERE r.ingredient_id = old.ingredient_id;
                ignored := pg_catalog.set_config('readmodel.claiming', '', true);
                ignored := pg_catalog.set_config('readmodel.computed', '', true);
            END IF;
            ignored := pg_catalog.set_config('readmodel.claimed', 'public.stock_levels:' || old.ingredient_id, true);
        END IF;
         END IF;
            IF TG_OP <> 'DELETE' THEN 
        IF pg_catalog.current_setting('readmodel.claimed', true) IS DISTINCT FROM 'public.stock_levels:' || new.ingredient_id THEN
            PERFORM FROM public.stock_levels AS r WHERE r.ingredient_id = new.ingredient_id AND r.xmin <> pg_catalog.pg_current_xact_id()::xid;
            IF FOUND THEN
                ignored := pg_catalog.set_config('readmodel.claiming', 'on', true);
                UPDATE public.stock_levels AS r SET ingredient_id = r.ingredient_id WHERE r.ingredient_id = new.ingredient_id;
                ignored := pg_catalog.set_config('readmodel.claiming', '', true);
                ignored := pg_catalog.set_config('readmodel.computed', '', true);
            END IF;
            ignored := pg_catalog.set_config('readmodel.claimed', 'public.stock_levels:' || new.ingredient_id, true);
        END IF;
         END IF;
            IF TG_OP = 'DELETE' THEN
                ignored := readmodel.menu_1_compute(old.menu_item_id);
            ELSIF TG_OP = 'INSERT' THEN
                ignored := readmodel.menu_1_compute(new.menu_item_id);
            ELSE
                ignored := readmodel.menu_1_compute(old.menu_item_id); ignored := readmodel.menu_1_compute(new.menu_item_id);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.menu_1_follows_stock_levels()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.ingredient_id, old.location_id, old.on_hand, old.reserved, old.sold_out_since)::record OPERATOR (pg_catalog.*=) ROW (new.ingredient_id, new.location_id, new.on_hand, new.reserved, new.sold_out_since)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT r.menu_item_id FROM public.recipes AS r WHERE r.ingredient_id = old.ingredient_id
UNION
SELECT l.menu_item_id
FROM public.menu_options AS o
JOIN public.menu_item_option_groups AS l ON l.group_id = o.group_id
WHERE o.ingredient_id = old.ingredient_id
ORDER BY menu_item_id
) AS keys (k);
            ELSIF TG_OP = 'INSERT' THEN
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT r.menu_item_id FROM public.recipes AS r WHERE r.ingredient_id = new.ingredient_id
UNION
SELECT l.menu_item_id
FROM public.menu_options AS o
JOIN public.menu_item_option_groups AS l ON l.group_id = o.group_id
WHERE o.ingredient_id = new.ingredient_id
ORDER BY menu_item_id
) AS keys (k);
            ELSE
                PERFORM readmodel.menu_1_compute(k) FROM (SELECT r.menu_item_id FROM public.recipes AS r
WHERE r.ingredient_id = new.ingredient_id
    AND least(
        public.available_units(old.on_hand, old.reserved, old.sold_out_since), public.available_units(new.on_hand, new.reserved, new.sold_out_since)
    ) < r.quantity * 2
    AND public.changes_what_can_be_had(
        r.quantity,
        public.available_units(old.on_hand, old.reserved, old.sold_out_since),
        public.available_units(new.on_hand, new.reserved, new.sold_out_since)
    )
UNION
SELECT i.id
FROM public.menu_options AS o
JOIN public.menu_option_prices AS p ON p.option_id = o.id
CROSS JOIN LATERAL public.items_offering(p.option_id) AS i (id)
WHERE o.ingredient_id = new.ingredient_id
    AND (public.available_units(old.on_hand, old.reserved, old.sold_out_since) < p.dose)
        <> (public.available_units(new.on_hand, new.reserved, new.sold_out_since) < p.dose)
ORDER BY menu_item_id
) AS keys (k);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION public.menu_item_locations_keep_locations()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    PERFORM public.keep_locations();
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.name_allergens()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
    unknown text;
BEGIN
    SELECT string_agg(a.written, ', ' ORDER BY a.place)
    INTO unknown
    FROM unnest(new.allergens) WITH ORDINALITY AS a (written, place)
    WHERE public.allergens_meant(a.written) = '{}';
    new.allergens := ARRAY(
        SELECT meant.name
        FROM unnest(new.allergens) AS a (written)
        CROSS JOIN LATERAL unnest(public.allergens_meant(a.written)) AS meant (name)
        GROUP BY meant.name
        ORDER BY meant.name COLLATE "C"
    );
    IF unknown IS NOT NULL THEN
        new.description := concat_ws(E'\n', nullif(new.description, ''), 'Allergens: ' || unknown);
    END IF;
    RETURN new;
END
$function$;

CREATE OR REPLACE FUNCTION readmodel.order_1_compute(k uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
        DECLARE
            mark CONSTANT text := ';order_1:' || k || ';';
            done CONSTANT text := coalesce(pg_catalog.current_setting('readmodel.computed', true), '');
            ignored text;
        BEGIN
            IF pg_catalog.strpos(done, mark) > 0 THEN
                RETURN;
            END IF;
            
        IF pg_catalog.current_setting('readmodel.claimed', true) IS DISTINCT FROM 'public.orders:' || k THEN
            PERFORM FROM public.orders AS r WHERE r.id = k AND r.xmin <> pg_catalog.pg_current_xact_id()::xid;
            IF FOUND THEN
                ignored := pg_catalog.set_config('readmodel.claiming', 'on', true);
                UPDATE public.orders AS r SET version = r.version WHERE r.id = k;
                ignored := pg_catalog.set_config('readmodel.claiming', '', true);
                ignored := pg_catalog.set_config('readmodel.computed', '', true);
            END IF;
            ignored := pg_catalog.set_config('readmodel.claimed', 'public.orders:' || k, true);
        END IF;
        
            INSERT INTO readmodel.order_1_fresh (id, number, version, status, outcome, fulfillment, location_id, customer_id, customer_name, items_count, currency, total_cents, placed_at, estimated_delivery_at, scheduled_for, document, xid, tombstone)
            SELECT s.id, s.number, s.version, s.status, s.outcome, s.fulfillment, s.location_id, s.customer_id, s.customer_name, s.items_count, s.currency, s.total_cents, s.placed_at, s.estimated_delivery_at, s.scheduled_for, s.document, pg_catalog.pg_current_xact_id(), false FROM readmodel.order_1_source AS s WHERE s.id = k
            ON CONFLICT (id) DO UPDATE SET (id, number, version, status, outcome, fulfillment, location_id, customer_id, customer_name, items_count, currency, total_cents, placed_at, estimated_delivery_at, scheduled_for, document, xid, tombstone) = ROW (excluded.id, excluded.number, excluded.version, excluded.status, excluded.outcome, excluded.fulfillment, excluded.location_id, excluded.customer_id, excluded.customer_name, excluded.items_count, excluded.currency, excluded.total_cents, excluded.placed_at, excluded.estimated_delivery_at, excluded.scheduled_for, excluded.document, excluded.xid, false);
            IF NOT FOUND THEN
                INSERT INTO readmodel.order_1_fresh (id, xid, tombstone) VALUES (k, pg_catalog.pg_current_xact_id(), true)
                ON CONFLICT (id) DO UPDATE SET xid = excluded.xid, tombstone = true;
            END IF;
            
            ignored := pg_catalog.set_config(
                'readmodel.computed', CASE WHEN length(done) < 4000 THEN done ELSE '' END || mark, true
            );
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.order_1_follows_events()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.*)::record OPERATOR (pg_catalog.*=) ROW (new.*)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                IF old.stream = 'ORDER' THEN ignored := readmodel.order_1_compute(old.stream_id); END IF;
            ELSIF TG_OP = 'INSERT' THEN
                IF new.stream = 'ORDER' THEN ignored := readmodel.order_1_compute(new.stream_id); END IF;
            ELSE
                IF old.stream = 'ORDER' THEN ignored := readmodel.order_1_compute(old.stream_id); END IF; IF new.stream = 'ORDER' THEN ignored := readmodel.order_1_compute(new.stream_id); END IF;
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.order_1_follows_order_items()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.*)::record OPERATOR (pg_catalog.*=) ROW (new.*)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                ignored := readmodel.order_1_compute(old.order_id);
            ELSIF TG_OP = 'INSERT' THEN
                ignored := readmodel.order_1_compute(new.order_id);
            ELSE
                ignored := readmodel.order_1_compute(old.order_id); ignored := readmodel.order_1_compute(new.order_id);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.order_1_follows_orders()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.*)::record OPERATOR (pg_catalog.*=) ROW (new.*)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                ignored := readmodel.order_1_compute(old.id);
            ELSIF TG_OP = 'INSERT' THEN
                ignored := readmodel.order_1_compute(new.id);
            ELSE
                ignored := readmodel.order_1_compute(old.id); ignored := readmodel.order_1_compute(new.id);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.order_1_follows_payments()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.*)::record OPERATOR (pg_catalog.*=) ROW (new.*)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                ignored := readmodel.order_1_compute(old.order_id);
            ELSIF TG_OP = 'INSERT' THEN
                ignored := readmodel.order_1_compute(new.order_id);
            ELSE
                ignored := readmodel.order_1_compute(old.order_id); ignored := readmodel.order_1_compute(new.order_id);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.order_1_follows_refunds()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.*)::record OPERATOR (pg_catalog.*=) ROW (new.*)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            
            
            IF TG_OP = 'DELETE' THEN
                ignored := readmodel.order_1_compute(old.order_id);
            ELSIF TG_OP = 'INSERT' THEN
                ignored := readmodel.order_1_compute(new.order_id);
            ELSE
                ignored := readmodel.order_1_compute(old.order_id); ignored := readmodel.order_1_compute(new.order_id);
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.over(declared text, version text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
    SELECT pg_catalog.regexp_replace(declared, '\mrow\.', version || '.', 'g')
$function$;

CREATE OR REPLACE FUNCTION readmodel.pace()
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF pg_catalog.current_setting('readmodel.pace', true) = 'on' AND pg_catalog.random() < 0.05 THEN
        IF pg_catalog.current_setting('readmodel.progress', true) <> '' THEN
            PERFORM pg_catalog.nextval(pg_catalog.current_setting('readmodel.progress')::regclass);
        END IF;
        PERFORM pg_catalog.pg_sleep(0.006);
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION readmodel.pizza_sales_1_follows_order_items()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.category, old.discount_cents, old.is_pizza, old.menu_item_id, old.name, old.order_id, old.quantity, old.refunded_cents, old.refunded_quantity, old.total_cents)::record OPERATOR (pg_catalog.*=) ROW (new.category, new.discount_cents, new.is_pizza, new.menu_item_id, new.name, new.order_id, new.quantity, new.refunded_cents, new.refunded_quantity, new.total_cents)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            IF TG_OP <> 'INSERT' THEN
                IF coalesce(old.is_pizza, old.category = 'Pizza') THEN 
        IF pg_catalog.current_setting('readmodel.claimed', true) IS DISTINCT FROM 'public.orders:' || old.order_id THEN
            PERFORM FROM public.orders AS r WHERE r.id = old.order_id AND r.xmin <> pg_catalog.pg_current_xact_id()::xid;
            IF FOUND THEN
                ignored := pg_catalog.set_config('readmodel.claiming', 'on', true);
                UPDATE public.orders AS r SET version = r.version WHERE r.id = old.order_id;
                ignored := pg_catalog.set_config('readmodel.claiming', '', true);
                ignored := pg_catalog.set_config('readmodel.computed', '', true);
            END IF;
            ignored := pg_catalog.set_config('readmodel.claimed', 'public.orders:' || old.order_id, true);
        END IF;
         IF EXISTS (SELECT FROM public.orders AS o WHERE o.id = old.order_id AND o.is_sale) THEN INSERT INTO readmodel.pizza_sales_1_fresh (location_id, day, menu_item_id, name, lines, quantity, revenue_cents, xid) SELECT d.location_id, d.day, d.menu_item_id, d.name, -d.lines, -d.quantity, -d.revenue_cents, pg_catalog.pg_current_xact_id() FROM ( SELECT o.location_id,
    COALESCE(o.business_day, ((o.placed_at AT TIME ZONE 'UTC'::text))::date) AS day,
    i.menu_item_id,
    i.name,
    count(*) AS lines,
    sum((i.quantity - i.refunded_quantity)) AS quantity,
    (sum(((i.total_cents - i.discount_cents) - i.refunded_cents)))::bigint AS revenue_cents
   FROM (public.orders o
     JOIN (SELECT old.*) i ON ((i.order_id = o.id)))
  WHERE (o.is_sale AND COALESCE(i.is_pizza, (i.category = 'Pizza'::text)))
  GROUP BY o.location_id, COALESCE(o.business_day, ((o.placed_at AT TIME ZONE 'UTC'::text))::date), i.menu_item_id, i.name) AS d; END IF; END IF;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                IF coalesce(new.is_pizza, new.category = 'Pizza') THEN 
        IF pg_catalog.current_setting('readmodel.claimed', true) IS DISTINCT FROM 'public.orders:' || new.order_id THEN
            PERFORM FROM public.orders AS r WHERE r.id = new.order_id AND r.xmin <> pg_catalog.pg_current_xact_id()::xid;
            IF FOUND THEN
                ignored := pg_catalog.set_config('readmodel.claiming', 'on', true);
                UPDATE public.orders AS r SET version = r.version WHERE r.id = new.order_id;
                ignored := pg_catalog.set_config('readmodel.claiming', '', true);
                ignored := pg_catalog.set_config('readmodel.computed', '', true);
            END IF;
            ignored := pg_catalog.set_config('readmodel.claimed', 'public.orders:' || new.order_id, true);
        END IF;
         IF EXISTS (SELECT FROM public.orders AS o WHERE o.id = new.order_id AND o.is_sale) THEN INSERT INTO readmodel.pizza_sales_1_fresh (location_id, day, menu_item_id, name, lines, quantity, revenue_cents, xid) SELECT d.location_id, d.day, d.menu_item_id, d.name, d.lines, d.quantity, d.revenue_cents, pg_catalog.pg_current_xact_id() FROM ( SELECT o.location_id,
    COALESCE(o.business_day, ((o.placed_at AT TIME ZONE 'UTC'::text))::date) AS day,
    i.menu_item_id,
    i.name,
    count(*) AS lines,
    sum((i.quantity - i.refunded_quantity)) AS quantity,
    (sum(((i.total_cents - i.discount_cents) - i.refunded_cents)))::bigint AS revenue_cents
   FROM (public.orders o
     JOIN (SELECT new.*) i ON ((i.order_id = o.id)))
  WHERE (o.is_sale AND COALESCE(i.is_pizza, (i.category = 'Pizza'::text)))
  GROUP BY o.location_id, COALESCE(o.business_day, ((o.placed_at AT TIME ZONE 'UTC'::text))::date), i.menu_item_id, i.name) AS d; END IF; END IF;
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.pizza_sales_1_follows_orders()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (old.business_day, old.id, old.is_sale, old.location_id, old.placed_at)::record OPERATOR (pg_catalog.*=) ROW (new.business_day, new.id, new.is_sale, new.location_id, new.placed_at)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            IF TG_OP <> 'INSERT' THEN
                IF old.is_sale THEN  IF true THEN INSERT INTO readmodel.pizza_sales_1_fresh (location_id, day, menu_item_id, name, lines, quantity, revenue_cents, xid) SELECT d.location_id, d.day, d.menu_item_id, d.name, -d.lines, -d.quantity, -d.revenue_cents, pg_catalog.pg_current_xact_id() FROM ( SELECT o.location_id,
    COALESCE(o.business_day, ((o.placed_at AT TIME ZONE 'UTC'::text))::date) AS day,
    i.menu_item_id,
    i.name,
    count(*) AS lines,
    sum((i.quantity - i.refunded_quantity)) AS quantity,
    (sum(((i.total_cents - i.discount_cents) - i.refunded_cents)))::bigint AS revenue_cents
   FROM ((SELECT old.*) o
     JOIN public.order_items i ON ((i.order_id = o.id)))
  WHERE (o.is_sale AND COALESCE(i.is_pizza, (i.category = 'Pizza'::text)))
  GROUP BY o.location_id, COALESCE(o.business_day, ((o.placed_at AT TIME ZONE 'UTC'::text))::date), i.menu_item_id, i.name) AS d; END IF; END IF;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                IF new.is_sale THEN  IF true THEN INSERT INTO readmodel.pizza_sales_1_fresh (location_id, day, menu_item_id, name, lines, quantity, revenue_cents, xid) SELECT d.location_id, d.day, d.menu_item_id, d.name, d.lines, d.quantity, d.revenue_cents, pg_catalog.pg_current_xact_id() FROM ( SELECT o.location_id,
    COALESCE(o.business_day, ((o.placed_at AT TIME ZONE 'UTC'::text))::date) AS day,
    i.menu_item_id,
    i.name,
    count(*) AS lines,
    sum((i.quantity - i.refunded_quantity)) AS quantity,
    (sum(((i.total_cents - i.discount_cents) - i.refunded_cents)))::bigint AS revenue_cents
   FROM ((SELECT new.*) o
     JOIN public.order_items i ON ((i.order_id = o.id)))
  WHERE (o.is_sale AND COALESCE(i.is_pizza, (i.category = 'Pizza'::text)))
  GROUP BY o.location_id, COALESCE(o.business_day, ((o.placed_at AT TIME ZONE 'UTC'::text))::date), i.menu_item_id, i.name) AS d; END IF; END IF;
            END IF;
            RETURN NULL;
        END
        $function$;

CREATE OR REPLACE FUNCTION readmodel.point_views(model text, generation text, anew boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
    suffix text;
    view   text;
    target regclass;
BEGIN
    FOREACH suffix IN ARRAY ARRAY['_view', '_fresh', '_snapshot', '_source'] LOOP
        view := format('public.%I', model || suffix);
        target := to_regclass(format('readmodel.%I', generation || suffix));
        IF anew THEN
            EXECUTE format('DROP VIEW IF EXISTS %s', view);
        END IF;
        CONTINUE WHEN target IS NULL;
        EXECUTE format(
            'CREATE OR REPLACE VIEW %s AS SELECT %s FROM %s AS g',
            view,
            (
                SELECT string_agg(format('g.%I', a.attname), ', ' ORDER BY before.attnum, a.attnum)
                FROM pg_catalog.pg_attribute AS a
                LEFT JOIN pg_catalog.pg_attribute AS before
                    ON before.attrelid = to_regclass(view) AND before.attname = a.attname
                WHERE a.attrelid = target AND a.attnum > 0 AND NOT a.attisdropped
            ),
            target);
    END LOOP;
END
$function$;

CREATE OR REPLACE FUNCTION public.portion(medium integer, size text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
RETURN CASE size WHEN 'SMALL'::text THEN (((medium * 3) + 3) / 4) WHEN 'LARGE'::text THEN (((medium * 3) + 1) / 2) ELSE medium END;

CREATE OR REPLACE FUNCTION public.refuse_stock_level()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION 'stock levels come and go with their ingredients and locations' USING ERRCODE = 'restrict_violation';
END
$function$;

CREATE OR REPLACE FUNCTION readmodel.refuse_truncate()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION 'truncating % would leave its read models behind', TG_TABLE_NAME
        USING ERRCODE = 'feature_not_supported', HINT = 'Use DELETE.';
END
$function$;

CREATE OR REPLACE FUNCTION readmodel.relations_read(source regclass)
 RETURNS SETOF regclass
 LANGUAGE sql
 STABLE
AS $function$
    SELECT DISTINCT d.refobjid::regclass
    FROM pg_catalog.pg_rewrite AS r
    JOIN pg_catalog.pg_depend AS d
        ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
        AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid <> source
    WHERE r.ev_class = source
$function$;

CREATE OR REPLACE FUNCTION readmodel.rfc3339(moment timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE
RETURN (TRIM(BOTH '"'::text FROM (to_json((moment AT TIME ZONE 'UTC'::text)))::text) || 'Z'::text);

CREATE OR REPLACE FUNCTION public.sold_at(moment timestamp with time zone, sold_out_since timestamp with time zone, sold_out_until timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
RETURN COALESCE((moment >= sold_out_until), (sold_out_since IS NULL));

CREATE OR REPLACE FUNCTION readmodel.stop_following(generation text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
    follow name;
BEGIN
    FOR follow IN
        SELECT p.proname
        FROM pg_catalog.pg_proc AS p
        WHERE p.pronamespace = 'readmodel'::regnamespace AND starts_with(p.proname, generation || '_follows_')
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE FUNCTION readmodel.%I() RETURNS trigger LANGUAGE plpgsql AS ''BEGIN RETURN NULL; END''', follow);
    END LOOP;
END
$function$;

CREATE OR REPLACE FUNCTION readmodel.summed(source regclass, dimensions text[])
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
    SELECT string_agg(
        CASE
            WHEN a.attname = ANY (dimensions) THEN format('c.%I', a.attname)
            ELSE format('sum(c.%1$I)::bigint AS %1$I', a.attname)
        END,
        ', ' ORDER BY a.attnum
    )
    FROM pg_catalog.pg_attribute AS a
    WHERE a.attrelid = source AND a.attnum > 0
$function$;

CREATE OR REPLACE FUNCTION readmodel.tables_followed(generation text)
 RETURNS SETOF regclass
 LANGUAGE sql
 STABLE
AS $function$
    SELECT DISTINCT t.tgrelid::regclass
    FROM pg_catalog.pg_trigger AS t
    JOIN pg_catalog.pg_proc AS p ON p.oid = t.tgfoid
    WHERE p.pronamespace = 'readmodel'::regnamespace AND starts_with(p.proname, generation || '_follows_')
$function$;

CREATE OR REPLACE FUNCTION public.tell_availability(item uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
    told  record;
    shown record;
    event record;
BEGIN
    IF pg_catalog.to_regclass('public.menu_fresh') IS NULL THEN
        RETURN; -- the first generation is in the making: nobody is shown a menu yet
    END IF;
    SELECT
        coalesce(e.version, 0) AS version,
        coalesce((e.payload ->> 'isAvailable')::boolean, false) AS is_available,
        e.payload -> 'soldOut' AS sold_out,
        coalesce(e.payload -> 'optionsSoldOut', '[]') AS options_sold_out,
        e.payload ->> 'shows' AS shows
    INTO told
    FROM (SELECT) AS always
    LEFT JOIN (
        SELECT n.version, n.payload FROM public.events AS n WHERE n.stream_id = item ORDER BY n.version DESC LIMIT 1
    ) AS e ON true;
    -- Only what this transaction has computed counts. Of two generations the one that isn't in use may be computed first, and
    -- the view still show what was before, of which nothing is to be told; and under REPEATABLE READ it shows the row that a
    -- sweep has deleted meanwhile, too.
    SELECT
        NOT f.tombstone AND f.is_available AS is_available,
        CASE WHEN f.tombstone THEN '[]'::jsonb ELSE of.fields -> 'sold_out' END AS sold_out,
        CASE WHEN f.tombstone THEN '[]'::jsonb ELSE coalesce(of.fields -> 'options_sold_out', told.options_sold_out) END AS options_sold_out,
        CASE WHEN f.tombstone THEN told.shows ELSE coalesce(of.fields ->> 'shows', told.shows) END AS shows
    INTO shown
    FROM public.menu_fresh AS f
    CROSS JOIN LATERAL (SELECT pg_catalog.to_jsonb(f) AS fields OFFSET 0) AS of
    WHERE f.id = item AND f.xid = pg_catalog.pg_current_xact_id();
    IF NOT FOUND THEN
        RETURN; -- the generation in use comes later in this transaction
    END IF;
    FOR event IN
        SELECT NULL::uuid AS place, 'PARTS_CHANGED' AS type
        WHERE told.shows <> shown.shows
        UNION ALL
        SELECT NULL, CASE WHEN shown.is_available THEN 'BACK_IN_STOCK' ELSE 'SOLD_OUT' END
        WHERE (told.shows <> shown.shows) IS NOT TRUE AND (
            told.is_available <> shown.is_available AND (told.sold_out = shown.sold_out) IS NOT FALSE
            OR told.sold_out IS NULL AND shown.sold_out <> '[]'
        )
        UNION ALL
        -- A location that has sold out of other sizes or options than before; what has come back is told as such only if nothing
        -- else has run out.
        SELECT
            coalesce(b.id, a.id),
            CASE WHEN coalesce(a.gone, '[]') <@ coalesce(b.gone, '[]') THEN 'BACK_IN_STOCK' ELSE 'SOLD_OUT' END
        FROM (
            SELECT (s.entry ->> 'locationId')::uuid AS id, pg_catalog.jsonb_agg(s.entry ORDER BY s.place) AS gone
            FROM pg_catalog.jsonb_array_elements(told.sold_out || told.options_sold_out) WITH ORDINALITY AS s (entry, place)
            GROUP BY s.entry ->> 'locationId'
        ) AS b
        FULL JOIN (
            SELECT (s.entry ->> 'locationId')::uuid AS id, pg_catalog.jsonb_agg(s.entry ORDER BY s.place) AS gone
            FROM pg_catalog.jsonb_array_elements(shown.sold_out || shown.options_sold_out) WITH ORDINALITY AS s (entry, place)
            GROUP BY s.entry ->> 'locationId'
        ) AS a ON a.id = b.id
        WHERE (told.shows <> shown.shows) IS NOT TRUE AND told.sold_out IS NOT NULL AND shown.sold_out IS NOT NULL AND b.gone IS DISTINCT FROM a.gone
        ORDER BY place
    LOOP
        told.version := told.version + 1;
        INSERT INTO public.events (at, stream, stream_id, location_id, version, type, payload, actor_role)
        VALUES (
            pg_catalog.clock_timestamp(), 'MENU_ITEM', item, event.place, told.version, event.type,
            pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
                'isAvailable', shown.is_available, 'soldOut', shown.sold_out, 'optionsSoldOut', nullif(shown.options_sold_out, '[]'), 'shows', shown.shows
            )),
            'SYSTEM'
        );
    END LOOP;
END
$function$;

CREATE OR REPLACE FUNCTION public.unnamed_location()
 RETURNS uuid
 LANGUAGE sql
 STABLE
RETURN (SELECT l.id FROM public.locations l ORDER BY (l.id IS DISTINCT FROM NULL::uuid), l.created_at, l.id LIMIT 1);

CREATE OR REPLACE FUNCTION readmodel.written_by_a_claim(claimed regclass)
 RETURNS name
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
    SELECT a.attname
    FROM pg_catalog.pg_attribute AS a
    WHERE a.attrelid = claimed AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ORDER BY
        EXISTS (SELECT FROM pg_catalog.pg_index AS i WHERE i.indrelid = claimed AND i.indisunique AND a.attnum = ANY (i.indkey::smallint[])),
        a.attnum
    LIMIT 1
$function$;
