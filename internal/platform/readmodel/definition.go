package readmodel

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Kind tells how a model is kept.
type Kind string

// The kinds.
const (
	Row   Kind = "row"   // one row a key, computed anew when something that it shows has changed
	Sum   Kind = "sum"   // groups of contributions that add up
	Plain Kind = "plain" // a view over the tables, nothing more
)

// Definition is what one file, readmodels/<Name>.sql, declares. The file begins with a comment: what the model is, an empty
// line, and in YAML the fields below. The rest is one SELECT.
type Definition struct {
	Name string `yaml:"-"`
	Kind Kind   `yaml:"kind"`
	// Root is the table whose row stands for a key, and Key the column, of the same name in both; of a row model.
	Root string `yaml:"root"`
	Key  string `yaml:"key"`
	// After, of a row model, is a function of the key that is called, by whoever changed something, each time that a row has
	// been computed; it returns void. What it writes changes no row of any row model: nothing is computed again for it. Two
	// generations may call it for one change. It is called for all rows once, too, when the generation comes into use: so it is
	// for models with thousands of rows, not millions.
	After string `yaml:"after"`
	// Dimensions are what a sum groups by; its other columns are bigints that add up, one of them count(*) AS lines.
	Dimensions []string `yaml:"dimensions"`
	// Follows are all tables that the definition reads; the root of a sum, to which the others refer by foreign key, comes
	// first.
	Follows []Follow `yaml:"follows"`
	// Indexes by name, each as CREATE INDEX has it behind the table: of both levels of a row model, of the fresh level of a
	// sum, whose snapshot is found by its dimensions.
	Indexes map[string]string `yaml:"indexes"`
	// Select is the definition itself.
	Select string `yaml:"-"`
	// Hash is another one if what is built is another: it covers all of the above and how generations are built.
	Hash string `yaml:"-" json:"-"`
}

// Follow is a table that a definition reads. Expressions are over `row`, a row of the table.
type Follow struct {
	Table string `yaml:"table"`
	// Claim is the row that those who write this table take turns on with those who write another that decides with it.
	Claim *Claim `yaml:"claim"`
	// Keys of a row model: an expression, or a query that begins with SELECT. KeysOnUpdate is a query over `old` and `new`
	// that takes its place on updates, for tables that change often and matter seldom.
	Keys         string `yaml:"keys"`
	KeysOnUpdate string `yaml:"keys_on_update"`
	// Condition is a test without which a row belongs to no key, or contributes nothing to a sum. Lookup, of a sum, is another
	// one that reads what the claim keeps still. Both follow from the definition.
	Condition string `yaml:"condition"`
	Lookup    string `yaml:"lookup"`
}

// Claim names a row by its table, key column and an expression over the row that claims it.
type Claim struct {
	Table string `yaml:"table"`
	Key   string `yaml:"key"`
	By    string `yaml:"by"`
}

// Load reads all definitions among files, by name.
func Load(files fs.FS) ([]Definition, error) {
	paths, err := fs.Glob(files, "readmodels/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list read models: %w", err)
	}
	all := make([]Definition, 0, len(paths))
	for _, p := range paths {
		text, err := fs.ReadFile(files, p)
		if err != nil {
			return nil, fmt.Errorf("read a read model: %w", err)
		}
		d, err := parse(strings.TrimSuffix(path.Base(p), ".sql"), text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p, err)
		}
		all = append(all, d)
	}
	return all, nil
}

// isName matches models' names. They have no digits: order_1 is a generation.
var isName = regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)

var isQualified = regexp.MustCompile(`^[a-z_]+\.[a-z_]+$`)

var shape = regexp.MustCompile(`(?s)^/\*(.*?)\n\n(.*?)\*/\n(.*?);?\s*$`)

func parse(name string, text []byte) (Definition, error) {
	d := Definition{Name: name}
	if !isName.MatchString(name) {
		return d, errors.New("a model's name is lower-case words, joined by underscores")
	}
	parts := shape.FindSubmatch(text)
	if parts == nil {
		return d, errors.New("a definition is a comment, with a description, an empty line and the declaration, and then one SELECT")
	}
	declared := yaml.NewDecoder(bytes.NewReader(parts[2]))
	declared.KnownFields(true)
	if err := declared.Decode(&d); err != nil {
		return d, fmt.Errorf("read the declaration: %w", err)
	}
	d.Select = string(parts[3])
	if err := d.check(); err != nil {
		return d, err
	}
	var err error
	d.Hash, err = d.hash()
	return d, err
}

func (d Definition) check() error {
	switch d.Kind {
	case Row:
		if d.Root == "" || d.Key == "" || len(d.Dimensions) > 0 {
			return errors.New("a row model has a root and a key, and no dimensions")
		}
		if slices.ContainsFunc(d.Follows, func(f Follow) bool { return f.Keys == "" || f.Lookup != "" }) {
			return errors.New("a row model follows tables by keys, without lookups")
		}
		if slices.ContainsFunc(d.Follows, func(f Follow) bool { return f.KeysOnUpdate != "" && f.Condition != "" }) {
			return errors.New("keys_on_update knows all there is to know: it has no condition beside it")
		}
	case Sum:
		if d.Root+d.Key+d.After != "" || len(d.Dimensions) == 0 {
			return errors.New("a sum has dimensions, and no root, key and after")
		}
		if slices.ContainsFunc(d.Follows, func(f Follow) bool { return f.Keys+f.KeysOnUpdate != "" }) {
			return errors.New("a sum follows tables without keys")
		}
	case Plain:
		if d.Root+d.Key+d.After != "" || len(d.Dimensions)+len(d.Follows)+len(d.Indexes) > 0 {
			return errors.New("a plain model has nothing but its kind")
		}
		return nil
	default:
		return errors.New("kind is row, sum or plain")
	}
	if len(d.Follows) == 0 {
		return errors.New("it follows no table")
	}
	if slices.ContainsFunc(d.tables(), func(name string) bool { return !isQualified.MatchString(name) }) {
		return errors.New("tables are named with their schema, e.g. public.orders")
	}
	return nil
}

// hash leaves out what changes nothing: comments and empty lines.
func (d Definition) hash() (string, error) {
	d.Select = withoutComments(d.Select)
	declared, err := json.Marshal(d)
	if err != nil {
		return "", fmt.Errorf("hash: %w", err)
	}
	return digest(string(declared), withoutComments(generationsSQL)), nil
}

func digest(parts ...string) string {
	sum := sha256.New()
	for _, part := range parts {
		_, _ = fmt.Fprintf(sum, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

func withoutComments(sql string) string {
	var kept []string
	for line := range strings.Lines(sql) {
		line = strings.TrimRight(line, " \n")
		if code := strings.TrimSpace(line); code != "" && !strings.HasPrefix(code, "--") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// indexes in the order of their names.
func (d Definition) indexes() []string { return slices.Sorted(maps.Keys(d.Indexes)) }

// tables that the definition follows, as declared.
func (d Definition) tables() []string {
	var names []string
	for _, f := range d.Follows {
		names = append(names, f.Table)
	}
	return names
}
