package orderview

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/menu"
	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postgres"
)

// LearnedTimes asks how long a dish takes at a location, as configured and as learned.
type LearnedTimes struct {
	By         auth.Actor
	LocationID uuid.UUID
	MenuItemID uuid.UUID
}

// LearnedTime is how long a dish takes in one size, at all hours or in one of the location's day.
type LearnedTime struct {
	Size              menu.Size
	Hour              *int // nil: all
	LikelySeconds     *int // nil: there is no sample, as LatestSeconds
	LatestSeconds     *int
	Samples           int
	LeftOut           int // of all hours
	ConfiguredSeconds int
	Counts            bool // whether promises go by it
}

// LearnedTimesHandler handles LearnedTimes.
type LearnedTimesHandler struct{ Pool *pgxpool.Pool }

// learnedRow is one of public.learned_time_view.
type learnedRow struct {
	Size               menu.Size
	IsPizza            bool
	PreparationMinutes int
	BakeSeconds        int
	LearnTimes         bool
	LikelySeconds      int
	LatestSeconds      int
	Samples            int
	LeftOut            int
	ByHour             []ordering.HourTook
}

// Handle reads the times by size, each at all hours first; none of a dish that isn't there. It fails with fault.Forbidden for
// whoever doesn't manage the location.
func (h *LearnedTimesHandler) Handle(ctx context.Context, q LearnedTimes) ([]*LearnedTime, error) {
	if err := q.By.At(q.LocationID).Require(auth.RoleManager); err != nil {
		return nil, err
	}
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, `
		SELECT
			t.size, t.is_pizza, t.preparation_minutes, t.bake_seconds, t.learn_times, t.likely_seconds, t.latest_seconds, t.samples,
			t.left_out, t.by_hour
		FROM public.learned_time_view AS t
		WHERE t.location_id = $1 AND t.menu_item_id = $2
		ORDER BY array_position(ARRAY['SMALL', 'MEDIUM', 'LARGE', 'ONE_SIZE'], t.size)`, q.LocationID, q.MenuItemID)
	sizes, err := pgx.CollectRows(rows, pgx.RowToStructByName[learnedRow])
	if err != nil {
		return nil, fmt.Errorf("read learned times: %w", err)
	}
	times := []*LearnedTime{}
	for _, size := range sizes {
		times = append(times, size.of(nil, ordering.Took{Likely: size.LikelySeconds, Latest: size.LatestSeconds, Samples: size.Samples}))
		for _, hour := range size.ByHour {
			times = append(times, size.of(&hour.Hour, hour.Took))
		}
	}
	return times, nil
}

func (r learnedRow) of(hour *int, took ordering.Took) *LearnedTime {
	t := &LearnedTime{Size: r.Size, Hour: hour, Samples: took.Samples, ConfiguredSeconds: r.configured(), Counts: r.LearnTimes && took.Enough()}
	if took.Samples > 0 {
		t.LikelySeconds, t.LatestSeconds = &took.Likely, &took.Latest
	}
	if hour == nil {
		t.LeftOut = r.LeftOut
	}
	return t
}

// configured is how long the dish takes with what bakes it, in seconds.
func (r learnedRow) configured() int {
	bake := time.Duration(0)
	if r.IsPizza {
		bake = time.Duration(r.BakeSeconds) * time.Second
	}
	preparation := time.Duration(r.PreparationMinutes) * time.Minute
	return int((ordering.ConfiguredMaking(preparation, bake, r.Size) + bake) / time.Second)
}
