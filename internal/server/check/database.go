package check

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"pizzeria/internal/app"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/server"
)

// silent is why nothing can be said of what is in the database.
const silent = "the database doesn't answer"

func (s *shop) database(ctx context.Context) []string {
	if s.pool == nil {
		return []string{silent}
	}
	// Without the last two the database gets slower and slower.
	wanted := postgres.Durable(bool(s.config.WholePages))
	wanted["autovacuum"], wanted["track_counts"] = []string{"on"}, []string{"on"}
	lines, err := postgres.Unlike(ctx, s.pool, wanted)
	if err != nil {
		return failed("its settings can't be read", err)
	}
	p := problems(lines)
	room, err := postgres.Room(ctx, s.pool)
	if err != nil {
		return failed("its settings can't be read", err)
	}
	all := int(s.config.DatabaseMaxConns) + server.OwnConns
	p.when(room < all, fmt.Sprintf("max_connections leaves room for %d, and a server opens %d", room, all))
	return p
}

func (s *shop) schema(ctx context.Context) []string {
	if s.pool == nil {
		return []string{silent}
	}
	release := server.ThisRelease()
	schema, err := postgres.NewSchema(release.Files, release.Version)
	if err == nil {
		err = schema.Check(ctx, s.pool)
	}
	if err != nil {
		return failed("run pizzeria migrate", err)
	}
	return nil
}

func (s *shop) accounts(ctx context.Context) []string {
	if s.pool == nil {
		return []string{silent}
	}
	emails, err := server.OpenDemoAccounts(ctx, s.dsn, s.log)
	if err != nil {
		return failed("they can't be read", err)
	}
	var p problems
	p.when(len(emails) > 0, "these have the demo's password, which is public: "+strings.Join(emails, ", "))
	return p
}

func (s *shop) manager(ctx context.Context) []string {
	if s.pool == nil {
		return []string{silent}
	}
	there, err := app.ManagerAppointed(ctx, s.pool)
	if err != nil {
		return failed("accounts can't be read", err)
	}
	var p problems
	p.when(!there, "there is none, so the menu can't be changed")
	return p
}

func (s *shop) location(ctx context.Context) []string {
	if s.pool == nil {
		return []string{silent}
	}
	var there bool
	if err := s.pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM public.locations)`).Scan(&there); err != nil {
		return failed("locations can't be read", err)
	}
	var p problems
	p.when(!there, "there is none: nothing can be ordered")
	return p
}

// slack is by how much clocks may differ: the gateway's events are refused when they are minutes old, and times are compared
// between servers.
const slack = 5 * time.Second

func (s *shop) clock(ctx context.Context) []string {
	if s.pool == nil {
		return []string{silent}
	}
	var theirs time.Time
	before := s.now()
	err := s.pool.QueryRow(ctx, `SELECT clock_timestamp()`).Scan(&theirs)
	after := s.now()
	if err != nil {
		return failed("the database's can't be read", err)
	}
	var p problems
	p.when(theirs.Before(before.Add(-slack)) || theirs.After(after.Add(slack)),
		fmt.Sprintf("this machine's is %s off the database's: have both set by NTP", theirs.Sub(after).Round(time.Second).Abs()))
	return append(p, s.gatewaysClock(ctx)...)
}

// gatewaysClock compares with the gateway's, which dates its events.
func (s *shop) gatewaysClock(ctx context.Context) []string {
	if !s.config.RealKey() {
		return nil
	}
	told, err := s.ask(ctx, http.MethodHead, cmp.Or(s.config.StripeBase, "https://api.stripe.com"), nil)
	if err != nil {
		return failed("the gateway's can't be read", err)
	}
	theirs, err := time.Parse(time.RFC1123, told.header.Get("Date"))
	var p problems
	p.when(err == nil && s.now().Sub(theirs).Abs() > slack, fmt.Sprintf("this machine's is %s off the gateway's", s.now().Sub(theirs).Round(time.Second).Abs()))
	return p
}
