package e2e_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/readmodel"
	"pizzeria/internal/server"
)

func (p *person) deleteAccount(password string) []refusal {
	p.Helper()
	return ask[struct {
		DeleteAccount struct{ UserErrors []refusal }
	}](p, `mutation($in: DeleteAccountInput!) {
		deleteAccount(input: $in) { userErrors { __typename code path ... on UnfinishedOrdersError { orderIds } } }
	}`, vars{"in": vars{"password": password}}).DeleteAccount.UserErrors
}

// books are the sums that must stay to the cent, whoever is forgotten.
func (s *shop) books() (sums string) {
	s.Helper()
	require.NoError(s, s.db.Pool.QueryRow(s.Context(), `
		SELECT concat_ws(' ',
			(SELECT concat_ws(' ', count(*), sum(o.total_cents), sum(o.tax_cents), sum(o.tip_cents), sum(o.refunded_cents)) FROM public.orders AS o),
			(SELECT concat_ws(' ', sum(p.amount_cents), sum(p.refunded_cents)) FROM public.payments AS p),
			(SELECT concat_ws(' ', count(*), sum(r.amount_cents)) FROM public.refunds AS r),
			(SELECT concat_ws(' ', sum(v.quantity), sum(v.revenue_cents)) FROM public.pizza_sales_view AS v),
			(SELECT concat_ws(' ', count(*), sum(m.on_hand), sum(m.reserved)) FROM public.stock_movements AS m),
			(SELECT count(*) FROM public.events AS e WHERE e.stream <> 'ACCOUNT'))`).Scan(&sums))
	return sums
}

// It follows somebody from signing up to being forgotten, and then searches every column of every table and of every read
// model.
func TestADeletedCustomerIsForgottenEverywhereAndTheBooksAreKept(t *testing.T) {
	s := open(t)
	manager, cook := s.signIn("manager"), s.signIn("cook")
	ada := s.session(`mutation {
		session: signUp(input: {name: "Ada Zyxwvut", email: "Ada.Zyxwvut@Forget.Example", password: "open-sesame", phone: "+44 7700 900123"}) {
			token viewer { id } userErrors { code }
		}
	}`, nil)
	ada.updateProfile(vars{"addresses": []vars{{"street": "Ockham Lane 77", "city": "Ripleyford", "postalCode": "GU23XX", "notes": "Beware of Tybalt"}}})
	eaten := ada.placed(s.delivery(portion{"Margherita", "MEDIUM", 2}).card("tok_ok").
		with("idempotencyKey", "Zyxwvut's own key").with("specialInstructions", "No basilisk please").
		with("contact", vars{"name": "Bo Zyxwvut", "phone": "+44 7700 900123", "email": "bo@zyxwvut.example"}).
		with("items", []vars{{"menuItemId": s.menu["Margherita"], "size": "MEDIUM", "quantity": 2, "instructions": "Cut like Zyxwvut"}}).
		with("deliveryAddress", vars{"street": "Ockham Lane 77", "city": "Ripleyford", "postalCode": "GU23XX", "notes": "Beware of Tybalt"}))
	manager.moves(eaten.ID, "startPreparingOrder", "markOrderReady", "dispatchOrder", "completeOrder")
	require.Empty(t, manager.refund(eaten.ID, "amount", 100, "reason", "Zyxwvut called").UserErrors)
	link := ada.shared(eaten.ID)
	waiting := ada.placed(s.margherita())
	needles := []string{"zyxwvut", "900123", "ockham", "ripleyford", "gu23xx", "tybalt", "basilisk", ada.token, link.token}
	require.NotEmpty(t, s.find(needles...))

	require.Equal(t, []refusal{{Type: "InvalidInputError", Code: "BAD_USER_INPUT", Path: []string{"password"}}}, ada.deleteAccount("wrong"))
	require.Equal(t, []refusal{{Type: "UnfinishedOrdersError", Code: "UNFINISHED_ORDERS", OrderIDs: []string{waiting.ID}}}, ada.deleteAccount("open-sesame"))
	kitchen, own := cook.connect().kitchen(cook.asOf()), ada.connect().order(waiting.ID, "")
	ada.accepted(ada.move("cancelOrder", waiting.ID, "reason", "Tybalt is ill"))
	books := s.books()
	require.Empty(t, ada.deleteAccount("open-sesame"))

	require.Equal(t, "closed 4403", own.awaitEnd())
	require.Equal(t, "UNAUTHENTICATED", s.visitor().guess("ada.zyxwvut@forget.example", "open-sesame"))
	require.Equal(t, `{"viewer":null}`, string(ada.do(`{ viewer { id } }`, nil).Data))
	s.erased(needles...)
	require.Empty(t, s.find(needles...))
	require.Equal(t, books, s.books())
	kitchen.expect(waiting.ID, waiting.Version, "CANCELLED")
	another := s.signIn("customer").placed(s.margherita())
	kitchen.expect(another.ID, 0, "PLACED", "CONFIRMED")

	shown := ask[struct {
		Order struct {
			Customer            struct{ ID, Name, Phone string }
			DeliveryAddress     *struct{ Street string }
			SpecialInstructions *string
			Totals              struct{ Total int64 }
			Refunds             []refund
		}
	}](manager, `query($id: ID!) { order(id: $id) {
		customer { id name phone } deliveryAddress { street } specialInstructions totals { total } refunds { reason amount }
	} }`, vars{"id": eaten.ID}).Order
	require.Equal(t, []any{ada.id, "Deleted customer", "", eaten.Totals.Total}, []any{shown.Customer.ID, shown.Customer.Name, shown.Customer.Phone, shown.Totals.Total})
	require.Nil(t, shown.DeliveryAddress)
	require.Nil(t, shown.SpecialInstructions)
	require.Equal(t, refund{Amount: 100}, shown.Refunds[0])
	late := manager.refund(eaten.ID, "amount", 50, "reason", "Zyxwvut called again")
	require.Empty(t, late.UserErrors)
	require.Empty(t, s.find(needles...), "nor does anybody bring the person back")
	anew := s.session(`mutation {
		session: signUp(input: {name: "Ada", email: "ada.zyxwvut@forget.example", password: "open-sesame"}) { token viewer { id } userErrors { code } }
	}`, nil)
	require.NotEqual(t, ada.id, anew.id)
	require.Empty(t, ask[struct{ Orders struct{ Nodes []order } }](anew, `{ orders { nodes { id } } }`, nil).Orders.Nodes)
}

func TestADeletedMemberOfStaffIsForgottenInWhatTheyDid(t *testing.T) {
	s := open(t)
	chief, customer := s.signIn("manager"), s.signIn("customer")
	hired := chief.invite(vars{"name": "Nina Qwertzuio", "email": "nina.qwertzuio@shop.example", "roles": []string{"MANAGER"}})
	nina := s.visitor()
	nina.token, nina.id = *s.visitor().accept(*hired.InviteToken, "correct horse").Token, hired.StaffMember.ID
	eaten := customer.placed(s.margherita())
	nina.moves(eaten.ID, "startPreparingOrder", "markOrderReady", "completeOrder")
	require.Empty(t, nina.refund(eaten.ID, "amount", 100).UserErrors)
	hidden := ask[struct {
		UpdateMenuItem struct{ UserErrors []refusal }
	}](nina, `mutation($id: ID!) {
		updateMenuItem(input: {id: $id, preparationMinutes: 7}) { userErrors { code } }
	}`, vars{"id": s.menu["Margherita"]})
	require.Empty(t, hidden.UpdateMenuItem.UserErrors)
	waiting := nina.schedule(shortly(), vars{"id": s.menu["Margherita"], "name": "Qwert"})
	require.Equal(t, "Nina Qwertzuio", waiting.By.Name)
	require.Contains(t, chief.auditors(vars{"actorId": nina.id}), "MANAGER Nina Qwertzuio")
	books := s.books()

	require.Empty(t, nina.deleteAccount("correct horse"))

	require.Equal(t, "BAD_USER_INPUT", chief.deleteAccount("pizzeria-demo")[0].Code, "nobody else could manage the shop")
	require.Equal(t, []string{"MANAGER "}, chief.auditors(vars{"actorId": nina.id}))
	require.Equal(t, books, s.books())
	s.erased("qwertzuio")
	require.Empty(t, s.find("qwertzuio"))
	became := chief.awaitEnd(waiting.ID)
	require.Equal(t, []any{"REFUSED", "FORBIDDEN", actor{Role: "MANAGER"}}, []any{became.Status, became.Refusal.Code, became.By}, "nobody may do it any more")
	for _, e := range chief.order(eaten.ID).Timeline {
		require.NotContains(t, e.Actor.Name, "Nina")
	}
}

// auditors lists who did what the filter finds, each once.
func (p *person) auditors(filter vars) (all []string) {
	p.Helper()
	known := map[string]bool{}
	for _, e := range ask[struct {
		AuditLog struct{ Nodes []struct{ Actor actor } }
	}](p, `query($f: AuditFilter) {
		auditLog(filter: $f) { nodes { actor { role name } } }
	}`, vars{"f": filter}).AuditLog.Nodes {
		if who := e.Actor.Role + " " + e.Actor.Name; !known[who] {
			known[who], all = true, append(all, who)
		}
	}
	return all
}

// erased waits until no table has the texts, and has them go from what read models keep of the past.
func (s *shop) erased(needles ...string) {
	s.Helper()
	var left []string
	for until := time.Now().Add(soon); ; time.Sleep(sometimes) {
		left = slices.DeleteFunc(s.find(needles...), func(column string) bool { return strings.Contains(column, "_snapshot.") })
		if len(left) == 0 || time.Now().After(until) {
			break
		}
	}
	require.Empty(s, left)
	s.refreshModels()
}

// refreshModels does at once what happens to read models within a day.
func (s *shop) refreshModels() {
	s.Helper()
	require.NoError(s, server.EachModel(s.Context(), s.db.DSN, "", s.log(), func(pool *pgxpool.Pool, m readmodel.Generation) error {
		_, err := readmodel.Refresh(context.WithoutCancel(s.Context()), pool, m)
		return err
	}))
}

// find searches every column of every table and of every materialized view that there is for texts in small letters, and lists the
// columns in which there is one.
func (s *shop) find(needles ...string) (columns []string) {
	s.Helper()
	rows, _ := s.db.Pool.Query(s.Context(), `
		SELECT
			format('%I.%I', n.nspname, c.relname),
			a.attname,
			CASE WHEN a.atttypid = 'bytea'::regtype THEN format('encode(r.%I, ''escape'')', a.attname) ELSE format('r.%I::text', a.attname) END
		FROM pg_catalog.pg_class AS c
		JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
		JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
		WHERE c.relkind IN ('r', 'm', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_t%'
			AND a.attnum > 0 AND NOT a.attisdropped`)
	type column struct{ Relation, Name, Text string }
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[column])
	require.NoError(s, err)
	require.Greater(s, len(all), 200)
	for _, c := range all {
		var found bool
		statement := fmt.Sprintf(`SELECT EXISTS (SELECT FROM %s AS r, unnest($1::text[]) AS n WHERE strpos(lower(%s), lower(n)) > 0)`, c.Relation, c.Text)
		require.NoError(s, s.db.Pool.QueryRow(s.Context(), statement, needles).Scan(&found), statement)
		if found {
			columns = append(columns, c.Relation+"."+c.Name)
		}
	}
	return columns
}
