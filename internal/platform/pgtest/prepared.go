package pgtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"time"
)

// Prepared is what many tests begin with, and takes long to write: it is written once in a test binary, and copied for each test.
// Other binaries have their own, since what was written follows from their code and from the clock.
type Prepared struct {
	write func(ctx context.Context, dsn string) error

	mu        sync.Mutex
	templates map[string]string // by the template that they were made from
}

// Prepare returns databases in which rows are written. It keeps no connection; what it starts has ended when it returns.
func Prepare(write func(ctx context.Context, dsn string) error) *Prepared {
	return &Prepared{write: write, templates: map[string]string{}}
}

// WithRows has the database be a copy of what was prepared. A copy in the same cluster is where its numbers of transactions come
// from, and it is a shop of its own, if no server worked in what was prepared.
func WithRows(p *Prepared) Option { return func(o *options) { o.rows = p } }

// ensureTemplate returns the name of a prepared database that nobody may connect to. The first test makes it, and others wait.
func (p *Prepared) ensureTemplate(ctx context.Context, server string, files fs.FS, locale string) (string, error) {
	empty, err := ensureTemplate(ctx, server, files, locale)
	if p == nil || err != nil {
		return empty, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if name, ok := p.templates[empty]; ok {
		return name, nil
	}
	name := databasePrefix + strings.ToLower(rand.Text())
	if err := administer(ctx, server, copyOf(empty, name)); err != nil {
		return "", err
	}
	if err := p.write(ctx, withDatabase(server, name)); err != nil {
		return "", fmt.Errorf("write the rows that tests begin with: %w", err)
	}
	if err := administer(ctx, server, "ALTER DATABASE "+name+" ALLOW_CONNECTIONS false"); err != nil {
		return "", err
	}
	p.templates[empty] = name
	return name, nil
}

// Drop is for the end of the test binary.
func (p *Prepared) Drop() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.templates) == 0 {
		return nil
	}
	server, err := serverURL()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for empty, name := range p.templates {
		if err := administer(ctx, server, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			return err
		}
		delete(p.templates, empty)
	}
	return nil
}

// copyOf is the statement that copies a database.
func copyOf(template, name string) string {
	return fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s STRATEGY FILE_COPY", name, template)
}
