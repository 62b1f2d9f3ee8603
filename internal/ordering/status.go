// Package ordering is the write side of an order's life: its rules in plain Go, its commands, and what they need of
// the world as small interfaces.
package ordering

import (
	"slices"

	"pizzeria/internal/platform/auth"
)

// Status is where an order stands; the contract's OrderStatus.
type Status string

// The states of an order. DELIVERED, PICKED_UP, CANCELLED and REJECTED are final.
const (
	Pending        Status = "PENDING"
	Confirmed      Status = "CONFIRMED"
	Preparing      Status = "PREPARING"
	Ready          Status = "READY"
	OutForDelivery Status = "OUT_FOR_DELIVERY"
	Delivered      Status = "DELIVERED"
	PickedUp       Status = "PICKED_UP"
	Cancelled      Status = "CANCELLED"
	Rejected       Status = "REJECTED"
)

// Action is what somebody does to an order to move it.
type Action string

// The actions of the order workflow.
const (
	Confirm        Action = "CONFIRM"
	Reject         Action = "REJECT"
	StartPreparing Action = "START_PREPARING"
	MarkReady      Action = "MARK_READY"
	Dispatch       Action = "DISPATCH"
	Return         Action = "RETURN"
	Complete       Action = "COMPLETE"
	Cancel         Action = "CANCEL"
	// Recall takes an order that was ready back to the kitchen. It follows from what is done to its ticket, and nobody does
	// it by itself.
	Recall Action = "RECALL"
)

// Stream is an order's in the log of events.
const Stream = "ORDER"

// EventType names what happened to an order.
type EventType string

// The events of an order's life, one for each move, and one for each refund that somebody asks for.
const (
	OrderPlaced        EventType = "PLACED"
	OrderConfirmed     EventType = "CONFIRMED"
	OrderRejected      EventType = "REJECTED"
	PreparationStarted EventType = "PREPARATION_STARTED"
	OrderReady         EventType = "READY"
	OrderDispatched    EventType = "DISPATCHED"
	OrderReturned      EventType = "RETURNED"
	OrderDelivered     EventType = "DELIVERED"
	OrderPickedUp      EventType = "PICKED_UP"
	OrderCancelled     EventType = "CANCELLED"
	OrderRecalled      EventType = "RECALLED"
	// OrderAmended is no move: what was ordered is another than before, and the order stays where it stands.
	OrderAmended EventType = "AMENDED"
	// OrderRefunded is no move: the order stays where it stands.
	OrderRefunded EventType = "REFUNDED"
)

// move is one row of the workflow.
type move struct {
	action Action
	from   Status
	to     Status
	event  EventType
	only   Fulfillment // empty: both
	by     hands
}

// hands are who may make a move: whoever has one of the roles, and for customers, whose order it is.
type hands []auth.Role

// These may do what belongs together: what the kitchen does, what the road does, and what customers may change their mind about.
func theKitchen() hands   { return hands{auth.RoleCook, auth.RoleManager} }
func theRoad() hands      { return hands{auth.RoleDriver, auth.RoleManager} }
func withCustomer() hands { return hands{auth.RoleCustomer, auth.RoleCook, auth.RoleManager} }

// workflow is the order's life, whole: a move that is not in this table does not exist, and nobody makes one but those named.
var workflow = []move{
	{Confirm, Pending, Confirmed, OrderConfirmed, "", theKitchen()},
	{StartPreparing, Confirmed, Preparing, PreparationStarted, "", theKitchen()},
	{MarkReady, Preparing, Ready, OrderReady, "", theKitchen()},
	{Recall, Ready, Preparing, OrderRecalled, "", theKitchen()},
	{Dispatch, Ready, OutForDelivery, OrderDispatched, Delivery, theRoad()},
	{Complete, OutForDelivery, Delivered, OrderDelivered, Delivery, theRoad()},
	{Complete, Ready, PickedUp, OrderPickedUp, Pickup, theKitchen()},
	{Return, OutForDelivery, Ready, OrderReturned, Delivery, theRoad()},
	{Reject, Pending, Rejected, OrderRejected, "", theKitchen()},
	{Reject, Confirmed, Rejected, OrderRejected, "", theKitchen()},
	{Cancel, Pending, Cancelled, OrderCancelled, "", withCustomer()},
	{Cancel, Confirmed, Cancelled, OrderCancelled, "", withCustomer()},
	{Cancel, Preparing, Cancelled, OrderCancelled, "", theKitchen()},
	{Cancel, Ready, Cancelled, OrderCancelled, "", theKitchen()},
}

// allows tells whether the actor, as the order's location sees them, may make the move with an order that is, or isn't, their own.
func (m move) allows(by auth.Actor, own bool) bool {
	return slices.ContainsFunc(m.by, func(role auth.Role) bool {
		if role == auth.RoleCustomer {
			return own
		}
		return by.Is(role)
	})
}

// customersMay tells whether there are orders of their own with which customers may do this.
func (a Action) customersMay() bool {
	return slices.ContainsFunc(workflow, func(m move) bool { return m.action == a && slices.Contains(m.by, auth.RoleCustomer) })
}

// findMove returns the move that the action makes from a state, if there is one.
func findMove(action Action, from Status, how Fulfillment) (move, bool) {
	i := slices.IndexFunc(workflow, func(m move) bool {
		return m.action == action && m.from == from && (m.only == "" || m.only == how)
	})
	if i < 0 {
		return move{}, false
	}
	return workflow[i], true
}

// Allowed lists the states to which the actor, as the order's location sees them, may take an order that is, or isn't, their own
// in one move, in the order of the workflow; empty, never nil, if there is none. A recall is none of those: see Recall.
func (s Status) Allowed(how Fulfillment, by auth.Actor, own bool) []Status {
	allowed := []Status{}
	for _, m := range workflow {
		if m.from == s && m.action != Recall && (m.only == "" || m.only == how) && m.allows(by, own) && !slices.Contains(allowed, m.to) {
			allowed = append(allowed, m.to)
		}
	}
	return allowed
}

// EventsTo lists the events that lead to one of the states.
func EventsTo(states []Status) []EventType {
	events := []EventType{}
	if slices.Contains(states, Pending) {
		events = append(events, OrderPlaced)
	}
	for _, m := range workflow {
		if slices.Contains(states, m.to) && !slices.Contains(events, m.event) {
			events = append(events, m.event)
		}
	}
	return events
}

// Final tells whether an order stays in this state.
func (s Status) Final() bool {
	return !slices.ContainsFunc(workflow, func(m move) bool { return m.from == s })
}
