// Command pizzeria runs Mario's Pizzeria.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"slices"
	"strings"

	"pizzeria/internal/server"
)

// command is one of the program's verbs.
type command struct {
	name, does, manual string
	run                func(ctx context.Context, p program) error
}

// program is what a command runs with.
type program struct {
	config server.Config
	log    *slog.Logger
	in     io.Reader
	out    io.Writer
	flags  flags
}

// flags are the few things that are said on the command line; everything else comes from the environment.
type flags struct {
	demo    bool
	public  bool
	model   string
	addr    string
	webhook string
	account accountFlags
}

// define adds the flags of a command to its set.
func (f *flags) define(set *flag.FlagSet, command string) {
	switch command {
	case "migrate", "verify", "refresh", "models", "models rebuild", "models prune", "upgrade-data":
		set.BoolVar(&f.demo, "demo", false, "the demo's database, not the shop's")
	}
	switch command {
	case "demo":
		set.BoolVar(&f.public, "public", false, "let others in: listen on all addresses, or on that of PIZZERIA_ADDR")
	case "verify", "refresh", "models rebuild", "models prune":
		set.StringVar(&f.model, "model", "", "only this read model")
	case "gateway":
		set.StringVar(&f.addr, "addr", "127.0.0.1:12111", "where to listen")
		set.Func("webhook", "the `URL` to send events to, e.g. http://127.0.0.1:8080/webhooks/stripe", f.setWebhook)
	case "account add", "account list", "account roles", "account password", "account suspend", "account delete":
		f.account.register(command, set)
	}
}

func (f *flags) setWebhook(text string) error {
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return errors.New("write a URL, e.g. http://127.0.0.1:8080/webhooks/stripe")
	}
	f.webhook = text
	return nil
}

func commands() []command {
	return []command{
		{"serve", "run the server", serveManual, serve},
		{"demo", "open the demo: a shop with its own database, a menu and accounts", demoManual, demo},
		{"check", "tell what isn't ready for customers", checkManual, checkShop},
		{"migrate", "bring the database's schema up to date", migrateManual, migrate},
		{"seed", "add the demo shop and its accounts", seedManual, seed},
		{"verify", "compare every read model with its definition", verifyManual, verify},
		{"models", "show every read model: generation, rows, age, building how far", modelsManual, models},
		{"models rebuild", "build read models anew beside those in use", rebuildManual, rebuild},
		{"models prune", "drop what is kept of read models that are no longer in use", pruneManual, prune},
		{"refresh", "fold what changed into the read models' snapshots", refreshManual, refresh},
		{"upgrade-data", "bring the private database to another version of Postgres", upgradeManual, upgrade},
		{"adopt", "say that this database is the shop now", adoptManual, adopt},
		{"account add", "make an account of staff, with a password", accountAddManual, addAccount},
		{"account list", "show who works for the shop", accountListManual, listAccounts},
		{"account roles", "give an account other roles", accountRolesManual, setRoles},
		{"account password", "give an account another password", accountPasswordManual, setPassword},
		{"account suspend", "keep an account from signing in", accountSuspendManual, suspend},
		{"account delete", "delete an account for good", accountDeleteManual, deleteAccount},
		{"version", "print the program's version", versionManual, version},
		{"gateway", "run the simulated payment gateway alone", gatewayManual, gateway},
	}
}

func main() {
	environ := os.Environ()
	if err := forgetOthers(environ); err != nil {
		_, _ = fmt.Fprintf(os.Stderr, "pizzeria: %s\n", err)
		os.Exit(failed)
	}
	os.Exit(run(untilTold(context.Background()), os.Args[1:], environ, os.Stdin, os.Stdout, os.Stderr))
}

// Exit statuses.
const (
	succeeded = 0
	failed    = 1
	misused   = 2
)

// misuse is that a setting, or a combination of them, is none for the command.
type misuse struct{ error }

func (m *misuse) Unwrap() error { return m.error }

func run(ctx context.Context, args, environ []string, in io.Reader, out, errs io.Writer) int {
	if len(args) == 0 || args[0] == "-h" || args[0] == "--help" || args[0] == "help" {
		usage(out)
		if len(args) == 0 {
			return misused
		}
		return succeeded
	}
	all := commands()
	slices.Reverse(all) // a name of two words before its first
	for _, c := range all {
		if words := strings.Fields(c.name); len(args) >= len(words) && slices.Equal(args[:len(words)], words) {
			return c.execute(ctx, args[len(words):], environ, in, out, errs)
		}
	}
	_, _ = fmt.Fprintf(errs, "pizzeria: there is no command %q; see pizzeria -h\n", args[0])
	return misused
}

func (c command) execute(ctx context.Context, args, environ []string, in io.Reader, out, errs io.Writer) int {
	p := program{in: in, out: out}
	set := flag.NewFlagSet(c.name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	p.flags.define(set, c.name)
	switch err := set.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		_, _ = fmt.Fprintf(out, "pizzeria %s: %s\n\n%s\n", c.name, c.does, c.manual)
		set.SetOutput(out)
		set.PrintDefaults()
		return succeeded
	case err != nil:
		_, _ = fmt.Fprintf(errs, "pizzeria %s: %s; see pizzeria %s -h\n", c.name, err, c.name)
		return misused
	case set.NArg() > 0:
		_, _ = fmt.Fprintf(errs, "pizzeria %s: what is %q? See pizzeria %s -h\n", c.name, set.Arg(0), c.name)
		return misused
	}
	if c.name != "version" { // which needs no settings, and wrong ones must not prevent
		if err := p.configure(environment(environ), errs); err != nil {
			_, _ = fmt.Fprintf(errs, "pizzeria: %s\n", err)
			return misused
		}
	}
	if err := c.run(ctx, p); err != nil {
		_, _ = fmt.Fprintf(errs, "pizzeria %s: %s\n", c.name, err)
		if _, wrong := errors.AsType[*misuse](err); wrong {
			return misused
		}
		return failed
	}
	return succeeded
}

// configure reads the settings, and writes the log to errs.
func (p *program) configure(environment map[string]string, errs io.Writer) (err error) {
	if p.config, err = server.ReadConfig(environment); err != nil {
		return err
	}
	if p.flags.demo {
		p.config = p.config.OnDemo()
	}
	p.log = slog.New(slog.NewTextHandler(errs, &slog.HandlerOptions{Level: p.config.LogLevel}))
	return nil
}

func usage(out io.Writer) {
	_, _ = fmt.Fprint(out, "Mario's Pizzeria: orders taken, cooked and delivered.\n\nUsage: pizzeria <command> [flags]\n\n")
	for _, c := range commands() {
		_, _ = fmt.Fprintf(out, "  %-16s  %s\n", c.name, c.does)
	}
	_, _ = fmt.Fprint(out, "\npizzeria <command> -h explains a command. Settings come from the environment; see docs/settings.md.\n")
}
