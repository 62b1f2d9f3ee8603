package testbed

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"pizzeria/internal/platform/restore"
)

//go:embed large_menu.sql
var largeMenuSQL string

// LargeMenu makes a database like another, which may have no connections, with 200 dishes more and 30 groups of options, and
// returns its name. It is adopted: a server takes a copy for a backup that isn't the shop yet.
func (l *Testbed) LargeMenu(ctx context.Context, template string) (string, error) {
	name := template + "_menu"
	if err := l.Copy(ctx, template, name); err != nil {
		return "", err
	}
	return name, l.Conn(ctx, name, func(conn *pgx.Conn) error {
		if err := restore.Adopt(ctx, conn); err != nil {
			return err
		}
		if _, err := conn.Exec(ctx, largeMenuSQL); err != nil {
			return fmt.Errorf("write a large menu: %w", err)
		}
		return nil
	})
}
