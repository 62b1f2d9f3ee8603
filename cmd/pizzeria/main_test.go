package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
)

// result is what a run of the program left.
type result struct {
	status    int
	out, errs string
}

// call runs the program to its end.
func call(t *testing.T, environment []string, arguments ...string) result {
	t.Helper()
	return tell(t, environment, "", arguments...)
}

// tell is call with something on the standard input.
func tell(t *testing.T, environment []string, input string, arguments ...string) result {
	t.Helper()
	var out, errs bytes.Buffer
	status := run(t.Context(), arguments, environment, strings.NewReader(input), &out, &errs)
	return result{status, out.String(), errs.String()}
}

// pipe can be read while it is written.
type pipe struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (p *pipe) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(b)
}

func (p *pipe) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

// begin runs the program in the background. The function returned is Ctrl-C; it waits for the end.
func begin(t *testing.T, environment []string, arguments ...string) (out, errs *pipe, interrupt func() int) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, errs = &pipe{}, &pipe{}
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, arguments, environment, strings.NewReader(""), out, errs) }()
	interrupt = sync.OnceValue(func() int {
		stop()
		return <-ended
	})
	t.Cleanup(func() { interrupt() })
	return out, errs, interrupt
}

// await returns what the pattern's group finds in the text, once it does.
func await(t *testing.T, p *pipe, pattern string) string {
	t.Helper()
	var found []string
	require.Eventually(t, func() bool {
		found = regexp.MustCompile(pattern).FindStringSubmatch(p.String())
		return found != nil
	}, 30*time.Second, 10*time.Millisecond, "%s in %s", pattern, p)
	return found[1]
}

func TestProgramExplainsItself(t *testing.T) {
	t.Parallel()
	for _, flag := range []string{"-h", "--help", "help"} {
		got := call(t, nil, flag)
		require.Zero(t, got.status)
		require.Empty(t, got.errs)
		for _, c := range commands() {
			require.Contains(t, got.out, "  "+c.name)
		}
	}
	for _, c := range commands() {
		got := call(t, []string{"PIZZERIA_PLAYGROUND=nonsense"}, append(strings.Fields(c.name), "-h")...)
		require.Zero(t, got.status, c.name)
		require.Empty(t, got.errs)
		require.Contains(t, got.out, "pizzeria "+c.name+": "+c.does)
		require.Contains(t, got.out, c.manual)
	}
	require.Contains(t, call(t, nil, "verify", "-h").out, "-model")
	require.Contains(t, call(t, nil, "gateway", "-h").out, "-addr")
	require.Contains(t, call(t, nil, "gateway", "-h").out, "-webhook")
}

func TestMisuse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		environment, arguments []string
		says                   string
	}{
		"unknown command":           {nil, []string{"bake"}, `there is no command "bake"`},
		"unknown flag":              {nil, []string{"serve", "-port", "80"}, "-port"},
		"a flag of another command": {nil, []string{"serve", "-model", "order"}, "-model"},
		"flag without its value":    {nil, []string{"verify", "-model"}, "-model"},
		"a webhook that is no URL":  {nil, []string{"gateway", "-webhook", "shop"}, "-webhook: write a URL"},
		"superfluous word":          {nil, []string{"migrate", "now"}, `"now"`},
		"PLAYGROUND":                {[]string{"PIZZERIA_PLAYGROUND=maybe"}, []string{"serve"}, `PIZZERIA_PLAYGROUND: write "on" or "off"`},
		"RATE_LIMIT":                {[]string{"PIZZERIA_RATE_LIMIT=-1"}, []string{"serve"}, "PIZZERIA_RATE_LIMIT: "},
		"LOG_LEVEL":                 {[]string{"PIZZERIA_LOG_LEVEL=loud"}, []string{"serve"}, "PIZZERIA_LOG_LEVEL: "},
		"DATABASE_MAX_CONNS":        {[]string{"PIZZERIA_DATABASE_MAX_CONNS=1"}, []string{"serve"}, "PIZZERIA_DATABASE_MAX_CONNS "},
		"DATABASE_MAX_CONNS, words": {[]string{"PIZZERIA_DATABASE_MAX_CONNS=many"}, []string{"serve"}, "PIZZERIA_DATABASE_MAX_CONNS: "},
		"DATABASE_URL":              {[]string{"PIZZERIA_DATABASE_URL=postgres://%"}, []string{"migrate"}, "PIZZERIA_DATABASE_URL: "},
		"ADDR":                      {[]string{"PIZZERIA_ADDR=8080"}, []string{"serve"}, "PIZZERIA_ADDR "},
		"ADMIN_ADDR":                {[]string{"PIZZERIA_ADMIN_ADDR=8081"}, []string{"serve"}, "PIZZERIA_ADMIN_ADDR "},
		"LIMIT_TOKENS":              {[]string{"PIZZERIA_LIMIT_TOKENS=0"}, []string{"serve"}, "PIZZERIA_LIMIT_TOKENS: "},
		"LIMIT_BODY_BYTES":          {[]string{"PIZZERIA_LIMIT_BODY_BYTES=off"}, []string{"serve"}, "PIZZERIA_LIMIT_BODY_BYTES: "},
		"LIMIT_SIGN_IN_ACCOUNT":     {[]string{"PIZZERIA_LIMIT_SIGN_IN_ACCOUNT=10"}, []string{"serve"}, "PIZZERIA_LIMIT_SIGN_IN_ACCOUNT: "},
		"TRUSTED_PROXIES":           {[]string{"PIZZERIA_TRUSTED_PROXIES=10.0.0.1/40"}, []string{"serve"}, `PIZZERIA_TRUSTED_PROXIES: "10.0.0.1/40" is no network`},
		"TRUSTED_ORIGINS, pattern":  {[]string{"PIZZERIA_TRUSTED_ORIGINS=https://*.example"}, []string{"serve"}, `PIZZERIA_TRUSTED_ORIGINS: "https://*.example" is no origin`},
		"STRIPE_API_BASE":           {[]string{"PIZZERIA_STRIPE_API_BASE=stripe"}, []string{"serve"}, "PIZZERIA_STRIPE_API_BASE "},
		"STRIPE_WEBHOOK_SECRET":     {[]string{"PIZZERIA_STRIPE_WEBHOOK_SECRET=,"}, []string{"serve"}, "PIZZERIA_STRIPE_WEBHOOK_SECRET: there is no entry"},
		"TRUSTED_ORIGINS":           {[]string{"PIZZERIA_TRUSTED_ORIGINS=shop.example"}, []string{"serve"}, "PIZZERIA_TRUSTED_ORIGINS: "},
		"a misspelt setting":        {[]string{"PIZZERIA_ADRR=:8080"}, []string{"serve"}, "there is no setting PIZZERIA_ADRR (is it PIZZERIA_ADDR?)"},
		"a file that isn't there":   {[]string{"PIZZERIA_STRIPE_API_KEY_FILE=/nowhere"}, []string{"serve"}, "PIZZERIA_STRIPE_API_KEY_FILE: open /nowhere"},
		"PUBLIC_URL":                {[]string{"PIZZERIA_PUBLIC_URL=https://shop.example/menu"}, []string{"serve"}, "PIZZERIA_PUBLIC_URL "},
		"PAYMENTS":                  {[]string{"PIZZERIA_PAYMENTS=cash"}, []string{"serve"}, "PIZZERIA_PAYMENTS: "},
		"PAYMENTS without a key":    {[]string{"PIZZERIA_PAYMENTS=stripe"}, []string{"serve"}, "PIZZERIA_PAYMENTS=stripe needs PIZZERIA_STRIPE_API_KEY"},
		"PAYMENTS against a key": {
			[]string{"PIZZERIA_PAYMENTS=simulated", "PIZZERIA_STRIPE_API_KEY=sk_live_x"}, []string{"serve"}, "contradict each other",
		},
		"a publishable key alone":        {[]string{"PIZZERIA_STRIPE_PUBLISHABLE_KEY=pk_live_x"}, []string{"serve"}, "PIZZERIA_STRIPE_PUBLISHABLE_KEY is of no use without"},
		"a password without a database":  {[]string{"PIZZERIA_DATABASE_PASSWORD=secret"}, []string{"serve"}, "PIZZERIA_DATABASE_PASSWORD "},
		"a public shop without payments": {[]string{"PIZZERIA_ADDR=:0"}, []string{"serve"}, "PIZZERIA_PAYMENTS=simulated"},
		"a shop behind a proxy, without": {[]string{"PIZZERIA_TRUSTED_PROXIES=10.0.0.1"}, []string{"serve"}, "PIZZERIA_PAYMENTS=simulated"},
		"a public demo":                  {[]string{"PIZZERIA_ADDR=0.0.0.0:0"}, []string{"demo"}, "add -public"},
		"a demo on a name":               {[]string{"PIZZERIA_ADDR=shop.example:0"}, []string{"demo"}, "add -public"},
		"a demo whose admin is public":   {[]string{"PIZZERIA_ADMIN_ADDR=:0"}, []string{"demo"}, "PIZZERIA_ADMIN_ADDR=:0 can be reached"},
		"a demo that takes money":        {[]string{"PIZZERIA_STRIPE_API_KEY=sk_live_x"}, []string{"demo", "-public"}, "PIZZERIA_STRIPE_API_KEY is set"},
		"a shop that is public":          {nil, []string{"serve", "-public"}, "-public"},
		"ABANDON_AFTER":                  {[]string{"PIZZERIA_ABANDON_AFTER=15"}, []string{"serve"}, "PIZZERIA_ABANDON_AFTER: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			got := call(t, test.environment, test.arguments...)

			require.Equal(t, misused, got.status)
			require.Contains(t, got.errs, test.says)
			require.Equal(t, 1, strings.Count(got.errs, "\n"), got.errs)
			require.Empty(t, got.out)
		})
	}
	got := call(t, nil)
	require.Equal(t, misused, got.status)
	require.Contains(t, got.out, "Usage: pizzeria <command>")
}

// The half minute itself is the database package's to prove; here it is cut short by Ctrl-C.
func TestDatabaseThatIsDownIsWaitedFor(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"serve", "migrate", "seed", "verify", "refresh"} {
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			folder := pgtest.Folder(t)
			_, errs, interrupt := begin(t, []string{"PIZZERIA_DATABASE_URL=" + nobody(t), "PIZZERIA_DATA_DIR=" + folder}, command)

			await(t, errs, `database is not reachable, trying again.* try=(2)`)
			status := interrupt()

			require.Equal(t, failed, status)
			require.Contains(t, errs.String(), "giving_up_in=2")
			require.Regexp(t, `(?m)^pizzeria `+command+`: connect to database after \d+ tries`, errs.String())
			requireEmpty(t, folder)
		})
	}
}

// nobody is the URL of a database server that isn't there.
func nobody(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, listener.Close())
	return "postgres://pizzeria@" + listener.Addr().String() + "/pizzeria"
}

// requireEmpty: no private server has been here.
func requireEmpty(t *testing.T, folder string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Empty(t, entries)
}

func TestOperationsPageHasEveryCommandAndNoOther(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/operations.md")
	require.NoError(t, err)
	var explained, known []string
	for _, row := range regexp.MustCompile("(?m)^\\| `pizzeria ([a-z-]+(?: [a-z]+)?)").FindAllStringSubmatch(string(page), -1) {
		explained = append(explained, row[1])
	}
	for _, c := range commands() {
		known = append(known, c.name)
	}
	require.ElementsMatch(t, known, explained)
}
