// Package privatepg runs a Postgres server that belongs to this process, for those who have not set one up.
package privatepg

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
	databaseName = "pizzeria"
	databaseUser = "pizzeria"
	// The port only names the socket file. It is spelled out everywhere because PGPORT would change it otherwise.
	port = "5432"
)

// ErrInUse is what Start fails with while another process runs a server on the same data folder.
var ErrInUse = errors.New("data folder is in use")

// Options say where a server keeps its data and how careful it is with them.
type Options struct {
	// Dir holds one data folder per major version of Postgres, such as postgres-15. See DataDir.
	Dir string
	// Fast gives up durability for speed and allows 300 connections: for tests. It starts empty each time, in a folder
	// of its own, so that it can never touch data that somebody wants to keep.
	Fast bool
	// Join uses the server of another process that has the data, instead of failing with ErrInUse; Stop then leaves it
	// running.
	Join bool
	// Bin is the folder with the programs to use; "" for the first that are found.
	Bin string
	// Cache is the folder for programs that npm fetches; "" for the user's cache.
	Cache string
	// Log receives what the start does. Postgres itself writes to a file beside the data, e.g. postgres-15.log. Nil discards.
	Log *slog.Logger

	search *search // where to look for binaries; nil for the usual places
}

// Server is a running Postgres server that belongs to this process: it listens on a Unix socket in a folder that
// only its owner can enter, and ends when the process does, however that ends.
type Server struct {
	data    string
	socket  string
	fast    bool
	joined  bool
	lock    *os.File
	process *process
}

// Start creates the data if there are none, stops what a killed run left behind, and returns once the server
// answers and the database "pizzeria" exists. ctx bounds the start only. Run as root, the server itself runs as the
// owner of o.Dir, or as postgres or nobody if that is root. It fails with ErrInUse while another process has the data. Data
// of another major version than the binaries at hand are refused; see Upgrade.
func Start(ctx context.Context, o Options) (*Server, error) {
	o = o.withDefaults()
	home, who, err := prepareHome(o.Dir)
	if err != nil {
		return nil, err
	}
	major := 0
	if !o.Fast {
		if major, err = versionOfData(home); err != nil {
			return nil, err
		}
	}
	bin, err := o.search.find(ctx, who, major, false, o.Log)
	if err != nil {
		return nil, err
	}
	return launch(ctx, place{bin, filepath.Join(home, clusterFolder(bin.major, o.Fast))}, who, o)
}

func (o Options) withDefaults() Options {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.search == nil {
		o.search = usualPlaces(o.Bin, o.Cache)
	}
	return o
}

// launch locks the data, makes them if there are none, and starts the server on them.
func launch(ctx context.Context, at place, who account, o Options) (_ *Server, err error) {
	s := &Server{data: at.data, fast: o.Fast}
	s.lock, err = lockFile(s.data + ".lock")
	if errors.Is(err, ErrInUse) && o.Join {
		s.joined, s.socket = true, socketFolder(s.data)
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Stop())
		}
	}()
	if err := stopOrphan(s.data, o.Log); err != nil {
		return nil, err
	}
	if err := createSocketFolder(socketFolder(s.data), who); err != nil {
		return nil, err
	}
	s.socket = socketFolder(s.data)
	if err := createCluster(ctx, at.bin, s.data, who, o); err != nil {
		return nil, err
	}
	if s.process, err = startProcess(at.bin, s.data, s.socket, who, o.Fast); err != nil {
		return nil, err
	}
	if err := s.process.awaitReady(ctx, s.data, s.socket); err != nil {
		return nil, err
	}
	if err := s.createDatabase(ctx); err != nil {
		return nil, err
	}
	o.Log.Info("private Postgres is running", "version", at.bin.major, "data", s.data, "user", who.name)
	return s, nil
}

// DSN returns a connection URL for the database "pizzeria" that pgx and psql both read.
func (s *Server) DSN() string { return s.dsn(databaseName) }

func (s *Server) dsn(database string) string {
	q := url.Values{"host": {s.socket}, "port": {port}, "user": {databaseUser}, "sslmode": {"disable"}}
	return "postgres:///" + database + "?" + q.Encode()
}

// PsqlCommand returns a shell command that opens the database in psql.
func (s *Server) PsqlCommand() string { return `psql "` + s.DSN() + `"` }

// PID returns the process id of the server.
func (s *Server) PID() int { return s.process.cmd.Process.Pid }

// Done is closed when the server has ended, by Stop or on its own; never for the server of another process.
func (s *Server) Done() <-chan struct{} {
	if s.joined {
		return nil
	}
	return s.process.ended
}

// Stop ends open sessions, writes everything to disk and waits until the server is gone. Of a fast server it removes
// the data. Another Stop does nothing.
func (s *Server) Stop() error {
	if s.joined {
		return nil
	}
	var err error
	if s.process != nil {
		err = s.process.stop(15 * time.Second)
	}
	if s.socket != "" {
		err = errors.Join(err, os.RemoveAll(s.socket))
		s.socket = ""
	}
	if s.lock != nil {
		if s.fast && err == nil {
			err = errors.Join(os.RemoveAll(s.data), os.Remove(s.data+".log"))
		}
		err = errors.Join(err, s.lock.Close())
		s.lock = nil
	}
	return err
}

func (s *Server) createDatabase(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.dsn("postgres"))
	if err != nil {
		return fmt.Errorf("connect to the private Postgres: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	var exists bool
	err = conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = $1)", databaseName).
		Scan(&exists)
	if err == nil && !exists {
		_, err = conn.Exec(ctx, "CREATE DATABASE "+databaseName)
	}
	if err != nil {
		return fmt.Errorf("create database %s: %w", databaseName, err)
	}
	return nil
}
