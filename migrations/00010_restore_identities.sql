-- expands: which database the data is in

-- +goose Up

-- Where this data was when something was written that holds only there. A dump carries these rows along, and is found out by
-- them. 'transactions': where the numbers of transactions in the event log and in read models come from: the cluster, and the
-- oid of a table, which another one has after a dump is restored, and the same one in a database copied as a template.
-- 'shop': which database takes orders and asks for money: the cluster and the database. It is written when a server first
-- works here, and when an operator says so of a copy.
CREATE TABLE public.identities (
    purpose  text        PRIMARY KEY CHECK (purpose IN ('transactions', 'shop')),
    identity text        NOT NULL,
    since    timestamptz NOT NULL
);

INSERT INTO public.identities (purpose, identity, since)
SELECT 'transactions', c.system_identifier || '/' || 'public.identities'::regclass::oid, now()
FROM pg_control_system() AS c;
