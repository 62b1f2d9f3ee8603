package kitchen

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

const (
	maxActions  = 100
	maxTasks    = 200
	maxReason   = 200
	leastHold   = 1
	mostHold    = 240
	defaultHold = 10
)

// ApplyActions does what was done on a screen, in order.
type ApplyActions struct {
	By         auth.Actor
	LocationID *uuid.UUID // set once it is known which is meant
	Actions    []Action
}

// Authorize refuses all but cooks and managers of the location.
func (c ApplyActions) Authorize() error {
	if c.LocationID == nil {
		return fault.New(fault.BadUserInput, "Say at which location.").At("locationId")
	}
	return c.By.At(*c.LocationID).Require(auth.RoleCook, auth.RoleManager)
}

// Validate refuses, with BAD_USER_INPUT, what no screen can tell.
func (c ApplyActions) Validate() error {
	if len(c.Actions) == 0 || len(c.Actions) > maxActions {
		return fault.New(fault.BadUserInput, "A screen tells 1 to %d actions at once.", maxActions).At("actions")
	}
	for i, a := range c.Actions {
		if err := a.valid("actions", strconv.Itoa(i)); err != nil {
			return err
		}
	}
	return nil
}

func (a Action) valid(path ...string) error {
	at := func(field string) []string { return append(append([]string{}, path...), field) }
	switch {
	case a.ID == uuid.Nil:
		return fault.New(fault.BadUserInput, "An action has an id of its own.").At(at("id")...)
	case len(a.TaskIDs) > maxTasks:
		return fault.New(fault.BadUserInput, "An action is of %d tasks at most.", maxTasks).At(at("taskIds")...)
	case len(a.StationIDs) > maxStations:
		return fault.New(fault.BadUserInput, "An action is of %d stations at most.", maxStations).At(at("stationIds")...)
	case a.Minutes != nil && (*a.Minutes < leastHold || *a.Minutes > mostHold):
		return fault.New(fault.BadUserInput, "This is %d to %d minutes.", leastHold, mostHold).At(at("minutes")...)
	case a.Kind == Rush && a.Reason == nil:
		return fault.New(fault.BadUserInput, "Say why it comes before others.").At(at("reason")...)
	case a.Reason != nil:
		return text.CheckLine(*a.Reason, "A reason", maxReason, at("reason")...)
	}
	return nil
}

// Result is what became of an action.
type Result struct {
	ID       uuid.UUID
	TicketID uuid.UUID
	Verdict
	Overtakes []string // the numbers of the orders that a rush has put behind
}

// tickets keep what is done to tickets. Act loads a ticket of a location, and its order, under their locks, lets do decide,
// and saves both with the verdict: all of that, or nothing. An action that was told before isn't done again: Act returns its
// verdict. found is false if there is no such ticket there. Overtaken returns the numbers of the orders that were to be done
// before a ticket's, in order.
type tickets interface {
	Act(ctx context.Context, at uuid.UUID, a Action, now time.Time, do func(t *Ticket, o *ordering.Order, expo uuid.UUID) (Verdict, error)) (v Verdict, found bool, err error)
	Overtaken(ctx context.Context, ticket uuid.UUID) ([]string, error)
}

// ApplyActionsHandler handles ApplyActions.
type ApplyActionsHandler struct {
	Tickets tickets
	Now     func() time.Time
}

// Handle does each action in a transaction of its own.
func (h *ApplyActionsHandler) Handle(ctx context.Context, cmd ApplyActions) ([]Result, error) {
	results := make([]Result, len(cmd.Actions))
	for i, a := range cmd.Actions {
		if a.Reason != nil {
			clean, _ := text.Line(*a.Reason)
			a.Reason = &clean
		}
		verdict, err := h.act(ctx, cmd.By.At(*cmd.LocationID), *cmd.LocationID, a)
		results[i] = Result{a.ID, a.TicketID, verdict, []string{}}
		if err == nil && a.Kind == Rush && verdict.Outcome == Applied {
			results[i].Overtakes, err = h.Tickets.Overtaken(ctx, a.TicketID)
		}
		if err != nil {
			return nil, fmt.Errorf("%s ticket %s: %w", a.Kind, a.TicketID, err)
		}
	}
	return results, nil
}

func (h *ApplyActionsHandler) act(ctx context.Context, by auth.Actor, at uuid.UUID, a Action) (Verdict, error) {
	now := h.Now().UTC().Truncate(time.Millisecond)
	verdict, found, err := h.Tickets.Act(ctx, at, a, now, func(t *Ticket, o *ordering.Order, expo uuid.UUID) (Verdict, error) {
		v := t.Apply(a, expo, by.Author(), now)
		for _, move := range t.Moves(o.State().Status) {
			if err := o.Do(move, by, a.Reason, nil, now); err != nil {
				return v, err
			}
		}
		return v, nil
	})
	if _, refused := fault.As(err); refused { // the order has gone further than the ticket: nothing of the action was kept
		verdict, found, err = h.Tickets.Act(ctx, at, a, now, func(*Ticket, *ordering.Order, uuid.UUID) (Verdict, error) {
			return Verdict{Conflict, new(HasLeft)}, nil
		})
	}
	if err == nil && !found {
		return Verdict{Refused, new(NoSuchTicket)}, nil
	}
	return verdict, err
}
