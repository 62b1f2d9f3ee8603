package kitchen

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/patch"
	"pizzeria/internal/platform/text"
)

// CreateStation adds a station before the expediter's.
type CreateStation struct {
	ID             uuid.UUID  `json:"-"` // given by the pipeline
	By             auth.Actor `json:"-"`
	IdempotencyKey string     `json:"-"`
	LocationID     *uuid.UUID `json:"locationId"` // set once it is known which is meant
	Name           string     `json:"name"`
	Capacity       *int       `json:"capacity"` // nil: any number
}

// Intent names what must happen once.
func (c CreateStation) Intent() cqrs.Intent {
	return cqrs.Intent{ActorID: c.By.ID, Key: c.IdempotencyKey}
}

// WithSubject sets the id of the station to be.
func (c CreateStation) WithSubject(id uuid.UUID) CreateStation {
	c.ID = id
	return c
}

// Authorize refuses all but managers of the location.
func (c CreateStation) Authorize() error { return manages(c.By, c.LocationID) }

// Validate refuses, with BAD_USER_INPUT, what no station can be.
func (c CreateStation) Validate() error {
	return cmp.Or(cqrs.ValidKey(c.IdempotencyKey), validStationName(c.Name), validCapacity(c.Capacity))
}

// UpdateStation changes a station; what is nil stays.
type UpdateStation struct {
	By        auth.Actor
	StationID uuid.UUID
	Name      *string
	Capacity  *int // 0: any number
	Position  *int // from 1; the others make way
}

// Validate has the rules of CreateStation, for what is given.
func (c UpdateStation) Validate() error {
	return cmp.Or(patch.Check(c.Name, validStationName), patch.Check(c.Capacity, func(n int) error { return validCapacity(nothing(n)) }))
}

// nothing makes of 0 that there is no bound.
func nothing(capacity int) *int {
	if capacity == 0 {
		return nil
	}
	return &capacity
}

// ArchiveStation takes a station away.
type ArchiveStation struct {
	By        auth.Actor
	StationID uuid.UUID
}

// Validate accepts any.
func (ArchiveStation) Validate() error { return nil }

// SetStationRoutes replaces all routes of a location.
type SetStationRoutes struct {
	By         auth.Actor
	LocationID *uuid.UUID // set once it is known which is meant
	Routes     []Route
}

// Authorize refuses all but managers of the location.
func (c SetStationRoutes) Authorize() error { return manages(c.By, c.LocationID) }

// Validate refuses, with BAD_USER_INPUT, what no location's routes can be.
func (c SetStationRoutes) Validate() error { return Routes(c.Routes).valid() }

func manages(by auth.Actor, location *uuid.UUID) error {
	if location == nil {
		return fault.New(fault.BadUserInput, "Say at which location.").At("locationId")
	}
	return by.At(*location).Require(auth.RoleManager)
}

// stations keep a location's stations and routes. ChangeStations loads the stations, lets change decide, and saves them: all
// of that, or nothing. SetRoutes replaces the routes unless check refuses. Both fail with NOT_FOUND if there is no such
// location. LocationOf returns where a station is; it fails with NOT_FOUND.
type stations interface {
	ChangeStations(ctx context.Context, location uuid.UUID, by auth.Author, at time.Time, change func(Stations) (Stations, error)) error
	SetRoutes(ctx context.Context, location uuid.UUID, routes Routes, by auth.Author, at time.Time, check func(Stations) error) error
	LocationOf(ctx context.Context, station uuid.UUID) (uuid.UUID, error)
}

// StationHandlers handle the commands of stations and routes. Each returns the location.
type StationHandlers struct {
	Stations stations
	Now      func() time.Time
}

// Create adds a station.
func (h *StationHandlers) Create(ctx context.Context, cmd CreateStation) (uuid.UUID, error) {
	name, _ := text.Line(cmd.Name)
	return h.change(ctx, *cmd.LocationID, cmd.By, func(s Stations) (Stations, error) {
		return s.Add(Station{ID: cmd.ID, Name: name, Capacity: cmd.Capacity})
	})
}

// Update changes a station. It fails with NOT_FOUND if there is no such station that the actor manages.
func (h *StationHandlers) Update(ctx context.Context, cmd UpdateStation) (uuid.UUID, error) {
	return h.changeOne(ctx, cmd.StationID, cmd.By, func(s Stations) (Stations, error) { return s.Change(cmd) })
}

// Archive takes a station away. It fails with NOT_FOUND if there is no such station that the actor manages.
func (h *StationHandlers) Archive(ctx context.Context, cmd ArchiveStation) (uuid.UUID, error) {
	return h.changeOne(ctx, cmd.StationID, cmd.By, func(s Stations) (Stations, error) { return s.Remove(cmd.StationID) })
}

// SetRoutes replaces a location's routes.
func (h *StationHandlers) SetRoutes(ctx context.Context, cmd SetStationRoutes) (uuid.UUID, error) {
	err := h.Stations.SetRoutes(ctx, *cmd.LocationID, cmd.Routes, cmd.By.At(*cmd.LocationID).Author(), h.Now(), Routes(cmd.Routes).fit)
	if err != nil {
		return uuid.Nil, fmt.Errorf("set routes of location %s: %w", *cmd.LocationID, err)
	}
	return *cmd.LocationID, nil
}

func (h *StationHandlers) changeOne(ctx context.Context, station uuid.UUID, by auth.Actor, change func(Stations) (Stations, error)) (uuid.UUID, error) {
	at, err := h.Stations.LocationOf(ctx, station)
	if err != nil {
		return uuid.Nil, fmt.Errorf("look up station %s: %w", station, err)
	}
	if !by.At(at).Is(auth.RoleManager) {
		return uuid.Nil, StationNotFound()
	}
	return h.change(ctx, at, by, change)
}

func (h *StationHandlers) change(ctx context.Context, at uuid.UUID, by auth.Actor, change func(Stations) (Stations, error)) (uuid.UUID, error) {
	if err := h.Stations.ChangeStations(ctx, at, by.At(at).Author(), h.Now(), change); err != nil {
		return uuid.Nil, fmt.Errorf("change stations of location %s: %w", at, err)
	}
	return at, nil
}
