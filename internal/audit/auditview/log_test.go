package auditview_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/audit/auditview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/pgtest"
)

var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestTheAuditTellsOfWhatStaffAndTheOperatorDid(t *testing.T) {
	t.Parallel()
	l := newLog(t)
	item, order, account := uuid.New(), uuid.New(), uuid.New()
	l.add(entry{stream: "MENU_ITEM", id: item, action: "ADDED", role: "SYSTEM", payload: `{"version": 1, "after": {"name": "Diavola", "allergens": ["milk"]}}`})
	l.add(entry{stream: "MENU_ITEM", id: item, action: "SOLD_OUT", role: "SYSTEM", payload: `{"isAvailable": false}`})
	l.add(entry{stream: "MENU_ITEM", id: item, action: "CHANGED", role: "MANAGER", name: "Mia", payload: `{"before": {"name": "Diavola", "price": 900}, "after": {"name": "Calabrese", "price": 900}}`})
	l.add(entry{stream: "ORDER", id: order, action: "PLACED", role: "CUSTOMER", name: "Carl", to: "PENDING"})
	l.add(entry{stream: "ORDER", id: order, action: "CONFIRMED", role: "SYSTEM", from: "PENDING", to: "CONFIRMED"})
	l.add(entry{stream: "ORDER", id: order, action: "CANCELLED", role: "COOK", name: "Cem", from: "CONFIRMED", to: "CANCELLED", reason: "no dough"})
	l.add(entry{stream: "ACCOUNT", id: account, action: "OPENED", role: "CUSTOMER", payload: `{"after": {"roles": ["CUSTOMER"]}}`})
	l.add(entry{stream: "ACCOUNT", id: account, action: "PROFILE_CHANGED", role: "COOK", payload: `{"after": {"phone": null}}`})

	page := l.page(auditview.Log{First: 10})

	var told []string
	for _, e := range page.Nodes {
		line, err := json.Marshal([]any{e.Entity, e.Action, e.Actor.Role, e.Actor.Name, e.Reason, e.Changes})
		require.NoError(t, err)
		told = append(told, string(line))
	}
	require.Equal(t, []string{
		`["ACCOUNT","PROFILE_CHANGED","COOK",null,null,[{"Field":"phone","Before":null,"After":null}]]`,
		`["ORDER","CANCELLED","COOK","Cem","no dough",[{"Field":"status","Before":"CONFIRMED","After":"CANCELLED"}]]`,
		`["MENU_ITEM","CHANGED","MANAGER","Mia",null,[{"Field":"name","Before":"Diavola","After":"Calabrese"}]]`,
		`["MENU_ITEM","ADDED","SYSTEM",null,null,[{"Field":"allergens","Before":null,"After":"[\"milk\"]"},{"Field":"name","Before":null,"After":"Diavola"}]]`,
	}, told)
}

func TestPagesOfTheAuditTellEachEntryOnceWhateverIsDoneMeanwhile(t *testing.T) {
	t.Parallel()
	l := newLog(t)
	for range 25 {
		l.add(entry{stream: "LOCATION", id: uuid.New(), action: "CHANGED", role: "MANAGER"})
	}
	whole := l.page(auditview.Log{First: 100})
	require.Len(t, whole.Nodes, 25)
	require.False(t, whole.PageInfo.HasNextPage)

	var ids []uuid.UUID
	for q := (auditview.Log{First: 10}); ; {
		page := l.page(q)
		for _, e := range page.Nodes {
			ids = append(ids, e.ID)
		}
		if !page.PageInfo.HasNextPage {
			break
		}
		q.After = *page.PageInfo.EndCursor
		l.add(entry{stream: "LOCATION", id: uuid.New(), action: "CHANGED", role: "MANAGER"})
	}

	require.Len(t, ids, 25)
	for i, e := range whole.Nodes {
		require.Equal(t, e.ID, ids[i])
	}
	require.Empty(t, l.page(auditview.Log{}).Nodes)
}

func TestFiltersOfTheAuditAndWhoSeesIt(t *testing.T) {
	t.Parallel()
	l := newLog(t)
	cook, item, rome, milan := uuid.New(), uuid.New(), uuid.New(), uuid.New()
	l.add(entry{stream: "LOCATION", id: rome, action: "first", role: "MANAGER", at: rome})
	l.add(entry{stream: "ORDER", id: uuid.New(), action: "second", role: "COOK", by: &cook, at: rome})
	l.add(entry{stream: "ORDER", id: uuid.New(), action: "third", role: "COOK", by: &cook, at: milan})
	l.add(entry{stream: "MENU_ITEM", id: item, action: "fourth", role: "MANAGER"})
	order := events.Stream("ORDER")
	after, before := start.Add(2*time.Minute), start.Add(4*time.Minute)
	manager := func(at ...uuid.UUID) auth.Actor { return auth.Actor{ID: uuid.New(), LocationIDs: at} }

	for name, c := range map[string]struct {
		by     auth.Actor
		filter auditview.Filter
		want   []string
	}{
		"all":                             {want: []string{"fourth", "third", "second", "first"}},
		"one actor":                       {filter: auditview.Filter{ActorID: &cook}, want: []string{"third", "second"}},
		"one kind":                        {filter: auditview.Filter{Entity: &order}, want: []string{"third", "second"}},
		"one thing":                       {filter: auditview.Filter{EntityID: &item}, want: []string{"fourth"}},
		"one place":                       {filter: auditview.Filter{LocationID: &rome}, want: []string{"second", "first"}},
		"some time":                       {filter: auditview.Filter{From: &after, To: &before}, want: []string{"third", "second"}},
		"an actor at a place":             {filter: auditview.Filter{ActorID: &cook, LocationID: &milan}, want: []string{"third"}},
		"a manager of a place":            {by: manager(rome), want: []string{"second", "first"}},
		"a manager of two":                {by: manager(milan, rome), want: []string{"third", "second", "first"}},
		"a manager of another place":      {by: manager(rome), filter: auditview.Filter{LocationID: &milan}},
		"a thing that is nobody's place":  {by: manager(rome), filter: auditview.Filter{EntityID: &item}},
		"a manager of two, one kind only": {by: manager(milan, rome), filter: auditview.Filter{Entity: &order}, want: []string{"third", "second"}},
	} {
		var actions []string
		for _, e := range l.page(auditview.Log{By: c.by, First: 10, Filter: c.filter}).Nodes {
			actions = append(actions, e.Action)
		}
		require.Equal(t, c.want, actions, name)
	}
}

func TestWhatIsNoPageOfTheAuditIsRefused(t *testing.T) {
	t.Parallel()
	l := newLog(t)
	for _, q := range []auditview.Log{{First: -1}, {First: 101}, {First: 1, After: "x"}, {First: 1, After: "AAAA"}, {First: 1, After: "f_________8AAAAAAAAAAQ"}} {
		_, err := (&auditview.LogHandler{Pool: l.db.Pool}).Handle(t.Context(), q)
		require.True(t, fault.Is(err, fault.BadUserInput), "%+v: %v", q, err)
	}
}

// log is a log of events that a test writes.
type log struct {
	*testing.T
	db  *pgtest.Database
	now time.Time
}

func newLog(t *testing.T) *log {
	t.Helper()
	return &log{T: t, db: pgtest.New(t), now: start}
}

type entry struct {
	stream, action, role   string
	name, reason, from, to string
	payload                string
	id, at                 uuid.UUID
	by                     *uuid.UUID
}

// add appends an event, a minute after the last one.
func (l *log) add(e entry) {
	l.Helper()
	l.now = l.now.Add(time.Minute)
	if e.payload == "" {
		e.payload = `{}`
	}
	_, err := l.db.Pool.Exec(l.Context(), `
		INSERT INTO public.events (
			at, stream, stream_id, location_id, version, type, from_state, to_state, payload, actor_role, actor_id, actor_name, reason
		)
		SELECT
			$1, $2, $3, nullif($4, '00000000-0000-0000-0000-000000000000'::uuid),
			1 + (SELECT count(*) FROM public.events AS e WHERE e.stream_id = $3), $5, nullif($6, ''), nullif($7, ''), $8, $9, $10, nullif($11, ''),
			nullif($12, '')`,
		l.now, e.stream, e.id, e.at, e.action, e.from, e.to, e.payload, e.role, e.by, e.name, e.reason)
	require.NoError(l, err)
}

func (l *log) page(q auditview.Log) *auditview.Page {
	l.Helper()
	page, err := (&auditview.LogHandler{Pool: l.db.Pool}).Handle(l.Context(), q)
	require.NoError(l, err)
	return page
}
