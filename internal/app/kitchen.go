package app

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/kitchen/kitchenstore"
	"pizzeria/internal/kitchen/kitchenview"
	"pizzeria/internal/ordering/orderstore"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/live"
	"pizzeria/internal/platform/node"
)

func (a *App) addKitchen(deps Dependencies, p cqrs.Pipeline, orders *orderview.ByIDHandler, log *events.Log, hub *live.Hub) []node.Type {
	handle := &kitchen.StationHandlers{Stations: kitchenstore.New(deps.GORM), Now: deps.Now}
	stations, routes := &kitchenview.StationsHandler{Pool: deps.Pool}, &kitchenview.RoutesHandler{Pool: deps.Pool}
	a.CreateStation = cqrs.NewIdempotentCommand(p, "createStation", cqrs.Retry(p, cqrs.HandlerFunc[kitchen.CreateStation, uuid.UUID](handle.Create)), stations.Of)
	a.UpdateStation = cqrs.NewCommand(p, "updateStation", answerWith(cqrs.Retry(p, cqrs.HandlerFunc[kitchen.UpdateStation, uuid.UUID](handle.Update)), stations.Of))
	a.ArchiveStation = cqrs.NewCommand(p, "archiveStation", answerWith(cqrs.Retry(p, cqrs.HandlerFunc[kitchen.ArchiveStation, uuid.UUID](handle.Archive)), stations.Of))
	a.SetStationRoutes = cqrs.NewCommand(p, "setStationRoutes", answerWith(cqrs.Retry(p, cqrs.HandlerFunc[kitchen.SetStationRoutes, uuid.UUID](handle.SetRoutes)), routes.Of))
	a.Stations = cqrs.NewQuery(p, "stations", stations)
	a.StationRoutes = cqrs.NewQuery(p, "stationRoutes", routes)

	store, tickets := orderstore.New(deps.GORM), &kitchenview.Tickets{Pool: deps.Pool, Orders: orders}
	a.ApplyKitchenActions = cqrs.NewCommand(p, "applyKitchenActions", answerWith(cqrs.Retry(p, &kitchen.ApplyActionsHandler{Tickets: store, Now: deps.Now}), withTickets(tickets)))
	a.KitchenBoard = cqrs.NewQuery(p, "kitchenBoard", &kitchenview.BoardHandler{Tickets: *tickets, Feed: log, Now: deps.Now})
	a.TicketFeed = kitchenview.NewFeed(hub, tickets, log, deps.Now)
	firer := &kitchen.Firer{Tickets: store, Log: deps.Log, Now: deps.Now, Every: time.Second, Committed: p.Committed}
	a.background = append(a.background, firer.Run)
	return []node.Type{
		node.Of("Station", "station_view", stations.ByID, func(by auth.Actor, s *kitchenview.Station) bool { return s.VisibleTo(by) }),
		node.Of("Ticket", "kitchen_ticket_view", tickets.ByID, func(by auth.Actor, t *kitchenview.Ticket) bool { return t.VisibleTo(by) }),
	}
}

// withTickets puts to the results of actions their tickets, as they stand now.
func withTickets(tickets *kitchenview.Tickets) func(context.Context, []kitchen.Result) ([]*kitchenview.ActionResult, error) {
	return func(ctx context.Context, results []kitchen.Result) ([]*kitchenview.ActionResult, error) {
		ids := make([]uuid.UUID, len(results))
		for i, r := range results {
			ids[i] = r.TicketID
		}
		found, err := tickets.ByID(ctx, ids)
		if err != nil {
			return nil, fmt.Errorf("read the tickets that were changed: %w", err)
		}
		answer := make([]*kitchenview.ActionResult, len(results))
		for i, r := range results {
			answer[i] = &kitchenview.ActionResult{ID: r.ID, Outcome: r.Outcome, Ticket: found[r.TicketID], Reason: r.Why, Overtakes: r.Overtakes}
		}
		return answer, nil
	}
}
