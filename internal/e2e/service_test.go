package e2e_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

type slot struct {
	Start, End time.Time
	IsFree     bool
	Reason     *string
}

type service struct {
	Fulfillment                  string
	IsOpen                       bool
	OpensAt, ClosesAt            *time.Time
	PausedUntil                  *time.Time
	PauseReason                  *string
	Hours                        []struct{ Weekday, Opens, Closes string }
	LeadMinutes, LastOrderBefore int
	SlotMinutes, MaxDaysAhead    int
	Slots                        []slot
	Promise                      *promise
}

// service is what the location offers of a fulfillment, as everybody sees it.
func (s *shop) service(location, fulfillment string) service {
	s.Helper()
	all := ask[struct{ Location struct{ Services []service } }](s.visitor(), `query($id: ID!) { location(id: $id) { services {
		fulfillment isOpen opensAt closesAt pausedUntil pauseReason hours { weekday opens closes } leadMinutes lastOrderBefore slotMinutes maxDaysAhead
		slots(first: 3) { start end isFree reason } promise { likely latest reason }
	} } }`, vars{"id": location}).Location.Services
	require.Len(s, all, 2)
	for _, one := range all {
		if one.Fulfillment == fulfillment {
			return one
		}
	}
	s.Fatalf("there is no %s", fulfillment)
	return service{}
}

// setLocation sends one of the mutations that answer with a location.
func (p *person) setLocation(mutation string, in vars) placeOutcome {
	p.Helper()
	return ask[struct{ Done placeOutcome }](p, `mutation($in: `+strings.ToUpper(mutation[:1])+mutation[1:]+`Input!) {
		done: `+mutation+`(input: $in) `+placeFields, vars{"in": in}).Done
}

type zone struct {
	ID, Name                   string
	PostalCodes                []string
	Fee, MinimumOrder, Minutes int
}

// setZones replaces the zones of a location.
func (p *person) setZones(location string, zones ...vars) []zone {
	p.Helper()
	require.Empty(p, p.updateLocation(vars{"id": location, "zones": zones}).UserErrors)
	return ask[struct{ Location struct{ Zones []zone } }](p, `query($id: ID!) { location(id: $id) {
		zones { id name postalCodes fee minimumOrder minutes }
	} }`, vars{"id": location}).Location.Zones
}

// openLater has the location offer pickups from the quarter of an hour after in three hours on, for two hours, on that day alone.
func (s *shop) openLater(manager *person, location string) (opens time.Time) {
	s.Helper()
	zone, err := time.LoadLocation("America/Chicago")
	require.NoError(s, err)
	opens = time.Now().Add(3 * time.Hour).Truncate(15 * time.Minute).In(zone)
	done := manager.setLocation("updateService", vars{
		"locationId": location, "fulfillment": "PICKUP", "hours": []vars{}, "slotMinutes": 20, "lastOrderBefore": 30,
		"specialDays": []vars{{"date": opens.Format(time.DateOnly), "hours": []vars{{
			"opens": opens.Format("15:04"), "closes": opens.Add(2 * time.Hour).Format("15:04"),
		}}}},
	})
	require.Empty(s, done.UserErrors)
	return opens.UTC()
}

func TestAnOrderIsPlacedForASlotWhileTheShopIsClosed(t *testing.T) {
	s := open(t)
	customer, manager, chicago := s.signIn("customer"), s.signIn("manager"), s.locationID("chicago")
	opens := s.openLater(manager, chicago)

	offered := s.service(chicago, "PICKUP")
	atOnce := customer.refused(customer.place(s.margherita()))
	between := customer.refused(customer.place(s.margherita().with("scheduledFor", opens.Add(10*time.Minute))))
	order := customer.placed(s.margherita().with("scheduledFor", atOnce.NextSlot.Start))

	require.False(t, offered.IsOpen)
	require.Equal(t, opens, *offered.OpensAt)
	require.Nil(t, offered.Promise)
	require.Equal(t, []time.Time{opens, opens.Add(20 * time.Minute), opens.Add(40 * time.Minute)}, []time.Time{offered.Slots[0].Start, offered.Slots[1].Start, offered.Slots[2].Start})
	require.Equal(t, "SlotUnavailableError SERVICE_CLOSED", atOnce.Type+" "+atOnce.Code)
	require.Contains(t, atOnce.Message, "It is closed, and opens at ")
	require.Equal(t, slot{Start: opens, End: opens.Add(20 * time.Minute), IsFree: true}, *atOnce.NextSlot)
	require.Equal(t, "SLOT_UNAVAILABLE", between.Code)
	require.Equal(t, []string{"scheduledFor"}, between.Path)
	require.Equal(t, opens.Add(20*time.Minute), between.NextSlot.Start)
	require.Equal(t, opens, *order.ScheduledFor)
	require.Equal(t, opens, *order.EstimatedReadyAt)
	require.Equal(t, opens, order.Promise.Likely)
	require.Equal(t, opens.Add(20*time.Minute), order.Promise.Latest)
	require.Contains(t, order.Promise.Reason, "It is ordered for ")
	listed := ask[struct{ Orders struct{ Nodes []scheduled } }](customer, `{ orders { nodes { id scheduledFor } } }`, nil).Orders.Nodes
	require.Equal(t, []scheduled{{order.ID, &opens}}, listed)
	require.True(t, s.service(chicago, "DELIVERY").IsOpen, "of which nothing was set")
}

type scheduled struct {
	ID           string
	ScheduledFor *time.Time
}

func TestACookPausesAServiceForAWhile(t *testing.T) {
	s := open(t)
	customer, manager, cook, chicago := s.signIn("customer"), s.signIn("manager"), s.signIn("cook"), s.locationID("chicago")
	until := time.Now().Add(time.Hour).UTC().Truncate(time.Second)
	pause := vars{"fulfillment": "PICKUP", "until": until, "reason": " The oven is being mended. "}

	paused := cook.setLocation("pauseService", pause)
	again := cook.setLocation("pauseService", pause)

	require.Empty(t, paused.UserErrors)
	require.Equal(t, paused.Location.Version, again.Location.Version, "it is so already")
	seen := s.service(chicago, "PICKUP")
	require.False(t, seen.IsOpen)
	require.Equal(t, until, *seen.PausedUntil)
	require.Equal(t, "The oven is being mended.", *seen.PauseReason)
	refused := customer.refused(customer.place(s.margherita()))
	require.Equal(t, "SERVICE_PAUSED", refused.Code)
	require.Contains(t, refused.Message, "The oven is being mended.")
	require.False(t, refused.NextSlot.Start.Before(until))
	customer.placed(s.delivery(portion{"Margherita", "MEDIUM", 1}))
	told := manager.audit(vars{"first": 1})
	require.Contains(t, told.did()[0], "COOK Coco Cook: LOCATION PAUSED services: [")
	require.Equal(t, "The oven is being mended.", *told.Nodes[0].Reason)

	resumed := cook.setLocation("resumeService", vars{})

	require.Empty(t, resumed.UserErrors)
	require.True(t, s.service(chicago, "PICKUP").IsOpen)
	customer.placed(s.margherita())
	require.Equal(t, []string{"until"}, cook.setLocation("pauseService", pause.with("until", time.Now().Add(-time.Second))).UserErrors[0].Path)
	require.Equal(t, []string{"reason"}, cook.setLocation("pauseService", pause.with("reason", " ")).UserErrors[0].Path)
	for _, role := range []string{"driver", "customer"} {
		require.Equal(t, "FORBIDDEN", s.signIn(role).do(`mutation { resumeService(input: {}) { location { id } } }`, nil).code(), role)
	}
}

func TestHoursThatCantBe(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	late := vars{"weekday": "SUNDAY", "opens": "20:00", "closes": "03:00"}
	for name, c := range map[string]struct {
		field string
		value any
		path  []string
	}{
		"two at once":              {"hours", []vars{late, {"weekday": "SUNDAY", "opens": "22:00", "closes": "23:00"}}, []string{"hours", "1"}},
		"a night and the next day": {"hours", []vars{{"weekday": "MONDAY", "opens": "02:59", "closes": "10:00"}, late}, []string{"hours", "0"}},
		"one day twice":            {"specialDays", []vars{{"date": "2026-12-24", "hours": []vars{}}, {"date": "2026-12-24", "hours": []vars{}}}, []string{"specialDays", "1", "date"}},
		"no slots":                 {"slotMinutes", 0, []string{"slotMinutes"}},
		"years ahead":              {"maxDaysAhead", 31, []string{"maxDaysAhead"}},
		"less than no time":        {"leadMinutes", -1, []string{"leadMinutes"}},
	} {
		refused := manager.setLocation("updateService", vars{"fulfillment": "PICKUP", c.field: c.value}).UserErrors
		require.Len(t, refused, 1, name)
		require.Equal(t, "BAD_USER_INPUT", refused[0].Code, name)
		require.Equal(t, c.path, refused[0].Path, name)
	}
	touching := manager.setLocation("updateService", vars{"fulfillment": "PICKUP", "hours": []vars{late, {"weekday": "MONDAY", "opens": "03:00", "closes": "10:00"}}})
	require.Empty(t, touching.UserErrors)
	require.Equal(t, "VERSION_CONFLICT", manager.setLocation("updateService", vars{"fulfillment": "PICKUP", "leadMinutes": 5, "expectedVersion": 1}).UserErrors[0].Code)
	require.Equal(t, "BAD_USER_INPUT", manager.do(`mutation { updateService(input: {fulfillment: PICKUP, specialDays: [{date: "2026-02-30", hours: []}]}) { location { id } } }`, nil).code())
}

func TestDeliveriesCostWhatTheirZoneSays(t *testing.T) {
	s := open(t)
	customer, manager, chicago := s.signIn("customer"), s.signIn("manager"), s.locationID("chicago")
	margherita := s.delivery(portion{"Margherita", "MEDIUM", 1}) // 9.90
	to := func(code string) basket {
		return margherita.with("deliveryAddress", vars{"street": "1 Oven Lane", "city": "Chicago", "postalCode": code}).with("idempotencyKey", code)
	}
	offer := func(code string) (name string, refusal *string) {
		told := ask[struct {
			DeliveryOffer struct {
				Zone    *zone
				Refusal *string
			}
		}](s.visitor(), `query($code: String!) { deliveryOffer(postalCode: $code) { zone { name } refusal } }`, vars{"code": code}).DeliveryOffer
		if told.Zone != nil {
			name = told.Zone.Name
		}
		return name, told.Refusal
	}
	name, refusal := offer("99999")
	require.Empty(t, name)
	require.Nil(t, refusal, "it delivers anywhere")

	zones := manager.setZones(chicago,
		vars{"name": "The Loop", "postalCodes": []string{"60601", "606 07"}, "fee": 100, "minutes": 10},
		vars{"name": "Further out", "postalCodes": []string{"606*"}, "fee": 500, "minimumOrder": 991, "minutes": 40},
	)

	near := customer.placed(to("60607-1234"))
	far := customer.refused(customer.place(to("60699")))
	outside := customer.refused(customer.place(to("10001")))
	require.EqualValues(t, 100, near.Totals.DeliveryFee)
	require.Equal(t, 10*time.Minute, near.EstimatedDeliveryAt.Sub(*near.EstimatedReadyAt))
	require.Equal(t, "BELOW_MINIMUM", far.Code)
	require.EqualValues(t, 991, far.Minimum)
	require.Equal(t, "OutsideDeliveryAreaError OUTSIDE_DELIVERY_AREA", outside.Type+" "+outside.Code)
	require.Equal(t, []string{"deliveryAddress", "postalCode"}, outside.Path)
	name, _ = offer(" 606 01 ")
	require.Equal(t, "The Loop", name, "the first one")
	_, refusal = offer("10001")
	require.Equal(t, outside.Message, *refusal)

	kept := manager.setZones(chicago, vars{"id": zones[1].ID, "name": "All", "postalCodes": []string{"6*"}, "fee": 500, "minimumOrder": 990, "minutes": 40})
	require.Equal(t, []zone{{zones[1].ID, "All", []string{"6*"}, 500, 990, 40}}, kept)
	require.EqualValues(t, 500, customer.placed(to("60699")).Totals.DeliveryFee, "the minimum is reached exactly; what was refused is tried anew")
	require.Equal(t, []string{"zones", "0", "id"}, manager.updateLocation(vars{"id": chicago, "zones": []vars{{"id": zones[0].ID, "name": "Gone", "postalCodes": []string{"1"}, "fee": 0, "minutes": 1}}}).UserErrors[0].Path)
	require.Equal(t, []string{"zones", "0", "postalCodes", "1"}, manager.updateLocation(vars{"id": chicago, "zones": []vars{{"name": "None", "postalCodes": []string{"1", "-"}, "fee": 0, "minutes": 1}}}).UserErrors[0].Path)
}

func TestAPromiseFollowsTheOvenAndWhatHappensToTheOrder(t *testing.T) {
	s := open(t)
	customer, cook, manager, chicago := s.signIn("customer"), s.signIn("cook"), s.signIn("manager"), s.locationID("chicago")
	require.Empty(t, manager.updateLocation(vars{"id": chicago, "kitchen": vars{"ovenPlaces": 1, "bakeSeconds": 600}}).UserErrors)

	first := customer.placed(s.margherita())
	second := customer.placed(s.delivery(portion{"Margherita", "MEDIUM", 1}))

	require.Regexp(t, `^It takes 1\d minutes\.$`, first.Promise.Reason)
	require.Regexp(t, `^The oven is full until \d\d:\d\d( on [A-Z][a-z]+day)?\.$`, second.Promise.Reason, "the day is told where it is another")
	require.WithinDuration(t, first.EstimatedReadyAt.Add(10*time.Minute), *second.EstimatedReadyAt, 2*time.Second)
	require.Equal(t, &first.Promise, first.Timeline[0].Promise)
	require.Nil(t, first.Timeline[1].Promise)
	require.Regexp(t, `^The oven is full until`, s.service(chicago, "PICKUP").Promise.Reason)

	cook.moves(first.ID, "startPreparingOrder", "markOrderReady")
	ready := customer.order(first.ID)
	require.Equal(t, "It is ready.", ready.Promise.Reason)
	require.WithinDuration(t, time.Now(), ready.Promise.Likely, soon)
	require.Nil(t, ready.Timeline[2].Promise, "it began in time")
	require.Equal(t, &ready.Promise, ready.Timeline[3].Promise)

	cook.moves(second.ID, "startPreparingOrder", "markOrderReady")
	manager.moves(second.ID, "dispatchOrder")
	out := customer.order(second.ID)
	require.Equal(t, "It is on its way.", out.Promise.Reason)
	require.WithinDuration(t, time.Now().Add(25*time.Minute), out.Promise.Likely, soon)
	require.Equal(t, second.EstimatedReadyAt, out.EstimatedReadyAt, "as it was estimated when it was placed")
}

func TestALocationsManagersSetItsHours(t *testing.T) {
	s := open(t)
	here, there := s.locationID("chicago"), s.db.AddLocation(t, "USD").String()
	hired := s.signIn("manager").invite(vars{"name": "Luca Local", "email": "luca@shop.example", "roles": []string{"MANAGER"}, "locationIds": []string{here}})
	local := s.visitor()
	local.token = *s.visitor().accept(*hired.InviteToken, "correct horse").Token
	change := func(location string) vars {
		return vars{"locationId": location, "fulfillment": "DELIVERY", "leadMinutes": 45, "hours": []vars{{"weekday": "FRIDAY", "opens": "18:00", "closes": "02:00"}}}
	}

	done := local.setLocation("updateService", change(here))

	require.Empty(t, done.UserErrors)
	offered := s.service(here, "DELIVERY")
	require.Equal(t, 45, offered.LeadMinutes)
	require.Equal(t, []struct{ Weekday, Opens, Closes string }{{"FRIDAY", "18:00", "02:00"}}, offered.Hours)
	require.Equal(t, 7, offered.MaxDaysAhead, "what is left out stays")
	again := local.setLocation("updateService", change(here))
	require.Equal(t, done.Location.Version, again.Location.Version, "nothing has changed")
	require.Equal(t, "FORBIDDEN", local.do(`mutation($in: UpdateServiceInput!) { updateService(input: $in) { location { id } } }`, vars{"in": change(there)}).code())
	require.Equal(t, "FORBIDDEN", local.do(`mutation($in: UpdateLocationInput!) { updateLocation(input: $in) { location { id } } }`, vars{"in": vars{"id": here, "zones": []vars{}}}).code(),
		"what deliveries cost is the chain's")
}
