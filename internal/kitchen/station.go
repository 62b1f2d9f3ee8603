package kitchen

import (
	"slices"

	"github.com/google/uuid"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

// ExpoName is what the expediter's station is called until somebody renames it.
const ExpoName = "Expo"

// StationStream is that of a location's stations and routes in the log of events.
const StationStream = "STATION"

// StationEventType names what became of a station, or of a location's routes.
type StationEventType string

// The events of stations and routes.
const (
	StationAdded   StationEventType = "ADDED"
	StationChanged StationEventType = "CHANGED"
	StationRemoved StationEventType = "REMOVED"
	RoutesChanged  StationEventType = "ROUTES_CHANGED"
)

const (
	maxStations    = 50
	maxStationName = 60
	maxCapacity    = 1_000
)

// Station is where something is done to what is ordered.
type Station struct {
	ID       uuid.UUID
	Name     string
	Capacity *int // things at once; nil: any number
	IsExpo   bool
}

// Stations are a location's, in the order of the work; the expediter's is the last.
type Stations []Station

// Expo returns the expediter's station.
func (s Stations) Expo() Station { return s[len(s)-1] }

// Add puts a station before the expediter's. One whose id is there already stays as it is. It fails with ALREADY_EXISTS if
// another has the name, and with BAD_USER_INPUT if there are too many.
func (s Stations) Add(station Station) (Stations, error) {
	switch {
	case s.index(station.ID) >= 0:
		return s, nil
	case len(s) >= maxStations:
		return nil, fault.New(fault.BadUserInput, "A location has %d stations at most.", maxStations)
	}
	all := slices.Insert(slices.Clone(s), len(s)-1, station)
	return all, all.differ(station.ID)
}

// Change changes a station; position is from 1, and the others make way. It fails with NOT_FOUND, with ALREADY_EXISTS if another
// station has the name, and with BAD_USER_INPUT if the expediter's is to move, or another behind it.
func (s Stations) Change(c UpdateStation) (Stations, error) {
	i := s.index(c.StationID)
	if i < 0 {
		return nil, StationNotFound()
	}
	station := s[i]
	if c.Name != nil {
		station.Name, _ = text.Line(*c.Name)
	}
	if c.Capacity != nil {
		station.Capacity = nothing(*c.Capacity)
	}
	all := slices.Clone(s)
	all[i] = station
	if c.Position != nil {
		if station.IsExpo || *c.Position < 1 || *c.Position >= len(s) {
			return nil, fault.New(fault.BadUserInput, "The expediter's station is the last; the others are 1 to %d.", len(s)-1).At("position")
		}
		all = slices.Insert(slices.Delete(all, i, i+1), *c.Position-1, station)
	}
	return all, all.differ(c.StationID)
}

// Remove takes a station away. It fails with NOT_FOUND, and with BAD_USER_INPUT for the expediter's.
func (s Stations) Remove(id uuid.UUID) (Stations, error) {
	i := s.index(id)
	switch {
	case i < 0:
		return nil, StationNotFound()
	case s[i].IsExpo:
		return nil, fault.New(fault.BadUserInput, "Orders are handed on at the expediter's station: it stays.").At("stationId")
	}
	return slices.Delete(slices.Clone(s), i, i+1), nil
}

func (s Stations) index(id uuid.UUID) int {
	return slices.IndexFunc(s, func(one Station) bool { return one.ID == id })
}

// differ refuses a station that is called as another one, whatever its case.
func (s Stations) differ(id uuid.UUID) error {
	name := text.FoldName(s[s.index(id)].Name)
	for _, other := range s {
		if other.ID != id && text.FoldName(other.Name) == name {
			return fault.New(fault.AlreadyExists, "There is a station of this name already.").At("name")
		}
	}
	return nil
}

// StationNotFound is the refusal for a station that isn't there, or not the actor's to change.
func StationNotFound() *fault.Error {
	return fault.New(fault.NotFound, "There is no such station.").At("stationId")
}

func validStationName(name string) error {
	return text.CheckLine(name, "A name", maxStationName, "name")
}

func validCapacity(n *int) error {
	if n != nil && (*n < 1 || *n > maxCapacity) {
		return fault.New(fault.BadUserInput, "A station does 1 to %d things at once, or any number.", maxCapacity).At("capacity")
	}
	return nil
}
