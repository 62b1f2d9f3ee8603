/* One ticket: an order in the kitchen, with the lines that it ever had, and the tasks of each in the order of the work. What its order is, and what its
   stations are called, is read beside it.

kind: row
root: public.tickets
key: id
follows:
  - table: public.tickets
    keys: row.id
  - table: public.ticket_items
    keys: row.ticket_id
  - table: public.ticket_tasks
    keys: row.ticket_id
indexes:
  # The board: what is open at a location, or was closed lately.
  board_idx: (location_id, closed_at)
  # The board of the past: what was open then.
  open_idx: USING gist (tstzrange(opened_at, closed_at, '[]'))
  # The ticket of an order.
  order_idx: (order_id)
*/
SELECT
    t.id,
    t.order_id,
    t.location_id,
    t.version,
    t.status,
    t.opened_at,
    t.due_at,
    -- An open ticket's is never.
    coalesce(t.closed_at, 'infinity') AS closed_at,
    t.is_rush,
    t.rush_reason,
    t.is_recalled,
    t.recall_reason,
    t.changed_version,
    t.unseen_version,
    ARRAY(
        SELECT row_to_json(item)
        FROM (
            SELECT
                i.item_id AS "itemId",
                i.fire_at AS "fireAt",
                i.takes_seconds AS "takesSeconds",
                i.least_seconds AS "leastSeconds",
                i.since_version AS "sinceVersion",
                i.until_version AS "untilVersion",
                i.replaces,
                i.was,
                ARRAY(
                    SELECT row_to_json(task)
                    FROM (
                        SELECT
                            k.id,
                            k.station_id AS "stationId",
                            k.status,
                            k.queued_at AS "queuedAt",
                            k.started_at AS "startedAt",
                            k.done_at AS "doneAt",
                            k.done_by AS "doneBy",
                            k.too_fast AS "tooFast"
                        FROM public.ticket_tasks AS k
                        WHERE k.ticket_id = i.ticket_id AND k.line = i.line
                        ORDER BY k.step
                    ) AS task
                ) AS tasks
            FROM public.ticket_items AS i
            WHERE i.ticket_id = t.id
            ORDER BY i.line
        ) AS item
    ) AS items
FROM public.tickets AS t;
