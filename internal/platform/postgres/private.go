package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	privateDatabase = "pizzeria"
	privateUser     = "pizzeria"
	// The port only names the socket file. It is spelled out everywhere because PGPORT would change it otherwise.
	privatePort = "5432"
)

// ErrInUse is what StartPrivate fails with while another process runs a server on the same data folder.
var ErrInUse = errors.New("data folder is in use")

// PrivateOptions say where a private server keeps its data and how careful it is with them.
type PrivateOptions struct {
	// Dir holds one data folder per major version of Postgres, such as postgres-15. See DataDir.
	Dir string
	// Fast gives up durability for speed and allows 300 connections: for tests. It starts empty each time, in a folder
	// of its own, so that it can never touch data that somebody wants to keep.
	Fast bool
	// Join uses the server of another process that has the data, instead of failing with ErrInUse; Stop then leaves it
	// running.
	Join bool
	// Log receives what the start does. Postgres itself writes to a file beside the data, e.g. postgres-15.log. Nil discards.
	Log *slog.Logger

	search *search // where to look for binaries; nil for the usual places
}

// Private is a running Postgres server that belongs to this process: it listens on a Unix socket in a folder that
// only its owner can enter, and ends when the process does, however that ends.
type Private struct {
	data   string
	socket string
	fast   bool
	joined bool
	lock   *os.File
	server *process
}

// StartPrivate creates the data if there are none, stops what a killed run left behind, and returns once the server
// answers and the database "pizzeria" exists. ctx bounds the start only. Run as root, the server itself runs as the
// owner of o.Dir, or as postgres or nobody if that is root. It fails with ErrInUse while another process has the data.
func StartPrivate(ctx context.Context, o PrivateOptions) (_ *Private, err error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	home, who, err := prepareHome(o.Dir)
	if err != nil {
		return nil, err
	}
	bin, err := findBinaries(ctx, o, home, who)
	if err != nil {
		return nil, err
	}
	p := &Private{data: filepath.Join(home, clusterFolder(bin.major, o.Fast)), fast: o.Fast}
	p.lock, err = lockFile(p.data + ".lock")
	if errors.Is(err, ErrInUse) && o.Join {
		p.joined, p.socket = true, socketFolder(p.data)
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.Stop())
		}
	}()
	if err := stopOrphan(p.data, o.Log); err != nil {
		return nil, err
	}
	if err := createSocketFolder(socketFolder(p.data), who); err != nil {
		return nil, err
	}
	p.socket = socketFolder(p.data)
	if err := createCluster(ctx, bin, p.data, who, o); err != nil {
		return nil, err
	}
	if p.server, err = startProcess(bin, p.data, p.socket, who, o.Fast); err != nil {
		return nil, err
	}
	if err := p.server.awaitReady(ctx, p.data, p.socket); err != nil {
		return nil, err
	}
	if err := p.createDatabase(ctx); err != nil {
		return nil, err
	}
	o.Log.Info("private Postgres is running", "version", bin.major, "data", p.data, "user", who.name)
	return p, nil
}

// DSN returns a connection URL for the database "pizzeria" that pgx and psql both read.
func (p *Private) DSN() string { return p.dsn(privateDatabase) }

func (p *Private) dsn(database string) string {
	q := url.Values{"host": {p.socket}, "port": {privatePort}, "user": {privateUser}, "sslmode": {"disable"}}
	return "postgres:///" + database + "?" + q.Encode()
}

// PsqlCommand returns a shell command that opens the database in psql.
func (p *Private) PsqlCommand() string { return `psql "` + p.DSN() + `"` }

// PID returns the process id of the server.
func (p *Private) PID() int { return p.server.cmd.Process.Pid }

// Done is closed when the server has ended, by Stop or on its own; never for the server of another process.
func (p *Private) Done() <-chan struct{} {
	if p.joined {
		return nil
	}
	return p.server.ended
}

// Stop ends open sessions, writes everything to disk and waits until the server is gone. Of a fast server it removes
// the data. Another Stop does nothing.
func (p *Private) Stop() error {
	if p.joined {
		return nil
	}
	var err error
	if p.server != nil {
		err = p.server.stop(15 * time.Second)
	}
	if p.socket != "" {
		err = errors.Join(err, os.RemoveAll(p.socket))
		p.socket = ""
	}
	if p.lock != nil {
		if p.fast && err == nil {
			err = errors.Join(os.RemoveAll(p.data), os.Remove(p.data+".log"))
		}
		err = errors.Join(err, p.lock.Close())
		p.lock = nil
	}
	return err
}

func (p *Private) createDatabase(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, p.dsn("postgres"))
	if err != nil {
		return fmt.Errorf("connect to the private Postgres: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	var exists bool
	err = conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = $1)", privateDatabase).
		Scan(&exists)
	if err == nil && !exists {
		_, err = conn.Exec(ctx, "CREATE DATABASE "+privateDatabase)
	}
	if err != nil {
		return fmt.Errorf("create database %s: %w", privateDatabase, err)
	}
	return nil
}
