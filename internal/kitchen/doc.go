// Package kitchen is the write side of what a location's kitchen does: its stations, the routes of dishes through them, and the
// tickets of orders, whose tasks are done at them. Rules are plain Go; an order's status follows from its ticket's tasks, and the
// other way round.
package kitchen
